"""Two people who adopt, or who reword, at the same time: one of them is told, and nothing is lost."""

from __future__ import annotations

from threading import Barrier, Thread

from django.core.exceptions import ValidationError
from django.db import connection

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.verifying import verify_chain
from frankpledge.web.plans import acts
from frankpledge.web.plans.models import PlanVersion
from tests.web.plans.conftest import ADOPTED


def at_once(*deeds) -> list[str]:
    """What became of each deed, done in a thread with a connection of its own."""
    outcomes: list[str] = []
    start = Barrier(len(deeds))

    def do(deed):
        try:
            start.wait(timeout=10)
            deed()
            outcomes.append("done")
        except (ValidationError, ChangedMeanwhileError) as refusal:
            outcomes.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [Thread(target=do, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(outcomes)


def test_two_people_adopting_at_once(two_connections, answered, people):
    def adopt(role):
        version = PlanVersion.objects.get(pk=answered.pk)
        acts.adopt_version(by=people[role], version=version, on=ADOPTED, on_record="Notice 14")

    assert at_once(lambda: adopt("commissioner"), lambda: adopt("chief_executive")) == [
        "ValidationError", "done",
    ]  # fmt: skip
    states = PlanVersion.objects.order_by("number").values_list("state", flat=True)
    assert list(states) == ["superseded", "adopted"]
    assert Event.objects.filter(verb="plan_version.adopted").count() == 1
    assert verify_chain().faults == []


def test_two_people_wording_the_same_draft_at_once(two_connections, draft, people):
    def word(role):
        acts.word_version(by=people[role], version=draft, vision=f"By {role}.", seen=1)

    assert at_once(lambda: word("office_officer"), lambda: word("chief_executive")) == [
        "ChangedMeanwhileError", "done",
    ]  # fmt: skip
    assert PlanVersion.objects.get(pk=draft.pk).revision == 2
