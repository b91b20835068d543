"""The delivery plan is brought from its three forms with the same result, and again without any."""

from __future__ import annotations

import pytest

from frankpledge.web.actions.importing.outcomes import Outcome
from frankpledge.web.actions.importing.previewing import preview_of
from frankpledge.web.actions.importing.reading import Kind
from frankpledge.web.actions.models import Action, CrossReference
from frankpledge.web.audit.models import Event
from frankpledge.web.organisations.models import Forum
from frankpledge.web.plans.models import StatedCommitment
from tests.web.actions.importing import AS_AT, FORMS, brought, example, handed_in
from tests.web.plans.plans import make_plan


@pytest.fixture(autouse=True)
def _files_apart(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def what_is_kept(action_list):
    return [
        (a.reference, a.what, a.aim, a.heading, a.particulars, a.due_kind, a.due_on, a.due_words, a.starts,
         a.status, a.rag and a.rag.word, [f.name for f in a.forums.all()],
         [(o.named_as, o.part) for o in a.owners.all()],
         [(u.dated, u.text) for u in a.updates.all()],
         sorted((c.reference, c.words) for c in a.cross_references.all()))
        for a in action_list.actions.select_related("rag")
    ]  # fmt: skip


def test_a_whole_delivery_plan_comes_in_and_comes_in_again_without_a_change(
    people, bodies, delivery_plan
):
    plan = make_plan(bodies, people)
    Forum.objects.create(
        body=bodies["office"], name="Victims’ board", slug="v", visibility="office"
    )
    imported = brought(people, delivery_plan, example("delivery-plan.csv"), "delivery-plan.csv")

    assert imported.counts == {"new": 96, "revised": 0, "unchanged": 0}
    assert Action.objects.count() == 96
    assert [why for _, why in imported.left] == [
        "Commitment C.1 refers to 3.1.",
        "Commitment 4.5 refers to 3.5, T.4.",
    ]
    begun = Action.objects.get(reference="A1.2")
    assert begun.latest.dated == AS_AT
    assert begun.latest.text.endswith(
        "\nThe other three have been asked for theirs by the end of September."
    )
    assert begun.latest.by_words == "Delivery plan, as at 30 June 2022"
    assert begun.heading == "STAND BY VICTIMS AND SURVIVORS / Commissioner's commitments:"
    assert (
        begun.commitment == StatedCommitment.objects.get(version__plan=plan, ref="A.1").commitment
    )
    assert [f.name for f in begun.forums.all()] == ["Victims’ board"]
    assert (begun.status, begun.due_kind, begun.rag, begun.owners.count()) == (
        "absent",
        "absent",
        None,
        0,
    )
    assert Action.objects.get(reference="1.2.1").particulars["also_numbered"] == "1.2.2"
    assert Action.objects.get(reference="3.8").what.startswith("(1) Shorten")
    refers = CrossReference.objects.get(action__reference="2.1.2")
    assert (refers.reference, refers.to_action) == ("3.4", None)
    assert not Action.objects.get(reference="2.8.2").updates.exists()

    events, kept = Event.objects.count(), what_is_kept(delivery_plan)
    again = brought(people, delivery_plan, example("delivery-plan.csv"), "delivery-plan.csv")
    assert again.counts == {"new": 0, "revised": 0, "unchanged": 96}
    assert what_is_kept(delivery_plan) == kept
    assert Event.objects.count() == events + 2


def test_the_preview_says_what_each_row_is_and_what_is_wanting(people, delivery_plan):
    preview = preview_of(
        people["office_officer"],
        handed_in(people, delivery_plan, example("delivery-plan.xlsx"), "delivery-plan.xlsx"),
    )
    assert preview.kinds == {
        Kind.ACTION: 96,
        Kind.HEADING: 16,
        Kind.HEADER: 11,
        Kind.CROSS_REFERENCE: 2,
        Kind.CONTINUED: 1,
    }
    assert preview.problems == ()
    first = preview.judged[0]
    assert (first.row.where, first.row.reference, first.outcome) == ("Row 4", "1.1.1", Outcome.NEW)
    assert [str(each) for each in first.wanting] == [
        "nobody answers for it",
        "it is not said by when",
        "it has no rating",
    ]
    assert (
        "“Delivery plan monitoring” is no forum of the register. It is kept in words." in first.told
    )
    assert Action.objects.count() == 0


def test_the_three_forms_are_the_same_plan(people, bodies, delivery_plan):
    previews = [
        preview_of(
            people["office_officer"],
            handed_in(people, delivery_plan, example(f"delivery-plan.{form}"), f"plan.{form}"),
        )
        for form in FORMS
    ]
    said = [
        [(j.row.where, j.row.reference, j.changes, j.told, j.deeds.updates) for j in each.judged]
        for each in previews
    ]
    assert len(said[0]) == 96
    assert said[0] == said[1] == said[2]
