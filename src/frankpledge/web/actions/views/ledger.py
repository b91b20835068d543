"""The ledger: who has undertaken what, and is it done?"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from frankpledge.web.actions import presenters
from frankpledge.web.actions.forms import LedgerForm
from frankpledge.web.actions.reads import ledger as reads
from frankpledge.web.actions.views.asking import crumbs
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.reads import place_or_404

ROWS_A_PAGE = 50


def ledger(request: HttpRequest, place: str) -> HttpResponse:
    at, day = place_or_404(place), today()
    form = LedgerForm(request.GET or None, choices=reads.choices_for(at, request.reader))
    asked = form.asked() if form.is_bound else reads.Asked()
    found = reads.found(reads.actions_of(at, request.reader), asked)
    counts = reads.counted(found, day)
    rows = reads.in_order(reads.standing(found, asked.standing, day))
    pages = Paginator(reads.with_what_a_row_shows(rows), ROWS_A_PAGE)
    # Counted already, with how the actions stand: not to be counted again.
    pages.count = getattr(counts, asked.standing, counts.all) if asked.standing else counts.all
    page = pages.get_page(request.GET.get("page"))
    commitments = reads.commitments_of_rows(page.object_list, request.reader)
    public = request.reader.is_public
    return render(
        request,
        "actions/ledger.html",
        {
            "place": at,
            "title": f"Actions of {at.police_area.name}",
            "breadcrumbs": crumbs(at)[:1],
            "form": form,
            "asked": asked,
            "narrowed": any(v for k, v in vars(asked).items() if k != "standing"),
            "how": reads.STANDINGS.get(asked.standing, ""),
            "counts": counts,
            "shown": pages.count,
            "summary": presenters.summary(counts, narrowed=asked.anything and not asked.standing),
            "links": presenters.standing_links(counts, request.GET, asked.standing),
            "page": page,
            "rows": [
                presenters.row_of(each, commitments, day, public=public)
                for each in page.object_list
            ],
            "may_add": request.user.has_perm("actions.add_action", None),
            "may_extract": request.user.has_perm("actions.make_extract", at.panel),
        },
    )
