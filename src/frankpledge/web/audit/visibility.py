"""Who may see what: asked once, in `.visible_to(reader)`, and nowhere else.

A thing belongs to a body and is shared with an audience. `readable_kinds` says which kinds of body
read it: a table, so that it can be read aloud and tested row by row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q


class Visibility(models.TextChoices):
    """With whom a thing is shared."""

    PUBLIC = "public", "Everybody"
    PANEL = "panel", "The panel"
    OFFICE = "office", "The office"
    FORCE = "force", "The force"
    NAMED = "named", "Named people only"


class Classification(models.TextChoices):
    """The marking a thing carries. OFFICIAL-SENSITIVE is a marking within OFFICIAL."""

    OFFICIAL = "OFFICIAL", "OFFICIAL"
    SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


class Kind(models.TextChoices):
    """What a body is in law and practice. What it is called is data: see `Body.called`."""

    FORCE = "force", "Police force"
    OFFICE = "office", "Local policing body and its office"
    PANEL = "panel", "Scrutiny body"
    ALLIANCE = "alliance", "Bodies that work together"


READABLE_KINDS: Mapping[tuple[str, str], frozenset[str]] = {
    ("force", "force"): frozenset({"force"}),
    ("force", "office"): frozenset({"force", "office"}),
    ("force", "panel"): frozenset({"force", "office", "panel"}),
    ("office", "office"): frozenset({"office"}),
    ("office", "force"): frozenset({"office", "force"}),
    ("office", "panel"): frozenset({"office", "panel"}),
    ("panel", "panel"): frozenset({"panel"}),
    ("panel", "office"): frozenset({"panel", "office"}),
    ("panel", "force"): frozenset({"panel", "office", "force"}),
    ("alliance", "force"): frozenset({"force", "office"}),
    ("alliance", "office"): frozenset({"office"}),
    ("alliance", "panel"): frozenset({"force", "office", "panel"}),
}
"""(kind of the body it belongs to, audience) -> kinds of body whose people read it.

The panel sees what the office shares with it; the office never sees what a panel keeps to itself.
"""


def readable_kinds(owner: str, visibility: str) -> frozenset[str]:
    """The kinds of body that read a thing. Empty for what is public (all do) or named (people do)."""
    return READABLE_KINDS.get((owner, visibility), frozenset())


@dataclass(frozen=True)
class Reader:
    """Somebody who reads: which bodies' things they see, at each visibility.

    `sees` maps a visibility to the bodies whose things of that visibility are theirs to read. The
    public is a reader with nothing in it.
    """

    person_id: int | None = None
    name: str = ""
    roles: frozenset[tuple[str, int]] = frozenset()
    sees: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def is_public(self) -> bool:
        return self.person_id is None

    @property
    def bodies(self) -> frozenset[int]:
        """The bodies at which this reader holds a role today."""
        return frozenset(body for _, body in self.roles)

    def holds(self, *roles: str) -> bool:
        return any(role in roles for role, _ in self.roles)

    @property
    def who(self) -> tuple[str, int]:
        """Who this is and all they see: what is kept for one reader, named people's things too, is kept by it."""
        return self.key, self.person_id or 0

    @cached_property
    def key(self) -> str:
        """The same for all who see the same shared things: a cache may be kept by it."""
        from frankpledge.web.audit.chain import link

        if self.is_public:
            return "public"
        return link("", {"sees": {k: sorted(v) for k, v in self.sees.items()}})[:16]


THE_PUBLIC = Reader()


def reader_for(person: Any) -> Reader:
    """The reader that a person, an anonymous visitor or a reader is."""
    if isinstance(person, Reader):
        return person
    if person is None or not getattr(person, "is_authenticated", False):
        return THE_PUBLIC
    return person.as_reader()


def shared_with(reader: Reader, through: str = "") -> Q:
    """The condition that a row is this reader's to see; `through` leads to what carries the visibility."""
    said = f"{through}__" if through else ""
    seen = Q(**{f"{said}visibility": Visibility.PUBLIC})
    for visibility, bodies in reader.sees.items():
        if bodies:
            seen |= Q(**{f"{said}visibility": visibility, f"{said}body_id__in": bodies})
    if reader.person_id is not None:
        named = Q(**{f"{said}named_people": reader.person_id})
        seen |= Q(**{f"{said}visibility": Visibility.NAMED}) & named
    return seen


class VisibleQuerySet(models.QuerySet):
    """Rows that are asked for in the name of somebody."""

    def visible_to(self, person: Any) -> VisibleQuerySet:
        """The rows this person may see. A model that hangs on another says so in VISIBLE_THROUGH."""
        reader = reader_for(person)
        condition = shared_with(reader, getattr(self.model, "VISIBLE_THROUGH", ""))
        if reader.person_id is None:
            return self.filter(condition)
        # The named people are a join: the rows are asked for by key so that none comes twice.
        return self.filter(pk__in=self.model._base_manager.filter(condition).values("pk"))


class Visible(models.Model):
    """What belongs to a body and is shared with an audience."""

    VISIBILITY_FIELDS = ("body", "visibility", "classification", "named_people")

    body = models.ForeignKey("organisations.Body", models.PROTECT, related_name="+")
    visibility = models.CharField(
        max_length=10, choices=Visibility.choices, default=Visibility.OFFICE, db_index=True
    )
    classification = models.CharField(
        max_length=20, choices=Classification.choices, default=Classification.OFFICIAL
    )
    named_people = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="+")

    objects = VisibleQuerySet.as_manager()

    class Meta:
        abstract = True
