"""Names in the settings and the commentary are areas of the figures and measures of the library."""

from datetime import date

import pytest

from frankpledge.reporting.commentary import Commentary
from frankpledge.reporting.matching import names_that_match_nothing, one_of
from frankpledge.reporting.settings import ReportSettings

AREAS = ["Force", "North", "South", "Otherforce"]
MEASURES = ["shoplifting", "robbery"]
BREAK = {"measure": "robbery", "month": "2022-02", "reason": "A new code."}
REBASELINE = {
    "measure": "robbery", "from_month": "2022-02",
    "baseline_from": "2021-01", "baseline_to": "2021-12",
}  # fmt: skip


def settings(**changed):
    plain = {
        "title": "T", "purpose": "P", "author_role": "Analyst", "owner_role": "Head",
        "date": date(2022, 7, 31), "force": "Force", "areas": ["North", "South"],
    }  # fmt: skip
    return ReportSettings.model_validate(plain | changed)


def matched(comments=(), **changed):
    words = Commentary.model_validate({"comments": list(comments)})
    return names_that_match_nothing(settings(**changed), words, AREAS, MEASURES)


@pytest.mark.parametrize(
    ("changed", "field", "expected"),
    [
        ({"force": "Forse", "areas": []}, "force", "(nearest: Force)"),
        ({"force": "Sum", "areas": ["Nowhere"]}, "force", "Force, North"),
        ({"areas": ["North", "Sooth"]}, "areas item 2", "(nearest: South"),
        ({"similar_forces": ["otherforces"]}, "similar_forces item 1", "(nearest: Otherforce"),
        ({"populations": [{"area": "Nowhere", "year": 2020, "population": 9}]}, "populations item 1.area", "an area"),
        ({"breaks": [BREAK | {"measure": "robery"}]}, "breaks item 1.measure", "(nearest: robbery)"),
        ({"breaks": [BREAK, BREAK | {"area": "Noth"}]}, "breaks item 2.area", "nearest: North"),
        ({"rebaselines": [REBASELINE | {"measure": "x"}]}, "rebaselines item 1.measure", "robbery, shoplifting"),
        ({"rebaselines": [REBASELINE | {"area": "x"}]}, "rebaselines item 1.area", "an area in the figures"),
        ({"comments": [{"measure": "shop"}]}, "comments item 1.measure", "a measure in the library"),
        ({"comments": [{"measure": "robbery", "area": "x"}]}, "comments item 1.area", "an area in the figures"),
    ],
)  # fmt: skip
def test_a_name_that_matches_nothing_is_a_problem(changed, field, expected):
    found = {problem.field: problem for problem in matched(**changed)}
    assert expected in found[field].expected
    assert found[field].what_to_do
    assert found[field].file == ("commentary.toml" if "comments" in changed else "report.toml")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"force": "North and South", "breaks": [BREAK | {"area": "North and South"}]},
        {"similar_forces": ["Otherforce"], "breaks": [BREAK], "rebaselines": [REBASELINE]},
        {"comments": [{"measure": "robbery"}, {"measure": "robbery", "area": "South"}]},
    ],
)
def test_names_that_match_are_none(changed):
    assert matched(**changed) == []


def test_all_are_said_at_once():
    assert len(matched(areas=["A", "B"], similar_forces=["C"], comments=[{"measure": "m"}])) == 4


def test_many_names_are_counted_rather_than_listed():
    assert one_of("zzz", [f"m{i}" for i in range(40)], "measure") == "a measure (there are 40)"
    assert one_of("x", [], "area") == "an area, of which there are none"
