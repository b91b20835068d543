"""What the pages show on which measures are kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max
from django.http import Http404

from frankpledge.analysis.periods import financial_year_start
from frankpledge.definitions.schema import Measure as Defined
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.measures.models import (
    Commentary,
    Definition,
    Figure,
    Measure,
    Upload,
    WhatGoodLooksLike,
)
from frankpledge.web.measures.models.measures import as_defined
from frankpledge.web.organisations.models import Body, Person, PoliceArea, Role


@dataclass(frozen=True)
class Kept:
    """A measure with its definition, what good looks like this year, and whether either is overdue."""

    measure: Measure
    defined: Defined
    goal: WhatGoodLooksLike | None
    today: date

    @property
    def review_overdue(self) -> bool:
        """From the day after its next review."""
        return self.defined.next_review < self.today

    @property
    def goal_overdue(self) -> bool:
        """What good looks like was set for this year and nobody has looked at it since."""
        return self.goal is not None and self.goal.reviewed_at is None

    @property
    def overdue(self) -> bool:
        return self.review_overdue or self.goal_overdue


def measure_or_404(force: Body, key: str, reader: Reader) -> Measure:
    """A measure of the force that this reader may see."""
    found = Measure.objects.filter(body=force, key=key).visible_to(reader)
    measure = found.select_related("body", "owner").first()
    if measure is None:
        raise Http404(f"There is no measure {key!r} that you can see.")
    return measure


def sees_the_working(reader: Reader, measure: Measure) -> bool:
    """Whether the reader sees what is not published of a measure: those of its force and office."""
    return measure.body_id in reader.sees.get("office", frozenset())


def measures_kept(force: Body, reader: Reader, today: date) -> list[Kept]:
    """The force's measures that the reader may see: those with an overdue review first."""
    measures = Measure.objects.filter(body=force).visible_to(reader).select_related("owner")
    newest = Definition.objects.filter(measure__body=force).order_by("number")
    contents = dict(newest.values_list("measure_id", "content"))
    year = financial_year_start(today).year
    goals = WhatGoodLooksLike.objects.filter(measure__body=force, financial_year=year)
    standing = {goal.measure_id: goal for goal in goals.order_by("number")}
    kept = [
        Kept(m, as_defined(contents[m.pk]), standing.get(m.pk), today)
        for m in measures
        if m.pk in contents
    ]
    return sorted(kept, key=lambda k: (not k.overdue, k.measure.order, k.measure.key))


def uploads_of(force: Body, reader: Reader) -> Any:
    """The uploads of a force, the newest first."""
    uploads = Upload.objects.filter(body=force).visible_to(reader)
    return uploads.select_related("uploaded_by", "committed_by", "discarded_by", "undone_by")


def upload_or_404(force: Body, number: int, reader: Reader) -> Upload:
    found = uploads_of(force, reader).filter(pk=number).select_related("body").first()
    if found is None:
        raise Http404("There is no upload of this number that you can see.")
    return found


def goals_kept(measure: Measure, reader: Reader) -> dict[int, list[WhatGoodLooksLike]]:
    """What good looked like in each financial year, the newest year and revision first."""
    found = measure.goals.visible_to(reader).select_related("set_by", "reviewed_by")
    years: dict[int, list[WhatGoodLooksLike]] = {}
    for goal in found.order_by("-financial_year", "-number"):
        years.setdefault(goal.financial_year, []).append(goal)
    return years


def words_on(measure: Measure, month: date, area_name: str, reader: Reader) -> list[Commentary]:
    """Every revision of the words on a month, the newest first."""
    rows = measure.commentaries.filter(month=month, area_name=area_name).visible_to(reader)
    people = ("written_by", "reviewed_by", "final_by", "returned_by")
    return list(rows.select_related(*people).order_by("-number"))


def newest_month(measure: Measure) -> date | None:
    """The newest month of which the measure has a figure that stands."""
    return measure.figures.with_a_value().aggregate(m=Max("month"))["m"]


@dataclass(frozen=True)
class Awaiting:
    """A measure whose newest month wants words from its owner, or a look from somebody else."""

    measure: Measure
    place: str
    month: date
    words: Commentary | None

    @property
    def state(self) -> str:
        return self.words.state if self.words else ""

    @property
    def wants_words(self) -> bool:
        """Whether the owner is to write: nobody has, or the words were sent back."""
        return self.words is None or self.words.state == Commentary.State.RETURNED


def own_measures(person: Person) -> list[Awaiting]:
    """The measures somebody owns, each at its newest month: those that want words first."""
    measures = Measure.objects.filter(owner=person).visible_to(person)
    wanting = {"": 0, Commentary.State.RETURNED: 1, Commentary.State.DRAFT: 2}
    found = _at_newest_month(measures)
    return sorted(found, key=lambda a: (wanting.get(a.state, 3), a.measure.order, a.measure.key))


def to_look_at(person: Person) -> list[Awaiting]:
    """Words of others that await this person's review or signing off."""
    forces = [b for role, b in person.roles_now if role in (Role.FORCE_ANALYST, Role.CHIEF_OFFICER)]
    if not forces:
        return []
    unfinished = (Commentary.State.DRAFT, Commentary.State.REVIEWED)
    said = Commentary.objects.filter(measure__body__in=forces, state__in=unfinished)
    found = _at_newest_month(Measure.objects.filter(pk__in=said.values("measure")))
    return [a for a in found if a.words and _awaits(a.words, person)]


def _awaits(words: Commentary, person: Person) -> bool:
    if words.state == Commentary.State.DRAFT:
        return words.written_by_id != person.pk
    reviewed = words.state == Commentary.State.REVIEWED
    return reviewed and person.pk not in (words.written_by_id, words.reviewed_by_id)


def _at_newest_month(measures: Any) -> list[Awaiting]:
    """Each measure that has figures, with the newest words on its newest month. Four queries in all."""
    measures = list(measures.select_related("body", "owner"))
    months = dict(
        Figure.objects.filter(measure__in=measures).with_a_value()
        .values_list("measure").annotate(Max("month"))
    )  # fmt: skip
    newest = _newest_words(measures, set(months.values()))
    places = _places_of({m.body_id for m in measures})
    return [
        Awaiting(m, places[m.body_id], months[m.pk], newest.get((m.pk, months[m.pk])))
        for m in measures
        if m.pk in months
    ]


def _newest_words(
    measures: Iterable[Measure], months: Iterable[date]
) -> dict[tuple[int, date], Commentary]:
    """The newest words of each measure's month, about the force."""
    rows = Commentary.objects.filter(
        measure__in=list(measures), month__in=list(months), area_name=""
    )
    people = ("written_by", "reviewed_by", "returned_by")
    return {(c.measure_id, c.month): c for c in rows.select_related(*people).order_by("number")}


def _places_of(forces: Iterable[int]) -> dict[int, str]:
    """The slug of the place of each force."""
    return dict(PoliceArea.objects.filter(bodies__in=list(forces)).values_list("bodies", "slug"))
