"""Loading and revising definitions; who owns a measure, who sees it, which commitments it answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from frankpledge.definitions import load
from frankpledge.definitions.library import Library, shipped_texts
from frankpledge.definitions.schema import Measure as Defined
from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.visibility import Visibility
from frankpledge.web.measures.defining import defined_by
from frankpledge.web.measures.models import Definition, Measure
from frankpledge.web.measures.observations import library_for
from frankpledge.web.measures.refreshing import findings_are_behind
from frankpledge.web.organisations.models import Body, Person
from frankpledge.web.plans.models import Commitment


@act("definitions.loaded", needs="measures.load_definitions", on="force")
def load_definitions(
    *,
    by: Person,
    force: Body,
    keys: Collection[str] | None = None,
    visibility: str = Visibility.OFFICE,
    why: str = "",
) -> list[Measure]:
    """Give a force the measures that are shipped (`keys`: these of them), each as a first definition.

    One that has changed since it was loaded becomes a further revision; one that somebody revised
    here is left as they wrote it. KeyError for a key that no shipped measure has.
    """
    locked(force)
    shipped, texts = load(), shipped_texts()
    wanted = [shipped.get(key) for key in (keys if keys is not None else shipped.measures)]
    there = {m.key: m for m in Measure.objects.filter(body=force)}
    newest = _newest(there.values())
    taken: list[Measure] = []
    for order, defined in _in_order(wanted, shipped):
        before = newest.get(defined.id)
        if before and (before.made_by_id is not None or before.toml == texts[defined.id]):
            continue
        measure = there.get(defined.id) or Measure(
            body=force, key=defined.id, visibility=visibility
        )
        _take_over(measure, defined, order)
        number = before.number + 1 if before else 1
        _add(measure, number, texts[defined.id], defined, None, why or "as shipped")
        taken.append(measure)
    findings_are_behind(force)
    record(force, became={"loaded": sorted(m.key for m in taken)}, why=why)
    return taken


def _newest(measures: Iterable[Measure]) -> dict[str, Definition]:
    found = Definition.objects.filter(measure__in=list(measures)).select_related("measure")
    return {d.measure.key: d for d in found.order_by("number")}


def _in_order(wanted: Iterable[Defined], shipped: Library) -> Iterable[tuple[int, Defined]]:
    """The measures, each with its place among all that are shipped: as the scorecard has them."""
    ranked = sorted(shipped, key=lambda m: (m.scorecard_order, m.id))
    places = {m.id: place for place, m in enumerate(ranked, start=1)}
    return [(places[m.id], m) for m in wanted]


def _take_over(measure: Measure, defined: Defined, order: int | None = None) -> None:
    """What the measure's row repeats of its definition, so that lists need not open each."""
    measure.title = defined.title
    measure.on_scorecard = bool(defined.reference or defined.part_of)
    if order is not None:
        measure.order = order
    measure.save()


def _add(
    measure: Measure, number: int, text: str, defined: Defined, by: Person | None, why: str
) -> Definition:
    return Definition.objects.create(
        measure=measure,
        number=number,
        toml=text,
        content=defined.model_dump(mode="json"),
        made_by=by,
        why=why,
    )


@act("definition.revised", needs="measures.revise_definition", on="measure")
def revise_definition(
    *, by: Person, measure: Measure, text: str, why: str, seen: int
) -> Definition:
    """Define a measure anew. `seen` is the number of the definition that was on the page.

    Raises DefinitionRefusedError with everything that is wrong; nothing is then kept.
    """
    measure = locked(measure)
    before = measure.definitions.first()
    if before and before.number != seen:
        raise ChangedMeanwhileError(
            "Somebody else revised this definition while you were writing. Look at theirs below, put"
            " into yours what should stay of it, and save again."
        )
    text = text.replace("\r\n", "\n")
    defined = defined_by(text, measure.key, library_for(measure.body).measures)
    _take_over(measure, defined)
    author = None if by is THE_SYSTEM else by
    revised = _add(measure, (before.number if before else 0) + 1, text, defined, author, why)
    findings_are_behind(measure.body)
    record(revised, was=snapshot(before) if before else None, why=why)
    return revised


@act("measure.owner_given", needs="measures.give_owner", on="measure")
def give_owner(*, by: Person, measure: Measure, owner: Person | None) -> Measure:
    """Say who owns a measure: brings its figures and writes about them. None: nobody, for now."""
    measure = locked(measure)
    was = snapshot(measure)
    measure.owner = owner
    measure.save(update_fields=["owner"])
    record(measure, was=was)
    return measure


@act("measures.shared", needs="measures.share", on="force")
def share_measures(*, by: Person, force: Body, keys: Collection[str], visibility: str) -> int:
    """Say who may see these measures. What is for everybody is seen once a report publishes it."""
    locked(force)
    chosen = Measure.objects.filter(body=force, key__in=keys)
    was = dict(chosen.values_list("key", "visibility"))
    chosen.update(visibility=visibility)
    findings_are_behind(force)
    record(force, was=was, became=dict.fromkeys(was, str(visibility)))
    return len(was)


@act("measure.commitments_linked", needs="measures.link_commitments", on="measure")
def link_commitments(
    *, by: Person, measure: Measure, commitments: Collection[Commitment]
) -> Measure:
    """Say which commitments of the plan a measure shows the keeping of, in place of those before."""
    measure = locked(measure)
    was = sorted(measure.commitments.values_list("pk", flat=True))
    measure.commitments.set(commitments)
    record(
        measure, was={"commitments": was}, became={"commitments": sorted(c.pk for c in commitments)}
    )
    return measure
