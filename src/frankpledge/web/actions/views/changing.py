"""Adding an action; changing, giving, linking, closing, withdrawing and opening one again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frankpledge.web.actions import acts
from frankpledge.web.actions.forms import (
    AddForm,
    ChangeForm,
    CloseForm,
    CommitmentForm,
    OwnerForm,
    WhyForm,
)
from frankpledge.web.actions.models import Action, ActionList
from frankpledge.web.actions.reads.one import action_or_404, list_or_404
from frankpledge.web.actions.views.asking import crumbs, done, must
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.models import Forum, Person
from frankpledge.web.organisations.reads import Place, place_or_404
from frankpledge.web.plans.reads import commitments_of


def _page(
    request: HttpRequest, at: Place, action: Action | None, title: str, form: Any, **more: Any
) -> HttpResponse:
    others = [(f"Action {action.reference}", f"/{at.slug}/actions/{action.pk}/")] if action else []
    context = {
        "place": at,
        "title": title,
        "breadcrumbs": crumbs(at, *others),
        "action": action,
        "form": form,
        "multipart": form.is_multipart() if form else False,
        "back": f"/{at.slug}/actions/{f'{action.pk}/' if action else ''}",
    }
    return render(request, "actions/change.html", context | more)


def _asked(request: HttpRequest, place: str, pk: int, permission: str) -> tuple[Place, Action]:
    at = place_or_404(place)
    action = action_or_404(at, request.reader, pk)
    must(request, permission, action)
    return at, action


def _form(request: HttpRequest, kind: type, initial: dict[str, Any], **options: Any) -> Any:
    if request.method == "POST":
        return kind(request.POST, request.FILES, initial=initial, **options)
    return kind(initial=initial, **options)


def _settled(
    request: HttpRequest,
    form: Any,
    deed: Callable[[], Any],
    action: Action,
    said: str,
    shown: Callable[[Action], dict[str, Any]] | None = None,
) -> HttpResponse | None:
    """Where to go once it is done; None while it is not."""
    if request.method != "POST" or not form.is_valid() or not done(form, deed, action, shown):
        return None
    messages.success(request, said)
    return redirect(request.path.rsplit("/", 2)[0] + "/")


@login_required
def choose_list(request: HttpRequest, place: str) -> HttpResponse:
    """Which list an action is to be added to."""
    at = place_or_404(place)
    must(request, "actions.add_action", None)
    rows = ActionList.objects.visible_to(request.reader).filter(body__in=[b.pk for b in at.bodies])
    mine = [
        each
        for each in rows.select_related("body")
        if request.user.has_perm("actions.add_action", each)
    ]
    context = {"place": at, "title": "Add an action", "breadcrumbs": crumbs(at), "lists": mine}
    return render(request, "actions/choose_list.html", context)


@login_required
def add(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    at = place_or_404(place)
    action_list = list_or_404(at, request.reader, pk)
    must(request, "actions.add_action", action_list)
    initial = {
        "visibility": action_list.visibility,
        "classification": action_list.classification,
        "due_kind": "date",
    }
    form = _form(
        request, AddForm, initial, action_list=action_list, forums=_forums(at, request),
        today=today(), people=_people(request),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = done(form, lambda: _added(request, action_list, form))
        if made:
            messages.success(request, f"Action {made.reference} added.")
            return redirect("actions:action", place=place, pk=made.pk)
    return _page(
        request, at, None, f"Add an action to {action_list.name}", form, button="Add the action"
    )


def _added(request: HttpRequest, action_list: ActionList, form: AddForm) -> Action:
    said = form.cleaned_data
    owner = acts.Owner(form.chosen(), said["named_as"])
    plain = {name: said[name] for name in ("reference", "what", "aim", "heading", "starts", "next_update_due",
                                           "visibility", "classification")}  # fmt: skip
    return acts.add_action(
        by=request.user,
        action_list=action_list,
        due=form.due(),
        forums=form.chosen_forums(),
        particulars=form.particulars(),
        owners=[owner] if owner.person or owner.named_as else [],
        **plain,
    )


@login_required
def change(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    at, action = _asked(request, place, pk, "actions.change_action")
    form = _form(
        request, ChangeForm, ChangeForm.shown(action), action_list=action.list,
        forums=_forums(at, request), today=today(),
    )  # fmt: skip
    onward = _settled(
        request,
        form,
        lambda: acts.change_action(
            by=request.user,
            action=action,
            seen=form.cleaned_data["seen"],
            changes=form.changes(),
            why=form.cleaned_data["why"],
        ),
        action,
        f"Action {action.reference} changed.",
        ChangeForm.shown,
    )
    return onward or _page(
        request, at, action, f"Change action {action.reference}", form, button="Save the change"
    )


@login_required
def owner(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    at, action = _asked(request, place, pk, "actions.assign_owner")
    initial = {"seen": action.version, "part": "answers"}
    form = _form(request, OwnerForm, initial, people=_people(request))
    onward = _settled(
        request,
        form,
        lambda: acts.assign_owner(
            by=request.user,
            action=action,
            seen=form.cleaned_data["seen"],
            owner=acts.Owner(
                form.chosen(), form.cleaned_data["named_as"], form.cleaned_data["part"]
            ),
        ),
        action,
        f"Action {action.reference} has a new owner.",
    )
    return onward or _page(
        request,
        at,
        action,
        f"Give action {action.reference} an owner",
        form,
        button="Save the owner",
    )


@login_required
def commitment(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    at, action = _asked(request, place, pk, "actions.link_commitment")
    initial = {"seen": action.version, "commitment": action.commitment_id or ""}
    form = _form(
        request, CommitmentForm, initial, commitments=commitments_of(at.office, request.reader)
    )
    onward = _settled(
        request,
        form,
        lambda: acts.link_commitment(
            by=request.user, action=action, seen=form.cleaned_data["seen"], commitment=form.chosen()
        ),
        action,
        f"Action {action.reference} linked.",
    )
    return onward or _page(
        request,
        at,
        action,
        f"Which commitment does action {action.reference} serve?",
        form,
        button="Save",
    )


@login_required
def close(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    at, action = _asked(request, place, pk, "actions.close_action")
    form = _form(request, CloseForm, {"seen": action.version})
    onward = _settled(
        request,
        form,
        lambda: acts.close_action(
            by=request.user,
            action=action,
            seen=form.cleaned_data["seen"],
            text=form.cleaned_data["text"],
            evidence=form.evidence(),
        ),
        action,
        f"Action {action.reference} closed.",
    )
    return onward or _page(
        request, at, action, f"Close action {action.reference}", form, button="Close the action"
    )


def _why(verb: str, title: str, said: str) -> Callable[[HttpRequest, str, int], HttpResponse]:
    @login_required
    def view(request: HttpRequest, place: str, pk: int) -> HttpResponse:
        at, action = _asked(request, place, pk, f"actions.{verb}_action")
        form = _form(request, WhyForm, {"seen": action.version})
        deed = getattr(acts, f"{verb}_action")
        onward = _settled(
            request,
            form,
            lambda: deed(by=request.user, action=action, **form.cleaned_data),
            action,
            f"Action {action.reference} {said}.",
        )
        return onward or _page(
            request, at, action, f"{title} {action.reference}", form, button=title
        )

    return view


withdraw = _why("withdraw", "Withdraw action", "withdrawn")
reopen = _why("reopen", "Open action", "opened again")


def _forums(at: Place, request: HttpRequest) -> list[Forum]:
    return list(Forum.objects.visible_to(request.reader).filter(body__in=[b.pk for b in at.bodies]))


def _people(request: HttpRequest) -> list[Person]:
    """Who may be given an action: colleagues who can write. The act asks whether they see it."""
    return list(Person.objects.visible_to(request.reader).filter(is_active=True))
