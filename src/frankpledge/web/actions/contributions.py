"""What the ledger shows on a plan's pages: the actions that serve a commitment, on time or late."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count

from frankpledge.web.actions import presenters
from frankpledge.web.actions.models import Action
from frankpledge.web.actions.reads import finding
from frankpledge.web.actions.reads.ledger import in_order, with_what_a_row_shows
from frankpledge.web.actions.reads.own import places_of
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.plans.contributions import Line, Progress, Section, contributes
from frankpledge.web.plans.models import Commitment, Plan, StatedCommitment
from frankpledge.web.plans.states import PUBLISHED


@contributes("commitment", order=10)
def actions_of_commitment(commitment: Commitment, reader: Reader) -> Section | None:
    """The actions that serve a commitment, overdue first."""
    found = Action.objects.visible_to(reader).filter(commitment=commitment)
    actions = list(
        with_what_a_row_shows(in_order(found)).select_related(
            "list", "rag", "latest", "body__police_area"
        )
    )
    if not actions:
        return None
    day, slugs = today(), places_of(actions)
    rows = [
        {
            "row": presenters.row_of(each, {}, day, public=reader.is_public),
            "address": f"/{slugs.get(each.body_id)}/actions/{each.pk}/",
        }
        for each in actions
    ]
    return Section("Actions", "actions/parts/of_commitment.html", {"rows": rows})


@contributes("plan", order=10)
def progress_of_plan(plan: Plan, reader: Reader) -> Progress | None:
    """How many actions serve each commitment and objective, and how many are overdue. Two queries."""
    day = today()
    counted = (
        Action.objects.visible_to(reader)
        .filter(commitment__plan=plan)
        .order_by()
        .values("commitment_id")
        .annotate(
            all=Count("pk"),
            finished=Count("pk", filter=~finding.UNDER_WAY),
            overdue=Count("pk", filter=finding.overdue(day)),
            late=Count("pk", filter=finding.done_late()),
        )
    )
    by_commitment = {each["commitment_id"]: each for each in counted}
    if not by_commitment:
        return None
    stated = StatedCommitment.objects.visible_to(reader).filter(
        version__plan=plan, version__state__in=PUBLISHED, commitment__in=by_commitment
    )
    objective_of = dict(
        stated.order_by("version__number").values_list(
            "commitment_id", "stated_objective__objective_id"
        )
    )
    by_objective: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for commitment, counts in by_commitment.items():
        if commitment in objective_of:
            for name in ("all", "finished", "overdue", "late"):
                by_objective[objective_of[commitment]][name] += counts[name]
    return Progress(
        objectives={pk: _lines(counts) for pk, counts in by_objective.items()},
        commitments={pk: _lines(counts) for pk, counts in by_commitment.items()},
    )


def _lines(counts: dict[str, int]) -> tuple[Line, ...]:
    """ "7 actions: 2 finished, 1 of them late", and what is overdue as a status."""
    late = f", {counts['late']:,} of them late" if counts["late"] else ""
    finished = (
        f"{counts['finished']:,} finished{late}" if counts["finished"] else "none finished yet"
    )
    lines = [Line(f"{presenters.counted_words(counts['all'], 'action')}: {finished}")]
    if counts["overdue"]:
        lines.append(Line(f"{counts['overdue']:,} overdue", tone="bad"))
    return tuple(lines)
