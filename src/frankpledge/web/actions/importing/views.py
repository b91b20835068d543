"""The steps of an import: a file, its columns, its words, what it would do, and what became of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from frankpledge.intake import RefusedError
from frankpledge.web.actions.importing import acts, presenters, reads
from frankpledge.web.actions.importing.formats import FORMATS
from frankpledge.web.actions.importing.forms import ColumnsForm, HandInForm, WordsForm
from frankpledge.web.actions.importing.matching import what_there_is
from frankpledge.web.actions.importing.previewing import (
    Preview,
    Seen,
    preview_of,
    same_columns,
    see_again,
)
from frankpledge.web.actions.models import Import
from frankpledge.web.actions.views.asking import crumbs, done, must
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.frame.forms import has_errors
from frankpledge.web.organisations.reads import Place, place_or_404


@login_required
def imports(request: HttpRequest, place: str) -> HttpResponse:
    """Hand a file in; and the files that were handed in before."""
    at = place_or_404(place)
    must(request, "actions.import_actions", None)
    lists = reads.lists_for(at, request.user)
    form = HandInForm(
        request.POST or None,
        request.FILES or None,
        lists=lists,
        initial={"action_list": request.GET.get("list", "")},
    )
    if request.method == "POST" and form.is_valid() and (made := _handed_in(request, form)):
        return redirect("actions:import_columns", place=place, pk=made.pk)
    context = {
        "place": at,
        "title": "Import actions",
        "breadcrumbs": crumbs(at),
        "form": form,
        "lists": lists,
        "imports": reads.imports_of(at, request.reader),
        "error_in_page": has_errors(form),
    }
    return render(request, "actions/importing/hand_in.html", context)


def _handed_in(request: HttpRequest, form: HandInForm) -> Import | None:
    upload = form.cleaned_data["file"]
    return _asked(
        form,
        "file",
        lambda: acts.hand_in(
            by=request.user,
            action_list=form.chosen_list(),
            data=upload.read(),
            name=upload.name,
            as_at=form.cleaned_data["as_at"],
        ),
    )


def _asked(form: Any, field: str | None, deed: Any) -> Any:
    """What the act gives; if the file or the choice is refused, every reason stands at the control."""
    try:
        return done(form, deed)
    except RefusedError as refused:
        for problem in refused.problems:
            form.add_error(field, str(problem))
    return None


@login_required
def columns(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """Which column is which field, as it was proposed, to be changed."""
    at, imported = _awaiting(request, place, pk)
    if imported.state != Import.State.PREVIEWED:
        return redirect("actions:import", place=place, pk=pk)
    seen = see_again(imported)
    form = ColumnsForm(request.POST or None, tables=list(seen.tables), imported=imported)
    form.say_why(seen.guesses[imported.tables[0]].proposal.matches)
    if request.method == "POST" and form.is_valid():
        tables = form.tables(imported)
        if not same_columns(seen.tables[tables[0]], seen.tables[imported.tables[0]]):
            return _another_table(request, imported, seen, tables)
        chosen = _asked(form, None, lambda: acts.choose_columns(
            by=request.user, imported=imported, format_key=form.cleaned_data["format"],
            tables=tables, columns=form.columns(),
        ))  # fmt: skip
        if chosen:
            asks = any(chosen.words.get(kind) for kind in ("rag", "status"))
            asks = asks or "owners" in chosen.columns.values()
            step = "actions:import_words" if asks else "actions:import"
            return redirect(step, place=place, pk=pk)
    return _step(request, at, imported, "Which column is which", form, "columns")


def _another_table(
    request: HttpRequest, imported: Import, seen: Seen, tables: list[int]
) -> HttpResponse:
    """Another table was chosen, with other columns: they are proposed, and the page is shown again."""
    guess = seen.guesses[tables[0]]
    try:
        acts.choose_columns(
            by=request.user, imported=imported, format_key=guess.format.key, tables=tables,
            columns=guess.proposal.mapping,
        )  # fmt: skip
        messages.info(request, "Another table is chosen. Look at its columns.")
    except RefusedError as refused:
        messages.warning(request, str(refused))
    return redirect(request.path)


@login_required
def words(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """What the file's ratings and statuses are here, and whom its owners' names mean."""
    at, imported = _awaiting(request, place, pk)
    if imported.state != Import.State.PREVIEWED:
        return redirect("actions:import", place=place, pk=pk)
    form = WordsForm(
        request.POST or None,
        imported=imported,
        meanings=what_there_is(request.user, imported.action_list).meanings,
        owners=preview_of(request.user, imported).owners,
        people=reads.people_of(at),
    )
    if request.method == "POST" and form.is_valid():
        chosen = done(
            form,
            lambda: acts.choose_words(
                by=request.user,
                imported=imported,
                ratings={w: int(pk) if pk else None for w, pk in form.chosen("rag").items()},
                statuses=form.chosen("status"),
                owners={w: int(pk) if pk else None for w, pk in form.chosen("owners").items()},
            ),
        )
        if chosen:
            return redirect("actions:import", place=place, pk=pk)
    return _step(request, at, imported, "What its words mean", form, "words")


@login_required
def one_import(request: HttpRequest, place: str, pk: int) -> HttpResponse:
    """What the file would do; what is sent takes it or puts it aside. Afterwards, what became of it."""
    at, imported = _awaiting(request, place, pk)
    if imported.state != Import.State.PREVIEWED:
        return _what_became(request, at, imported)
    wrong = _decided(request, imported) if request.method == "POST" else ""
    if wrong is None:
        return redirect("actions:import", place=place, pk=pk)
    preview = preview_of(request.user, imported)
    rows = presenters.rows_of(preview)
    page = Paginator(rows, presenters.ROWS_A_PAGE).get_page(request.GET.get("page"))
    change_list = reverse("actions:change_list", args=[place, imported.action_list_id])
    errors = presenters.errors(preview, rows, page.number, change_list)
    if wrong:
        errors = [{"text": wrong, "href": "#rows"}, *errors]
    context = {
        "place": at,
        "title": f"What {imported.file_name} would do",
        "breadcrumbs": _way(at),
        "imported": imported,
        "preview": preview,
        "change_list": change_list,
        "wrong_in_file": any(each is not preview.sharing for each in preview.problems),
        "kind": FORMATS[imported.format].name,
        "lead": presenters.lead(preview),
        "button": presenters.button(preview),
        "kinds": presenters.kinds(preview),
        "wanting": presenters.wanting(preview),
        "may_take": not preview.problems and _does_something(preview),
        "remarks": imported.remarks,
        "page": page,
        "errors": errors,
        "error_in_page": bool(errors),
    }
    return render(request, "actions/importing/preview.html", context)


def _decided(request: HttpRequest, imported: Import) -> str | None:
    """None if it was done; else why not."""
    try:
        if request.POST.get("decision") == "discard":
            acts.discard_import(by=request.user, imported=imported)
            messages.success(request, f"{imported.file_name} discarded. Nothing of it was kept.")
            return None
        seen = request.POST.get("seen", "")
        taken = acts.commit_import(by=request.user, imported=imported, seen=seen)
    except ChangedMeanwhileError as moved_on:
        return str(moved_on)
    except RefusedError as refused:
        if preview_of(request.user, imported).problems:
            return ""  # The preview that is shown now says each of them.
        return " ".join(str(problem) for problem in refused.problems)
    new, revised = taken.counts["new"], taken.counts["revised"]
    messages.success(request, f"{presenters.actions(new)} added, {revised:,} revised.")
    return None


def _does_something(preview: Preview) -> bool:
    return bool(preview.counts["new"] or preview.counts["revised"])


def _what_became(request: HttpRequest, at: Place, imported: Import) -> HttpResponse:
    context = {
        "place": at,
        "title": f"Import of {imported.file_name}",
        "breadcrumbs": _way(at),
        "imported": imported,
        "taken": imported.state == Import.State.COMMITTED,
    }
    return render(request, "actions/importing/done.html", context)


def _awaiting(request: HttpRequest, place: str, pk: int) -> tuple[Place, Import]:
    at = place_or_404(place)
    imported = reads.import_or_404(at, request.reader, pk)
    must(request, "actions.import_actions", imported)
    return at, imported


def _way(at: Place) -> list[dict[str, str]]:
    return crumbs(at, ("Import actions", f"/{at.slug}/actions/import/"))


def _step(
    request: HttpRequest, at: Place, imported: Import, title: str, form: Any, step: str
) -> HttpResponse:
    context = {
        "place": at,
        "title": title,
        "breadcrumbs": _way(at),
        "imported": imported,
        "form": form,
        "error_in_page": has_errors(form),
    }
    return render(request, f"actions/importing/{step}.html", context)
