"""Pages with one of everything, for the browser tests: a form, a ledger, a chart."""

from __future__ import annotations

from datetime import date

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.utils.safestring import mark_safe

from frankpledge.analysis.periods import add_months
from frankpledge.reporting.charts import specification, svg
from frankpledge.reporting.document import Chart, ChartPoint
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.site import errors, pages
from tests.web.frame.test_forms import FORUMS, Every, Radios

START = date(2020, 4, 1)
MONTHS = [add_months(START, n) for n in range(27)]
POINTS = tuple(
    ChartPoint(month, 636 if n == 26 else 500 + (n * 37) % 90, lower=440, upper=624, mean=532,
               crossing="above" if n == 26 else None)
    for n, month in enumerate(MONTHS)
)  # fmt: skip
CHART = Chart("count", "Offences a month", 0, POINTS)


class Due(GovForm, forms.Form):
    kind = forms.ChoiceField(
        label="When it is due",
        choices=[("date", "On a date"), ("ongoing", "It has no end")],
        widget=Radios(
            reveals={"date": ["reference"]}, hints={"ongoing": "It is asked about each quarter"}
        ),
    )
    reference = forms.CharField(required=False)
    forums = forms.MultipleChoiceField(
        choices=FORUMS, widget=forms.CheckboxSelectMultiple, required=False
    )


def page(request: HttpRequest, name: str, **context: object) -> HttpResponse:
    from django.template.loader import render_to_string

    return HttpResponse(render_to_string(f"specimens/{name}.html", context, request))


def form(request: HttpRequest) -> HttpResponse:
    sent = Every(request.POST, request.FILES) if request.method == "POST" else Every()
    return page(request, "form", form=sent)


def due(request: HttpRequest) -> HttpResponse:
    return page(request, "form", form=Due(request.POST or None))


def ledger(request: HttpRequest) -> HttpResponse:
    rows = [
        (
            "A1",
            "Every call that is abandoned is rung back within the hour",
            "14 June 2022",
            "Overdue",
            "bad",
        ),
        (
            "A2",
            "Publish what was done about each question of the panel",
            "June 2022",
            "On track",
            "good",
        ),
        ("A3", "Agree the estates strategy", "ongoing", "At risk", "caution"),
        ("A4", "Appoint a custody visitor for each area", "1 May 2022", "Done", "done"),
        ("A5", "Report on vetting", "no date", "Not started", "quiet"),
    ]
    return page(request, "ledger", rows=rows, months=[f"{m:%b %Y}" for m in MONTHS])


def chart(request: HttpRequest) -> HttpResponse:
    still = mark_safe(svg(CHART, "Shoplifting by month", "still-title"))
    return page(request, "chart", still=still)


def chart_data(request: HttpRequest) -> JsonResponse:
    readings = [
        {
            "month": p.month.isoformat(),
            "said": f"{p.month:%B %Y}: {p.value:.0f} offences. Limits 440 to 624.",
        }
        for p in POINTS
    ]
    return JsonResponse(
        {"spec": specification(CHART), "name": "Shoplifting by month", "readings": readings}
    )


def missing(request: HttpRequest) -> HttpResponse:
    return errors.not_found(request)


urlpatterns = [
    path("form/", form),
    path("due/", due),
    path("ledger/", ledger),
    path("chart/", chart),
    path("chart.json", chart_data),
    path("missing/", missing),
    path("account/", include("allauth.account.urls")),
    *pages.urlpatterns,
]
