"""Under which objective of the plan in force a measure stands, in two queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from frankpledge.definitions.schema import Measure as Defined
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.organisations.models import Body
from frankpledge.web.plans.models import StatedCommitment, StatedObjective
from frankpledge.web.plans.states import State


@dataclass(frozen=True)
class Objectives:
    """The objectives in their order, and what leads a measure to one: a commitment that it tells of,
    or else the words by which its definition names the objective."""

    titles: tuple[str, ...] = ()
    by_measure: Mapping[str, str] = field(default_factory=dict)
    by_words: Mapping[str, str] = field(default_factory=dict)

    def of(self, measure: Defined) -> str:
        """The title of the measure's objective; empty where the plan has none for it."""
        return self.by_measure.get(measure.id) or self.by_words.get(
            _plain(measure.plan_objective), ""
        )

    def __str__(self) -> str:
        return repr((self.titles, sorted(self.by_measure.items()), sorted(self.by_words.items())))


def objectives_in_force(office: Body, reader: Reader) -> Objectives:
    """The objectives of the office's plan in force, as far as this reader may see it."""
    in_force = {"version__plan__body": office, "version__state": State.ADOPTED}
    stated = list(
        StatedObjective.objects.visible_to(reader).filter(**in_force).select_related("objective")
    )
    links = (
        StatedCommitment.objects.visible_to(reader)
        .filter(**in_force, commitment__measures__isnull=False)
        .order_by("-order")
        .values_list("commitment__measures__key", "stated_objective__title")
    )
    words = {}
    for each in stated:
        for said in (each.title, each.objective.also_called):
            words[_plain(said)] = each.title
    words.pop("", None)
    return Objectives(tuple(each.title for each in stated), dict(links), words)


def _plain(words: str | None) -> str:
    return " ".join((words or "").lower().split())
