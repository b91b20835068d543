"""A report's settings and commentary: read whole, or refused with everything that is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from frankpledge.reporting.commentary import Commentary, read_commentary
from frankpledge.reporting.problems import SettingsError
from frankpledge.reporting.settings import read_settings

WHOLE = """
title = "Performance report"
purpose = "Shows how the force performed."
author_role = "Performance team"
owner_role = "Deputy Chief Constable"
date = 2022-07-31
force = "West Mercia"
areas = ["Herefordshire"]

[[breaks]]
measure = "public-order"
month = "2022-02"
reason = "A new opening code."
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "report.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_settings_become_what_the_analysis_is_asked_for(tmp_path):
    brief = read_settings(written(tmp_path, WHOLE)).brief(date(2022, 6, 1))
    assert (brief.force, brief.areas) == ("West Mercia", ("Herefordshire",))
    assert brief.as_at == date(2022, 7, 31)
    assert brief.breaks.to_dicts() == [
        {
            "measure": "public-order", "area": None, "month": date(2022, 2, 1),
            "reason": "A new opening code.", "restarts_baseline": True,
        }
    ]  # fmt: skip
    assert brief.rebaselines is None or brief.rebaselines.is_empty()


@pytest.mark.parametrize(
    ("change", "field", "expected"),
    [
        (('force = "West Mercia"', ""), "force", "a value"),
        (('title = "', 'titel = "x"\ntitle = "'), "titel", "only the settings of a report"),
        (('month = "2022-02"', 'month = "2022-13"'), "breaks item 1.month", "2022-06"),
        (("date = 2022-07-31", 'date = "soon"'), "date", "date"),
        (
            ('areas = ["Here', 'areas = ["West Mercia", "Here'),
            "the whole file",
            "without the force",
        ),
        (("areas = [", 'limits = "three-sigma"\nareas = ['), "limits", "plot-the-dots-0.2.2"),
        (
            ('month = "2022-02', 'month = "2022-13'),
            "breaks item 1.month",
            "a month: write the year",
        ),
        (('month = "2022-02"', "month = 7"), "breaks item 1.month", "a date, as"),
        (("date = 2022-07-31", 'date = "soon"'), "date", "a date, as 2022-07-31 without quotes"),
        (
            ('areas = ["Herefordshire"]', 'areas = "Herefordshire"'),
            "areas",
            "a list in square brackets",
        ),
        (("areas = [", "screen = 7\nareas = ["), "screen", "true or false"),
        (('title = "Performance report"', "title = 5"), "title", "text in straight quotes"),
        (('"Performance team"', '"team@example.org"'), "author_role", "without an e-mail"),
    ],
)
def test_what_is_wrong_is_named_with_what_was_expected(tmp_path, change, field, expected):
    with pytest.raises(SettingsError) as refused:
        read_settings(written(tmp_path, WHOLE.replace(*change)))
    found = {problem.field: problem for problem in refused.value.problems}
    assert expected in found[field].expected
    assert found[field].what_to_do


def test_everything_wrong_is_said_at_once(tmp_path):
    with pytest.raises(SettingsError) as refused:
        read_settings(written(tmp_path, 'title = ""\nversion = "last"\n'))
    assert len(refused.value.problems) >= 6


@pytest.mark.parametrize("content", [b"title = ", b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_one_problem_and_no_traceback(tmp_path, content):
    path = tmp_path / "report.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError) as refused:
        read_settings(path)
    assert [p.field for p in refused.value.problems] == ["the whole file"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'title = "T"\nforce = West Mercia\n',
            "line 2, which cannot be read: 'force = West Mercia'",
        ),
        ('title = "T"\nforce = \u201cWest Mercia\u201d\n', "line 2"),
        ('title = "T"\nareas = ["North"', "an end in the middle of an entry"),
    ],
)
def test_the_line_that_cannot_be_read_is_named(tmp_path, text, told):
    with pytest.raises(SettingsError) as refused:
        read_settings(written(tmp_path, text))
    assert told in refused.value.problems[0].value
    assert "Illegal" not in str(refused.value)


def test_a_comment_without_an_area_is_on_the_force(tmp_path):
    path = tmp_path / "commentary.toml"
    path.write_text('[[comments]]\nmeasure = "rape"\nnext_steps = ["Look."]\n', encoding="utf-8")
    commentary = read_commentary(path)
    assert commentary.on("rape", "West Mercia", "West Mercia").next_steps == ("Look.",)
    assert commentary.on("rape", "Herefordshire", "West Mercia") is None
    assert Commentary().on("rape", "West Mercia", "West Mercia") is None
