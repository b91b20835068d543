"""What an upload would do to the figures that stand: every case of `judge`, and of undoing."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from frankpledge.analysis.series import as_known_at
from frankpledge.web.measures.outcomes import counts, fingerprint, judge, restored
from tests.web.measures.making import JUNE, MAY, frame

JULY, OCTOBER = date(2022, 7, 15), date(2022, 10, 14)
NOTHING = frame({"value": 1.0}).clear()


def outcomes(rows, standing=NOTHING):
    return judge(rows, standing)["outcome"].to_list()


@pytest.mark.parametrize(
    ("row", "stands", "outcome"),
    [
        ({"value": 5.0}, None, "new"),
        ({"value": 5.0, "known_at": JULY}, {"value": 5.0, "known_at": JULY}, "unchanged"),
        ({"value": 5.0, "known_at": OCTOBER}, {"value": 5.0, "known_at": JULY}, "unchanged"),
        ({"value": 6.0, "known_at": OCTOBER}, {"value": 5.0, "known_at": JULY}, "revised"),
        ({"value": 6.0, "known_at": JULY}, {"value": 5.0, "known_at": JULY}, "revised"),
        ({"value": 6.0, "known_at": JULY}, {"value": 5.0}, "revised"),
        ({"value": 6.0, "known_at": JULY}, {"value": 5.0, "known_at": OCTOBER}, "refused"),
        ({"value": 6.0}, {"value": 5.0, "known_at": JULY}, "refused"),
        ({"value": 6.0}, {"value": 5.0}, "refused"),
        ({"value": 5.0}, {"value": 5.0, "known_at": JULY}, "unchanged"),
        ({"value": 5.0, "condition": "observed", "known_at": OCTOBER},
         {"value": 5.0, "condition": "provisional", "known_at": JULY}, "revised"),
        ({"value": None, "condition": "suppressed", "known_at": OCTOBER},
         {"value": 3.0, "known_at": JULY}, "revised"),
        ({"value": None, "known_at": OCTOBER}, {"value": None, "known_at": JULY}, "unchanged"),
        ({"value": 5.0, "month": MAY}, {"value": 5.0}, "new"),
        ({"value": 5.0, "area": "West"}, {"value": 5.0}, "new"),
        ({"value": 5.0, "measure": "rape"}, {"value": 5.0}, "new"),
    ],
)  # fmt: skip
def test_a_row_beside_the_figure_that_stands(row, stands, outcome):
    standing = frame(stands) if stands else NOTHING
    assert outcomes(frame({"value": 0.0} | row), standing) == [outcome]


def test_revisions_within_a_file_follow_each_other():
    rows = frame({"value": 6.0, "known_at": OCTOBER}, {"value": 5.0, "known_at": JULY})
    judged = judge(rows, NOTHING)
    assert judged["outcome"].to_list() == ["new", "revised"]
    assert judged["was"].to_list() == [None, 5.0]


def test_a_whole_history_uploaded_again_changes_nothing():
    rows = frame({"value": 5.0, "known_at": JULY}, {"value": 6.0, "known_at": OCTOBER})
    assert outcomes(rows, rows) == ["unchanged", "unchanged"]


def test_a_later_revision_beside_a_history_uploaded_again_is_a_revision():
    stood = frame({"value": 5.0, "known_at": JULY})
    rows = pl.concat([stood, frame({"value": 6.0, "known_at": OCTOBER})])
    assert outcomes(rows, stood) == ["unchanged", "revised"]


def test_only_what_was_last_said_to_be_known_on_a_day_stands():
    stood = frame({"value": 5.0, "known_at": JULY}, {"value": 6.0, "known_at": JULY})
    assert outcomes(frame({"value": 5.0, "known_at": JULY}), stood) == ["revised"]
    assert outcomes(frame({"value": 6.0, "known_at": JULY}), stood) == ["unchanged"]


def undone(*rows):
    """Revisions with the upload that each came with and the one that it undoes."""
    names = ("upload", "undoes")
    return frame(*({k: v for k, v in r.items() if k not in names} for r in rows)).with_columns(
        pl.Series(name, [r.get(name) for r in rows], dtype=pl.Int64) for name in names
    )


STOOD = {"value": 5.0, "known_at": JULY, "upload": 1}
TAKEN_BACK = {"value": 6.0, "known_at": JULY, "upload": 2}
UNDOING = {"value": 5.0, "known_at": OCTOBER, "undoes": 2}


def test_what_was_undone_can_be_brought_again_and_is_known_from_the_undoing():
    rows = frame({"value": 6.0, "known_at": JULY})
    judged = judge(rows, undone(STOOD, TAKEN_BACK, UNDOING))
    assert judged.select("outcome", "was", "known_at").row(0) == ("revised", 5.0, OCTOBER)


def test_a_history_of_which_the_end_was_undone_can_be_brought_again():
    rows = frame({"value": 4.0, "known_at": MAY}, {"value": 6.0, "known_at": JULY})
    begun = {"value": 4.0, "known_at": MAY, "upload": 1}
    again = {"value": 4.0, "known_at": OCTOBER, "undoes": 2}
    judged = judge(rows, undone(begun, TAKEN_BACK, again))
    assert judged.select("outcome", "known_at").rows() == [("unchanged", MAY), ("revised", OCTOBER)]


def test_what_was_revised_since_an_undoing_is_not_brought_behind_it():
    since = {"value": 9.0, "known_at": OCTOBER, "upload": 3}
    rows = frame({"value": 6.0, "known_at": JULY})
    assert outcomes(rows, undone(STOOD, TAKEN_BACK, UNDOING, since)) == ["refused"]


def test_what_was_refused_is_told_with_the_day_of_what_stands():
    judged = judge(
        frame({"value": 6.0, "known_at": JULY}), frame({"value": 5.0, "known_at": OCTOBER})
    )
    assert judged.select("was", "was known at").row(0) == (5.0, OCTOBER)


def test_the_fingerprint_changes_with_what_would_be_done():
    rows = frame({"value": 6.0, "known_at": OCTOBER})
    first = fingerprint(judge(rows, NOTHING))
    assert first == fingerprint(judge(rows, NOTHING))
    assert first != fingerprint(judge(rows, frame({"value": 5.0, "known_at": JULY})))


days = st.sampled_from([None, JULY, OCTOBER, date(2023, 1, 10)])
histories = st.lists(
    st.fixed_dictionaries({
        "area": st.sampled_from(["East", "West"]),
        "value": st.sampled_from([1.0, 2.0, None]),
        "known_at": days,
    }),
    max_size=6, unique_by=lambda r: (r["area"], r["known_at"]),
)  # fmt: skip


def as_said(kept: pl.DataFrame, day: date | None) -> list:
    """What is said of each figure on a day."""
    said = as_known_at(kept, day).with_columns(
        pl.col("condition").cast(pl.String).replace("revised", "observed")
    )
    return said.sort("area").select("area", "value", "condition").rows()


@given(histories, histories)
def test_a_slow_twin_agrees_with_what_stands_after_a_commit(before, uploaded):
    """After taking all rows but the unchanged and refused, the newest figure is what the file says."""
    standing = frame(*before) if before else NOTHING
    if not uploaded:
        return
    judged = judge(frame(*uploaded), standing)
    taken = judged.filter(pl.col("outcome").is_in(["new", "revised"])).select(standing.columns)
    after = pl.concat([standing, taken])
    if counts(judged)["refused"]:
        return
    for area in ("East", "West"):
        said = [r for r in uploaded if r["area"] == area]
        if not said:
            continue
        last = max(said, key=lambda r: r["known_at"] or date.min)
        stood = [r for r in before if r["area"] == area]
        if any((r["known_at"] or date.min) > (last["known_at"] or date.min) for r in stood):
            continue
        found = as_known_at(after.filter(pl.col("area") == area))
        assert found["value"].to_list() == [last["value"]]


@given(histories, histories, days)
def test_taking_an_upload_never_changes_what_was_said_before_its_day(before, uploaded, day):
    standing = frame(*before) if before else NOTHING
    if not uploaded or day is None:
        return
    judged = judge(
        frame(*[r | {"known_at": OCTOBER} for r in {r["area"]: r for r in uploaded}.values()]),
        standing,
    )
    taken = judged.filter(pl.col("outcome").is_in(["new", "revised"])).select(standing.columns)
    if day < OCTOBER:
        assert as_said(pl.concat([standing, taken]), day) == as_said(standing, day)


def numbered(*rows):
    found = frame(*[{k: v for k, v in r.items() if k != "number"} for r in rows])
    return found.with_columns(
        pl.Series("number", [r["number"] for r in rows], dtype=pl.Int64),
        pl.col("condition", "origin").cast(pl.String),
    )


def test_undoing_gives_back_what_stood():
    standing = numbered(
        {"value": 5.0, "known_at": JULY, "number": 1},
        {"value": 6.0, "known_at": OCTOBER, "number": 2},
    )
    undone = restored(standing.filter(pl.col("number") == 2), standing, date(2022, 11, 1))
    row = undone.row(0, named=True)
    assert (row["value"], row["condition"], row["number"], row["known_at"]) == (
        5.0, "observed", 3, date(2022, 11, 1),
    )  # fmt: skip


def test_undoing_what_was_not_there_before_leaves_it_missing_withdrawn():
    standing = numbered({"value": 5.0, "known_at": JULY, "number": 1})
    row = restored(standing, standing, JULY).row(0, named=True)
    assert (row["value"], row["condition"], row["reason"]) == (None, "missing", "withdrawn")


def test_undoing_leaves_what_was_revised_since():
    standing = numbered(
        {"value": 5.0, "known_at": JULY, "number": 1},
        {"value": 6.0, "known_at": OCTOBER, "number": 2},
    )
    assert restored(standing.filter(pl.col("number") == 1), standing, OCTOBER).is_empty()


def test_undoing_is_never_known_before_what_it_undoes():
    standing = numbered({"value": 5.0, "known_at": OCTOBER, "number": 1})
    assert restored(standing, standing, JULY)["known_at"].to_list() == [OCTOBER]


def test_the_months_that_were_not_touched_are_left():
    standing = numbered({"value": 5.0, "number": 1}, {"value": 9.0, "month": MAY, "number": 1})
    undone = restored(standing.filter(pl.col("month") == JUNE), standing, JULY)
    assert undone["month"].to_list() == [JUNE]
