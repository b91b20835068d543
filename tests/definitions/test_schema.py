"""Every kind of bad definition is refused, with the file, the field and what to do."""

from __future__ import annotations

import pytest

from frankpledge.definitions import DefinitionsError, load


def refused(folder):
    with pytest.raises(DefinitionsError) as error:
        load(folder)
    return error.value.problems


def test_a_good_definition_is_read(write):
    (measure,) = load(write())
    assert measure.id == "lost-property"
    assert measure.next_review.year == 2023
    assert measure.decimals == 0


# Each row: the line to take out, the line to put in its place, the field named, what was expected.
CHANGED = {
    "no title": ('title = "Lost property handed in"', "", "title", "a value"),
    "a blank title": ('title = "Lost property handed in"', 'title = "  "', "title", "some text"),
    "a long short title": (
        'short_title = "Lost property"',
        f'short_title = "{"long " * 12}"',
        "short_title",
        "at most 48",
    ),
    "an unknown field": ('level = "bronze"', 'level = "bronze"\nowner = "me"', "owner", "fields"),
    "an unknown level": ('level = "bronze"', 'level = "tin"', "level", "'gold', 'silver' or"),
    "an unknown unit": ('unit = "count"', 'unit = "furlongs"', "unit", "'percentage'"),
    "an unknown direction": ('better = "higher"', 'better = "up"', "better", "'neither'"),
    "true in quotation marks": ("adds_up = true", 'adds_up = "true"', "adds_up", "true or false"),
    "a half decimal": ("adds_up = true", "adds_up = true\ndecimals = 1.5", "decimals", "whole"),
    "a reference that is a number": (
        'level = "bronze"',
        'level = "bronze"\nreference = 4.2',
        "reference",
        "text in quotation marks",
    ),
    "a reference with letters": (
        'level = "bronze"',
        'level = "bronze"\nreference = "4.2.b"',
        "reference",
        "as in 4.2.12",
    ),
    "a list that is text": (
        'also_called = ["Lost & found"]',
        'also_called = "Lost & found"',
        "also_called",
        "a list",
    ),
    "an empty name": (
        'also_called = ["Lost & found"]',
        'also_called = ["Lost & found", ""]',
        "also_called item 2",
        "some text",
    ),
    "a review that is text": (
        "next_review = 2023-04-30",
        'next_review = "spring"',
        "next_review",
        "a date without quotation marks",
    ),
    "a review that is a year": (
        "next_review = 2023-04-30",
        "next_review = 2023",
        "next_review",
        "a date without quotation marks",
    ),
    "an address for a role": (
        'author_role = "Property clerk"',
        'author_role = "clerk@force.example"',
        "author_role",
        "a role",
    ),
    "the author as the checker": (
        'checker_role = "Head of stations"',
        'checker_role = "Property clerk"',
        "fields together",
        "somebody else checks",
    ),
    "a percentage that adds up": (
        'unit = "count"',
        'unit = "percentage"',
        "fields together",
        "adds_up = false",
    ),
    "a part and a whole at once": (
        'level = "bronze"',
        'level = "bronze"\nreference = "1.1.1"\npart_of = "1.1.2"',
        "fields together",
        "never both",
    ),
    "on the scorecard without its question": (
        'level = "bronze"',
        'level = "bronze"\nreference = "1.1.1"',
        "fields together",
        "key_question",
    ),
    "hidden for no reason": (
        'level = "bronze"',
        'level = "bronze"\nsuppress_below = 5',
        "fields together",
        "suppression_reason",
    ),
    "hidden below one": (
        'level = "bronze"',
        'level = "bronze"\nsuppress_below = 1\nsuppression_reason = "few"',
        "suppress_below",
        "greater than or equal to 2",
    ),
    "in a table without a place": (
        'level = "bronze"',
        'level = "bronze"\ntables = ["force-volumes"]',
        "fields together",
        "table_order",
    ),
    "in a table nobody has": (
        'level = "bronze"',
        'level = "bronze"\ntables = ["volumes"]',
        "tables item 1",
        "'force-volumes'",
    ),
    "commitments of no plan": (
        'level = "bronze"',
        'level = "bronze"\nplan_commitments = [7]',
        "fields together",
        "plan_objective",
    ),
    "an id of its own": ('level = "bronze"', 'level = "bronze"\nid = "x"', "id", "no id"),
    "good looks like as text": (
        'level = "bronze"',
        'level = "bronze"\ngood_looks_like = "more"',
        "good_looks_like",
        "a table of its own",
    ),
}


@pytest.mark.parametrize(("old", "new", "field", "expected"), CHANGED.values(), ids=CHANGED)
def test_a_bad_line_is_refused_by_name(write, good, old, new, field, expected):
    assert old in good
    problems = refused(write(good.replace(old, new)))
    assert [p.field for p in problems] == [field]
    assert problems[0].file.endswith("lost-property.toml")
    assert expected in problems[0].expected
    assert problems[0].what_to_do


GOOD_LOOKS_LIKE = {
    "no text": ("value = 3\ndirection = 'at least'", "good_looks_like.text", "a value"),
    "a value without a direction": ("text = 'More'\nvalue = 3", "good_looks_like", "direction"),
    "a direction without a value": (
        "text = 'More'\ndirection = 'at most'",
        "good_looks_like",
        "direction",
    ),
    "a value in quotation marks": (
        "text = 'More'\nvalue = '3'\ndirection = 'at least'",
        "good_looks_like.value",
        "a number",
    ),
    "an endless value": (
        "text = 'More'\nvalue = inf\ndirection = 'at least'",
        "good_looks_like.value",
        "a number",
    ),
    "a direction of its own": (
        "text = 'More'\nvalue = 3\ndirection = 'over'",
        "good_looks_like.direction",
        "'at least' or 'at most'",
    ),
    "a date with a time": (
        "text = 'More'\nby = 2022-06-30T12:00:00",
        "good_looks_like.by",
        "a date",
    ),
    "a month that is none": (
        "text = 'More'\nreviewed = '2022-13'",
        "good_looks_like.reviewed",
        "as in 2022-06",
    ),
    "a month that is a day": (
        "text = 'More'\nreviewed = 2022-07-01",
        "good_looks_like.reviewed",
        "a month in quotation marks",
    ),
}


@pytest.mark.parametrize(
    ("lines", "field", "expected"), GOOD_LOOKS_LIKE.values(), ids=GOOD_LOOKS_LIKE
)
def test_what_good_looks_like_is_whole_or_refused(write, good, lines, field, expected):
    problems = refused(write(f"{good}\n[good_looks_like]\n{lines}\n"))
    assert [p.field for p in problems] == [field]
    assert expected in problems[0].expected


def test_a_target_in_per_cent_is_not_a_fraction_of_thousands(write, good):
    text = good.replace('unit = "count"', 'unit = "percentage"').replace(
        "adds_up = true", "adds_up = false"
    )
    over = "\n[good_looks_like]\ntext = 'All'\nvalue = 950\ndirection = 'at least'\n"
    (problem,) = refused(write(text + over))
    assert "from 0 to 100" in problem.expected


@pytest.mark.parametrize("words", ["Lost property.", "TBC " * 20, "To be determined " * 6])
def test_a_definition_says_what_is_counted(write, good, words):
    line = next(ln for ln in good.splitlines() if ln.startswith("definition"))
    (problem,) = refused(write(good.replace(line, f'definition = "{words}"')))
    assert problem.field == "definition"


@pytest.mark.parametrize(
    "name", ["Lost-Property.toml", "lost_property.toml", "lost--property.toml"]
)
def test_the_file_name_is_an_id(write, name):
    (problem,) = refused(write(name=name))
    assert problem.field == "the file's name"
    assert problem.what_to_do == "Rename the file."


def test_toml_that_is_none_says_where(write):
    (problem,) = refused(write('title = "Lost\n'))
    assert problem.field == "the whole file"
    assert "line 1" in problem.value


def test_bytes_that_are_no_text(tmp_path):
    (tmp_path / "lost-property.toml").write_bytes(b'title = "caf\xe9"')
    (problem,) = refused(tmp_path)
    assert problem.expected == "text saved as UTF-8"


def test_a_byte_order_mark_does_no_harm(tmp_path, good):
    (tmp_path / "lost-property.toml").write_bytes(b"\xef\xbb\xbf" + good.encode())
    assert len(load(tmp_path)) == 1


def test_all_problems_of_all_files_at_once(write, good):
    write(good.replace('level = "bronze"', 'level = "tin"\nowner = "me"'))
    folder = write(good.replace('unit = "count"', ""), name="more/second.toml")
    problems = refused(folder)
    assert {(p.file.rsplit("/", 1)[-1], p.field) for p in problems} == {
        ("lost-property.toml", "level"),
        ("lost-property.toml", "owner"),
        ("second.toml", "unit"),
    }
    with pytest.raises(DefinitionsError, match="3 problems in the measure definitions"):
        load(folder)


def test_a_measure_cannot_be_changed(write):
    (measure,) = load(write())
    with pytest.raises(ValueError, match="frozen"):
        measure.title = "Found property"
