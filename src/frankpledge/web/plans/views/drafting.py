"""Drafting: the words of a version while it is still the office's own."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frankpledge.web.plans import acts, presenters, reads
from frankpledge.web.plans.acts.adopting import readiness
from frankpledge.web.plans.forms import (
    CommitmentForm,
    ConsultationForm,
    ObjectiveForm,
    PlanForm,
    VariationForm,
    WhyForm,
    WordsForm,
)
from frankpledge.web.plans.models import (
    Consultation,
    PlanVersion,
    StatedCommitment,
    StatedObjective,
)
from frankpledge.web.plans.rules import problems_of_sending
from frankpledge.web.plans.views.acting import act_page, performed_at_once
from frankpledge.web.plans.views.where import Where, plan_here, where_is

asked_or_sent = require_http_methods(["GET", "HEAD", "POST"])


def _edit(where: Where, version: PlanVersion, anchor: str = "") -> str:
    return where.to("edit", number=version.number) + (f"#{anchor}" if anchor else "")


@asked_or_sent
def draft(request: HttpRequest, place: str) -> HttpResponse:
    """Begin a plan, where there is none; else a version that varies it."""
    where = where_is(request, place)
    where.ask("plans.draft")
    if where.plan is None or request.GET.get("new"):
        return _new_plan(where)
    form = VariationForm(request.POST or None)
    number = max((v.number for v in where.versions), default=0) + 1
    return act_page(
        where,
        form,
        lambda given: acts.draft_version(by=request.user, plan=where.plan, **given),
        title="Draft a variation of the plan",
        intro=f"Version {number} begins as a copy of the newest version. Only the office sees it until it is sent to the panel.",
        button="Begin the draft",
        done="The draft has begun.",
        back=where.to("edit", number=number),
    )


def _new_plan(where: Where) -> HttpResponse:
    form = PlanForm(where.request.POST or None)
    made = {}

    def perform(given: dict) -> None:
        made["plan"] = acts.draft_plan(by=where.request.user, office=where.place.office, **given)

    page = act_page(
        where,
        form,
        perform,
        title="Draft a plan",
        intro="Its first version begins empty. Only the office sees it until it is sent to the panel.",
        button="Begin the plan",
        done="The plan has begun. Add its objectives next.",
        back=where.to("current"),
    )
    if "plan" in made:
        page["Location"] = where.to("edit", number=1, plan=made["plan"].key)
    return page


@require_safe
def edit(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The draft, with a way to change each part of it."""
    where = plan_here(request, place)
    version = where.draft(number)
    whole = reads.whole(version, request.reader)
    context = where.context(
        f"Edit version {number}",
        ("Versions", where.to("versions")),
        version=version,
        lead=presenters.lead(whole),
        objectives=presenters.objectives_shown(whole),
        consultations=whole.consultations,
        dropped=whole.dropped,
        problems=problems_of_sending(readiness(version)),
        may_send=where.may("plans.send_to_panel", version),
        may_withdraw=where.may("plans.withdraw", version),
    )
    return render(request, "plans/edit.html", context)


@asked_or_sent
def words(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """The vision and foreword of a draft, and what it calls the parties."""
    where = plan_here(request, place)
    version = where.draft(number)
    parties = presenters.party_words(version)
    form = WordsForm(
        request.POST or None,
        initial={
            "seen": version.revision,
            "label": version.label,
            "vision": version.vision,
            "foreword": version.foreword,
            "why": version.why_varied,
            **{f"words_{party}": said for party, said in parties.items()},
        },
    )
    return act_page(
        where,
        form,
        lambda given: acts.word_version(
            by=request.user,
            version=version,
            party_words=form.party_words,
            **{n: given[n] for n in ("vision", "foreword", "label", "why", "seen")},
        ),
        title=f"The words of version {number}",
        button="Save",
        done="The words are saved.",
        back=_edit(where, version),
    )


@asked_or_sent
def objective(request: HttpRequest, place: str, number: int, key: str = "") -> HttpResponse:
    """Add an objective to a draft, or word one anew."""
    where = plan_here(request, place)
    version = where.draft(number)
    stated = _objective(version, key) if key else None
    form = ObjectiveForm(request.POST or None, initial=_objective_words(stated) if stated else None)
    return act_page(
        where,
        form,
        lambda given: acts.state_objective(
            by=request.user,
            version=version,
            objective=stated.objective if stated else None,
            **given,
        ),
        title=f"Objective {stated.ref}" if stated else "Add an objective",
        button="Save",
        done="The objective is saved.",
        back=_edit(where, version),
        moves=where.to("objective_move", number=number, key=key) if stated else "",
        drop=where.to("objective_drop", number=number, key=key) if stated else "",
    )


def _objective(version: PlanVersion, key: str) -> StatedObjective:
    stated = (
        version.stated_objectives.filter(objective__key=key).select_related("objective").first()
    )
    if stated is None:
        raise Http404(f"There is no objective {key!r} in this draft.")
    return stated


def _objective_words(stated: StatedObjective) -> dict[str, object]:
    return {
        "seen": stated.revision,
        "ref": stated.ref,
        "title": stated.title,
        "why_it_matters": stated.why_it_matters,
        "focus_areas": "\n".join(line.text for line in stated.focus_areas.all()),
        "outcomes": "\n".join(line.text for line in stated.outcomes.all()),
    }


@require_POST
def objective_drop(request: HttpRequest, place: str, number: int, key: str) -> HttpResponse:
    where = plan_here(request, place)
    version = where.draft(number)
    stated = _objective(version, key)
    return performed_at_once(
        where,
        lambda: acts.drop_objective(by=request.user, version=version, objective=stated.objective),
        done=f"Objective {stated.ref} is dropped from the draft.",
        back=_edit(where, version),
    )


@require_POST
def objective_move(request: HttpRequest, place: str, number: int, key: str) -> HttpResponse:
    where = plan_here(request, place)
    version = where.draft(number)
    stated = _objective(version, key)
    return performed_at_once(
        where,
        lambda: acts.move_objective(
            by=request.user,
            version=version,
            objective=stated.objective,
            up=request.POST.get("to") == "up",
        ),
        done=f"Objective {stated.ref} is moved.",
        back=_edit(where, version),
    )


@asked_or_sent
def commitment(request: HttpRequest, place: str, number: int, key: str = "") -> HttpResponse:
    """Add a commitment to a draft, or word one anew."""
    where = plan_here(request, place)
    version = where.draft(number)
    stated = _commitment(version, key) if key else None
    standing = list(version.stated_objectives.select_related("objective"))
    form = CommitmentForm(
        request.POST or None,
        initial=_commitment_words(stated)
        if stated
        else {"objective": request.GET.get("objective")},
        objectives=[(o.objective.key, f"{o.ref}. {o.title}") for o in standing],
    )
    by_key = {each.objective.key: each.objective for each in standing}
    return act_page(
        where,
        form,
        lambda given: acts.state_commitment(
            by=request.user,
            version=version,
            commitment=stated.commitment if stated else None,
            **{**given, "objective": by_key[given["objective"]]},
        ),
        title=f"Commitment {stated.ref}" if stated else "Add a commitment",
        button="Save",
        done="The commitment is saved.",
        back=_edit(where, version),
        moves=where.to("commitment_move", number=number, key=key) if stated else "",
    )


def _commitment(version: PlanVersion, key: str) -> StatedCommitment:
    rows = version.stated_commitments.filter(commitment__key=key)
    stated = rows.select_related("commitment", "stated_objective__objective").first()
    if stated is None:
        raise Http404(f"There is no commitment {key!r} in this draft.")
    return stated


def _commitment_words(stated: StatedCommitment) -> dict[str, object]:
    return {
        "seen": stated.revision,
        "objective": stated.stated_objective.objective.key,
        **{name: getattr(stated, name) for name in ("ref", "text", "party", "why")},
    }


@asked_or_sent
def commitment_drop(request: HttpRequest, place: str, number: int, key: str) -> HttpResponse:
    """Drop a commitment from a draft, with the reason."""
    where = plan_here(request, place)
    version = where.draft(number)
    stated = _commitment(version, key)
    return act_page(
        where,
        WhyForm(request.POST or None, label="Why it is dropped", required=False),
        lambda given: acts.drop_commitment(
            by=request.user, version=version, commitment=stated.commitment, **given
        ),
        title=f"Drop commitment {stated.ref}",
        intro=f"“{stated.text}” What an earlier version promised is dropped with a reason, which is published.",
        button="Drop it",
        warning=True,
        done=f"Commitment {stated.ref} is dropped from the draft.",
        back=_edit(where, version),
    )


@require_POST
def commitment_move(request: HttpRequest, place: str, number: int, key: str) -> HttpResponse:
    where = plan_here(request, place)
    version = where.draft(number)
    stated = _commitment(version, key)
    return performed_at_once(
        where,
        lambda: acts.move_commitment(
            by=request.user,
            version=version,
            commitment=stated.commitment,
            up=request.POST.get("to") == "up",
        ),
        done=f"Commitment {stated.ref} is moved.",
        back=_edit(where, version),
    )


@asked_or_sent
def consultation(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Record who was asked about a draft."""
    where = plan_here(request, place)
    version = where.draft(number)
    return act_page(
        where,
        ConsultationForm(request.POST or None),
        lambda given: acts.record_consultation(by=request.user, version=version, **given),
        title="Record a consultation",
        button="Save",
        done="The consultation is recorded.",
        back=_edit(where, version, "consultations"),
    )


@require_POST
def consultation_strike(request: HttpRequest, place: str, number: int, held: int) -> HttpResponse:
    where = plan_here(request, place)
    version = where.draft(number)
    rows = Consultation.objects.visible_to(request.reader).filter(version=version, pk=held)
    found = rows.select_related("version__plan").first()
    if found is None:
        raise Http404("There is no such consultation in this draft.")
    return performed_at_once(
        where,
        lambda: acts.strike_consultation(by=request.user, consultation=found),
        done="The consultation is taken out.",
        back=_edit(where, version, "consultations"),
    )
