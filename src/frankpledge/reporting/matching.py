"""Names in a report's settings and commentary that match nothing in the figures or the library."""

from __future__ import annotations

from collections.abc import Collection
from difflib import get_close_matches

MOST_NAMED = 12


def one_of(name: str, known: Collection[str], kind: str) -> str:
    """What stands in place of a name that matches nothing: "an area in the figures: A, B (nearest: A)".

    Where there are more than twelve, only the nearest are named, or how many there are.
    """
    names = sorted(known)
    article = "an" if kind[0] in "aeiou" else "a"
    if not names:
        return f"{article} {kind}, of which there are none"
    near = _nearest(name, names)
    nearest = f"nearest: {', '.join(near)}" if near else ""
    if len(names) > MOST_NAMED:
        return f"{article} {kind} ({nearest or f'there are {len(names):,}'})"
    told = f"{article} {kind}: {', '.join(names)}"
    return f"{told} ({nearest})" if near else told


def _nearest(name: str, names: Collection[str]) -> list[str]:
    """The names spelt most like this one, whatever their capitals."""
    folded = {known.casefold(): known for known in names}
    return [folded[near] for near in get_close_matches(name.casefold(), folded, n=3)]
