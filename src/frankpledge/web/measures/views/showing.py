"""The pages on which figures are read: scorecard, measure, area, exceptions, and their downloads."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import path
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from frankpledge.analysis.periods import month_name, parse_month
from frankpledge.reporting.readings import Reading
from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.measures import charts, downloads
from frankpledge.web.measures.drawing import drawn
from frankpledge.web.measures.findings.shown import Shown, findings_of
from frankpledge.web.measures.findings.words import Words, signed_off, words_on
from frankpledge.web.measures.presenters import area as area_page
from frankpledge.web.measures.presenters import commentary, exceptions, measure, scorecard
from frankpledge.web.measures.reads.objectives import objectives_in_force
from frankpledge.web.organisations.models import Area
from frankpledge.web.organisations.reads import Place, place_or_404

KEEP_FOR = 24 * 60 * 60


@require_safe
def show_scorecard(request: HttpRequest, place: str) -> HttpResponse:
    """How are we doing against what good looks like?"""
    here, shown = _asked(request, place)
    if shown is None:
        return _nothing(request, here, "Scorecard")
    final = signed_off(request.reader, here.force, shown.month)
    objectives = kept_until_an_act(
        ("objectives", here.office.pk, *request.reader.who),
        lambda: objectives_in_force(here.office, request.reader),
    )

    def make() -> dict[str, Any]:
        of_force = shown.material(areas=[shown.force], comments=final)
        in_areas = frozenset(shown.kept.findings.newest["measure"])
        page = scorecard.present(of_force, shown.to, in_areas, objectives)
        return {"page": page, "parts": _drawn_parts(page.parts), "notices": drawn(page.notices)}

    content = _kept("measures/parts/scorecard.html", shown, ("scorecard", final, objectives), make)
    return _page(request, "measures/scorecard.html", shown, "Scorecard", content)


@require_safe
def show_exceptions(request: HttpRequest, place: str) -> HttpResponse:
    """What deserves a question this month?"""
    here, shown = _asked(request, place)
    if shown is None:
        return _nothing(request, here, "Exceptions")

    def make() -> dict[str, Any]:
        outside = shown.material(shown.kept.findings.exceptions["measure"])
        page = exceptions.present(outside, shown.to, whole=shown.whole)
        return {"page": page, "parts": _drawn_parts(page.parts), "notices": drawn(page.notices)}

    content = _kept("measures/parts/exceptions.html", shown, ("exceptions",), make)
    return _page(request, "measures/exceptions.html", shown, "Exceptions", content)


@require_safe
def show_area(request: HttpRequest, place: str, slug: str) -> HttpResponse:
    """How is my place?"""
    here, shown = _asked(request, place)
    area = _area_or_404(Area.objects.filter(force=here.force), slug)
    if shown is None:
        return _nothing(request, here, area.name)

    def make() -> dict[str, Any]:
        page = area_page.present(area.name, shown.material(areas=[area.name]), shown.to)
        return {"page": page, "blocks": drawn(page.blocks), "parts": _drawn_parts(page.parts)}

    content = _kept("measures/parts/area.html", shown, ("area", slug), make)
    neighbours = [
        {"name": a.name, "address": shown.to.area(a.slug)} for a in shown.areas if a.slug != slug
    ]
    return _page(request, "measures/area.html", shown, area.name, content, neighbours=neighbours)


@require_safe
def show_measure(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """What does this figure say, and can I trust it?"""
    here, shown = _asked(request, place, key)
    if shown is None or key not in shown.measures:
        raise Http404(f"There is no measure {key!r} that you can see.")
    defined = shown.measure(key)
    if defined is None:
        return _nothing(request, here, key, not_made=True)
    area = _area_asked(request, shown)
    name = area.name if area else shown.force
    said = words_on(request.reader, here.force, key, shown.month, area.name if area else "")

    def make() -> dict[str, Any]:
        return _measure(shown, key, name, area, said)

    about = ("measure", key, name, said)
    content = _kept("measures/parts/measure.html", shown, about, make)
    title = defined.title + (f", {area.name}" if area else "")
    return _page(request, "measures/measure.html", shown, title, content, area=area, key=key)


def _measure(shown: Shown, key: str, name: str, area: Area | None, said: Words) -> dict[str, Any]:
    comments = [said.final] if said.final else []
    material = shown.material([key], comments=comments)
    page = measure.present(material.library.get(key), name, material, shown.to)
    reading = material.reading(key, name)
    people = commentary.present(reading, said.coming, said.state) if reading else ()
    slug = area.name if area else ""
    return {
        "page": page,
        "notices": drawn(page.notices),
        "parts": _drawn_parts((*page.parts[:1], *people, *page.parts[1:])),
        "table": drawn([page.figure.table]) if page.figure else "",
        "files": {
            "spec": shown.to.measure(key, slug, "chart.json"),
            "picture": shown.to.measure(key, slug, "chart.svg"),
            "csv": shown.to.measure(key, slug, "figures.csv"),
            "json": shown.to.measure(key, slug, "figures.json"),
        },
    }


@require_safe
def download_figures(request: HttpRequest, place: str, key: str, form: str) -> HttpResponse:
    """The figures of a measure's page, as a file: what the page shows and no more."""
    _, shown = _asked(request, place, key)
    if shown is None or shown.measure(key) is None:
        raise Http404(f"There is no measure {key!r} that you can see.")
    area = _area_asked(request, shown)
    kept = shown.kept.of(frozenset({key}), frozenset({area.name}) if area else None)
    name = f"{key}{f'-{area.slug}' if area else ''}-{shown.month:%Y-%m}.{form}"
    if form == "csv":
        answer = HttpResponse(downloads.as_csv(kept), content_type="text/csv; charset=utf-8")
    else:
        answer = JsonResponse(
            downloads.as_json(kept, key), json_dumps_params={"ensure_ascii": False}
        )
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_safe
def draw_chart(request: HttpRequest, place: str, key: str, form: str) -> HttpResponse:
    """A measure's chart: the still picture, or what the moving one is drawn from."""
    _, shown = _asked(request, place, key)
    reading = _reading(request, shown, key) if shown else None
    if reading is None or not charts.plots.can_be_drawn(reading):
        raise Http404(f"There is no chart of {key} to show.")
    if form == "json":
        return JsonResponse(charts.moving(reading))
    answer = HttpResponse(charts.still(reading), content_type="image/svg+xml")
    answer.headers["Content-Disposition"] = f'inline; filename="{key}-{shown.month:%Y-%m}.svg"'
    return answer


def _reading(request: HttpRequest, shown: Shown, key: str) -> Reading | None:
    if shown.measure(key) is None:
        return None
    area = _area_asked(request, shown)
    name = area.name if area else shown.force
    return shown.material([key], [name]).reading(key, name)


def _asked(request: HttpRequest, place: str, about: str = "") -> tuple[Place, Shown | None]:
    """The place, and the findings of the month that the address names, the newest if none."""
    here, month = place_or_404(place), _month(request.GET.get("month", ""))
    return here, findings_of(here, request.reader, month, about)


def _month(text: str) -> date | None:
    if not text:
        return None
    try:
        return parse_month(text)
    except ValueError:
        raise Http404(f"{text!r} is no month. Write it as 2022-06.") from None


def _area_asked(request: HttpRequest, shown: Shown) -> Area | None:
    slug = request.GET.get("area", "")
    return _area_or_404(shown.areas, slug) if slug else None


def _area_or_404(areas: Collection[Area], slug: str) -> Area:
    found = next((area for area in areas if area.slug == slug), None)
    if found is None:
        raise Http404(f"There is no area called {slug!r}.")
    return found


def _drawn_parts(parts: Collection[Any]) -> list[dict[str, Any]]:
    return [
        {"heading": p.heading, "anchor": p.anchor, "html": drawn(p.blocks, 3, p.captions_shown)}
        for p in parts
    ]


def _kept(
    template: str, shown: Shown, about: tuple[Any, ...], make: Callable[[], dict[str, Any]]
) -> SafeString:
    """A page's content, kept for all who see the same: who may see was asked before, in `shown`."""
    key = shown.key(*about)
    html = cache.get(key)
    if html is None:
        html = str(render_to_string(template, make()))
        cache.set(key, html, KEEP_FOR)
    return mark_safe(html)


def _page(
    request: HttpRequest, template: str, shown: Shown, title: str, content: SafeString, **more: Any
) -> HttpResponse:
    here = shown.place
    return render(
        request,
        template,
        {
            "place": here,
            "body": here.force,
            "title": f"{title}, {month_name(shown.month)}",
            "heading": title,
            "shown": shown,
            "months": [(f"{m:%Y-%m}", month_name(m)) for m in shown.months],
            "content": content,
            "breadcrumbs": _breadcrumbs(here, shown, title),
            **more,
        },
    )


def _breadcrumbs(here: Place, shown: Shown, title: str) -> list[dict[str, str]]:
    return [
        {"text": here.police_area.name, "href": f"/{here.slug}/"},
        *([{"text": "Scorecard", "href": shown.to.scorecard()}] if title != "Scorecard" else []),
        {"text": title},
    ]


def _nothing(request: HttpRequest, here: Place, title: str, not_made: bool = False) -> HttpResponse:
    """The page where no findings are kept for this reader: of this month, of this measure, or at all."""
    asked = request.GET.get("month")
    context = {
        "place": here,
        "body": here.force,
        "title": title,
        "asked": asked,
        "not_made": not_made,
    }
    return render(request, "measures/nothing.html", context, status=404 if asked else 200)


urls = [
    path("scorecard/", show_scorecard, name="scorecard"),
    path("exceptions/", show_exceptions, name="exceptions"),
    path("areas/<slug:slug>/", show_area, name="area"),
    path("measures/<slug:key>/", show_measure, name="measure"),
    *[
        path(f"measures/<slug:key>/figures.{form}", download_figures, {"form": form}, name=f"figures-{form}")
        for form in ("csv", "json")
    ],
    *[
        path(f"measures/<slug:key>/chart.{form}", draw_chart, {"form": form}, name=f"chart-{form}")
        for form in ("svg", "json")
    ],
]  # fmt: skip
"""Below a place's slug."""
