"""Bringing figures: choose a file, look at what it would do, commit or discard; and undo."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from frankpledge.intake.limits import LIMITS
from frankpledge.web.audit.acts import ChangedMeanwhileError
from frankpledge.web.measures.acts import (
    commit_upload,
    discard_upload,
    undo_upload,
    upload_figures,
)
from frankpledge.web.measures.forms import UploadForm, WhyForm
from frankpledge.web.measures.intake import UploadRefusedError
from frankpledge.web.measures.models import Upload
from frankpledge.web.measures.observations import library_for
from frankpledge.web.measures.outcomes import Outcome, fingerprint
from frankpledge.web.measures.presenters import keeping as words
from frankpledge.web.measures.previewing import preview_of
from frankpledge.web.measures.reads.keeping import upload_or_404, uploads_of
from frankpledge.web.measures.views.here import REFUSED, Here, asked_or_sent, here_is

A_PAGE = 25
FAULTS_SHOWN = 200


@require_safe
def all_uploads(request: HttpRequest, place: str) -> HttpResponse:
    """Who brought which figures, and what became of them."""
    here = here_is(request, place).for_the_line()
    page = Paginator(uploads_of(here.force, here.reader), A_PAGE).get_page(request.GET.get("page"))
    rows = [{"upload": u, "months": words.span(u.first_month, u.last_month), "tone": words.TONES[u.state]}
            for u in page]  # fmt: skip
    context = here.context(
        "Uploads of figures",
        rows=rows,
        page_obj=page,
        may_upload=here.may("measures.upload_figures"),
    )
    return render(request, "measures/uploads.html", context)


@asked_or_sent
def new_upload(request: HttpRequest, place: str) -> HttpResponse:
    """Choose a file. What is wrong with it is said here, and nothing of it is kept."""
    here = here_is(request, place)
    here.ask("measures.upload_figures")
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent)
    refused = None
    if sent and form.is_valid():
        try:
            upload = _upload(request, here, form)
        except UploadRefusedError as error:
            refused = error
        else:
            return redirect(here.to("upload", number=upload.pk))
    context = here.context(
        "Upload figures",
        ("Uploads", here.to("uploads")),
        form=form,
        refused=refused,
        faults=refused.faults[:FAULTS_SHOWN] if refused else (),
        not_listed=refused.total - len(refused.faults[:FAULTS_SHOWN]) if refused else 0,
        counted=words.counted(refused.total, "problem") if refused else "",
        error_in_page=bool(refused),
    )
    return render(
        request,
        "measures/new_upload.html",
        context,
        status=REFUSED if refused or form.errors else 200,
    )


def _upload(request: HttpRequest, here: Here, form: UploadForm) -> Upload:
    handed_in = form.cleaned_data["file"]
    # One byte more than may be: whoever opens the file then says that it is too large.
    return upload_figures(
        by=request.user,
        force=here.force,
        data=handed_in.read(LIMITS.size + 1),
        name=handed_in.name,
        known_at=form.day_known,
        month=form.cleaned_data["month"],
    )


@require_safe
def one_upload(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """What an upload would do, or what it did."""
    here = here_is(request, place).for_the_line()
    upload = upload_or_404(here.force, number, here.reader)
    return render(request, "measures/upload.html", _shown(here, upload))


def _shown(here: Here, upload: Upload) -> dict:
    context = here.context(
        upload.file_name,
        ("Uploads", here.to("uploads")),
        upload=upload,
        lead=words.upload_lead(upload),
        tone=words.TONES[upload.state],
        months=words.span(upload.first_month, upload.last_month),
        may_undo=here.may("measures.undo_upload", upload)
        and upload.state == Upload.State.COMMITTED,
    )
    if upload.state != Upload.State.PREVIEWED:
        return context
    preview = preview_of(here.request.user, upload)
    library = library_for(here.force).measures
    changed = (
        preview.counts[Outcome.NEW]
        + preview.counts[Outcome.REVISED]
        + preview.counts[Outcome.REFUSED]
    )
    return context | {
        "lead": words.preview_lead(preview.counts, upload.first_month, upload.last_month),
        "counts": preview.counts,
        "measures": words.by_measure(preview.judged, library),
        "rows": words.preview_rows(preview.judged, library),
        "not_shown": max(0, changed - words.SHOWN),
        "faults": preview.faults,
        "seen": fingerprint(preview.judged),
        "may_commit": here.may("measures.commit_upload", upload) and not preview.faults
        and preview.counts[Outcome.NEW] + preview.counts[Outcome.REVISED] > 0,
        "may_discard": here.may("measures.discard_upload", upload),
    }  # fmt: skip


@require_POST
def commit(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Take the figures, if they would still do what was seen."""
    here = here_is(request, place).for_the_line()
    upload = upload_or_404(here.force, number, here.reader)
    try:
        done = commit_upload(by=request.user, upload=upload, seen=request.POST.get("seen", ""))
    except (ChangedMeanwhileError, UploadRefusedError) as told:
        messages.warning(request, _told(told))
    else:
        messages.success(
            request,
            f"Committed: {words.counted(done.new, 'new figure')}, {words.counted(done.revised, 'revision')}.",
        )
    return redirect(here.to("upload", number=number))


def _told(error: Exception) -> str:
    if isinstance(error, UploadRefusedError):
        return "Nothing was kept: what is wrong with the file now is listed below."
    return str(error)


@require_POST
def discard(request: HttpRequest, place: str, number: int) -> HttpResponse:
    here = here_is(request, place).for_the_line()
    upload = upload_or_404(here.force, number, here.reader)
    try:
        discard_upload(by=request.user, upload=upload)
    except ChangedMeanwhileError as told:
        messages.warning(request, str(told))
        return redirect(here.to("upload", number=number))
    messages.success(request, f"{upload.file_name} was discarded. No figure was changed.")
    return redirect(here.to("uploads"))


@asked_or_sent
def undo(request: HttpRequest, place: str, number: int) -> HttpResponse:
    """Give every figure of an upload back what it said before."""
    here = here_is(request, place)
    here.for_the_line()
    upload = upload_or_404(here.force, number, here.reader)
    here.ask("measures.undo_upload", upload)
    form = WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            undo_upload(by=request.user, upload=upload, why=form.cleaned_data["why"])
        except ChangedMeanwhileError as told:
            form.add_error(None, str(told))
        else:
            messages.success(
                request, "The upload was undone. Its figures say again what they said before."
            )
            return redirect(here.to("upload", number=number))
    context = here.context(
        "Undo this upload",
        ("Uploads", here.to("uploads")),
        (upload.file_name, here.to("upload", number=number)),
        form=form, upload=upload, lead=words.upload_lead(upload),
    )  # fmt: skip
    return render(request, "measures/undo.html", context, status=REFUSED if form.errors else 200)
