"""One action: what was promised, how it goes, and how it came to read as it does."""

from __future__ import annotations

from pathlib import Path

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from frankpledge.web.actions import presenters
from frankpledge.web.actions.acts import update_action
from frankpledge.web.actions.forms import UpdateForm
from frankpledge.web.actions.forms.updating import shown
from frankpledge.web.actions.models import ActionUpdate, Status
from frankpledge.web.actions.reads import one
from frankpledge.web.actions.reads.one import action_or_404
from frankpledge.web.actions.rules.particulars import labelled
from frankpledge.web.actions.views.asking import crumbs, done, must
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.organisations.reads import place_or_404


def action(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """The action's page; what is sent to it is an update."""
    at = place_or_404(place)
    about = action_or_404(at, request.reader, pk)
    read = one.whole(about, request.reader)
    may_update = request.user.has_perm("actions.update_action", about)
    open_to_update = about.status not in (Status.CLOSED, Status.WITHDRAWN)
    form = None
    if request.method == "POST":
        must(request, "actions.update_action", about)
        form = UpdateForm(request.POST, request.FILES, action=about, updates=read.updates)
        if form.is_valid() and _updated(request, form):
            messages.success(request, f"Action {about.reference} updated.")
            return redirect("actions:action", place=place, pk=pk)
    elif may_update and open_to_update:
        form = UpdateForm(action=about, updates=read.updates)
    public, day = request.reader.is_public, today()
    return render(
        request,
        "actions/action.html",
        {
            "place": at,
            "title": f"Action {about.reference}",
            "breadcrumbs": crumbs(at),
            "action": about,
            "read": read,
            "form": form,
            "public": public,
            "may_keep": request.user.has_perm("actions.change_action", about),
            "is_open": open_to_update,
            "is_public": about.visibility == Visibility.PUBLIC,
            "summary": presenters.action_summary(about, day),
            "tags": presenters.tags_of(about, day),
            "rag": presenters.rag_tag(about.rag),
            "due": presenters.due_of(about),
            "wanting": presenters.wanting_of(about, read.owners),
            "owners": [
                (each.get_part_display(), presenters.owner_words(each, public=public))
                for each in read.owners
            ],
            "particulars": labelled(about.particulars),
            "references": presenters.references_of(read, place),
            "commitment_address": presenters.commitment_address(read.commitment, place),
            "updates": [presenters.update_of(each, public=public) for each in read.updates],
        },
    )


def _updated(request: HttpRequest, form: UpdateForm) -> ActionUpdate | None:
    said = form.cleaned_data
    corrected = next((u for u in form.action.updates.all() if u.pk == said.get("corrects")), None)
    return done(
        form,
        lambda: update_action(
            by=request.user,
            action=form.action,
            seen=said["seen"],
            text=said["text"],
            evidence=form.evidence(),
            dated=said["dated"],
            corrects=corrected,
            **form.moved(),
        ),
        form.action,
        shown,
    )


def history(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """How the action came to read as it does: each version with what it changed, and every owner."""
    at = place_or_404(place)
    about = action_or_404(at, request.reader, pk)
    scheme = about.list.scheme
    words = {
        "rag_id": {m.pk: m.word for m in scheme.meanings.all()} if scheme else {},
        "status": dict(Status.choices),
        "visibility": dict(Visibility.choices),
        "due_kind": dict(type(about)._meta.get_field("due_kind").choices),
    }
    public = request.reader.is_public
    return render(
        request,
        "actions/history.html",
        {
            "place": at,
            "title": f"How action {about.reference} changed",
            "breadcrumbs": crumbs(at, (f"Action {about.reference}", f"/{place}/actions/{pk}/")),
            "action": about,
            "public": public,
            "changes": presenters.changes_of(one.revisions_of(about, request.reader), words),
            "owners": [
                (each, presenters.owner_words(each, public=public))
                for each in one.owners_of(about, request.reader)
            ],
        },
    )


def evidence(request: HttpRequest, place: str, pk: int, number: int) -> FileResponse:
    """The file of an update, to be kept rather than opened in the browser."""
    about = action_or_404(place_or_404(place), request.reader, pk)
    update = (
        ActionUpdate.objects.visible_to(request.reader).filter(action=about, number=number).first()
    )
    if update is None or not update.evidence_file:
        raise Http404("There is no file here that you can see.")
    name = f"action-{about.reference}-update-{number}{Path(update.evidence_file.name).suffix}"
    return FileResponse(update.evidence_file.open("rb"), as_attachment=True, filename=name)
