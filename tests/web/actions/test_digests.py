"""The weekly e-mail: to whom, with what, and once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from frankpledge.web.actions.acts import make_digest, mark_digest_sent, update_action
from frankpledge.web.actions.models import Action, DigestSent
from frankpledge.web.actions.reads.due import week_of
from frankpledge.web.actions.rules import Due
from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.today import on_day
from frankpledge.web.audit.visibility import THE_PUBLIC
from tests.web.actions.making import an_action, days, overdue

pytestmark = pytest.mark.django_db


@pytest.fixture
def needed(people, delivery_plan, owner):
    """One overdue, one due soon, one stale, one that needs nothing."""
    an_action(
        people, delivery_plan, "1", what="Light the park & the square", owner=owner, due=overdue(3)
    )
    an_action(people, delivery_plan, "2", owner=owner, due=Due.by(days(14)))
    stale = an_action(people, delivery_plan, "3", owner=owner, due=Due.ongoing())
    Action.objects.filter(pk=stale.pk).update(
        stale_from=days(0), added_at=timezone.now() - timedelta(days=91)
    )
    an_action(people, delivery_plan, "4", owner=owner, due=Due.by(days(15)))


def test_an_owner_is_told_of_what_is_overdue_due_soon_and_stale(needed, owner, capsys):
    call_command("send_digest", site="https://actions.example.org/")
    letter = mail.outbox[0]
    assert (len(mail.outbox), letter.to) == (1, [owner.email])
    assert letter.subject == "Your actions: 1 overdue, 1 due within 14 days, 1 without an update"
    assert "- 1: Light the park & the square" in letter.body
    assert "3 days ago" in letter.body
    assert "- 4:" not in letter.body
    assert "https://actions.example.org/my/actions/" in letter.body
    assert "Light the park &amp; the square" in letter.alternatives[0].content
    assert "1 digest sent." in capsys.readouterr().out
    assert [e.verb for e in Event.objects.order_by("-number")[:2]] == ["digest.sent", "digest.made"]


def test_nobody_gets_two_in_a_week(needed):
    monday = date(2090, 1, 2)
    for day, sent in (
        (monday, 1),
        (monday + timedelta(days=6), 1),
        (monday + timedelta(days=7), 2),
    ):
        with on_day(day):
            call_command("send_digest")
        assert len(mail.outbox) == sent


def test_who_does_not_want_it_or_owns_nothing_or_is_up_to_date_gets_none(
    people, delivery_plan, needed, owner
):
    an_action(people, delivery_plan, "5", owner=people["chief_officer"], due=Due.by(days(60)))
    owner.wants_digest = False
    owner.save()
    call_command("send_digest")
    assert mail.outbox == []


def test_an_action_its_owner_may_no_longer_see_is_not_in_it(needed, owner):
    Action.objects.update(visibility="office")
    call_command("send_digest")
    assert mail.outbox == []
    assert not DigestSent.objects.exists()


def test_what_was_done_since_is_not_in_it(people, delivery_plan, owner):
    action = an_action(people, delivery_plan, "1", owner=owner, due=overdue())
    update_action(by=owner, action=action, seen=1, text="Done.", status="done")
    call_command("send_digest")
    assert mail.outbox == []


def test_a_digest_that_could_not_be_sent_is_tried_again_later(needed, owner, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(
            "django.core.mail.EmailMultiAlternatives.send",
            lambda self: (_ for _ in ()).throw(ConnectionRefusedError("no post today")),
        )
        with pytest.raises(CommandError, match="no post today") as told:
            call_command("send_digest")
    assert owner.email not in str(told.value)
    call_command("send_digest")  # too soon: another run may be sending it
    assert mail.outbox == []
    DigestSent.objects.update(made_at=timezone.now() - timedelta(minutes=11))
    call_command("send_digest")
    assert len(mail.outbox) == 1
    assert DigestSent.objects.get().sent_at is not None


def test_a_digest_is_seen_by_its_person_alone(people, owner):
    made = make_digest(
        by=THE_SYSTEM,
        person=owner,
        week=week_of(days(0)),
        overdue=1,
        due_soon=0,
        stale=0,
        at=timezone.now(),
    )
    assert mark_digest_sent(by=THE_SYSTEM, digest=made).sent_at
    assert list(DigestSent.objects.visible_to(owner)) == [made]
    assert not DigestSent.objects.visible_to(people["administrator"]).exists()
    assert not DigestSent.objects.visible_to(THE_PUBLIC).exists()


@pytest.mark.parametrize(
    ("day", "monday"),
    [(date(2022, 7, 22), date(2022, 7, 18)), (date(2022, 7, 18), date(2022, 7, 18)),
     (date(2023, 1, 1), date(2022, 12, 26))],
)  # fmt: skip
def test_a_week_begins_on_monday(day, monday):
    assert week_of(day) == monday
