"""The pages on which measures are kept: what each shows, does and refuses, and to whom."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile

from frankpledge.web.measures.acts import (
    give_owner,
    open_to_public,
    set_goal,
    share_measures,
    write_commentary,
)
from frankpledge.web.measures.models import Commentary, Figure, Measure, Upload, WhatGoodLooksLike
from tests.web.measures.making import JUNE, KNOWN, committed, uploaded, with_measures, written

pytestmark = pytest.mark.django_db

HERE = "/northshire"
AT = f"{HERE}/measures/shoplifting"


@pytest.fixture
def measures(bodies, people):
    measures = with_measures(bodies["force"])
    for key in ("shoplifting", "rape"):
        measures[key] = give_owner(
            by=people["force_analyst"], measure=measures[key], owner=people["measure_owner"]
        )
    return measures


@pytest.fixture
def force(bodies, measures):
    return bodies["force"]


@pytest.fixture
def with_june(force, people):
    return committed(
        people["force_analyst"],
        force,
        ("shoplifting", "Northshire", "2022-06", 111),
        ("rape", "Northshire", "2022-06", 9),
    )


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def words_of(answer):
    return " ".join(soup(answer).get_text(" ").split())


def errors_of(answer):
    """Each error of the summary with the control that it leads to, which must be there."""
    page = soup(answer)
    links = page.select(".govuk-error-summary__list a")
    for link in links:
        assert page.select_one(link["href"]), f"{link['href']} leads nowhere"
    return [link.get_text() for link in links]


def choose(client, data, **more):
    file = SimpleUploadedFile("june.csv", data)
    return client.post(f"{HERE}/figures/upload/", {"file": file, "known": "start", **more})


# Uploading


def test_an_analyst_looks_commits_and_undoes(as_role, force):
    client = as_role("force_analyst")
    answer = choose(
        client, written(("shoplifting", "East", "2022-06", 71), ("rape", "East", "2022-06", "<5"))
    )
    address = answer["Location"]
    page = client.get(address)
    assert "Committing would add 2 new figures, of June 2022." in words_of(page)
    assert "fewer than 5" in words_of(page) or "withheld" in words_of(page)
    assert Figure.objects.count() == 0
    seen = soup(page).select_one("input[name=seen]")["value"]
    client.post(f"{address}commit/", {"seen": seen})
    assert Figure.objects.count() == 2
    assert "This file brought 2 new figures" in words_of(client.get(address))
    assert errors_of(client.post(f"{address}undo/", {"why": ""})) == ["Enter why"]
    client.post(f"{address}undo/", {"why": "The wrong file."})
    assert "that was undone" in words_of(client.get(address))
    assert "The wrong file." in words_of(client.get(address))


def test_a_wrong_file_is_refused_with_all_that_is_wrong(as_role, force):
    answer = choose(
        as_role("force_analyst"),
        written(("shoplifting", "East", "2022-06", "many"), ("nothing", "East", "2022-06", 1)),
    )
    assert answer.status_code == 422
    assert errors_of(answer) == [
        "2 problems to put right, listed below",
        "Choose the file again once it is right",
    ]
    rows = soup(answer).select("table tbody tr th")
    assert [row.get_text() for row in rows] == [
        "june.csv, row 2, column value",
        "june.csv, row 3, column measure",
    ]
    assert Upload.objects.count() == 0


def test_no_file_and_no_day_are_both_said(as_role, force):
    answer = as_role("force_analyst").post(f"{HERE}/figures/upload/", {"known": "day"})
    assert errors_of(answer) == ["Choose the file of figures", "Enter the day they became known"]


def test_a_day_to_come_is_refused(as_role, force):
    day = {"known": "day", "known_at-day": "1", "known_at-month": "1", "known_at-year": "2199"}
    answer = choose(as_role("force_analyst"), written(("shoplifting", "East", "2022-06", 1)), **day)
    assert errors_of(answer) == ["The day they became known must not be in the future"]


def test_a_preview_that_somebody_overtook_is_shown_again(as_role, force, people):
    upload = uploaded(
        people["force_analyst"],
        force,
        ("shoplifting", "East", "2022-06", 75),
        known_at=date(2022, 8, 1),
    )
    client = as_role("force_analyst")
    address = f"{HERE}/figures/uploads/{upload.pk}/"
    seen = soup(client.get(address)).select_one("input[name=seen]")["value"]
    committed(people["force_analyst"], force, ("shoplifting", "East", "2022-06", 71))
    answer = client.post(f"{address}commit/", {"seen": seen}, follow=True)
    assert "Somebody else has brought figures since you looked" in words_of(answer)
    assert "Committing would revise 1 figure that stands" in words_of(answer)
    assert Figure.objects.count() == 1


def test_a_preview_overtaken_by_a_newer_figure_says_what_is_wrong_and_cannot_be_committed(
    as_role, force, people
):
    upload = uploaded(people["force_analyst"], force, ("shoplifting", "East", "2022-06", 75))
    committed(
        people["force_analyst"],
        force,
        ("shoplifting", "East", "2022-06", 71),
        known_at=date(2022, 8, 1),
    )
    page = as_role("force_analyst").get(f"{HERE}/figures/uploads/{upload.pk}/")
    assert "A newer figure stands already" in words_of(page)
    assert soup(page).select_one("input[name=seen]") is None


def test_a_preview_hides_no_difference_by_rounding(as_role, force, people):
    committed(people["force_analyst"], force, ("public-confidence", "East", "2022-06", 84.1))
    upload = uploaded(
        people["force_analyst"], force, ("public-confidence", "East", "2022-06", 84.13)
    )
    page = as_role("force_analyst").get(f"{HERE}/figures/uploads/{upload.pk}/")
    assert [cell.get_text() for cell in soup(page).select("#changes ~ tbody td")][-2:] == [
        "84.10%",
        "84.13%",
    ]


def test_a_discarded_file_says_that_nothing_changed(as_role, force, people):
    upload = uploaded(people["force_analyst"], force, ("shoplifting", "East", "2022-06", 75))
    answer = as_role("force_analyst").post(
        f"{HERE}/figures/uploads/{upload.pk}/discard/", follow=True
    )
    assert "No figure was changed" in words_of(answer)
    assert Upload.objects.get().state == "discarded"


@pytest.mark.parametrize(
    ("role", "status"),
    [("public", 404), ("panel_officer", 404), ("other_force_analyst", 404), ("office_officer", 403),
     ("chief_officer", 403), ("measure_owner", 200), ("force_analyst", 200)],
)  # fmt: skip
def test_who_may_upload(as_role, force, role, status):
    assert as_role(role).get(f"{HERE}/figures/upload/").status_code == status


@pytest.mark.parametrize(
    ("role", "status"),
    [("public", 404), ("panel_officer", 404), ("office_officer", 200), ("auditor", 200)],
)
def test_who_sees_uploads(as_role, force, people, role, status):
    upload = uploaded(people["force_analyst"], force, ("shoplifting", "East", "2022-06", 75))
    for address in ("figures/", f"figures/uploads/{upload.pk}/"):
        assert as_role(role).get(f"{HERE}/{address}").status_code == status


def test_the_queries_of_the_list_of_uploads_do_not_grow(
    as_role, force, people, django_assert_max_num_queries
):
    for value in range(6):
        uploaded(people["force_analyst"], force, ("shoplifting", "East", "2022-06", value))
    client = as_role("force_analyst")
    with django_assert_max_num_queries(22):
        assert len(soup(client.get(f"{HERE}/figures/")).select("tbody tr")) == 6


# Definitions and goals


def test_overdue_reviews_are_listed_first(as_role, force):
    page = as_role("office_officer").get(f"{HERE}/measures/")
    assert "4 measures of 4 have an overdue review." in words_of(page)
    assert "Overdue" in words_of(page)


def test_a_definition_is_read_revised_and_its_history_kept(as_role, force, measures):
    client = as_role("office_officer")
    assert "Recorded offences of stealing goods from a shop" in words_of(
        client.get(f"{AT}/definition/")
    )
    text = (
        measures["shoplifting"]
        .definitions.first()
        .toml.replace('"Shoplifting"', '"Theft from shops"', 1)
    )
    client.post(f"{AT}/definition/revise/", {"text": text, "why": "As people say it.", "seen": 1})
    page = client.get(f"{AT}/definition/")
    assert "As people say it." in words_of(page)
    changed = [row.get_text(" ", strip=True) for row in soup(page).select("#changes ~ tbody tr")]
    assert changed == ['1 Taken out title = "Shoplifting"', '1 Added title = "Theft from shops"']
    assert "It no longer holds" in words_of(client.get(f"{AT}/definition/?number=1"))


def test_slips_in_a_definition_are_said_with_their_lines(as_role, force, measures):
    text = measures["shoplifting"].definitions.first().toml
    wrong = text.replace('better = "lower"', 'better = "down"').replace(
        'unit = "count"', 'unit = "heads"'
    )
    answer = as_role("force_analyst").post(
        f"{AT}/definition/revise/", {"text": wrong, "why": "x", "seen": 1}
    )
    assert answer.status_code == 422
    lines = wrong.splitlines()
    where = [
        f"Line {lines.index(t) + 1}, {t.split()[0]}" for t in ('unit = "heads"', 'better = "down"')
    ]
    assert [row.get_text() for row in soup(answer).select("#slips ~ tbody th")] == where
    assert all(any(w in e for e in errors_of(answer)) for w in where)


def test_a_definition_revised_meanwhile_keeps_what_was_written_and_shows_theirs(
    as_role, force, measures
):
    client = as_role("force_analyst")
    text = measures["shoplifting"].definitions.first().toml
    client.post(
        f"{AT}/definition/revise/", {"text": text + "# theirs\n", "why": "Theirs.", "seen": 1}
    )
    answer = client.post(
        f"{AT}/definition/revise/", {"text": text + "# mine\n", "why": "Mine.", "seen": 1}
    )
    page = soup(answer)
    assert "# mine" in page.select_one("textarea[name=text]").get_text()
    assert "Theirs." in words_of(answer)
    again = {
        "text": text + "# mine\n",
        "why": "Mine.",
        "seen": page.select_one("input[name=seen]")["value"],
    }
    client.post(f"{AT}/definition/revise/", again)
    assert measures["shoplifting"].definitions.count() == 3


def test_the_office_sets_and_reviews_what_good_looks_like(as_role, force, measures):
    client = as_role("office_officer")
    given = {"text": "Fewer than 600.", "value": "600", "direction": "at most", "over": "month", "seen": 0,
             "by_when-day": "31", "by_when-month": "3", "by_when-year": "2023"}  # fmt: skip
    client.post(f"{AT}/goals/2022/", given)
    page = client.get(f"{AT}/goals/")
    assert "At most 600 by 31 March 2023, held against the month alone." in words_of(page)
    assert "nobody has looked at it since" in words_of(page)
    client.post(f"{AT}/goals/2022/review/", {"number": 1})
    assert "nobody has looked at it since" not in words_of(client.get(f"{AT}/goals/"))
    assert WhatGoodLooksLike.objects.get().reviewed_at is not None


def test_a_number_without_a_direction_and_a_percentage_above_100_are_refused(as_role, force):
    at = f"{HERE}/measures/public-confidence/goals/2022/"
    answer = as_role("office_officer").post(
        at, {"text": "More.", "value": "120", "over": "month", "seen": 0}
    )
    assert errors_of(answer) == [
        "The number to reach must be a percentage from 0 to 100",
        "Say whether the number is to be reached or not passed",
    ]


def test_a_goal_set_by_another_meanwhile_is_told(as_role, force, measures, people):
    set_goal(
        by=people["commissioner"],
        measure=measures["shoplifting"],
        financial_year=2022,
        text="Fewer.",
    )
    answer = as_role("office_officer").post(
        f"{AT}/goals/2022/", {"text": "More.", "over": "month", "seen": 0}
    )
    assert "Somebody else has set what good looks like" in errors_of(answer)[0]


def test_an_owner_is_chosen_among_those_who_hold_the_role(as_role, force, people, measures):
    client = as_role("office_officer")
    options = [
        o.get_text() for o in soup(client.get(f"{AT}/owner/")).select("select[name=owner] option")
    ]
    assert options == ["Nobody for now", people["measure_owner"].name]
    client.post(f"{AT}/owner/", {"owner": ""})
    assert Measure.objects.get(key="shoplifting").owner is None
    answer = client.post(f"{AT}/owner/", {"owner": people["panel_officer"].pk})
    assert len(errors_of(answer)) == 1


# Words


def write(client, at=f"{AT}/commentary/?month=2022-06", **words):
    given = {"step": "write", "seen": 0, "what_does_this_mean": "Costs are rising."} | words
    return client.post(at, given)


def test_words_go_from_draft_to_signed_off_by_three_people(as_role, with_june):
    at = f"{AT}/commentary/?month=2022-06"
    assert "Nobody has written about June 2022 yet." in words_of(as_role("measure_owner").get(at))
    write(as_role("measure_owner"))
    owner = soup(as_role("measure_owner").get(at))
    assert owner.select_one("button[value=review]") is None
    as_role("force_analyst").post(at, {"step": "review", "number": 1})
    assert "A third person signs them off next" in words_of(as_role("force_analyst").get(at))
    assert as_role("force_analyst").post(at, {"step": "sign-off", "number": 1}).status_code == 403
    as_role("chief_officer").post(at, {"step": "sign-off", "number": 1})
    assert Commentary.objects.get().state == "final"
    assert "These words are signed off" in words_of(as_role("office_officer").get(at))


def test_words_written_meanwhile_keep_mine_on_the_page(as_role, with_june, measures, people):
    write_commentary(
        by=people["force_analyst"],
        measure=measures["shoplifting"],
        month=JUNE,
        seen=0,
        next_steps="Look.",
    )
    answer = write(as_role("measure_owner"))
    assert "has written about this while you were" in errors_of(answer)[0]
    page = soup(answer)
    assert "Costs are rising." in page.select_one("textarea[name=what_does_this_mean]").get_text()
    write(as_role("measure_owner"), seen=page.select_one("input[name=seen]")["value"])
    assert Commentary.objects.count() == 2


def test_newer_words_are_not_reviewed_unread(as_role, with_june, measures, people):
    for seen in (0, 1):
        write_commentary(
            by=people["measure_owner"],
            measure=measures["shoplifting"],
            month=JUNE,
            seen=seen,
            next_steps=f"{seen}",
        )
    answer = as_role("force_analyst").post(
        f"{AT}/commentary/?month=2022-06", {"step": "review", "number": 1}, follow=True
    )
    assert "newer words since you looked" in words_of(answer)
    assert not Commentary.objects.filter(state="reviewed").exists()


def test_an_action_that_is_required_is_said(as_role, with_june):
    answer = write(as_role("measure_owner"), action_required="yes")
    assert errors_of(answer) == ["Say which action, and who takes it"]
    assert errors_of(write(as_role("measure_owner"), what_does_this_mean="")) == [
        "Write something before you save, or leave the page"
    ]
    assert Commentary.objects.count() == 0


def test_words_are_sent_back_with_the_reason(as_role, with_june):
    write(as_role("measure_owner"))
    at = f"{AT}/commentary/?month=2022-06"
    assert errors_of(as_role("force_analyst").post(at, {"step": "return"})) == ["Enter why"]
    as_role("force_analyst").post(at, {"step": "return", "return-why": "Say which areas."})
    assert "Say which areas." in words_of(as_role("measure_owner").get("/my/measures/"))


def test_the_words_of_an_area_are_apart_from_the_forces(as_role, with_june):
    write(as_role("measure_owner"), at=f"{AT}/commentary/?month=2022-06&area=east")
    assert Commentary.objects.get().area_name == "East"
    assert "Nobody has written" in words_of(
        as_role("measure_owner").get(f"{AT}/commentary/?month=2022-06")
    )


def test_my_measures_are_written_on_one_page_and_saved_at_once(as_role, with_june, measures):
    client = as_role("measure_owner")
    page = client.get("/my/measures/")
    assert "2 measures of yours await words." in words_of(page)
    shop, rape = (f"m{measures[key].pk}" for key in ("shoplifting", "rape"))
    client.post("/my/measures/", {
        f"{shop}-what_does_this_mean": "Costs.", f"{shop}-seen": 0, f"{rape}-next_steps": "Look.", f"{rape}-seen": 0,
    })  # fmt: skip
    assert set(Commentary.objects.values_list("measure__key", "month")) == {
        ("shoplifting", JUNE),
        ("rape", JUNE),
    }
    assert "Nothing is awaited from you on 2 measures." in words_of(client.get("/my/measures/"))


def test_on_my_measures_one_that_is_wrong_keeps_all_back_and_every_word_on_the_page(
    as_role, with_june, measures, people
):
    write_commentary(
        by=people["force_analyst"],
        measure=measures["rape"],
        month=JUNE,
        seen=0,
        next_steps="Theirs.",
    )
    shop, rape = (f"m{measures[key].pk}" for key in ("shoplifting", "rape"))
    answer = as_role("measure_owner").post("/my/measures/", {
        f"{shop}-what_does_this_mean": "Costs.", f"{shop}-seen": 0, f"{rape}-next_steps": "Mine.", f"{rape}-seen": 0,
    })  # fmt: skip
    assert "has written about this while you were" in errors_of(answer)[0]
    assert "Costs." in answer.content.decode()
    assert "Mine." in answer.content.decode()
    assert Commentary.objects.count() == 1


def test_a_reviewer_is_shown_what_awaits_them(as_role, with_june):
    write(as_role("measure_owner"))
    assert "Shoplifting, June 2022 : to review" in words_of(
        as_role("force_analyst").get("/my/measures/")
    )
    assert "to review" not in words_of(as_role("measure_owner").get("/my/measures/"))


def test_the_queries_of_my_measures_do_not_grow(
    as_role, force, people, measures, django_assert_max_num_queries
):
    for key in ("calls-999", "public-confidence"):
        give_owner(by=people["force_analyst"], measure=measures[key], owner=people["measure_owner"])
    committed(
        people["force_analyst"], force, *((key, "Northshire", "2022-06", 5) for key in measures)
    )
    client = as_role("measure_owner")
    with django_assert_max_num_queries(20):
        assert "4 measures of yours await words." in words_of(client.get("/my/measures/"))


# Who sees what


def test_the_public_reads_the_definition_of_what_is_published_and_no_names(
    as_role, with_june, force, people
):
    assert as_role("public").get(f"{AT}/definition/").status_code == 404
    share_measures(
        by=people["office_officer"], force=force, keys=["shoplifting"], visibility="public"
    )
    open_to_public(by=people["office_officer"], force=force, month=JUNE, as_at=KNOWN)
    client = as_role("public")
    page = client.get(f"{AT}/definition/")
    assert page.status_code == 200
    assert people["measure_owner"].name not in words_of(page)
    assert "Revise the definition" not in words_of(page)
    assert "rape" not in words_of(client.get(f"{HERE}/measures/")).lower()
    assert client.get(f"{AT}/goals/").status_code == 200
    for hidden in ("commentary/", "definition/revise/", "owner/", "commitments/", "goals/2022/"):
        assert client.get(f"{AT}/{hidden}").status_code == 404, hidden


def test_my_measures_asks_for_signing_in(client, db):
    assert client.get("/my/measures/").status_code == 302
