"""Every act on lists and actions: what it does, that it writes its event, what it refuses."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from frankpledge.web.actions.acts import (
    Evidence,
    NotAsAskedError,
    Owner,
    SeveralProblemsError,
    Wanted,
    add_action,
    assign_owner,
    change_action,
    change_list,
    close_action,
    link_commitment,
    make_list,
    make_scheme,
    reopen_action,
    update_action,
    update_actions,
    withdraw_action,
)
from frankpledge.web.actions.models import Action, ActionOwner, ActionUpdate, RagScheme
from frankpledge.web.actions.rules import Due
from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.verifying import verify_chain
from tests.web.actions.making import RATINGS, a_list, an_action, days

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(people):
    return people["office_officer"]


def last_verb() -> str:
    return Event.objects.latest("number").verb


def test_making_a_scheme(officer, bodies):
    made = make_scheme(by=officer, body=bodies["office"], name="Ours", meanings=RATINGS)
    assert [(m.word, m.shape) for m in made.meanings.all()] == [
        ("Green", "good"), ("Amber", "caution"), ("Red", "bad"),
    ]  # fmt: skip
    event = Event.objects.get()
    assert event.verb == "rag_scheme.made"
    assert event.became["meanings"][2][:2] == ["red", "Red"]


@pytest.mark.parametrize(
    ("name", "meanings", "field"),
    [
        ("", RATINGS, "name"),
        ("Ours", RATINGS[:1], "meanings"),
        ("Ours", [RATINGS[0], RATINGS[0]], "meanings"),
        ("Ours", [RATINGS[0], {"word": "Red", "shape": "bad", "meaning": " "}], "meanings"),
    ],
)
def test_a_scheme_without_words_or_meanings_is_refused(officer, bodies, name, meanings, field):
    with pytest.raises(NotAsAskedError) as refused:
        make_scheme(by=officer, body=bodies["office"], name=name, meanings=meanings)
    assert set(refused.value.problems) == {field}
    assert not RagScheme.objects.exists()


def test_making_a_list_is_for_who_keeps_that_bodys(people, bodies):
    made = make_list(
        by=people["chief_officer"], body=bodies["force"], name="Charter", kind="charter"
    )
    assert (made.slug, made.stale_after_days, last_verb()) == ("charter", 90, "action_list.made")
    for role in ("office_officer", "force_analyst", "other_chief_officer", "auditor"):
        with pytest.raises(PermissionDenied):
            make_list(by=people[role], body=bodies["force"], name="Another")
    with pytest.raises(NotAsAskedError, match="already has a list"):
        make_list(by=people["chief_officer"], body=bodies["force"], name="Charter")


def test_changing_when_silence_counts_changes_it_for_every_action(officer, action, delivery_plan):
    changed = change_list(
        by=officer, action_list=delivery_plan, name="Plan", stale_after_days=10, visibility="public"
    )
    assert (changed.name, last_verb()) == ("Plan", "action_list.changed")
    action.refresh_from_db()
    assert action.stale_from == days(11)


def test_a_list_is_not_shared_less_widely_than_its_actions(officer, action, delivery_plan):
    with pytest.raises(NotAsAskedError, match="shared more widely"):
        change_list(
            by=officer,
            action_list=delivery_plan,
            name="Plan",
            stale_after_days=90,
            visibility="office",
        )


def test_adding_an_action(officer, delivery_plan, owner, scheme):
    made = add_action(
        by=officer, action_list=delivery_plan, reference=" A1.1 ", what="Publish the charter",
        due=Due.in_quarter(2092, 3), owners=[Owner(owner, "Superintendent")], starts=days(-3),
        particulars={"oversight": "The board", "outcome": ""},
    )  # fmt: skip
    assert (made.reference, made.order, made.visibility) == ("A1.1", 1, "public")
    assert made.particulars == {"oversight": "The board"}
    assert made.stale_from == days(91)
    event = Event.objects.latest("number")
    assert (event.verb, event.became["owners"]) == ("action.added", [[owner.pk, "answers"]])
    assert "Superintendent" not in str(event.content())
    assert made.revisions.get().stated["what"] == "Publish the charter"


def test_what_is_absent_is_added_as_absent(officer, delivery_plan):
    made = add_action(by=officer, action_list=delivery_plan, reference="1", what="Publish it")
    assert (made.due_kind, made.status, made.rag) == ("absent", "absent", None)
    assert not made.owners.exists()


def test_all_that_is_wrong_with_a_new_action_is_told_at_once(officer, people, bodies, action):
    panels = make_scheme(by=officer, body=bodies["office"], name="Another", meanings=RATINGS)
    with pytest.raises(NotAsAskedError) as refused:
        add_action(
            by=officer, action_list=action.list, reference="1", what=" ", starts=days(2),
            due=Due.by(days(1)), rag=panels.meanings.first(),
            owners=[Owner(named_as="A"), Owner(named_as="B")],
        )  # fmt: skip
    assert set(refused.value.problems) == {"reference", "what", "due", "rag", "owners"}
    assert Action.objects.count() == 1


def test_an_action_is_added_by_who_keeps_the_list(people, delivery_plan):
    for role in (
        "measure_owner",
        "chief_officer",
        "panel_officer",
        "other_office_officer",
        "auditor",
    ):
        with pytest.raises(PermissionDenied):
            add_action(by=people[role], action_list=delivery_plan, reference="9", what="It")


def test_an_action_is_not_shared_more_widely_than_its_list(people, bodies):
    shared = a_list(people, bodies["office"], visibility="panel")
    with pytest.raises(NotAsAskedError, match="cannot be shared more widely"):
        an_action(people, shared, visibility="public")
    assert an_action(people, shared, visibility="office").visibility == "office"


def test_an_owner_must_be_able_to_see_it_and_to_write(people, bodies, delivery_plan):
    hidden = a_list(people, bodies["office"], name="Private", visibility="office")
    with pytest.raises(NotAsAskedError, match="could not see this action"):
        an_action(people, hidden, owner=people["measure_owner"])
    with pytest.raises(NotAsAskedError, match="name them by their post"):
        an_action(people, delivery_plan, owner=people["panel_member_lay"])


def test_changing_an_action_keeps_what_it_said(officer, action):
    changed = change_action(
        by=officer, action=action, seen=1, why="The date was agreed",
        changes={"what": "Repair all the lights", "due": Due.in_month(2030, 2)},
    )  # fmt: skip
    assert (changed.version, changed.due_on.isoformat(), last_verb()) == (
        2,
        "2030-02-28",
        "action.changed",
    )
    first, second = changed.revisions.order_by("version")
    assert first.stated["what"] == "Repair the lights in the park"
    assert (second.stated["what"], second.why) == ("Repair all the lights", "The date was agreed")


def test_a_change_says_why_and_changes_only_what_may_be_changed(officer, action):
    with pytest.raises(NotAsAskedError, match="why it is changed"):
        change_action(by=officer, action=action, seen=1, changes={"what": "It"}, why=" ")
    with pytest.raises(TypeError, match="status"):
        change_action(by=officer, action=action, seen=1, changes={"status": "done"}, why="So")


def test_an_owner_may_update_and_not_change(owner, action):
    with pytest.raises(PermissionDenied):
        change_action(by=owner, action=action, seen=1, changes={"what": "Less"}, why="Easier")


def test_giving_an_owner_ends_who_answered_before(officer, people, action, owner):
    new = people["chief_officer"]
    given = assign_owner(by=officer, action=action, seen=1, owner=Owner(new, "Assistant chief"))
    assert last_verb() == "action.given_owner"
    assert action.owners.get(part="answers", ends=None) == given
    assert action.owners.get(person=owner).ends == timezone.localdate()
    assign_owner(by=officer, action=action, owner=Owner(owner, "Superintendent", "helps"))
    assert set(action.owners.filter(ends=None).values_list("part", flat=True)) == {
        "answers",
        "helps",
    }
    with pytest.raises(NotAsAskedError, match="Choose a person"):
        assign_owner(by=officer, action=action, owner=Owner())


def test_somebody_who_helps_and_then_answers_is_one_owner(officer, people, action):
    helper = people["force_analyst"]
    assign_owner(by=officer, action=action, owner=Owner(helper, "", "helps"))
    assign_owner(by=officer, action=action, owner=Owner(helper, "", "answers"))
    assert action.owners.get(ends=None).person == helper


def test_linking_an_action_to_a_commitment(officer, action, bodies):
    from frankpledge.web.plans.models import Commitment, Plan

    plan = Plan.objects.create(
        body=bodies["office"], key="plan", title="A plan", starts=days(-9), ends=days(900)
    )
    commitment = Commitment.objects.create(plan=plan, key="a-1")
    linked = link_commitment(by=officer, action=action, seen=1, commitment=commitment)
    assert (linked.commitment, last_verb()) == (commitment, "action.linked")
    assert link_commitment(by=officer, action=action, seen=2, commitment=None).commitment is None


def test_updating_an_action(owner, action, scheme):
    red = scheme.meanings.get(key="red")
    update = update_action(
        by=owner, action=action, seen=1, text="The lamps are late.", rag=red,
        next_update_due=days(7), evidence=Evidence("The order", "https://example.org/order"),
    )  # fmt: skip
    action.refresh_from_db()
    assert (update.number, update.by_words) == (1, "Superintendent, local policing")
    assert (action.rag, action.latest, action.version) == (red, update, 2)
    assert (action.status, action.stale_from) == ("in_progress", days(8))
    event = Event.objects.latest("number")
    assert (event.verb, event.body, event.about_id) == (
        "action.updated",
        action.body,
        str(update.pk),
    )
    assert event.was["action"]["rag_id"] != event.became["action"]["rag_id"]


def test_the_words_of_an_update_stand_outside_the_chain(owner, action):
    update_action(by=owner, action=action, seen=1, text="PC 1234 will do it.")
    event = Event.objects.latest("number")
    assert "1234" not in str(event.content())
    assert "PC 1234 will do it." in [v.value for v in event.personal_values.all()]
    assert verify_chain().faults == []


def test_saying_that_it_is_done_says_when(owner, action):
    update_action(by=owner, action=action, seen=1, text="Done.", status="done", dated=days(-2))
    action.refresh_from_db()
    assert (action.status, action.done_on) == ("done", days(-2))
    update_action(by=owner, action=action, seen=2, text="Not quite.", status="in_progress")
    action.refresh_from_db()
    assert action.done_on is None


def test_an_older_update_is_kept_in_its_place_and_changes_nothing_now(
    officer, owner, action, scheme
):
    update_action(by=owner, action=action, seen=1, text="Now.")
    old = update_action(
        by=officer, action=action, seen=2, text="Then.", dated=days(-40),
        rag=scheme.meanings.get(key="green"), by_words="Sergeant",
    )  # fmt: skip
    action.refresh_from_db()
    assert (old.by_words, action.latest.text, action.rag.key) == ("Sergeant", "Now.", "amber")
    assert [u.text for u in action.updates.all()] == ["Now.", "Then."]


def test_an_update_keeps_a_promise_and_may_make_a_new_one(owner, action):
    Action.objects.filter(pk=action.pk).update(next_update_due=days(-1), stale_from=days(0))
    update_action(by=owner, action=action, seen=1, text="Here it is.")
    action.refresh_from_db()
    assert (action.next_update_due, action.stale_from) == (None, days(91))


def test_an_update_is_never_edited_but_corrected(owner, action):
    first = update_action(by=owner, action=action, seen=1, text="50 lamps.")
    second = update_action(by=owner, action=action, seen=2, text="15 lamps.", corrects=first)
    assert list(first.corrected_by.all()) == [second]
    first.text = "15 lamps."
    with pytest.raises(TypeError, match="never edited"):
        first.save()


def test_all_that_is_wrong_with_an_update_is_told_at_once(owner, people, bodies, action):
    other = make_scheme(
        by=people["office_officer"], body=bodies["office"], name="B", meanings=RATINGS
    )
    with pytest.raises(NotAsAskedError) as refused:
        update_action(
            by=owner, action=action, seen=1, text="It", dated=days(1), status="closed",
            rag=other.meanings.first(), next_update_due=days(-1),
        )  # fmt: skip
    assert set(refused.value.problems) == {"dated", "status", "rag", "next_update_due"}
    with pytest.raises(NotAsAskedError, match="Enter what has happened"):
        update_action(by=owner, action=action, seen=1)
    with pytest.raises(NotAsAskedError, match="Enter what has happened"):
        update_action(by=owner, action=action, seen=1, next_update_due=days(30))
    assert not ActionUpdate.objects.exists()


def test_what_was_said_meanwhile_without_words_is_not_quoted(officer, owner, action, scheme):
    update_action(by=officer, action=action, seen=1, rag=scheme.meanings.get(key="red"))
    with pytest.raises(ChangedMeanwhileError, match="said how it stands, without words") as told:
        update_action(by=owner, action=action, seen=1, text="Late.")
    assert "“”" not in str(told.value)


WHO_UPDATES = (
    ("office_officer", True), ("chief_executive", True), ("measure_owner", True),  # answers for it
    ("force_analyst", False), ("chief_officer", False), ("panel_officer", False),
    ("panel_chair", False), ("auditor", False), ("administrator", False),
    ("other_office_officer", False), ("other_measure_owner", False),
)  # fmt: skip


@pytest.mark.parametrize(("role", "may"), WHO_UPDATES)
def test_owners_update_their_own_and_officers_all_of_their_body(people, action, role, may):
    if may:
        assert update_action(by=people[role], action=action, seen=1, text="It goes.").number == 1
        return
    with pytest.raises(PermissionDenied):
        update_action(by=people[role], action=action, seen=1, text="It goes.")


def test_an_owner_who_was_let_go_may_no_longer_update(officer, people, action, owner):
    assign_owner(by=officer, action=action, owner=Owner(people["chief_officer"]))
    with pytest.raises(PermissionDenied):
        update_action(by=owner, action=action, seen=None, text="Still me.")


def test_whoever_comes_second_is_told_what_the_first_wrote(officer, owner, action):
    update_action(by=officer, action=action, seen=1, text="The council pays.")
    with pytest.raises(ChangedMeanwhileError, match=r"wrote: “The council pays\.”"):
        update_action(by=owner, action=action, seen=1, text="Nobody pays.")
    change_action(by=officer, action=action, seen=2, changes={"aim": "Light"}, why="It had none")
    with pytest.raises(ChangedMeanwhileError, match="changed the action: It had none"):
        update_action(by=owner, action=action, seen=2, text="Nobody pays.")


def test_updating_several_in_one_go_writes_an_event_each(people, delivery_plan, action, owner):
    second = an_action(people, delivery_plan, "2", owner=owner)
    before = Event.objects.count()
    done = update_actions(
        by=owner, wanted=[Wanted(second, 1, "Two."), Wanted(action, 1, "One.", status="done")]
    )
    assert [update.text for update in done] == ["One.", "Two."]
    assert Event.objects.count() == before + 2


def test_if_one_of_several_cannot_be_updated_none_is_and_all_problems_are_told(
    people, delivery_plan, action, owner, officer
):
    late, other = (an_action(people, delivery_plan, n, owner=owner) for n in ("2", "3"))
    taken = an_action(people, delivery_plan, "4", owner=people["chief_officer"])
    update_action(by=officer, action=late, seen=1, text="Already said.")
    events = Event.objects.count()
    wanted = [
        Wanted(action, 1, "Good."), Wanted(late, 1, "Late."), Wanted(taken, 1, "Not mine."),
        Wanted(other, 1, "It", next_update_due=days(-3)),
    ]  # fmt: skip
    with pytest.raises(SeveralProblemsError) as refused:
        update_actions(by=owner, wanted=wanted)
    assert {pk: set(each) for pk, each in refused.value.problems.items()} == {
        late.pk: {""}, taken.pk: {""}, other.pk: {"next_update_due"},
    }  # fmt: skip
    assert "Already said." in refused.value.problems[late.pk][""]
    assert refused.value.versions == {late.pk: 2}
    assert (ActionUpdate.objects.count(), Event.objects.count()) == (1, events)


def test_closing_needs_evidence(officer, owner, action):
    with pytest.raises(NotAsAskedError, match="evidence"):
        close_action(by=officer, action=action, seen=1)
    with pytest.raises(PermissionDenied):
        close_action(by=owner, action=action, seen=1, evidence=Evidence("Photographs"))
    closed = close_action(by=officer, action=action, seen=1, evidence=Evidence("Photographs"))
    assert (closed.status, closed.closed_by, last_verb()) == ("closed", officer, "action.closed")
    assert closed.latest.evidence_words == "Photographs"
    assert closed.done_on == timezone.localdate()
    with pytest.raises(NotAsAskedError, match="reopen it"):
        update_action(by=officer, action=action, seen=2, text="More.")
    with pytest.raises(NotAsAskedError, match="closed already"):
        close_action(by=officer, action=action, seen=2, evidence=Evidence("Photographs"))


def test_closing_an_action_that_was_done_keeps_the_day_it_was_done(officer, owner, action):
    update_action(by=owner, action=action, seen=1, text="Done.", status="done", dated=days(-9))
    closed = close_action(by=officer, action=action, seen=2, evidence=Evidence("Photographs"))
    assert closed.done_on == days(-9)


def test_withdrawing_and_opening_again(officer, owner, action):
    with pytest.raises(NotAsAskedError, match="Enter why"):
        withdraw_action(by=officer, action=action, seen=1, why="")
    with pytest.raises(PermissionDenied):
        withdraw_action(by=owner, action=action, seen=1, why="Too hard")
    gone = withdraw_action(by=officer, action=action, seen=1, why="The park is closed")
    assert (gone.status, gone.latest.text) == ("withdrawn", "Withdrawn: The park is closed")
    assert last_verb() == "action.withdrawn"
    with pytest.raises(NotAsAskedError, match="is withdrawn"):
        withdraw_action(by=officer, action=action, seen=2, why="Again")
    back = reopen_action(by=officer, action=action, seen=2, why="The park is open")
    assert (back.status, back.closed_by, last_verb()) == ("in_progress", None, "action.reopened")


def test_evidence_may_be_a_file(owner, action, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    update = update_action(
        by=owner,
        action=action,
        seen=1,
        evidence=Evidence(file=SimpleUploadedFile("p.pdf", b"%PDF-")),
    )
    with update.evidence_file.open() as kept:
        assert kept.read() == b"%PDF-"


def test_references_become_links_when_what_they_name_is_there(people, delivery_plan):
    first = an_action(people, delivery_plan, "2.1", what="Answer calls (cross reference to 3.4)")
    assert first.cross_references.get().to_action is None
    second = an_action(people, delivery_plan, "3.4", what="Build the centre. Refer to 2.1.")
    assert first.cross_references.get().to_action == second
    assert second.cross_references.get().to_action == first


def test_a_reference_in_an_update_becomes_a_link(people, delivery_plan, action, owner):
    second = an_action(people, delivery_plan, "3.4")
    update_action(by=owner, action=action, seen=1, text="Refer to 3.4")
    assert action.cross_references.get().to_action == second


def test_the_system_can_add_actions(delivery_plan):
    made = add_action(by=THE_SYSTEM, action_list=delivery_plan, reference="9", what="It")
    assert made.added_by is None


BROKEN = (
    {"due_kind": "month", "due_on": None},
    {"due_kind": "ongoing", "due_on": days(0)},
    {"status": "closed", "closed_by": None, "closed_at": None},
    {"status": "in_progress", "closed_at": timezone.now()},
    {"status": "in_progress", "done_on": days(0)},
)


@pytest.mark.parametrize("values", BROKEN, ids=lambda values: "-".join(values))
def test_the_database_refuses_an_action_that_cannot_be(action, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**values)


def test_the_database_keeps_one_who_answers_and_owners_who_are_somebody(action):
    for values in ({"named_as": "Another"}, {"part": "helps"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActionOwner.objects.create(action=action, starts=days(0), **values)
