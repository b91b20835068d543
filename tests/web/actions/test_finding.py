"""What the database finds is what the rules say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.web.actions.models import Action, ActionOwner, ActionUpdate
from frankpledge.web.actions.presenters import standing_of, wanting_of
from frankpledge.web.actions.reads import finding
from frankpledge.web.actions.reads.ledger import counted, in_order
from frankpledge.web.actions.rules import is_due_soon, is_late, is_overdue, is_stale, stale_from

pytestmark = pytest.mark.django_db
TODAY = date(2022, 7, 22)
ABOUT_TODAY = st.integers(-20, 20).map(lambda n: TODAY + timedelta(days=n))

ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "status": st.sampled_from(
                ["not_started", "in_progress", "done", "withdrawn", "absent"]
            ),
            "due": st.none() | ABOUT_TODAY,
            "promised": st.none() | ABOUT_TODAY,
            "heard": ABOUT_TODAY,
            "done": ABOUT_TODAY,
            "rated": st.booleans(),
            "part": st.sampled_from(["", "answers", "helps"]),
            "let_go": st.booleans(),
        }
    ),
    min_size=1,
    max_size=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rows=ROWS, allowed=st.integers(1, 15))
def test_the_database_finds_what_the_rules_say(delivery_plan, scheme, rows, allowed):
    Action.objects.all().delete()
    amber = scheme.meanings.get(key="amber")
    for number, row in enumerate(rows):
        action = Action.objects.create(
            list=delivery_plan, body=delivery_plan.body, reference=str(number), what="It",
            due_kind="date" if row["due"] else "absent", due_on=row["due"], status=row["status"],
            next_update_due=row["promised"], rag=amber if row["rated"] else None,
            done_on=row["done"] if row["status"] == "done" else None,
            starts=row["heard"], added_at=timezone.now() - timedelta(days=9000),
            stale_from=stale_from(row["heard"], allowed, row["promised"]),
        )  # fmt: skip
        if row["part"]:
            ActionOwner.objects.create(
                action=action, part=row["part"], named_as="Inspector", starts=TODAY,
                ends=TODAY if row["let_go"] else None,
            )  # fmt: skip
    questions = (
        (finding.overdue(TODAY), lambda a: is_overdue(standing_of(a), TODAY)),
        (finding.due_soon(TODAY), lambda a: is_due_soon(standing_of(a), TODAY)),
        (finding.stale(TODAY), lambda a: is_stale(standing_of(a), TODAY)),
        (finding.done_late(), lambda a: is_late(standing_of(a))),
        (finding.wanting(), lambda a: bool(wanting_of(a, a.owners.filter(ends=None)))),
    )
    everything = list(Action.objects.all())
    for condition, rule in questions:
        found = set(Action.objects.filter(condition).values_list("pk", flat=True))
        assert found == {action.pk for action in everything if rule(action)}
    counts = counted(Action.objects.all(), TODAY)
    assert counts.overdue == sum(is_overdue(standing_of(a), TODAY) for a in everything)
    assert counts.wanting == sum(
        bool(wanting_of(a, a.owners.filter(ends=None))) for a in everything
    )
    order = [is_overdue(standing_of(action), TODAY) for action in in_order(Action.objects.all())]
    assert order == sorted(order, reverse=True)


def test_an_action_without_a_latest_update_is_judged_by_its_start(action):
    assert not ActionUpdate.objects.exists()
    assert standing_of(action).quiet_since == timezone.localdate()
