"""Finding measures by id, reference and name; folders of one's own; overdue reviews."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import get_args

import polars as pl
import pytest

from frankpledge.analysis.likelihood import TargetOver
from frankpledge.definitions import (
    DefinitionsError,
    GoodLooksLike,
    Measure,
    check,
    load,
    overdue,
)
from frankpledge.definitions.library import name_key

SCORECARD = (
    '\nreference = "{}"\nstrategic_objective = "Serve"\nkey_question = "Well?"\nindicator = "It"'
)


def on_scorecard(good: str, reference: str, field: str = "reference") -> str:
    lines = SCORECARD.format(reference).replace("reference", field, 1)
    return good.replace('level = "bronze"', f'level = "gold"{lines}')


def without_names(good: str) -> str:
    return good.replace('also_called = ["Lost & found"]', "")


@pytest.mark.parametrize(
    "said",
    ["lost-property", "Lost & found", "LOST AND FOUND", " lost  and\tfound ", "Lost&Found"],
)
def test_a_measure_answers_to_its_names(write, said):
    assert load(write()).named(said).id == "lost-property"


def test_an_unknown_name_is_nobody(write):
    assert load(write()).named("Lost sheep") is None


def test_an_unknown_id_says_what_is_near(write):
    with pytest.raises(KeyError, match="did you mean lost-property"):
        load(write()).get("lost-propertys")


def test_hyphens_of_every_kind_are_gaps():
    assert name_key("Anti\u2011Social  Behaviour") == name_key("anti-social behaviour")


def test_two_measures_cannot_share_a_name(write, good):
    write()
    folder = write(good.replace("Lost & found", "lost AND found"), name="other.toml")
    with pytest.raises(DefinitionsError) as error:
        load(folder)
    (problem,) = error.value.problems
    assert problem.field == "also_called"
    assert problem.file.endswith("other.toml")
    assert "lost-property.toml" in problem.expected


def test_a_name_cannot_be_anothers_id(write, good):
    write(without_names(good))
    folder = write(good.replace("Lost & found", "Lost property"), name="other.toml")
    with pytest.raises(DefinitionsError, match="also_called"):
        load(folder)


def test_one_name_may_serve_two_families(write, good):
    write()
    uk = good.replace(
        'level = "bronze"',
        'level = "bronze"\ntables = ["police-uk"]\ntable_order = 1\ntable_group = "x"',
    )
    library = load(write(uk, name="uk.toml"))
    assert library.named("lost & found").id == "lost-property"
    assert library.named("lost & found", "area-volumes").id == "lost-property"
    assert library.named("lost & found", "police-uk").id == "uk"


def test_the_same_file_name_twice_is_refused(write):
    write()
    folder = write(name="more/lost-property.toml")
    with pytest.raises(DefinitionsError, match="the file's name"):
        load(folder)


def test_a_reference_is_held_once(write, good):
    write(on_scorecard(without_names(good), "1.1.1"))
    folder = write(on_scorecard(without_names(good), "1.1.1"), name="other.toml")
    with pytest.raises(DefinitionsError, match=r"reference: found '1\.1\.1'"):
        load(folder)


def test_a_part_needs_its_whole(write, good):
    folder = write(on_scorecard(good, "1.1.1", "part_of"))
    with pytest.raises(DefinitionsError, match=r"part_of: found '1\.1\.1'"):
        load(folder)


def test_references_are_in_order_of_their_numbers(write, good):
    for reference in ("4.2.10", "4.2.9", "3.1.1"):
        write(on_scorecard(without_names(good), reference), name=f"m-{reference[-1]}.toml")
    folder = write(on_scorecard(without_names(good), "4.2.9", "part_of"), name="part.toml")
    library = load(folder)
    assert [m.reference for m in library.scorecard()] == ["3.1.1", "4.2.9", "4.2.10"]
    assert [m.id for m in library.parts_of("4.2.9")] == ["part"]
    assert library.by_reference("4.2.10").id == "m-0"
    in_order = sorted(library, key=lambda m: m.scorecard_order)
    assert [m.id for m in in_order] == ["m-1", "m-9", "part", "m-0"]
    with pytest.raises(KeyError, match=r"9\.9\.9"):
        library.by_reference("9.9.9")


def test_a_table_that_is_none_is_refused(write):
    with pytest.raises(ValueError, match="force-volumes, area-volumes, police-uk"):
        load(write()).volumes("volumes")


def test_a_folder_of_ones_own_adds_and_replaces(write, good):
    write()
    write(
        good.replace("Lost property handed in", "Shop theft").replace("Lost & found", "Shop theft"),
        name="shoplifting.toml",
    )
    shipped, library = load(), load(extra=write())
    assert len(library) == len(shipped) + 1
    assert library.get("shoplifting").title == "Shop theft"
    assert shipped.get("shoplifting").title == "Shoplifting"


def test_a_name_in_ones_own_folder_cannot_be_a_shipped_one(write, good):
    folder = write(good.replace("Lost & found", "Shoplifting"))
    with pytest.raises(DefinitionsError, match="also_called"):
        load(extra=folder)


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_folder_without_measures_is_a_problem(tmp_path, name):
    (tmp_path / "empty").mkdir()
    with pytest.raises(DefinitionsError, match="the folder"):
        load(tmp_path / name)


def test_a_review_is_overdue_from_the_day_after(write):
    library = load(write())
    assert overdue(library, date(2023, 4, 30)) == ()
    assert [m.id for m in overdue(library, date(2023, 5, 1))] == ["lost-property"]


def test_a_check_tells_problems_and_notes_apart(write, good):
    write(good.replace("Lost & found", "Shop theft"), name="shoplifting.toml")
    found = check(write(good.replace('level = "bronze"', 'level = "tin"')), day=date(2023, 5, 1))
    assert [p.field for p in found.problems] == ["level"]
    says = {str(n) for n in found.notes}
    assert "shoplifting: replaces the shipped measure" in says
    assert "shoplifting: its review was due on 30 April 2023" in says


def test_a_check_of_what_is_shipped_finds_nothing_wrong():
    found = check(day=date(2022, 7, 15))
    assert found.problems == ()
    assert found.count == len(load())


def test_traits_have_the_types_the_analysis_asks_for(write, good):
    text = good + (
        "\n[good_looks_like]\ntext = 'More'\nvalue = 3\ndirection = 'at least'\nby = 2022-06-30\n"
    )
    text = text.replace(
        'level = "bronze"',
        'level = "bronze"\ndecimals = 1\nsuppress_below = 5\nsuppression_reason = "Fewer than 5"',
    )
    traits = load(write(text)).traits()
    assert traits.schema == pl.Schema(
        {
            "measure": pl.String,
            "unit": pl.String,
            "better": pl.String,
            "adds_up": pl.Boolean,
            "suppress_below": pl.Int64,
            "target": pl.Float64,
            "target_date": pl.Date,
            "target_direction": pl.String,
            "target_over": pl.String,
            "decimals": pl.Int64,
            "lists_only_occurrences": pl.Boolean,
        }
    )
    assert traits.rows() == [
        (
            "lost-property", "count", "higher", True, 5,
            3.0, date(2022, 6, 30), "at least", "month", 1, False,
        )
    ]  # fmt: skip


def test_a_target_is_about_what_the_analysis_knows(write, good):
    over = get_args(GoodLooksLike.model_fields["over"].annotation)
    assert set(over) == {known.value for known in TargetOver}


def test_a_target_in_words_is_about_no_months(write, good):
    traits = load(write(f"{good}\n[good_looks_like]\ntext = 'More'\n")).traits()
    assert traits.select("target", "target_over").rows() == [(None, None)]


def test_the_guide_shows_a_definition_that_can_be_read(write):
    guide = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
    text = guide.read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.S)
    (measure,) = load(write(example))
    assert measure.good_looks_like.value == 400


def test_the_guide_names_every_field():
    guide = Path(__file__).resolve().parents[2] / "docs" / "measures.md"
    named = set(re.findall(r"`\[?(\w+)\]?`", guide.read_text(encoding="utf-8")))
    fields = {*Measure.model_fields, *GoodLooksLike.model_fields} - {"id"}
    assert fields - named == set()
