"""How figures are judged, a step at a time: by the acts, and by the pages that do them."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from frankpledge.analysis.limits.rule_sets import RULE_SETS
from frankpledge.reporting.settings import Break as BreakSetting
from frankpledge.reporting.settings import Population as PopulationSetting
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.measures.acts import NotedAlreadyError, note, settle_judging, take_back
from frankpledge.web.measures.judging import settings_for
from frankpledge.web.measures.models import Break, JudgingSettings, Measure
from tests.web.measures.making import JUNE, with_measures
from tests.web.measures.test_keeping_pages import errors_of, soup, words_of

pytestmark = pytest.mark.django_db

AT = "/northshire/figures/judging"
DAY = date(2022, 7, 22)
OPENING = BreakSetting(measure="rape", month="2022-02", reason="A new opening code.")
CHANGE = {"limits": "xmr-gaps-1", "false_discovery_level": "0.05", "why": "The series have gaps."}


@pytest.fixture
def force(bodies):
    with_measures(bodies["force"])
    return bodies["force"]


def seen_on(client) -> str:
    return soup(client.get(f"{AT}/change/")).select_one("input[name=seen]")["value"]


# The acts


def test_settling_tells_what_was_and_why(people, force):
    plain = JudgingSettings(body=force).said
    analyst = people["force_analyst"]
    settle_judging(
        by=analyst, force=force, limits="xmr-gaps-1", false_discovery_level=0.05, screen=False,
        seen=plain, why="Gaps.",
    )  # fmt: skip
    found = settings_for(force, JUNE, DAY)
    assert (found.limits, found.false_discovery_level, found.screen) == ("xmr-gaps-1", 0.05, False)
    assert found.force == "Northshire"
    event = Event.objects.get(verb="judging.settled")
    assert (event.why, event.became["limits"]) == ("Gaps.", "xmr-gaps-1")
    with pytest.raises(ChangedMeanwhileError, match="Somebody else changed how"):
        settle_judging(
            by=analyst, force=force, limits="fixed-year-1", false_discovery_level=0.1, screen=True,
            seen=plain,
        )  # fmt: skip
    assert settings_for(force, JUNE, DAY).limits == "xmr-gaps-1"


def test_a_note_is_noted_once_and_taken_back_once(people, force):
    analyst = people["force_analyst"]
    noted = note(by=analyst, force=force, kind="breaks", setting=OPENING)
    assert settings_for(force, JUNE, DAY).breaks == (OPENING,)
    with pytest.raises(NotedAlreadyError, match="The same"):
        note(by=analyst, force=force, kind="breaks", setting=OPENING)
    take_back(by=analyst, noted=noted, why="It was no break.")
    assert settings_for(force, JUNE, DAY).breaks == ()
    assert Break.objects.get().taken_back_by == analyst
    with pytest.raises(ChangedMeanwhileError, match="already"):
        take_back(by=analyst, noted=noted)
    note(by=analyst, force=force, kind="breaks", setting=OPENING)
    assert Break.objects.count() == 2


def test_an_area_has_one_population_in_a_year(people, force):
    def said(people_there):
        setting = PopulationSetting(area="East", year=2020, population=people_there)
        return note(by=people["force_analyst"], force=force, kind="populations", setting=setting)

    said(1000)
    with pytest.raises(NotedAlreadyError, match="Take that one back first"):
        said(1001)


@pytest.mark.parametrize(
    "role", ["measure_owner", "chief_officer", "commissioner", "panel_chair", "other_force_analyst"]
)
def test_others_do_not_say_it(people, force, role):
    noted = note(by=people["force_analyst"], force=force, kind="breaks", setting=OPENING)
    with pytest.raises(PermissionDenied):
        note(by=people[role], force=force, kind="breaks", setting=OPENING)
    with pytest.raises(PermissionDenied):
        take_back(by=people[role], noted=noted)
    with pytest.raises(PermissionDenied):
        settle_judging(
            by=people[role], force=force, limits="fixed-year-1", false_discovery_level=0.1,
            screen=True, seen="",
        )  # fmt: skip


# The pages


def test_the_page_says_how_figures_are_judged(as_role, force):
    said = words_of(as_role("commissioner").get(f"{AT}/"))
    assert RULE_SETS["fixed-year-1"].summary in said
    assert "A share of at most 0.1" in said
    assert "Change how figures are judged" not in said


def test_an_analyst_changes_the_rule_set(as_role, force):
    client = as_role("force_analyst")
    page = words_of(client.get(f"{AT}/change/"))
    assert all(known.summary in page for known in RULE_SETS.values())
    answer = client.post(f"{AT}/change/", CHANGE | {"seen": seen_on(client)})
    assert (answer.status_code, answer["Location"]) == (302, f"{AT}/")
    settled = JudgingSettings.objects.get(body=force)
    assert (settled.limits, settled.false_discovery_level, settled.screen) == (
        "xmr-gaps-1",
        0.05,
        False,
    )


def test_what_cannot_be_is_refused_at_its_field(as_role, force):
    client = as_role("force_analyst")
    sent = {"limits": "none-such", "false_discovery_level": "1", "seen": seen_on(client)}
    answer = client.post(f"{AT}/change/", sent)
    assert answer.status_code == 422
    assert errors_of(answer) == [
        "How limits are drawn: select one of the choices shown",
        "The share must be above 0 and below 1, such as 0.1",
        "Say why it is changed",
    ]
    assert not JudgingSettings.objects.exists()


def test_two_who_change_it_are_told_of_each_other(as_role, people, force):
    client = as_role("force_analyst")
    before = seen_on(client)
    settle_judging(
        by=people["office_officer"], force=force, limits="fixed-year-sample-1",
        false_discovery_level=0.1, screen=True, seen=before,
    )  # fmt: skip
    answer = client.post(f"{AT}/change/", CHANGE | {"seen": before})
    assert answer.status_code == 422
    assert "Rule-set: fixed-year-sample-1" in errors_of(answer)[0]
    again = soup(answer).select_one("input[name=seen]")["value"]
    assert client.post(f"{AT}/change/", CHANGE | {"seen": again}).status_code == 302


NOTES = {
    "breaks": (
        {"measure": "rape", "month": "2022-02", "reason": "A new code", "restarts_baseline": "on"},
        "from February 2022 on: A new code. Limits rest on the months from then on.",
    ),
    "exceptional_periods": (
        {"from_month": "2020-03", "to_month": "2021-06", "reason": "Restrictions.", "left_out": "on"},
        "March 2020 to June 2021: Restrictions. Limits leave these months out.",
    ),
    "rebaselines": (
        {"measure": "shoplifting", "area": "East", "from_month": "2022-04",
         "baseline_from": "2021-07", "baseline_to": "2022-03"},
        "Shoplifting, East: from April 2022 on judged against July 2021 to March 2022.",
    ),
    "populations": (
        {"area": "East", "year": "2020", "population": "310794"},
        "East, 2020: 310,794 people.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", NOTES)
def test_each_kind_is_noted_refused_twice_and_taken_back(as_role, force, kind):
    sent, said = NOTES[kind]
    client = as_role("force_analyst")
    assert client.post(f"{AT}/{kind}/add/", sent).status_code == 302
    page = client.get(f"{AT}/")
    assert said in words_of(page)
    assert len(getattr(settings_for(force, JUNE, DAY), kind)) == 1
    assert client.post(f"{AT}/{kind}/add/", sent).status_code == 422
    link = soup(page).select_one("a[href$='/take-back/']")["href"]
    assert said in words_of(client.get(link))
    assert client.post(link, {"why": " "}).status_code == 422
    assert client.post(link, {"why": "A slip."}).status_code == 302
    assert getattr(settings_for(force, JUNE, DAY), kind) == ()
    assert f"{said} Noted" in words_of(client.get(f"{AT}/")), "what was taken back is still told"


@pytest.mark.parametrize(
    ("kind", "change", "said"),
    [
        ("exceptional_periods", {"to_month": "2020-02"}, "The last month must not be before the first"),
        ("rebaselines", {"baseline_to": "2022-04"}, "The baseline must end before the months that it judges"),
        ("rebaselines", {"baseline_from": "2022-04"}, "The baseline must not end before it begins"),
        ("breaks", {"measure": "no-such"}, "Measure: select one of the choices shown"),
        ("populations", {"area": "Elsewhere"}, "Area: select one of the choices shown"),
        ("populations", {"population": "0"}, "People must be 1 or more"),
    ],
)  # fmt: skip
def test_a_note_that_cannot_be_is_refused(as_role, force, kind, change, said):
    answer = as_role("force_analyst").post(f"{AT}/{kind}/add/", NOTES[kind][0] | change)
    assert answer.status_code == 422
    assert errors_of(answer) == [said]


def test_the_office_reads_nothing_of_a_measure_the_force_keeps_to_itself(as_role, people, force):
    noted = note(by=people["force_analyst"], force=force, kind="breaks", setting=OPENING)
    population = PopulationSetting(area="East", year=2020, population=1000)
    note(by=people["force_analyst"], force=force, kind="populations", setting=population)
    Measure.objects.filter(key="rape").update(visibility="force")
    client = as_role("office_officer")
    said = words_of(client.get(f"{AT}/"))
    assert "East, 2020" in said
    assert "A new opening code." not in said
    assert 'value="rape"' not in client.get(f"{AT}/breaks/add/").content.decode()
    assert client.post(f"{AT}/breaks/{noted.pk}/take-back/", {"why": "Mine."}).status_code == 404
    assert "A new opening code." in words_of(as_role("force_analyst").get(f"{AT}/"))


@pytest.mark.parametrize("role", ["public", "panel_chair", "other_force_analyst"])
def test_the_pages_are_not_there_for_others(as_role, people, force, role):
    noted = note(by=people["force_analyst"], force=force, kind="breaks", setting=OPENING)
    client = as_role(role)
    for page in ("", "change/", "breaks/add/", f"breaks/{noted.pk}/take-back/"):
        assert client.get(f"{AT}/{page}").status_code == 404, page
        if page:
            assert client.post(f"{AT}/{page}", {"why": "Mine."}).status_code == 404, page
    assert f"{AT}/" not in client.get("/northshire/measures/").content.decode()


def test_those_of_the_line_who_only_read_change_nothing(as_role, people, force):
    noted = note(by=people["force_analyst"], force=force, kind="breaks", setting=OPENING)
    client = as_role("measure_owner")
    assert client.get(f"{AT}/").status_code == 200
    for page in ("change/", "breaks/add/", f"breaks/{noted.pk}/take-back/"):
        assert client.post(f"{AT}/{page}", NOTES["breaks"][0] | {"why": "Mine."}).status_code == 403
    assert Break.objects.filter(taken_back_at__isnull=True).count() == 1
    assert as_role("force_analyst").get(f"{AT}/nothing/add/").status_code == 404
