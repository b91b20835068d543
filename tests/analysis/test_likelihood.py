"""The likelihood of meeting a target, against its spec tables and a slow count over the same paths."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from figures_for_projection import MONTH, series_of, traits_of, values, wavering

from frankpledge.analysis.likelihood import LIKELIHOOD, LikelihoodSettings, likelihood
from frankpledge.analysis.likelihood.likelihood import shares
from frankpledge.analysis.likelihood.targets import is_met, known_part, targets_of
from frankpledge.analysis.projection import ProjectionSettings
from frankpledge.analysis.projection.calibration import shipped
from frankpledge.analysis.projection.history import look_back
from frankpledge.analysis.projection.paths import paths_ahead

SPEC = Path(__file__).resolve().parents[1] / "spec" / "yardstick"
FEW = LikelihoodSettings(paths=300)


def spec(name: str) -> list[dict]:
    return pl.read_csv(
        SPEC / name, schema_overrides={"history": pl.String, "target": pl.Float64}
    ).to_dicts()


def of(
    history: list[float | None], settings: LikelihoodSettings = FEW, unit: str = "count", **target
) -> dict:
    """The likelihood of one series."""
    traits = traits_of(["m"], unit, **target)
    return likelihood(series_of({"m": history}), traits, month=MONTH, settings=settings).to_dicts()[
        0
    ]


@pytest.mark.parametrize("row", spec("basis.csv"), ids=lambda row: row["case"])
def test_basis(row):
    found = of(
        values(row["history"]),
        unit=row["unit"],
        target=row["target"],
        target_date=date.fromisoformat(row["date"]) if row["date"] else None,
        target_direction=row["direction"],
        target_over=row["over"],
    )
    assert found["likelihood_basis"] == row["basis"]
    if row["basis"] == "computed":
        assert 0.01 <= found["likelihood"] <= 0.99
        assert found["likelihood_word"] is not None
        assert found["likelihood_confidence"] is not None
    else:
        spoken = (
            "likelihood",
            "likelihood_per_cent",
            "likelihood_word",
            "likelihood_printed",
            "likelihood_confidence",
        )
        assert [found[name] for name in spoken] == [None] * 5


@pytest.mark.parametrize(
    "row", spec("confidence.csv"), ids=lambda row: f"{row['months']} {row['kind']}"
)
def test_confidence(row):
    n = row["months"]
    history = {
        "smooth": wavering(n),
        "constant": [70.0] * n,
        "gapped": [*wavering(n - 10), None, None, None, None, None, *wavering(10)],
    }[row["kind"]]
    found = of(history, target=100.0, target_date=date(2022, 9, 30), target_direction="at most")
    assert found["likelihood_confidence"] == row["confidence"]


def test_a_short_history_has_no_likelihood_however_plain_the_case():
    for n in (1, 2, 3, 11):
        found = of(
            [0.0] * n, target=1000.0, target_date=date(2022, 9, 30), target_direction="at most"
        )
        assert found["likelihood"] is None
        assert found["likelihood_basis"] == "too little history"


def test_at_least_and_at_most_are_each_others_complement():
    target = {"target_date": date(2022, 9, 30)}
    at_most = of(wavering(30), target=103.0, target_direction="at most", **target)
    at_least = of(wavering(30), target=104.0, target_direction="at least", **target)
    assert at_most["likelihood"] + at_least["likelihood"] == pytest.approx(1)


def test_a_looser_target_is_never_less_likely():
    said = [
        of(
            wavering(30),
            target=float(t),
            target_date=date(2022, 12, 31),
            target_direction="at most",
        )["likelihood"]
        for t in range(70, 140, 5)
    ]
    assert said == sorted(said)
    assert said[0] == 0.01
    assert said[-1] == 0.99


def test_the_word_band_and_number_belong_together():
    found = of(
        wavering(30), target=100.0, target_date=date(2022, 9, 30), target_direction="at most"
    )
    assert found["likelihood_per_cent"] == math.floor(100 * found["likelihood"] + 0.5)
    assert found["likelihood_word"] == "realistic possibility"
    assert found["likelihood_printed"] == "40% to 50%"


def test_the_same_figures_give_the_same_likelihood():
    series = series_of({"a": wavering(15), "b": wavering(40), "c": [3.0] * 20})
    traits = traits_of(
        ["a", "b", "c"], target=99.0, target_date=date(2022, 12, 1), target_direction="at most"
    )
    first = likelihood(series, traits, settings=FEW)
    assert likelihood(series, traits, settings=FEW).equals(first)
    assert dict(first.schema) == LIKELIHOOD


def test_a_target_we_do_not_understand_is_refused():
    with pytest.raises(ValueError, match=r"target_direction is \['below'\]"):
        of(wavering(30), target=1.0, target_date=date(2022, 9, 30), target_direction="below")
    with pytest.raises(ValueError, match=r"target_over is \['a year'\]"):
        of(
            wavering(30),
            target=1.0,
            target_date=date(2022, 9, 30),
            target_direction="at most",
            target_over="a year",
        )


OVER = ("month", "financial year to date", "rolling 12")


def slow_share(
    history: list[float], paths: dict[int, list[float]], over: str, target: float, unit: str
) -> float:
    """One path after another: known months and the path's, added or averaged, held to "at most"."""
    met = 0
    for path in paths.values():
        months = {
            "month": path[-1:],
            "financial year to date": history[-3:] + path,
            "rolling 12": history[-9:] + path,
        }
        figure = sum(months[over])
        if unit == "percentage":
            figure = figure / len(months[over])
        if unit == "count":
            figure = math.floor(figure + 0.5)
        met += figure <= target
    return (met + 0.5) / (len(paths) + 1)


def slow_stated(share: float, slope: float) -> float:
    odds = (share / (1 - share)) ** slope
    return min(max(odds / (1 + odds), 0.01), 0.99)


@pytest.mark.parametrize("over", OVER)
@pytest.mark.parametrize("unit", ["count", "percentage"])
@pytest.mark.parametrize("months", [14, 30, 60])
def test_share_and_map_are_the_slow_twins(over, unit, months):
    history = wavering(months, 60)
    target = {"month": 60.0, "financial year to date": 362.0, "rolling 12": 720.0}[over]
    if unit == "percentage":
        target = 60.2
    series = series_of({"m": history})
    traits = traits_of(
        ["m"],
        unit,
        target=target,
        target_date=date(2022, 9, 30),
        target_direction="at most",
        target_over=over,
    )
    back = look_back(series, traits)
    drawn = paths_ahead(back, 3, FEW.paths, FEW.seed, ProjectionSettings())
    paths = {key[0]: rows.sort("step")["value"].to_list() for key, rows in drawn.group_by("path")}
    assert {len(path) for path in paths.values()} == {3}
    expected = slow_share(history, paths, over, target, unit)
    targets = targets_of(back, traits)
    targets = targets.join(known_part(series, targets, MONTH), on="id")
    assert shares(drawn, targets)["share"].item() == pytest.approx(expected)
    kind = {14: "12 to 23 months", 30: "24 to 47 months", 60: "48 months or more"}[months]
    slope = dict(shipped().slopes.iter_rows())[kind]
    stated = likelihood(series, traits, settings=FEW)["likelihood"].item()
    assert stated == pytest.approx(slow_stated(expected, slope))


def test_months_of_a_path_belong_together():
    """A total of months strays further than it would were each month drawn on its own."""
    back = look_back(series_of({"m": wavering(14)}), traits_of(["m"]))
    paths = paths_ahead(back, 6, 600, 1, ProjectionSettings())
    totals = paths.group_by("path").agg(pl.col("value").sum())["value"]
    alone = paths.group_by("step").agg(pl.col("value").var())["value"].sum()
    assert totals.var() > 1.5 * alone


def test_an_average_weighs_by_its_denominators():
    """Known: 100 of 100 and then 0 of 300, so 25% so far; unweighted it would be half."""
    months = series_of({"m": [*[50.0] * 22, 100.0, 0.0]})
    bases = pl.Series([100.0] * 23 + [300.0])
    series = months.with_columns(denominator=bases, numerator=bases * pl.col("value") / 100)
    traits = traits_of(
        ["m"],
        "percentage",
        target=40.0,
        target_date=date(2022, 6, 30),
        target_direction="at most",
        target_over="financial year to date",
    )
    three = series.with_columns(pl.col("month").dt.offset_by("0mo"))
    targets = targets_of(look_back(three, traits), traits)
    known = known_part(three, targets, MONTH).to_dicts()[0]
    assert known["known_sum"] / known["known_weight"] == pytest.approx((50 * 100 + 100 * 100) / 500)
    assert likelihood(three, traits)["likelihood_basis"].item() == "met"
    unweighted = three.with_columns(pl.lit(None, dtype=pl.Float64).alias("denominator"))
    assert likelihood(unweighted, traits)["likelihood_basis"].item() == "not met"


@pytest.mark.parametrize(
    ("figure", "direction", "met"),
    [
        (80, "at least", True),
        (79.9, "at least", False),
        (80, "at most", True),
        (80.1, "at most", False),
    ],
)
def test_one_month_meets_its_target_by_the_same_rule(figure, direction, met):
    assert is_met(figure, 80, direction) is met
