"""The whole demonstration is laid out by the acts, each on its own day, and everybody in it can sign in."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count, DateTimeField, F

from frankpledge.web.actions.models import Action, ActionUpdate, Extract
from frankpledge.web.audit.models import Event
from frankpledge.web.demonstration.sign_ins import first_looks, sign_ins
from frankpledge.web.demonstration.words import DEMO
from frankpledge.web.measures.acts import upload_figures
from frankpledge.web.measures.models import Commentary, Figure, Measure
from frankpledge.web.organisations.models import Area, Body, Forum, Person, RoleHeld
from frankpledge.web.organisations.roles import Role
from frankpledge.web.plans.models import PlanVersion
from frankpledge.web.reports.models import Report
from tests.web.demonstration.conftest import PASSWORD

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("demonstration"),
    pytest.mark.usefixtures("laid_out"),
    pytest.mark.django_db,
]


def test_two_forces_their_offices_and_panels_and_the_alliance_are_there():
    assert Body.objects.count() == 7
    assert Area.objects.filter(force__slug="west-mercia-police").count() == 5
    assert Person.objects.count() == 114
    assert Forum.objects.count() == 38
    assert set(RoleHeld.objects.values_list("role", flat=True)) == set(Role)


def test_the_plan_is_in_force_in_its_second_version():
    states = dict(PlanVersion.objects.values_list("number", "state"))
    assert states == {1: "superseded", 2: "adopted"}
    counted = PlanVersion.objects.annotate(promises=Count("stated_commitments"))
    assert dict(counted.values_list("number", "promises")) == {1: 54, 2: 55}


def test_the_file_of_the_tour_revises_two_figures_and_leaves_ten():
    analyst = Person.objects.get(email="analyst.strategy@force.example")
    force = Body.objects.get(slug="west-mercia-police")
    data = (DEMO / "office/revision.csv").read_bytes()
    upload = upload_figures(by=analyst, force=force, data=data, name="revision.csv")
    assert (upload.new, upload.revised, upload.unchanged) == (0, 2, 10)


def test_three_action_plans_came_in_by_the_import():
    kept = Action.objects.values("list__slug").annotate(actions=Count("pk"))
    assert {each["list__slug"]: each["actions"] for each in kept} == {
        "delivery-plan": 96, "charter": 36, "engagement": 20,
    }  # fmt: skip
    assert not Action.objects.filter(list__slug="delivery-plan", commitment=None).exists()
    assert Extract.objects.get().updates.count() > 20


def test_what_was_heard_of_an_action_is_of_its_own_days():
    assert ActionUpdate.objects.filter(dated__gt=date(2022, 7, 22)).count() == 0
    done = Action.objects.get(reference="A1.1")
    assert (done.status, done.done_on, done.rag.word) == ("done", date(2022, 3, 1), "Blue")
    promised = Action.objects.get(reference="A4.7", list__slug="delivery-plan")
    assert promised.stale_from <= date(2022, 7, 22)


def test_figures_definitions_owners_and_words_are_there():
    assert Measure.objects.filter(owner=None).count() == 0
    assert Figure.objects.count() == 2498
    assert Measure.objects.filter(commitments__isnull=False).distinct().count() > 50
    assert set(Commentary.objects.values_list("state", flat=True)) == {"draft", "reviewed", "final"}
    by_themselves = Commentary.objects.filter(reviewed_by=F("written_by"))
    assert not by_themselves.exists()
    assert Report.objects.get().as_at == date(2022, 7, 20)


def test_the_trail_verifies_and_nothing_in_it_is_later_than_the_day(capsys):
    call_command("verify_chain")
    assert Event.objects.latest("at").at.date() <= date(2022, 7, 22)


BY_THE_CLOCK = {"reports.ReportRun.heartbeat"}
"""Moments that say whether a machine lives, and nothing of what happened."""


def test_no_moment_anywhere_is_later_than_the_day():
    late = []
    for model in apps.get_models():
        if not model.__module__.startswith("frankpledge."):
            continue
        for moment in (f for f in model._meta.fields if isinstance(f, DateTimeField)):
            name = f"{model._meta.label}.{moment.name}"
            later = model._base_manager.filter(**{f"{moment.name}__date__gt": date(2022, 7, 22)})
            if name not in BY_THE_CLOCK and later.exists():
                late.append(name)
    assert late == []


@pytest.mark.parametrize("role", sorted(Role))
def test_somebody_signs_in_for_each_role(role, client):
    each = next(one for one in sign_ins() if one.role == Role(role).label)
    given = {"login": each.email, "password": PASSWORD}
    answer = client.post("/account/sign-in/", given)
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/")
    assert client.get("/").wsgi_request.user.email == each.email
    assert client.get("/my/account/").status_code == 200


@pytest.mark.parametrize("path", [path for path, _ in first_looks() if "/measures/" not in path])
def test_what_a_visitor_is_sent_to_is_there(path, client):
    client.post("/account/sign-in/", {"login": "officer@office.example", "password": PASSWORD})
    assert client.get(path).status_code == 200
