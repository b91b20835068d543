"""The definitions that are shipped, beside those a force has."""

from __future__ import annotations

from dataclasses import dataclass

from frankpledge.definitions import load
from frankpledge.definitions.library import shipped_texts
from frankpledge.definitions.schema import Measure as Defined
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.measures.models import Definition, Measure
from frankpledge.web.organisations.models import Body

PACKS = {
    "scorecard": "Scorecard measures",
    "volumes": "Recorded crime and incidents",
    "police_uk": "Figures of data.police.uk",
}


def pack_of(defined: Defined) -> str:
    """The part of the shipped library that a measure is in."""
    if defined.family == "police-uk":
        return "police_uk"
    return "volumes" if defined.tables else "scorecard"


@dataclass(frozen=True)
class Shipped:
    """What could be loaded: `wanting` by pack, and those here whose shipped text is another now.

    `left` are those that changed as well and were revised here: they stay as they were written.
    """

    wanting: dict[str, list[Defined]]
    changed: list[Defined]
    left: list[Measure]


def shipped_for(force: Body, reader: Reader) -> Shipped:
    """The shipped definitions that a force has not, and those that it has in an earlier wording."""
    library, texts = load(), shipped_texts()
    newest = {
        d.measure.key: d
        for d in Definition.objects.filter(measure__body=force)
        .select_related("measure")
        .order_by("number")
    }
    seen = set(Measure.objects.filter(body=force).visible_to(reader).values_list("key", flat=True))
    other = [k for k, d in newest.items() if k in seen and k in texts and d.toml != texts[k]]
    ranked = sorted(library, key=lambda m: (m.scorecard_order, m.table_order or 0, m.title))
    return Shipped(
        wanting={
            pack: [m for m in ranked if pack_of(m) == pack and m.id not in newest] for pack in PACKS
        },
        changed=[m for m in ranked if m.id in other and newest[m.id].made_by_id is None],
        left=[newest[k].measure for k in sorted(other) if newest[k].made_by_id is not None],
    )
