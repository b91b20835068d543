"""What delivery plans write in the column for dates, and what is made of it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.intake.words_of_rating import Shade, read_rating
from frankpledge.intake.words_of_time import Due, DueKind, read_due, updates_in

# As written | kind | starts | ends on | again
SPEC = """
Oct 22                                                      | month   |            | 2022-10-31 |
By Oct 22                                                   | month   |            | 2022-10-31 |
Complete by Jan 23                                          | month   |            | 2023-01-31 |
Achieve by June 23                                          | month   |            | 2023-06-30 |
Product available by Feb 24                                 | month   |            | 2024-02-29 |
Dec 2022                                                    | month   |            | 2022-12-31 |
December 2022.                                              | month   |            | 2022-12-31 |
Sept '22                                                    | month   |            | 2022-09-30 |
2022-10                                                     | month   |            | 2022-10-31 |
end of June 2017                                            | month   |            | 2017-06-30 |
Start immediately, BAU by Oct 22                            | month   |            | 2022-10-31 |
Start immediately BAU by Oct 22                             | month   |            | 2022-10-31 |
Start using the survey tool by Oct 22                       | month   |            | 2022-10-31 |
Start Nov 22, complete by Jan 23                            | month   | 2022-11-01 | 2023-01-31 |
Nov 22 - Jan 23                                             | month   | 2022-11-01 | 2023-01-31 |
From 1 April 2022 to 31 March 2023                          | date    | 2022-04-01 | 2023-03-31 |
30/09/2014                                                  | date    |            | 2014-09-30 |
31/5/14                                                     | date    |            | 2014-05-31 |
1.11.2014                                                   | date    |            | 2014-11-01 |
2014-09-30                                                  | date    |            | 2014-09-30 |
14th June 2022                                              | date    |            | 2022-06-14 |
October 22, 2022                                            | date    |            | 2022-10-22 |
First leaflet to be produced by 01/11/2014, quarterly thereafter | date |          | 2014-11-01 | quarterly
First press release by 16/09/14. weekly there after.        | date    |            | 2014-09-16 | weekly
First event by July 14. 1 a month thereafter                | month   |            | 2014-07-31 | monthly
Q1 2022/23                                                  | quarter |            | 2022-06-30 |
Q3 2022/23                                                  | quarter |            | 2022-12-31 |
By end of Q4 22-23                                          | quarter |            | 2023-03-31 |
Quarter 2 of 2023/2024                                      | quarter |            | 2023-09-30 |
Ongoing                                                     | ongoing |            |            |
On-going, informal basis.                                   | ongoing |            |            |
BAU                                                         | ongoing |            |            |
Ongoing from April 2022                                     | ongoing | 2022-04-01 |            |
Quarterly update.                                           | ongoing |            |            | quarterly
                                                            | absent  |            |            |
TBC                                                         | absent  |            |            |
n/a                                                         | absent  |            |            |
Commence Nov 22                                             | unclear | 2022-11-01 |            |
CPD to commence Nov 22                                      | unclear | 2022-11-01 |            |
Start Feb 23                                                | unclear | 2023-02-01 |            |
Complete Jan 23, start Nov 23                               | unclear | 2023-11-01 |            |
22 Oct                                                      | unclear |            |            |
by June                                                     | unclear |            |            |
by May                                                      | unclear |            |            |
Autumn 2023                                                 | unclear |            |            |
2022/23                                                     | unclear |            |            |
by 2024                                                     | unclear |            |            |
Q3 2022                                                     | unclear |            |            |
Q3                                                          | unclear |            |            |
Q3 2022/24                                                  | unclear |            |            |
31/02/2014                                                  | unclear |            |            |
09/30/2014                                                  | unclear |            |            |
Programme by 30/09/2014. First days by July 14              | unclear |            |            |
Jan 23 (was Oct 22)                                         | unclear |            |            |
not before Jan 23                                           | unclear |            |            |
Ongoing, by Jan 23                                          | unclear |            |            |
events bi annually                                          | unclear |            |            |
As soon as may be                                           | unclear |            |            |
Completed                                                   | unclear |            |            |
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in SPEC.strip("\n").splitlines()]


@pytest.mark.parametrize(("written", "kind", "starts", "ends", "again"), ROWS)
def test_the_words_of_plans(written, kind, starts, ends, again):
    due = read_due(written)
    assert due.text == written
    assert (due.kind, due.repeats) == (kind, again)
    assert (str(due.start or ""), str(due.ends_on or "")) == (starts, ends)
    assert bool(due.why) == (kind == "unclear")


def test_the_reason_names_what_cannot_be_told():
    assert read_due("31/02/2014").why == "“31/02/2014” is no date (day, month, year)."
    assert read_due("22 Oct").why == "“Oct” has no year."
    assert "calendar or of the financial year" in read_due("Q3 2022").why


def test_the_text_is_kept_as_it_was_written():
    assert read_due(" By\u00a0Oct \n22 ").text == " By\u00a0Oct \n22 "
    assert read_due(" By\u00a0Oct \n22 ").ends_on == date(2022, 10, 31)


DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@given(DAYS)
def test_a_day_written_in_any_british_way_is_that_day(day):
    ways = (
        f"{day:%d/%m/%Y}",
        f"{day:%d/%m/%y}",
        f"{day:%Y-%m-%d}",
        f"By {day:%d %B %Y}.",
        f"{day:%d %b %y}",
    )
    assert {read_due(way) for way in ways} == {Due(DueKind.DATE, "", day)}


@given(DAYS)
def test_a_month_ends_on_its_last_day(day):
    for way in (f"{day:%b %y}", f"Complete by {day:%B %Y}", f"{day:%b-%y}", f"{day:%Y-%m}"):
        due = read_due(way)
        assert due.kind is DueKind.MONTH
        assert (due.ends_on.year, due.ends_on.month) == (day.year, day.month)
        assert (
            due.ends_on.toordinal() + 1
            == date(day.year + day.month // 12, day.month % 12 + 1, 1).toordinal()
        )


WAYS = st.sampled_from(["{:%d/%m/%Y}", "{:%B %Y}", "Q"])


def _written(day: date, way: str) -> str:
    if way != "Q":
        return way.format(day)
    year = day.year - (day.month < 4)
    return f"Q{(day.month - 4) % 12 // 3 + 1} {year}/{(year + 1) % 100:02d}"


@given(
    DAYS.filter(lambda d: d.year > 2001),
    WAYS,
    st.none() | DAYS,
    st.sampled_from(["", "weekly", "quarterly"]),
)
def test_what_is_understood_can_be_said_and_is_understood_again(day, way, start, repeats):
    text = f"by {_written(day, way)}" + (f", {repeats}" if repeats else "")
    due = read_due(f"start {start:%d/%m/%Y}, {text}" if start else text)
    assert due.repeats == repeats
    if due.kind is not DueKind.UNCLEAR:
        assert due.start == start
        assert read_due(due.words()) == due
    else:
        assert due.why == "It starts after it is due."


@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_read(text):
    due = read_due(text)
    assert due.text == text
    assert (due.ends_on is not None) == (due.kind in ("date", "month", "quarter"))
    updates_in(text)
    read_rating(text)


def test_an_update_begins_with_its_date_as_six_digits():
    first, second = updates_in("290622 – Calendar being redone.\nMore on it.\n010722- Done.")
    assert (first.on, first.text) == (date(2022, 6, 29), "Calendar being redone.\nMore on it.")
    assert (second.on, second.text) == (date(2022, 7, 1), "Done.")


def test_six_digits_that_are_no_date_are_told_and_kept():
    (update,) = updates_in("296023 – Under way")
    assert (update.on, update.text) == (None, "296023 – Under way")
    assert update.why == "296023 is no date (day, month, year)."


def test_words_before_the_first_date_are_an_update_without_one():
    assert [(u.on, u.text) for u in updates_in("Needs funding.\n290622 – Asked for.")] == [
        (None, "Needs funding."),
        (date(2022, 6, 29), "Asked for."),
    ]
    assert updates_in("  ") == []


@given(DAYS, st.text("abc .", min_size=1).map(str.strip).filter(bool))
def test_an_update_is_read_as_it_was_written(day, text):
    (update,) = updates_in(f"{day:%d%m%y} – {text}")
    assert (update.on, update.text) == (day, text)


@pytest.mark.parametrize(
    ("written", "shade"),
    [
        ("R", "red"),
        (" amber ", "amber"),
        ("G", "green"),
        ("Green.", "green"),
        ("RAG: A", "amber"),
        ("B", "blue"),
        ("Complete", "blue"),
        ("", None),
        ("-", None),
        ("TBC", None),
    ],
)
def test_the_words_of_ratings(written, shade):
    rating = read_rating(written)
    assert rating.shade == (Shade(shade) if shade else None)
    assert rating.absent == (shade is None)
    assert rating.text == written


@pytest.mark.parametrize("written", ["A/G", "amber to green", "purple", "not green", "In progress"])
def test_a_rating_of_two_colours_or_of_none_we_know_is_unclear(written):
    rating = read_rating(written)
    assert rating.shade is None
    assert not rating.absent
    assert rating.why
