"""Wording the objectives and commitments of a draft."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify

from frankpledge.web.audit.acts import act, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.organisations.models import Person
from frankpledge.web.plans.acts.drafting import next_order
from frankpledge.web.plans.acts.locking import check_seen, locked_draft
from frankpledge.web.plans.models import (
    Commitment,
    DroppedCommitment,
    FocusArea,
    Objective,
    Outcome,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)


@act("objective.stated", needs="plans.draft", on="version")
def state_objective(
    *,
    by: Person,
    version: PlanVersion,
    ref: str,
    title: str,
    why_it_matters: str = "",
    focus_areas: Sequence[str] = (),
    outcomes: Sequence[str] = (),
    objective: Objective | None = None,
    key: str = "",
    short_title: str = "",
    also_called: str = "",
    seen: int | None = None,
) -> StatedObjective:
    """Add an objective to a draft, or word one of its objectives anew."""
    version = locked_draft(version)
    stated = version.stated_objectives.filter(objective=objective).first() if objective else None
    was = _with_lines(stated) if stated else {}
    if stated:
        check_seen(stated.revision, seen, f"objective {stated.ref}")
        stated.revision += 1
    else:
        objective = objective or Objective.objects.create(
            plan=version.plan,
            key=_free_key(Objective, version, key or slugify(short_title or title)),
            short_title=short_title,
            also_called=also_called,
        )
        stated = StatedObjective(version=version, objective=objective)
        stated.order = next_order(version.stated_objectives)
    stated.ref, stated.title, stated.why_it_matters = (
        ref.strip(),
        title.strip(),
        why_it_matters.strip(),
    )
    _check_ref(stated, version.stated_objectives)
    stated.full_clean()
    stated.save()
    for line, texts in ((FocusArea, focus_areas), (Outcome, outcomes)):
        line.objects.filter(stated_objective=stated).delete()
        line.objects.bulk_create(
            line(stated_objective=stated, text=text, order=at) for at, text in enumerate(texts, 1)
        )
    record(stated, was=was, became=_with_lines(stated))
    return stated


def _with_lines(stated: StatedObjective) -> dict[str, object]:
    lines = {
        n: list(getattr(stated, n).values_list("text", flat=True))
        for n in ("focus_areas", "outcomes")
    }
    return snapshot(stated) | lines


@act("objective.dropped", needs="plans.draft", on="version")
def drop_objective(*, by: Person, version: PlanVersion, objective: Objective) -> None:
    """Leave an objective out of a draft. Its commitments are moved or dropped before."""
    version = locked_draft(version)
    stated = _stated(version.stated_objectives.filter(objective=objective), version)
    if stated.stated_commitments.exists():
        raise ValidationError(
            f"Objective {stated.ref} still has commitments. Move or drop each of them first."
        )
    record(stated, was=_with_lines(stated), became={})
    stated.delete()


@act("commitment.stated", needs="plans.draft", on="version")
def state_commitment(
    *,
    by: Person,
    version: PlanVersion,
    objective: Objective,
    ref: str,
    text: str,
    party: str,
    why: str = "",
    commitment: Commitment | None = None,
    key: str = "",
    seen: int | None = None,
) -> StatedCommitment:
    """Add a commitment to a draft, or word one of its commitments anew.

    Without `key` an added commitment is known by its first ref: A.1 becomes `a-1`.
    """
    version = locked_draft(version)
    under = _stated(version.stated_objectives.filter(objective=objective), version)
    stated = (
        version.stated_commitments.filter(commitment=commitment).first() if commitment else None
    )
    was = snapshot(stated) if stated else {}
    if stated:
        check_seen(stated.revision, seen, f"commitment {stated.ref}")
        stated.revision += 1
    else:
        commitment = commitment or Commitment.objects.create(
            plan=version.plan, key=_free_key(Commitment, version, key or key_of_ref(ref))
        )
        stated = StatedCommitment(version=version, commitment=commitment)
        stated.order = next_order(version.stated_commitments)
    stated.stated_objective = under
    stated.ref, stated.text, stated.party, stated.why = (
        ref.strip(),
        text.strip(),
        party,
        why.strip(),
    )
    _check_ref(stated, version.stated_commitments)
    stated.full_clean()
    stated.save()
    version.dropped_commitments.filter(commitment=commitment).delete()
    record(stated, was=was, why=why)
    return stated


@act("commitment.dropped", needs="plans.draft", on="version")
def drop_commitment(
    *, by: Person, version: PlanVersion, commitment: Commitment, why: str = ""
) -> None:
    """Leave a commitment out of a draft. What an earlier version promised is dropped with a reason."""
    version = locked_draft(version)
    stated = _stated(version.stated_commitments.filter(commitment=commitment), version)
    promised = commitment.stated.exclude(version=version).exists()
    if promised and not why.strip():
        raise ValidationError(
            {"why": "Say why it is dropped: an earlier version of the plan promised it."}
        )
    record(stated, was=snapshot(stated), became={}, why=why)
    stated.delete()
    if promised:
        DroppedCommitment.objects.create(version=version, commitment=commitment, why=why.strip())


@act("objective.moved", needs="plans.draft", on="version")
def move_objective(*, by: Person, version: PlanVersion, objective: Objective, up: bool) -> None:
    """Put an objective of a draft before the one above it, or after the one below."""
    version = locked_draft(version)
    stated = _stated(version.stated_objectives.filter(objective=objective), version)
    _swap(stated, version.stated_objectives.all(), up)


@act("commitment.moved", needs="plans.draft", on="version")
def move_commitment(*, by: Person, version: PlanVersion, commitment: Commitment, up: bool) -> None:
    """Put a commitment of a draft before the one above it, among those of its objective and party."""
    version = locked_draft(version)
    stated = _stated(version.stated_commitments.filter(commitment=commitment), version)
    beside = version.stated_commitments.filter(
        stated_objective=stated.stated_objective, party=stated.party
    )
    _swap(stated, beside, up)


def _swap(stated: models.Model, beside: models.QuerySet, up: bool) -> None:
    was = snapshot(stated)
    rows = list(beside.order_by("order", "pk"))
    at = rows.index(stated)
    to = at - 1 if up else at + 1
    if not 0 <= to < len(rows):
        raise ValidationError(f"{stated.ref} is already {'first' if up else 'last'} there.")
    other = rows[to]
    stated.order, other.order = other.order, stated.order
    other.save(update_fields=["order"])
    stated.save(update_fields=["order"])
    record(stated, was=was)


def key_of_ref(ref: str) -> str:
    """A ref as part of an address: A.1 is a-1."""
    return slugify(ref.replace(".", "-"))


def _free_key(model: type[Commitment] | type[Objective], version: PlanVersion, wanted: str) -> str:
    """The key, or the key with a number after it when an earlier thing of the plan has it."""
    taken = set(model.objects.filter(plan=version.plan).values_list("key", flat=True))
    wanted = wanted[:70] or model._meta.model_name
    numbered = (f"{wanted}-{n}" for n in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(key for key in numbered if key not in taken)


def _check_ref(stated: StatedCommitment | StatedObjective, beside: models.QuerySet) -> None:
    if beside.filter(ref=stated.ref).exclude(pk=stated.pk).exists():
        raise ValidationError({"ref": f"{stated.ref} is already used in this version."})


def _stated(rows: models.QuerySet, version: PlanVersion) -> models.Model:
    found = rows.first()
    if found is None:
        raise ValidationError(f"It does not stand in version {version.number}.")
    return found
