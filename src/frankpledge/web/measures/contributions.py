"""What the figures say about a plan, shown on the plan's own pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.core.cache import cache

from frankpledge.reporting.key_points import first_sentence, target_sentence
from frankpledge.reporting.readings import Material, Reading
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.measures.findings.shown import Shown, findings_of
from frankpledge.web.measures.models import Measure
from frankpledge.web.measures.presenters import scorecard
from frankpledge.web.organisations.models import Body
from frankpledge.web.organisations.reads import place_or_404
from frankpledge.web.plans.contributions import Line, Progress, Section, contributes
from frankpledge.web.plans.models import Commitment, Plan
from frankpledge.web.plans.reads import words_of

KEEP_FOR = 24 * 60 * 60

Links = tuple[tuple[str, int], ...]
"""Measures, by key, and the commitments they tell of."""


@contributes("commitment", order=20)
def measures_of_commitment(commitment: Commitment, reader: Reader) -> Section | None:
    """The measures that tell whether this commitment is kept, each with its finding."""
    shown = _shown(commitment.plan.body, reader)
    links = _links(reader, [commitment.pk])
    if shown is None or not links:
        return None
    material = _material(shown, links)
    lines = [_line(reading, shown) for reading in _readings(material, {key for key, _ in links})]
    if not lines:
        return None
    return Section(
        "Measures", "measures/parts/of_commitment.html", {"lines": lines, "shown": shown}
    )


@contributes("plan", order=20)
def findings_of_plan(plan: Plan, reader: Reader) -> Progress | None:
    """What the measures of each objective and commitment say, in the newest month there is."""
    shown = _shown(plan.body, reader)
    links = _links(reader, plan.commitments.values_list("pk", flat=True))
    if shown is None or not links:
        return None
    stated = words_of({pk for _, pk in links}, reader)
    objectives = {pk: words.stated_objective.objective_id for pk, words in stated.items()}
    key = shown.key("plan", links, sorted(objectives.items()))
    kept = cache.get(key)
    if kept is None:
        kept = _progress(shown, links, objectives)
        cache.set(key, kept, KEEP_FOR)
    return kept


def _progress(shown: Shown, links: Links, objectives: Mapping[int, int]) -> Progress:
    material = _material(shown, links)
    under: dict[int, set[str]] = defaultdict(set)
    told: dict[int, set[str]] = defaultdict(set)
    for key, commitment in links:
        told[commitment].add(key)
        if commitment in objectives:
            under[objectives[commitment]].add(key)
    return Progress(
        {
            pk: _of_objective(_readings(material, keys), material, shown)
            for pk, keys in under.items()
        },
        {
            pk: tuple(_line(reading, shown) for reading in _readings(material, keys))
            for pk, keys in told.items()
        },
    )


def _of_objective(readings: list[Reading], material: Material, shown: Shown) -> tuple[Line, ...]:
    """How many of an objective's measures are out of line, and then which."""
    if not readings:
        return ()
    first = Line(scorecard.lead(readings, material), shown.to.scorecard())
    outside = (reading for reading in readings if reading.crossing)
    return (first, *(_line(reading, shown) for reading in outside))


def _line(reading: Reading, shown: Shown) -> Line:
    said = " ".join(filter(None, (first_sentence(reading), target_sentence(reading))))
    return Line(said, shown.to.measure(reading.measure.id))


def _readings(material: Material, keys: set[str]) -> list[Reading]:
    return [reading for reading in material.of_force() if reading.measure.id in keys]


def _material(shown: Shown, links: Links) -> Material:
    return shown.material({key for key, _ in links}, [shown.force])


def _links(reader: Reader, commitments: Iterable[int]) -> Links:
    found = Measure.objects.visible_to(reader).filter(commitments__in=list(commitments))
    return tuple(found.order_by("key", "commitments").values_list("key", "commitments"))


def _shown(office: Body, reader: Reader) -> Shown | None:
    """The newest findings of the force that the office oversees; None for an alliance's plan."""
    if office.police_area is None:
        return None
    return findings_of(place_or_404(office.police_area.slug), reader)
