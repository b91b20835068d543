"""The ledger: who has undertaken what, and is it done?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from frankpledge.web.actions import presenters
from frankpledge.web.actions.forms import LedgerForm
from frankpledge.web.actions.reads import ledger as reads
from frankpledge.web.actions.views.asking import crumbs
from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.reads import Place, place_or_404

ROWS_A_PAGE = 50


def ledger(request: HttpRequest, place: str) -> HttpResponse:
    at = place_or_404(place)
    standing = request.GET.get("standing", "")
    if standing and standing not in reads.STANDINGS:
        raise Http404(f"Actions are not told apart by “{standing[:40]}”.")
    return render(
        request,
        "actions/ledger.html",
        {
            "place": at,
            "title": f"Actions of {at.police_area.name}",
            "breadcrumbs": crumbs(at)[:1],
            "content": _kept(request, at),
        },
    )


def _kept(request: HttpRequest, at: Place) -> SafeString:
    """What is found for this reader, as it was found last if nothing has been done since.

    Kept by who asks, so that nobody is given what another may see. What somebody writes to search
    for is not kept: there is no end to it.
    """
    asked = request.GET.urlencode()
    if request.GET.get("text") or len(asked) > 200:
        return _found(request, at)
    about = ("ledger", at.slug, asked, *request.reader.who)
    return kept_until_an_act(about, lambda: _found(request, at))


def _found(request: HttpRequest, at: Place) -> SafeString:
    """The sentence, the filters and the rows, as HTML."""
    day, reader = today(), request.reader
    form = LedgerForm(request.GET or None, choices=reads.choices_for(at, reader))
    asked = form.asked() if form.is_bound else reads.Asked()
    found = reads.found(reads.actions_of(at, reader), asked)
    counts = reads.counted(found, day)
    rows = reads.in_order(reads.standing(found, asked.standing, day))
    pages = Paginator(reads.with_what_a_row_shows(rows), ROWS_A_PAGE)
    # Counted already, with how the actions stand: not to be counted again.
    pages.count = getattr(counts, asked.standing, counts.all) if asked.standing else counts.all
    page = pages.get_page(request.GET.get("page"))
    commitments = reads.commitments_of_rows(page.object_list, reader)
    context = {
        "title": f"Actions of {at.police_area.name}",
        "form": form,
        "asked": asked,
        "narrowed": any(said for name, said in vars(asked).items() if name != "standing"),
        "how": reads.STANDINGS.get(asked.standing, ""),
        "shown": pages.count,
        "summary": presenters.summary(counts, narrowed=asked.anything and not asked.standing),
        "links": presenters.standing_links(counts, request.GET, asked.standing),
        "page": page,
        "rows": [
            presenters.row_of(each, commitments, day, public=reader.is_public)
            for each in page.object_list
        ],
        "may_add": request.user.has_perm("actions.add_action", None),
        "may_extract": request.user.has_perm("actions.make_extract", at.panel),
    }
    return render_to_string("actions/parts/ledger.html", context, request)
