"""Each act does what it says, writes its event, and refuses what the law or the plan's order forbids."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.verifying import verify_chain
from frankpledge.web.plans import acts
from frankpledge.web.plans.models import (
    Commitment,
    Consultation,
    DroppedCommitment,
    Objective,
    PlanVersion,
    StatedCommitment,
)
from tests.web.plans.conftest import ADOPTED, SENT

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.values_list("verb", flat=True))


def words(version) -> list[tuple]:
    rows = StatedCommitment.objects.filter(version=version).order_by("order")
    return list(
        rows.values_list("commitment__key", "ref", "text", "party", "stated_objective__ref")
    )


def test_draft_plan_begins_with_an_empty_draft_that_only_the_office_sees(bodies, people):
    plan = acts.draft_plan(
        by=people["commissioner"],
        office=bodies["office"],
        title="Safe and Well",
        starts=date(2022, 4, 1),
        ends=date(2025, 3, 31),
        on=date(2022, 1, 1),
    )
    version = plan.versions.get()
    assert (plan.key, plan.visibility, version.number, version.state, version.visibility) == (
        "safe-and-well", "office", 1, "draft", "office",
    )  # fmt: skip
    assert sorted(verbs()) == ["plan.drafted", "plan_version.drafted"]


def test_draft_version_copies_the_newest(plan, people):
    first = plan.versions.get()
    second = acts.draft_version(by=people["office_officer"], plan=plan, why="Two gaps.")
    assert (second.number, second.vision, second.why_varied) == (2, first.vision, "Two gaps.")
    assert words(second) == words(first)
    assert [o.focus_areas.get().text for o in second.stated_objectives.all()] == [
        "Focus of victims", "Focus of secure",
    ]  # fmt: skip
    assert {c.stated_objective.version_id for c in second.stated_commitments.all()} == {second.pk}
    assert verbs() == ["plan_version.drafted"]


def test_a_variation_of_a_plan_in_force_says_why(plan, people):
    with pytest.raises(ValidationError, match="Say why the plan is varied"):
        acts.draft_version(by=people["office_officer"], plan=plan)


def test_there_is_one_draft_at_a_time(draft, plan, people):
    with pytest.raises(ValidationError, match="Version 2 is already a draft"):
        acts.draft_version(by=people["office_officer"], plan=plan, why="Another.")


def test_word_version_words_the_draft_and_refuses_who_read_older_words(draft, people):
    by = people["office_officer"]
    said = acts.word_version(by=by, version=draft, vision="Safer.", why="Three gaps.", seen=1)
    assert (said.vision, said.why_varied, said.revision) == ("Safer.", "Three gaps.", 2)
    with pytest.raises(ChangedMeanwhileError, match="Nothing was saved"):
        acts.word_version(by=by, version=draft, vision="Mine.", seen=1)
    assert PlanVersion.objects.get(pk=draft.pk).vision == "Safer."
    assert verbs()[-1] == "plan_version.worded"


def test_state_objective_adds_and_rewords(draft, people):
    by = people["office_officer"]
    added = acts.state_objective(
        by=by, version=draft, ref="3", title="Spend well", focus_areas=["Buildings", "Data"]
    )
    assert (added.objective.key, added.order) == ("spend-well", 3)
    again = acts.state_objective(
        by=by, version=draft, objective=added.objective, ref="3", title="Spend better",
        focus_areas=["Data"], seen=1,
    )  # fmt: skip
    event = Event.objects.get(number=Event.objects.count())
    assert (event.verb, event.was["focus_areas"], event.became["focus_areas"]) == (
        "objective.stated", ["Buildings", "Data"], ["Data"],
    )  # fmt: skip
    assert (again.pk, again.title, again.revision) == (added.pk, "Spend better", 2)


def test_drop_objective_asks_for_its_commitments_first(draft, people):
    by = people["office_officer"]
    objective = Objective.objects.get(key="victims")
    with pytest.raises(ValidationError, match="still has commitments"):
        acts.drop_objective(by=by, version=draft, objective=objective)
    for key in ("1-1", "a-1"):
        acts.drop_commitment(
            by=by, version=draft, commitment=Commitment.objects.get(key=key), why="Done."
        )
    acts.drop_objective(by=by, version=draft, objective=objective)
    assert [o.ref for o in draft.stated_objectives.all()] == ["2"]
    assert verbs()[-1] == "objective.dropped"


def test_state_commitment_adds_under_a_key_that_lasts(draft, people):
    by, secure = people["office_officer"], Objective.objects.get(key="secure")
    added = acts.state_commitment(
        by=by, version=draft, objective=secure, ref="2.3", text="Less fraud.", party="together"
    )
    assert (added.commitment.key, added.order) == ("2-3", 6)
    moved = acts.state_commitment(
        by=by, version=draft, commitment=added.commitment, objective=Objective.objects.get(key="victims"),
        ref="1.2", text="Less fraud.", party="office", why="It fits there.", seen=1,
    )  # fmt: skip
    assert (moved.commitment.key, moved.stated_objective.ref, moved.why) == (
        "2-3", "1", "It fits there.",
    )  # fmt: skip
    assert verbs()[-2:] == ["commitment.stated", "commitment.stated"]


def test_a_ref_that_was_free_again_does_not_take_an_old_commitments_key(draft, people):
    by, secure = people["office_officer"], Objective.objects.get(key="secure")
    old = Commitment.objects.get(key="2-1")
    acts.drop_commitment(by=by, version=draft, commitment=old, why="Kept.")
    new = acts.state_commitment(
        by=by, version=draft, objective=secure, ref="2.1", text="New.", party="together"
    )
    assert (new.commitment.key, new.commitment != old) == ("2-1-2", True)


def test_a_ref_is_refused_that_is_used(draft, people):
    with pytest.raises(ValidationError) as refused:
        acts.state_commitment(
            by=people["office_officer"], version=draft, objective=Objective.objects.get(key="secure"),
            ref="2.1", text="Again.", party="together",
        )  # fmt: skip
    assert refused.value.message_dict == {"ref": ["2.1 is already used in this version."]}


def test_drop_commitment_keeps_the_reason_of_what_was_promised(draft, people):
    by, promised = people["office_officer"], Commitment.objects.get(key="2-2")
    with pytest.raises(ValidationError, match="Say why it is dropped"):
        acts.drop_commitment(by=by, version=draft, commitment=promised)
    acts.drop_commitment(by=by, version=draft, commitment=promised, why="The same as 2.1.")
    assert DroppedCommitment.objects.get().why == "The same as 2.1."
    assert StatedCommitment.objects.filter(version__number=1, commitment=promised).exists()
    assert verbs()[-1] == "commitment.dropped"


def test_a_commitment_stated_again_is_dropped_no_longer(draft, people):
    by, promised = people["office_officer"], Commitment.objects.get(key="2-2")
    acts.drop_commitment(by=by, version=draft, commitment=promised, why="The same as 2.1.")
    acts.state_commitment(
        by=by, version=draft, commitment=promised, objective=Objective.objects.get(key="secure"),
        ref="2.2", text="Preventing burglary.", party="chief_officer",
    )  # fmt: skip
    assert not DroppedCommitment.objects.exists()


def test_move_commitment_stays_among_those_of_its_party(draft, people):
    by = people["office_officer"]
    second = Commitment.objects.get(key="2-2")
    acts.move_commitment(by=by, version=draft, commitment=second, up=True)
    assert [row[0] for row in words(draft)] == ["1-1", "a-1", "2-2", "2-1", "t-1"]
    with pytest.raises(ValidationError, match="already first"):
        acts.move_commitment(by=by, version=draft, commitment=second, up=True)
    assert verbs()[-1] == "commitment.moved"


def test_move_objective(draft, people):
    objective = Objective.objects.get(key="victims")
    acts.move_objective(by=people["office_officer"], version=draft, objective=objective, up=False)
    assert [o.ref for o in draft.stated_objectives.all()] == ["2", "1"]
    assert verbs()[-1] == "objective.moved"


def test_record_and_strike_consultation(draft, people):
    by = people["office_officer"]
    held = acts.record_consultation(
        by=by, version=draft, name="Survey", starts=date(2022, 5, 1), ends=date(2022, 5, 29),
        responses=268, heard="Most agreed.",
    )  # fmt: skip
    assert (held.responses, held.recorded_by) == (268, by)
    acts.strike_consultation(by=by, consultation=held)
    assert not Consultation.objects.exists()
    assert verbs()[-2:] == ["consultation.recorded", "consultation.struck"]


def test_send_to_panel_shows_it_to_the_panel_and_ends_editing(sent, people):
    assert (sent.state, sent.visibility, sent.sent_on) == ("with_panel", "panel", SENT)
    with pytest.raises(ValidationError, match="what was sent is never edited"):
        acts.word_version(by=people["office_officer"], version=sent, vision="Other.")
    with pytest.raises(ValidationError, match="never edited"):
        acts.drop_commitment(
            by=people["office_officer"],
            version=sent,
            commitment=Commitment.objects.first(),
            why="x",
        )
    assert verbs()[-1] == "plan_version.sent_to_panel"


def test_an_empty_draft_is_not_sent(bodies, people):
    plan = acts.draft_plan(
        by=people["commissioner"], office=bodies["office"], title="Empty",
        starts=date(2022, 4, 1), ends=date(2025, 3, 31), on=date(2022, 1, 1),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="has no objective"):
        acts.send_to_panel(by=people["office_officer"], version=plan.versions.get())


def test_a_correction_is_a_new_version_in_place_of_the_one_with_the_panel(sent, plan, people):
    by = people["office_officer"]
    corrected = acts.draft_version(by=by, plan=plan, why="A slip.", on=SENT)
    acts.send_to_panel(by=by, version=corrected, on=SENT)
    assert list(plan.versions.order_by("number").values_list("number", "state", "visibility")) == [
        (1, "adopted", "public"), (2, "withdrawn", "panel"), (3, "with_panel", "panel"),
    ]  # fmt: skip
    assert verbs()[-2:] == ["plan_version.withdrawn", "plan_version.sent_to_panel"]


def test_the_panel_or_the_office_records_the_panels_report_once(sent, people):
    reported = acts.record_panel_report(by=people["panel_officer"], version=sent, report="Yes.")
    assert (reported.panel_report, reported.panel_report_by) == ("Yes.", people["panel_officer"])
    with pytest.raises(ValidationError, match="already recorded"):
        acts.record_panel_report(by=people["office_officer"], version=sent, report="No.")
    assert verbs()[-1] == "plan_version.panel_reported"


def test_answer_panel_needs_a_report(sent, people):
    with pytest.raises(ValidationError, match="no report of the panel"):
        acts.answer_panel(by=people["office_officer"], version=sent, response="Thank you.")


def test_adopt_version_takes_the_place_of_the_one_in_force(answered, plan, people):
    acts.adopt_version(by=people["commissioner"], version=answered, on=ADOPTED)
    first, second = plan.versions.order_by("number")
    assert (first.state, first.superseded_on, first.visibility) == ("superseded", ADOPTED, "public")
    assert (second.state, second.adopted_on, second.starts) == ("adopted", ADOPTED, ADOPTED)
    assert verbs()[-3:] == [
        "plan_version.panel_answered", "plan_version.superseded", "plan_version.adopted",
    ]  # fmt: skip
    assert verify_chain().faults == []


@pytest.mark.parametrize(
    ("by", "on_record", "refusal"),
    [
        ("deputy_commissioner", "Notice 14", PermissionDenied),
        ("office_officer", "Notice 14", PermissionDenied),
        ("other_commissioner", "", PermissionDenied),
        ("chief_executive", "", ValidationError),
        ("chief_executive", "Notice 14", None),
        ("commissioner", "", None),
    ],
)
def test_only_the_commissioner_adopts_or_the_chief_executive_on_record(
    answered, people, by, on_record, refusal
):
    def adopt():
        return acts.adopt_version(by=people[by], version=answered, on=ADOPTED, on_record=on_record)

    if refusal:
        with pytest.raises(refusal):
            adopt()
        assert PlanVersion.objects.get(pk=answered.pk).state == "with_panel"
    else:
        assert adopt().on_record == on_record


@pytest.mark.parametrize("stage", ["draft", "sent"])
def test_nothing_is_adopted_before_the_panel_reported(stage, people, request):
    version = request.getfixturevalue(stage)
    with pytest.raises(ValidationError):
        acts.adopt_version(by=people["commissioner"], version=version)


def test_a_version_is_not_adopted_twice(answered, people):
    acts.adopt_version(by=people["commissioner"], version=answered, on=ADOPTED)
    with pytest.raises(ValidationError, match="In force"):
        acts.adopt_version(by=people["commissioner"], version=answered, on=ADOPTED)


def test_a_step_lies_neither_before_the_one_before_it_nor_ahead(sent, people):
    for on, refusal in ((date(2022, 6, 9), "lies before"), (date(2200, 1, 1), "still to come")):
        with pytest.raises(ValidationError, match=refusal):
            acts.record_panel_report(by=people["panel_officer"], version=sent, report="Yes.", on=on)


def test_withdraw_version_keeps_it_with_the_reason(draft, plan, people):
    gone = acts.withdraw_version(by=people["office_officer"], version=draft, why="Too early.")
    assert (gone.state, gone.visibility, gone.why_withdrawn) == (
        "withdrawn",
        "office",
        "Too early.",
    )
    with pytest.raises(ValidationError, match="not withdrawn"):
        acts.withdraw_version(by=people["office_officer"], version=plan.versions.first(), why="x")
    assert verbs()[-1] == "plan_version.withdrawn"


def test_supersede_version_is_the_commissioners(plan, people):
    with pytest.raises(PermissionDenied):
        acts.supersede_version(by=people["office_officer"], version=plan.versions.get(), on=ADOPTED)


@pytest.mark.parametrize(
    "role", ["force_analyst", "panel_officer", "other_office_officer", "auditor"]
)
def test_others_do_not_draft(plan, people, role):
    with pytest.raises(PermissionDenied):
        acts.draft_version(by=people[role], plan=plan, why="Mine.")
