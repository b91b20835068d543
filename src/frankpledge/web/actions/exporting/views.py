"""The files: a list in the columns of its kind, or whatever was asked of the ledger with everything."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from frankpledge.analysis.periods import day_name
from frankpledge.intake import write_list
from frankpledge.web.actions.exporting.layouts import LAYOUTS, written
from frankpledge.web.actions.exporting.reads import facts_of
from frankpledge.web.actions.forms import LedgerForm
from frankpledge.web.actions.models import ActionList
from frankpledge.web.actions.reads import ledger as reads
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.reads import Place, place_or_404

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@require_GET
def export(request: HttpRequest, place: str, form: str) -> HttpResponse:
    """The actions that were asked for, as this reader sees them.

    `list` and the other questions are those of the ledger. A whole list has the columns of its kind of
    plan; with `columns=full`, or when anything else is asked, everything has a column.
    """
    at = place_or_404(place)
    asked_form = LedgerForm(request.GET or None, choices=reads.choices_for(at, request.reader))
    asked = asked_form.asked() if asked_form.is_bound else reads.Asked()
    # A list that is not to be seen is not there: to export everything in its place would be wrong.
    chosen = _list(at, request, request.GET.get("list", ""))
    asked = replace(asked, list=str(chosen.pk) if chosen else "")
    found = reads.standing(
        reads.found(reads.actions_of(at, request.reader), asked), asked.standing, today()
    )
    layout = _layout(chosen, asked, request.GET.get("columns", ""))
    facts = list(facts_of(found.order_by("list", "order", "pk"), request.reader).values())
    title = chosen.name if chosen else f"Actions of {at.police_area.name}"
    table = written(facts, layout)
    data = write_list(
        table.header,
        table.rows,
        form,
        title=title,
        notes=(_note(len(facts), request.reader.is_public),),
    )
    name = f"{at.slug}-{slugify(title) or 'actions'}{'-full' if layout == 'full' else ''}.{form}"
    return file_called(name, data, form)


def file_called(name: str, data: bytes, form: str) -> HttpResponse:
    """A file to keep."""
    answer = HttpResponse(data, content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _list(at: Place, request: HttpRequest, written: str) -> ActionList | None:
    if not written:
        return None
    lists = ActionList.objects.visible_to(request.reader).filter(body__in=[b.pk for b in at.bodies])
    chosen = (
        lists.filter(pk=int(written)).first() if written.isdecimal() and len(written) < 18 else None
    )
    if chosen is None:
        raise Http404("There is no list here that you can see.")
    return chosen


def _layout(chosen: ActionList | None, asked: reads.Asked, columns: str) -> str:
    others = any(value for name, value in vars(asked).items() if name != "list")
    if columns == "full" or chosen is None or others or chosen.kind not in LAYOUTS:
        return "full"
    return chosen.kind


def _note(count: int, public: bool) -> str:
    words = "1 action" if count == 1 else f"{count:,} actions"
    seen = "as the public sees them" if public else "as the person who exported them may see them"
    return f"{words} on {day_name(today())}, {seen}."
