"""Rule-sets: a name means one thing for ever, and the deviations page names them all."""

from dataclasses import FrozenInstanceError, asdict, fields
from pathlib import Path

import polars as pl
import pytest

from frankpledge.analysis.limits.rule_sets import RULE_SETS, FixedYear, XmR, rule_set
from frankpledge.analysis.limits.signals import assessment, with_assessment
from spec.spec_table import spec_table

DEVIATIONS = Path(__file__).resolve().parents[3] / "docs" / "methods" / "deviations.md"


def as_written(value: object) -> str:
    return "none" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)


@pytest.mark.parametrize("row", spec_table("limits/rule_sets"), ids=lambda row: row["rule-set"])
def test_a_published_rule_set_never_changes(row):
    settings = asdict(rule_set(row["rule-set"]))
    told = dict(part.split("=") for part in row["settings"].split(", "))
    said = {key.replace("_", " "): as_written(value) for key, value in settings.items()}
    for known_elsewhere in ("family", "version", "summary", "method"):
        said.pop(known_elsewhere)
    assert said == told


def of_this_method():
    return [known for known in RULE_SETS.values() if isinstance(known, FixedYear | XmR)]


def test_every_rule_set_stands_in_the_table_and_on_the_page_of_deviations():
    named = {known.name for known in of_this_method()}
    assert named == {row["rule-set"] for row in spec_table("limits/rule_sets")}
    page = DEVIATIONS.read_text(encoding="utf-8")
    assert [name for name in sorted(named) if f"`{name}`" not in page] == []


def test_a_name_is_a_family_and_a_version_and_says_what_it_does():
    for name, known in RULE_SETS.items():
        assert name == known.name == f"{known.family}-{known.version}"
        assert known.summary.endswith(".")


def test_an_unknown_name_is_answered_with_the_names_there_are():
    with pytest.raises(ValueError, match=r"'fixed-year-9'.*fixed-year-1.*plot-the-dots-0\.2\.2"):
        rule_set("fixed-year-9")


def test_a_rule_set_cannot_be_changed_in_passing():
    for known in of_this_method():
        with pytest.raises(FrozenInstanceError):
            setattr(known, fields(known)[0].name, "mine")


@pytest.mark.parametrize("row", spec_table("limits/assessment"), ids=str)
def test_a_signal_is_good_or_bad_by_the_direction_of_good(row):
    direction = None if row["direction"] == "-" else row["direction"]
    judged = pl.DataFrame(
        {"measure": ["m"], "xmr_direction": [direction]}, schema_overrides={"xmr_direction": str}
    )
    told = None if row["assessment"] == "-" else row["assessment"]
    better = judged.select(assessment(pl.col("xmr_direction"), pl.lit(row["better"])))
    assert better.item() == told
    traits = pl.DataFrame({"measure": ["m"], "better": [row["better"]]})
    assert with_assessment(judged, traits)["xmr_assessment"].item() == told


def test_a_measure_without_traits_has_no_direction():
    judged = pl.DataFrame({"measure": ["m", "n"], "xmr_direction": ["above", "above"]})
    traits = pl.DataFrame({"measure": ["n"], "better": ["lower"]})
    assert with_assessment(judged, traits)["xmr_assessment"].to_list() == [
        "neither",
        "concern",
    ]
