"""The lists of a place and the schemes by which they are rated."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frankpledge.web.actions import acts
from frankpledge.web.actions.forms import ListForm, RatingFormSet, SchemeForm
from frankpledge.web.actions.models import ActionList, RagScheme
from frankpledge.web.actions.presenters import rag_tag
from frankpledge.web.actions.reads.ledger import actions_of
from frankpledge.web.actions.reads.one import list_or_404
from frankpledge.web.actions.views.asking import crumbs, done, must
from frankpledge.web.frame.forms import has_errors
from frankpledge.web.organisations.models import Body
from frankpledge.web.organisations.reads import Place, place_or_404
from frankpledge.web.plans.models import Plan

USUAL_RATINGS = (
    {"word": "Blue", "shape": "done", "meaning": "Done, with evidence"},
    {"word": "Green", "shape": "good", "meaning": "Will be done by its date"},
    {"word": "Amber", "shape": "caution", "meaning": "At risk, and the owner can put it right"},
    {"word": "Red", "shape": "bad", "meaning": "Will not be done by its date without a decision"},
    {"shape": "quiet"},
)


def lists(request: HttpRequest, place: str) -> HttpResponse:
    at = place_or_404(place)
    seen = ActionList.objects.visible_to(request.reader).filter(body__in=[b.pk for b in at.bodies])
    counted = dict(
        actions_of(at, request.reader).order_by().values_list("list").annotate(Count("pk"))
    )
    rows = [
        {
            "list": each,
            "actions": counted.get(each.pk, 0),
            "may_add": request.user.has_perm("actions.add_action", each),
            "may_change": request.user.has_perm("actions.keep_list", each),
        }
        for each in seen.select_related("body", "scheme", "plan")
    ]
    context = {
        "place": at,
        "title": f"Lists of actions of {at.police_area.name}",
        "breadcrumbs": crumbs(at),
        "rows": rows,
        "may_make": bool(_own_bodies(request, at, "actions.keep_list")),
    }
    return render(request, "actions/lists.html", context)


@login_required
def add_list(request: HttpRequest, place: str) -> HttpResponse:
    at = place_or_404(place)
    bodies = _own_bodies(request, at, "actions.keep_list")
    must(request, "actions.keep_list", bodies[0] if bodies else at.panel)
    initial = {"stale_after_days": 90, "visibility": "office"}
    form = ListForm(request.POST or None, initial=initial, **_offered(request, at, bodies))
    if request.method == "POST" and form.is_valid() and done(form, lambda: _made(request, form)):
        messages.success(request, f"{form.cleaned_data['name']} made.")
        return redirect("actions:lists", place=place)
    return _page(request, at, "Make a list of actions", form, "Make the list")


def _made(request: HttpRequest, form: ListForm) -> ActionList:
    said = form.cleaned_data
    return acts.make_list(
        by=request.user,
        body=form.chosen("body"),
        name=said["name"],
        kind=said["kind"],
        scheme=form.chosen("scheme"),
        plan=form.chosen("plan"),
        stale_after_days=said["stale_after_days"],
        visibility=said["visibility"],
    )


@login_required
def change_a_list(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    at = place_or_404(place)
    action_list = list_or_404(at, request.reader, pk)
    must(request, "actions.keep_list", action_list)
    initial = {
        name: getattr(action_list, name) for name in ("name", "stale_after_days", "visibility")
    }
    initial |= {"plan": str(action_list.plan_id or "")}
    form = ListForm(
        request.POST or None, initial=initial, **_offered(request, at, [action_list.body])
    )
    for fixed in ("body", "kind", "scheme"):
        del form.fields[fixed]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        changed = done(
            form,
            lambda: acts.change_list(
                by=request.user,
                action_list=action_list,
                name=said["name"],
                stale_after_days=said["stale_after_days"],
                visibility=said["visibility"],
                plan=form.chosen("plan"),
            ),
        )
        if changed:
            messages.success(request, f"{changed.name} changed.")
            return redirect("actions:lists", place=place)
    return _page(request, at, f"Change {action_list.name}", form, "Save the change")


def ratings(request: HttpRequest, place: str) -> HttpResponse:
    """What each rating means, scheme by scheme."""
    at = place_or_404(place)
    schemes = (
        RagScheme.objects.visible_to(request.reader)
        .filter(body__in=[b.pk for b in at.bodies])
        .select_related("body")
        .prefetch_related("meanings")
    )
    context = {
        "place": at,
        "title": "What the ratings mean",
        "breadcrumbs": crumbs(at),
        "schemes": [(each, [rag_tag(m) for m in each.meanings.all()]) for each in schemes],
        "may_make": bool(_own_bodies(request, at, "actions.keep_scheme")),
    }
    return render(request, "actions/ratings.html", context)


@login_required
def add_ratings(request: HttpRequest, place: str) -> HttpResponse:
    at = place_or_404(place)
    bodies = _own_bodies(request, at, "actions.keep_scheme")
    must(request, "actions.keep_scheme", bodies[0] if bodies else at.panel)
    form = SchemeForm(request.POST or None, bodies=bodies)
    rows = RatingFormSet(request.POST or None, initial=USUAL_RATINGS, prefix="rating")
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        made = done(
            form,
            lambda: acts.make_scheme(
                by=request.user,
                body=form.chosen_body(),
                name=form.cleaned_data["name"],
                meanings=rows.ratings(),
            ),
        )
        if made:
            messages.success(request, f"{made.name} made.")
            return redirect("actions:ratings", place=place)
    context = {
        "place": at,
        "title": "Make a scheme of ratings",
        "breadcrumbs": crumbs(at),
        "form": form,
        "rows": rows,
        "error_in_page": has_errors(form, rows),
    }
    return render(request, "actions/add_ratings.html", context)


def _own_bodies(request: HttpRequest, at: Place, permission: str) -> list[Body]:
    return [body for body in at.bodies if request.user.has_perm(permission, body)]


def _offered(request: HttpRequest, at: Place, bodies: list[Body]) -> dict[str, Any]:
    keys = [body.pk for body in at.bodies]
    return {
        "bodies": bodies,
        "schemes": list(RagScheme.objects.visible_to(request.reader).filter(body__in=keys)),
        "plans": list(Plan.objects.visible_to(request.reader).filter(body__in=keys)),
    }


def _page(request: HttpRequest, at: Place, title: str, form: Any, button: str) -> HttpResponse:
    context = {
        "place": at,
        "title": title,
        "breadcrumbs": crumbs(at, ("Lists", f"/{at.slug}/actions/lists/")),
        "form": form,
        "button": button,
        "back": f"/{at.slug}/actions/lists/",
    }
    return render(request, "actions/change.html", context)
