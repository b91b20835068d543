"""What one version of a plan says that another does not: added, removed, reworded, moved.

Pure: two versions written down as items, and the differences that turn the first into the second.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[\w'’\-]+|[^\w\s]")
"""Spaces, words and single marks: a comma after a word is not part of it."""


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"


@dataclass(frozen=True)
class Item:
    """An objective, a commitment or the plan's own words: what it says, and where it stands.

    `identity` lasts from version to version; `words` are (name, text) pairs; `place` is whatever
    says where it stands, such as its ref, its objective and its party.
    """

    identity: tuple[str, str]
    words: tuple[tuple[str, str], ...] = ()
    place: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Piece:
    """A run of words in both versions (`same`), in the second alone (`ins`) or the first alone (`del`)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """How one item differs. `before` is None for what was added, `after` for what was removed."""

    identity: tuple[str, str]
    changes: frozenset[Change]
    before: Item | None
    after: Item | None
    pieces: tuple[tuple[str, tuple[Piece, ...]], ...] = ()
    """For each of its words that differ: the name, and the text in pieces."""


@dataclass(frozen=True)
class Comparison:
    """All differences, in the order of the second version, what was removed at the end."""

    differences: tuple[Difference, ...]
    order: tuple[tuple[str, str], ...]
    """The identities of the second version, in order."""

    def of(self, change: Change) -> tuple[Difference, ...]:
        return tuple(d for d in self.differences if change in d.changes)


def compare(first: Sequence[Item], second: Sequence[Item]) -> Comparison:
    """The differences that turn the first version into the second."""
    old = {item.identity: item for item in first}
    new = {item.identity: item for item in second}
    shifted = _shifted(
        [i.identity for i in first if i.identity in new],
        [i.identity for i in second if i.identity in old],
    )
    found = [
        difference
        for item in second
        if (difference := _difference(old.get(item.identity), item, item.identity in shifted))
    ]
    found += [
        Difference(item.identity, frozenset({Change.REMOVED}), item, None)
        for item in first
        if item.identity not in new
    ]
    return Comparison(tuple(found), tuple(new))


def applied(comparison: Comparison, first: Iterable[Item]) -> list[Item]:
    """The second version, made from the first and the differences alone."""
    items = {item.identity: item for item in first}
    for difference in comparison.differences:
        items.pop(difference.identity, None)
        if difference.after:
            items[difference.identity] = difference.after
    return [items[identity] for identity in comparison.order]


def _difference(before: Item | None, after: Item, shifted: bool) -> Difference | None:
    if before is None:
        return Difference(after.identity, frozenset({Change.ADDED}), None, after)
    changes = set()
    pieces = word_differences(before.words, after.words)
    if pieces:
        changes.add(Change.REWORDED)
    if shifted or before.place != after.place:
        changes.add(Change.MOVED)
    if not changes:
        return None
    return Difference(after.identity, frozenset(changes), before, after, pieces)


def word_differences(
    before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]
) -> tuple[tuple[str, tuple[Piece, ...]], ...]:
    """For each name whose text differs, the text in pieces."""
    old, new = dict(before), dict(after)
    names = list(dict.fromkeys([*old, *new]))
    return tuple(
        (name, pieces_of(old.get(name, ""), new.get(name, "")))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts as runs of words: what is the same, what went, what came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        if i1 < i2:
            pieces.append(Piece("del", "".join(old[i1:i2])))
        if j1 < j2:
            pieces.append(Piece("ins", "".join(new[j1:j2])))
    return tuple(_smoothed(pieces))


def _smoothed(pieces: list[Piece]) -> list[Piece]:
    """A lone space between two changes joins them: "a b" to "c d" is one change and not two."""
    smooth: list[Piece] = []
    at = 0
    while at < len(pieces):
        run = at
        gone, come = "", ""
        while run < len(pieces) and (
            pieces[run].kind != "same"
            or ((gone or come) and not pieces[run].text.strip() and run + 1 < len(pieces))
        ):
            kind, text = pieces[run].kind, pieces[run].text
            gone += text if kind in ("del", "same") else ""
            come += text if kind in ("ins", "same") else ""
            run += 1
        if run == at:
            smooth.append(pieces[at])
            at += 1
            continue
        smooth += [Piece(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]
        at = run
    return smooth


def before_of(pieces: Iterable[Piece]) -> str:
    return "".join(p.text for p in pieces if p.kind != "ins")


def after_of(pieces: Iterable[Piece]) -> str:
    return "".join(p.text for p in pieces if p.kind != "del")


def _shifted(old: list[tuple[str, str]], new: list[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of the items in both, those that stand elsewhere among the others: the fewest that explain it."""
    stayed = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    kept = {identity for block in stayed for identity in old[block.a : block.a + block.size]}
    return set(old) - kept
