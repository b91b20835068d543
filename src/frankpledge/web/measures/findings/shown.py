"""What a reader is shown of a force's findings: permission first, then the month, then what is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property, lru_cache
from typing import Any

from frankpledge.definitions.schema import Measure
from frankpledge.reporting.commentary import Comment, Commentary
from frankpledge.reporting.readings import Material
from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Reader, Visibility
from frankpledge.web.measures.addresses import Addresses
from frankpledge.web.measures.findings.packing import Kept, unpacked
from frankpledge.web.measures.models import Measure as KeptMeasure
from frankpledge.web.measures.models.findings import Audience, StoredFindings
from frankpledge.web.organisations.models import Area, Body
from frankpledge.web.organisations.reads import Place

DECODED = 24
"""How many forces' months stand decoded in a process, at about 2 MB each."""


@dataclass(frozen=True)
class Shown:
    """A force's findings of one month, as far as one reader sees them.

    `measures` are the keys the reader may see; `whole` is whether they are all that the findings were
    made of.
    """

    place: Place
    stored: StoredFindings
    """Without its payload, which is read when it is needed."""
    months: tuple[date, ...]
    """The months of which findings are kept for this reader, newest first."""
    measures: frozenset[str]
    areas: tuple[Area, ...]
    today: date = field(default_factory=today)

    @property
    def month(self) -> date:
        return self.stored.month

    @property
    def is_own(self) -> bool:
        """Whether they are the whole findings, made for the force and its office."""
        return self.stored.audience == Audience.OWN

    @property
    def behind_since(self) -> datetime | None:
        return self.stored.behind_since

    @property
    def to(self) -> Addresses:
        areas = tuple((area.name, area.slug) for area in self.areas)
        return Addresses(self.place.slug, self.month, areas)

    @property
    def force(self) -> str:
        """The force as the figures name it."""
        return self._all.force

    def measure(self, key: str) -> Measure | None:
        """The measure of this key as the findings know it; None where the reader does not see it."""
        seen = key in self.measures and key in self._all.library
        return self._all.library.get(key) if seen else None

    @property
    def areas_to_see(self) -> list[tuple[str, str]]:
        """Each area's name and its page."""
        return [(area.name, self.to.area(area.slug)) for area in self.areas]

    @cached_property
    def kept(self) -> Kept:
        """The findings of the measures the reader sees, read on today's day."""
        seen = self._all.of(self.measures)
        return replace(seen, settings=self._all.settings.model_copy(update={"date": self.today}))

    @property
    def whole(self) -> bool:
        """Whether the reader sees every measure that was judged."""
        return self.measures >= set(self._all.library.measures)

    @cached_property
    def _all(self) -> Kept:
        return _decoded(self.stored.pk, self.stored.made_at)

    def material(
        self,
        measures: Iterable[str] | None = None,
        areas: Iterable[str] | None = None,
        comments: Iterable[Comment] = (),
    ) -> Material:
        """What a page of these measures and areas is made from."""
        keys = self.measures if measures is None else self.measures & frozenset(measures)
        kept = self.kept.of(keys, None if areas is None else frozenset(areas))
        return kept.material(Commentary(month=self.month, comments=tuple(comments)))

    def key(self, *about: Any) -> str:
        """The key of what is worked out for all who see just this, on this day."""
        parts = [self.stored.pk, self.stored.made_at, self.today, *sorted(self.measures)]
        told = "|".join(str(part) for part in (*parts, *about))
        return f"measures:{hashlib.sha256(told.encode()).hexdigest()}"


def findings_of(
    place: Place, reader: Reader, month: date | None = None, about: str = ""
) -> Shown | None:
    """The findings a reader sees of a place's force in a month, the newest if none is named.

    `about` is the key of a measure: the months are then those in which it is theirs to see.
    None where nothing is kept for them: a month that is not public is like one that never was.
    """
    audience = audience_of(reader, place.force)
    rows = kept_until_an_act(
        ("findings", place.force.pk, audience, *reader.who),
        lambda: _rows(reader, place.force, audience),
        lasts=_none_is_behind,
    )
    # A panel that is shared nothing of its own in a month sees what everybody sees.
    own = {row.month: row for row in sorted(rows, key=lambda row: row.audience == audience)}
    months = tuple(sorted(own, reverse=True))
    seen = kept_until_an_act(
        ("seen", place.force.pk, *reader.who), lambda: Seen.by(reader, place.force)
    )
    if about:
        months = tuple(m for m in months if about in seen.of(own[m]))
    month = month or next(iter(months), None)
    if month not in months:
        return None
    return Shown(
        place=place,
        stored=own[month],
        months=months,
        measures=seen.of(own[month]),
        areas=kept_until_an_act(
            ("areas", place.force.pk), lambda: tuple(Area.objects.filter(force=place.force))
        ),
    )


def _rows(reader: Reader, force: Body, audience: Audience) -> tuple[StoredFindings, ...]:
    seen = StoredFindings.objects.visible_to(reader).filter(force=force)
    return tuple(seen.filter(audience__in={audience, Audience.PUBLIC}).defer("payload"))


def _none_is_behind(rows: tuple[StoredFindings, ...]) -> bool:
    """Findings that turn out to be what they were are no longer behind, without an act."""
    return not any(row.behind_since for row in rows)


def audience_of(reader: Reader, force: Body) -> Audience:
    """Whose findings a reader reads: those of the force's own line, of the panel, or everybody's."""
    if force.pk in reader.sees.get(Visibility.OFFICE, ()):
        return Audience.OWN
    if force.pk in reader.sees.get(Visibility.PANEL, ()):
        return Audience.PANEL
    return Audience.PUBLIC


@dataclass(frozen=True)
class Seen:
    """Which measures of a force a reader sees, and up to which month.

    Asked anew after every act, so that a measure that was closed is gone at once, before its findings
    are made anew.
    """

    measures: tuple[tuple[str, str, date | None], ...]
    """Key, visibility, and the month up to which it is public."""

    @classmethod
    def by(cls, reader: Reader, force: Body) -> Seen:
        rows = KeptMeasure.objects.filter(body=force).visible_to(reader)
        return cls(tuple(rows.values_list("key", "visibility", "public_month")))

    def of(self, stored: StoredFindings) -> frozenset[str]:
        """The keys of those of which the reader sees the month of these findings."""
        if stored.audience == Audience.OWN:
            return frozenset(key for key, *_ in self.measures)
        return frozenset(
            key
            for key, visibility, until in self.measures
            if visibility != Visibility.PUBLIC or (until is not None and stored.month <= until)
        )


@lru_cache(maxsize=DECODED)
def _decoded(pk: int, made_at: datetime) -> Kept:
    """The findings of a row as they were made at a moment."""
    return unpacked(bytes(StoredFindings.objects.values_list("payload", flat=True).get(pk=pk)))
