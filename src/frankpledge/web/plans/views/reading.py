"""Reading the plan: what was promised, commitment by commitment, version by version."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frankpledge.web.audit.today import today
from frankpledge.web.plans import contributions, presenters, reads
from frankpledge.web.plans.comparing import compare
from frankpledge.web.plans.models import PlanVersion
from frankpledge.web.plans.paper import plan_as_pdf
from frankpledge.web.plans.reads import WholeVersion
from frankpledge.web.plans.rules import Deadline, plan_due
from frankpledge.web.plans.states import State
from frankpledge.web.plans.views.where import Where, plan_here, where_is


@require_safe
def current(request: HttpRequest, place: str) -> HttpResponse:
    """What was promised: the plan in force."""
    where = where_is(request, place)
    version = reads.newest_public(where.versions)
    if version is None:
        return render(
            request,
            "plans/none.html",
            where.context(
                "Police and crime plan", may_draft=not where.plan and where.may("plans.draft")
            ),
        )
    whole = reads.whole(version, request.reader)
    progress = contributions.progress(where.plan, request.reader)
    return render(request, "plans/current.html", _version_context(where, whole, progress))


@require_safe
def version(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """One version, as it was worded."""
    where = plan_here(request, place)
    whole = reads.whole(where.version(number), request.reader)
    context = _version_context(where, whole, None, ("Versions", where.to("versions")))
    return render(request, "plans/version.html", context)


def _version_context(
    where: Where,
    whole: WholeVersion,
    progress: contributions.Progress | None,
    *further: tuple[str, str],
) -> dict[str, object]:
    chosen = whole.version
    title = (
        where.plan.title if progress is not None else f"{where.plan.title}, version {chosen.number}"
    )
    return where.context(
        title,
        *further,
        version=chosen,
        state=State(chosen.state),
        tone=presenters.TONES[State(chosen.state)],
        lead=presenters.lead(whole),
        term=presenters.term(where.plan.starts, where.plan.ends),
        objectives=presenters.objectives_shown(whole, progress),
        consultations=whole.consultations,
        dropped=whole.dropped,
        steps=presenters.steps(chosen, whole.consultations, due_of(where), today()),
        ahead=[v for v in where.versions if v.state in (State.DRAFT, State.WITH_PANEL)],
        earlier=next((v for v in where.versions if v.number < chosen.number), None),
        may={step: where.may(f"plans.{step}", chosen) for step in STEPS},
    )


STEPS = ("draft", "send_to_panel", "record_panel_report", "answer_panel", "adopt", "withdraw")


def due_of(where: Where) -> Deadline | None:
    """When the first plan of the term was due, where the day of the election is known."""
    if where.plan is None or where.plan.elected_on is None:
        return None
    adopted = [v.adopted_on for v in where.versions if v.adopted_on]
    return plan_due(where.plan.elected_on, min(adopted, default=None))


@require_safe
def commitment(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """One commitment: its words now and in every version, and whether it is being kept."""
    where = plan_here(request, place)
    found = reads.commitment_or_404(where.plan, request.reader, key)
    wordings = reads.wordings(found, request.reader)
    chosen = next((w for w in wordings if w.version.is_published), wordings[0])
    context = where.context(
        f"Commitment {chosen.ref}",
        commitment=found,
        stated=chosen,
        words=presenters.party_words(chosen.version)[chosen.party],
        standing=presenters.standing(chosen, reads.newest_public(where.versions)),
        wordings=presenters.wordings_shown(wordings),
        droppings=reads.droppings(found, request.reader),
        sections=contributions.sections(found, request.reader),
    )
    return render(request, "plans/commitment.html", context)


@require_safe
def versions(request: HttpRequest, place: str) -> HttpResponse:
    """The versions of the plan that the reader may see, and the office's other plans."""
    where = plan_here(request, place)
    others = [p for p in reads.plans_of(where.place.office, request.reader) if p != where.plan]
    context = where.context(
        f"Versions of {where.plan.title}",
        versions=[(v, State(v.state), presenters.TONES[State(v.state)]) for v in where.versions],
        pairs=list(zip(where.versions[1:], where.versions, strict=False)),
        others=others,
        may_draft=where.may("plans.draft") and not any(v.is_draft for v in where.versions),
    )
    return render(request, "plans/versions.html", context)


@require_safe
def comparison(request: HttpRequest, place: str) -> HttpResponse:
    """What one version says that another does not."""
    where = plan_here(request, place)
    first, second = _compared(where)
    wholes = [reads.whole(each, request.reader) for each in (first, second)]
    found = compare(*(presenters.items(each) for each in wholes))
    context = where.context(
        f"Compare versions {first.number} and {second.number}",
        ("Versions", where.to("versions")),
        first=first,
        second=second,
        versions=sorted(where.versions, key=lambda v: v.number),
        lead=presenters.comparison_lead(first, second, found),
        groups=presenters.comparison_shown(found, *wholes),
        unchanged=not found.differences,
    )
    return render(request, "plans/compare.html", context)


def _compared(where: Where) -> tuple[PlanVersion, PlanVersion]:
    """The two versions of `?from=1&to=2`; without them, the newest and the one before it."""
    newest = where.versions[0].number if where.versions else 0
    to = _number(where.request, "to", newest)
    before = max((v.number for v in where.versions if v.number < to), default=to)
    return where.version(_number(where.request, "from", before)), where.version(to)


def _number(request: HttpRequest, name: str, otherwise: int) -> int:
    given = request.GET.get(name, "")
    if not given:
        return otherwise
    if not (given.isascii() and given.isdigit() and len(given) < 5):
        raise Http404(f"{given!r} is not the number of a version.")
    return int(given)


@require_safe
def pdf(request: HttpRequest, place: str) -> HttpResponse:
    """A version as a PDF: the one in force, or that of `?version=`."""
    where = plan_here(request, place)
    public = reads.newest_public(where.versions)
    number = _number(request, "version", public.number if public else 0)
    chosen = where.version(number)
    whole = reads.whole(chosen, request.reader)
    response = HttpResponse(plan_as_pdf(whole, where.place.office), content_type="application/pdf")
    name = f"{where.place.slug}-plan-version-{chosen.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
