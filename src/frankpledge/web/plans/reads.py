"""What to show of plans. Every read takes the reader, and the number of queries is fixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from frankpledge.web.audit.visibility import Reader
from frankpledge.web.organisations.models import Body
from frankpledge.web.plans.models import (
    Commitment,
    Consultation,
    DroppedCommitment,
    FocusArea,
    Outcome,
    Plan,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)
from frankpledge.web.plans.states import PUBLISHED, State


@dataclass(frozen=True)
class ReadObjective:
    """An objective of a version with what stands under it."""

    stated: StatedObjective
    focus_areas: tuple[str, ...]
    outcomes: tuple[str, ...]
    commitments: tuple[StatedCommitment, ...]


@dataclass(frozen=True)
class ReadDropped:
    """A commitment that a version leaves out: why, and how it was last worded."""

    dropped: DroppedCommitment
    stated: StatedCommitment


@dataclass(frozen=True)
class WholeVersion:
    """A version with all its words."""

    version: PlanVersion
    objectives: tuple[ReadObjective, ...]
    consultations: tuple[Consultation, ...]
    dropped: tuple[ReadDropped, ...]

    @property
    def commitments(self) -> tuple[StatedCommitment, ...]:
        return tuple(c for o in self.objectives for c in o.commitments)


def plans_of(office: Body, reader: Reader) -> list[Plan]:
    """The plans of a body that this reader may see, the latest first."""
    return list(Plan.objects.visible_to(reader).filter(body=office).select_related("body"))


def plan_or_none(office: Body, reader: Reader, key: str = "") -> Plan | None:
    """The plan of this key; without one, the plan in force, else the latest that the reader sees."""
    plans = plans_of(office, reader)
    if key:
        return next((plan for plan in plans if plan.key == key), None)
    in_force = set(
        PlanVersion.objects.visible_to(reader)
        .filter(plan__in=plans, state=State.ADOPTED)
        .values_list("plan_id", flat=True)
    )
    return next((p for p in plans if p.pk in in_force), next(iter(plans), None))


def plan_or_404(office: Body, reader: Reader, key: str = "") -> Plan:
    plan = plan_or_none(office, reader, key)
    if plan is None:
        raise Http404("There is no plan here that you can see.")
    return plan


def versions_of(plan: Plan, reader: Reader) -> list[PlanVersion]:
    """The versions of a plan that this reader may see, the newest first."""
    rows = PlanVersion.objects.visible_to(reader).filter(plan=plan).order_by("-number")
    return list(rows.select_related("plan__body", "body"))


def version_or_404(plan: Plan, reader: Reader, number: int) -> PlanVersion:
    """A version that this reader may see. Raises Http404 for one they may not, as for one there is not."""
    rows = PlanVersion.objects.visible_to(reader).filter(plan=plan, number=number)
    version = rows.select_related("plan__body", "body").first()
    if version is None:
        raise Http404(f"There is no version {number} that you can see.")
    return version


def in_force(versions: Iterable[PlanVersion]) -> PlanVersion | None:
    return next((v for v in versions if v.state == State.ADOPTED), None)


def newest_public(versions: Iterable[PlanVersion]) -> PlanVersion | None:
    """The version in force; for a plan that has none any more, the last that was."""
    return next((v for v in versions if v.state in PUBLISHED), None)


def whole(version: PlanVersion, reader: Reader) -> WholeVersion:
    """A version with all its words, in seven queries."""

    def of_version(model: type[Any]) -> Any:
        return model.objects.visible_to(reader).filter(version=version)

    commitments: dict[int, list[StatedCommitment]] = {}
    for each in of_version(StatedCommitment).select_related("commitment"):
        commitments.setdefault(each.stated_objective_id, []).append(each)
    focus_areas, outcomes = (_lines(model, version, reader) for model in (FocusArea, Outcome))
    return WholeVersion(
        version,
        tuple(
            ReadObjective(
                stated,
                tuple(focus_areas.get(stated.pk, ())),
                tuple(outcomes.get(stated.pk, ())),
                tuple(commitments.get(stated.pk, ())),
            )
            for stated in of_version(StatedObjective).select_related("objective")
        ),
        tuple(of_version(Consultation)),
        _dropped(version, reader),
    )


def _dropped(version: PlanVersion, reader: Reader) -> tuple[ReadDropped, ...]:
    rows = DroppedCommitment.objects.visible_to(reader).filter(version=version)
    worded = StatedCommitment.objects.visible_to(reader).filter(
        commitment__dropped__version=version, version__number__lt=version.number
    )
    latest = {
        each.commitment_id: each
        for each in worded.select_related("commitment").order_by("version__number")
    }
    return tuple(ReadDropped(d, latest[d.commitment_id]) for d in rows if d.commitment_id in latest)


def _lines(
    model: type[FocusArea] | type[Outcome], version: PlanVersion, reader: Reader
) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for line in model.objects.visible_to(reader).filter(stated_objective__version=version):
        found.setdefault(line.stated_objective_id, []).append(line.text)
    return found


def commitment_or_404(plan: Plan, reader: Reader, key: str) -> Commitment:
    found = Commitment.objects.visible_to(reader).filter(plan=plan, key=key)
    commitment = found.select_related("plan__body").first()
    if commitment is None:
        raise Http404(f"There is no commitment {key!r} that you can see.")
    return commitment


def wordings(commitment: Commitment, reader: Reader) -> list[StatedCommitment]:
    """How each version that this reader may see words a commitment, the newest first."""
    rows = StatedCommitment.objects.visible_to(reader).filter(commitment=commitment)
    return list(
        rows.select_related("version__plan", "stated_objective__objective").order_by(
            "-version__number"
        )
    )


def droppings(commitment: Commitment, reader: Reader) -> list[DroppedCommitment]:
    """The versions that this reader may see that left a commitment out, with the reasons."""
    rows = DroppedCommitment.objects.visible_to(reader).filter(commitment=commitment)
    return list(rows.select_related("version__plan").order_by("-version__number"))


def commitments_of(office: Body, reader: Reader) -> list[StatedCommitment]:
    """The commitments of the plan in force, as worded there: what an action or a measure can point to."""
    rows = StatedCommitment.objects.visible_to(reader).filter(
        version__body=office, version__state=State.ADOPTED
    )
    return list(
        rows.select_related("commitment", "stated_objective__objective", "version__plan").order_by(
            "-version__plan__starts", "stated_objective__order", "order"
        )
    )


def words_of(commitments: Iterable[int], reader: Reader) -> dict[int, StatedCommitment]:
    """The latest published wording of each commitment, by its primary key, in one query.

    What only a draft words is not in it.
    """
    rows = (
        StatedCommitment.objects.visible_to(reader)
        .filter(commitment__in=list(commitments), version__state__in=PUBLISHED)
        .select_related("commitment", "stated_objective__objective")
        .order_by("version__number")
    )
    return {each.commitment_id: each for each in rows}
