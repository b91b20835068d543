"""The ledger: a place's actions as a reader sees them, found by what they asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Case, Count, F, IntegerField, Prefetch, Q, QuerySet, Value, When

from frankpledge.web.actions.models import Action, ActionList, ActionOwner, RagMeaning
from frankpledge.web.actions.reads import finding
from frankpledge.web.audit.visibility import Reader, VisibleQuerySet, shared_with
from frankpledge.web.organisations.models import Forum
from frankpledge.web.organisations.reads import Place
from frankpledge.web.plans.models import StatedCommitment, StatedObjective
from frankpledge.web.plans.reads import words_of
from frankpledge.web.plans.states import State

CHOICES_ARE_KEPT_FOR = 60
"""Seconds for which the choices of the filters are kept, by what a reader sees."""

STANDINGS = {
    "overdue": "Overdue",
    "soon": "Due within 14 days",
    "stale": "Stale",
    "wanting": "Something is wanting",
    "under_way": "Under way",
    "finished": "Finished",
}


@dataclass(frozen=True)
class Asked:
    """What a reader asks the ledger for. Empty is everything."""

    standing: str = ""
    list: str = ""
    objective: str = ""
    owner: str = ""
    forum: str = ""
    rag: str = ""
    text: str = ""

    @property
    def anything(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Counts:
    """How many actions there are of those asked for, and how many stand badly."""

    all: int = 0
    overdue: int = 0
    soon: int = 0
    stale: int = 0
    wanting: int = 0
    finished: int = 0

    @property
    def under_way(self) -> int:
        return self.all - self.finished


@dataclass(frozen=True)
class Choices:
    """What the filters offer: (value, words)."""

    lists: tuple[tuple[str, str], ...] = ()
    objectives: tuple[tuple[str, str], ...] = ()
    owners: tuple[tuple[str, str], ...] = ()
    forums: tuple[tuple[str, str], ...] = ()
    rags: tuple[tuple[str, str], ...] = ()


def actions_of(place: Place, reader: Reader) -> VisibleQuerySet:
    """The actions of a place's bodies that a reader may see."""
    return Action.objects.visible_to(reader).filter(body__in=[body.pk for body in place.bodies])


def found(actions: QuerySet[Action], asked: Asked) -> QuerySet[Action]:
    """Those of the actions that were asked for, but for how they stand."""
    if asked.list:
        actions = actions.filter(list_id=_number(asked.list))
    if asked.objective:
        stated = StatedCommitment.objects.filter(
            stated_objective__objective=_number(asked.objective)
        )
        actions = actions.filter(commitment__in=stated.values("commitment"))
    if asked.owner == "none":
        actions = actions.filter(finding.wanting_owner())
    elif asked.owner:
        actions = actions.filter(pk__in=_owned(asked.owner).values("action"))
    if asked.forum:
        actions = actions.filter(forums=_number(asked.forum))
    if asked.rag:
        actions = actions.filter(_rated(asked.rag))
    for word in asked.text.split():
        actions = actions.filter(_says(word))
    return actions


def standing(actions: QuerySet[Action], how: str, today: date) -> QuerySet[Action]:
    """Those that stand so: one of STANDINGS."""
    conditions = {
        "overdue": lambda: finding.overdue(today),
        "soon": lambda: finding.due_soon(today),
        "stale": lambda: finding.stale(today),
        "wanting": finding.wanting,
        "under_way": lambda: finding.UNDER_WAY,
        "finished": lambda: ~finding.UNDER_WAY,
    }
    return actions.filter(conditions[how]()) if how in conditions else actions


def counted(actions: QuerySet[Action], today: date) -> Counts:
    """How many there are and how they stand, in one query."""
    conditions = {
        "overdue": finding.overdue(today),
        "soon": finding.due_soon(today),
        "stale": finding.stale(today),
        "wanting": finding.wanting(),
        "finished": ~finding.UNDER_WAY,
    }
    asked = {name: Count("pk", filter=condition) for name, condition in conditions.items()}
    return Counts(**actions.order_by().aggregate(all=Count("pk"), **asked))


def in_order(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Overdue first, the longest overdue at the top; then by due day; without one after; finished last."""
    finished = Case(
        When(finding.UNDER_WAY, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    return actions.order_by(finished, F("due_on").asc(nulls_last=True), "list_id", "order", "pk")


def with_what_a_row_shows(actions: QuerySet[Action]) -> QuerySet[Action]:
    owners = ActionOwner.objects.filter(ends__isnull=True).select_related("person")
    return actions.select_related("list", "rag", "latest").prefetch_related(
        Prefetch("owners", owners, to_attr="owners_now"),
        Prefetch("forums", Forum.objects.only("name", "slug"), to_attr="overseen_at"),
    )


def commitments_of_rows(rows: list[Action], reader: Reader) -> dict[int, StatedCommitment]:
    wanted = {row.commitment_id for row in rows if row.commitment_id}
    return words_of(wanted, reader) if wanted else {}


def choices_for(place: Place, reader: Reader) -> Choices:
    """What the filters offer this reader. Kept a minute, by the bodies whose things the reader sees."""
    key = f"actions.choices.{place.slug}.{reader.key}"
    kept = cache.get(key)
    if kept is None:
        kept = _choices(place, reader)
        cache.set(key, kept, CHOICES_ARE_KEPT_FOR)
    return kept


def _choices(place: Place, reader: Reader) -> Choices:
    """From what is shared with all who see what this reader sees: nothing that is for named people."""
    bodies = [body.pk for body in place.bodies]
    shared = Action.objects.filter(shared_with(Reader(sees=reader.sees)), body__in=bodies)
    lists = ActionList.objects.filter(shared_with(Reader(sees=reader.sees)), body__in=bodies)
    objectives = StatedObjective.objects.filter(
        version__body__in=bodies, version__state=State.ADOPTED
    ).order_by("order")
    forums = Forum.objects.filter(
        shared_with(Reader(sees=reader.sees)), actions__in=shared.values("pk")
    )
    rags = RagMeaning.objects.filter(scheme__lists__in=lists).order_by("order")
    return Choices(
        lists=tuple((str(pk), name) for pk, name in lists.values_list("pk", "name")),
        objectives=tuple(
            (str(pk), f"{ref} {title}")
            for pk, ref, title in objectives.values_list("objective_id", "ref", "title")
        ),
        owners=_owners(shared, reader),
        forums=tuple(
            (str(pk), name) for pk, name in forums.distinct().values_list("pk", "name")
        ),
        rags=(*dict.fromkeys((word, word) for word in rags.values_list("word", flat=True)), ("none", "No rating")),
    )  # fmt: skip


def _owners(actions: QuerySet[Action], reader: Reader) -> tuple[tuple[str, str], ...]:
    """By post; by name where no post is said, and for those who have signed in alone."""
    now = ActionOwner.objects.filter(ends__isnull=True, action__in=actions.values("pk"))
    posts = now.exclude(named_as="").values_list("named_as", flat=True).distinct()
    offered = [(f"post:{post}", post) for post in posts.order_by("named_as")]
    if not reader.is_public:
        named = now.filter(named_as="", person__isnull=False).order_by("person__name")
        offered += [
            (f"person:{pk}", name)
            for pk, name in named.values_list("person", "person__name").distinct()
        ]
    return (*offered, ("none", "Nobody answers for it"))


def _owned(owner: str) -> QuerySet[ActionOwner]:
    now = ActionOwner.objects.filter(ends__isnull=True)
    how, _, which = owner.partition(":")
    if how == "post":
        return now.filter(named_as=which)
    return now.filter(person=_number(which), named_as="")


def _rated(rag: str) -> Q:
    return Q(rag__isnull=True) if rag == "none" else Q(rag__word=rag)


def _says(word: str) -> Q:
    return (
        Q(what__icontains=word)
        | Q(reference__icontains=word)
        | Q(aim__icontains=word)
        | Q(heading__icontains=word)
    )


def _number(written: str) -> int:
    """A key from an address; what is none finds nothing."""
    return int(written) if written.isascii() and written.isdigit() and len(written) < 18 else -1
