"""How action plans write a red, amber, green rating."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_SHADES = {
    "red": ("r", "red"),
    "amber": ("a", "amber", "yellow", "y"),
    "green": ("g", "green"),
    "blue": ("b", "blue", "complete", "completed", "closed", "done"),
}
_NOTHING = frozenset({"", "-", "–", "—", "n/a", "na", "tbc", "tba", "none", "not rated", "not set"})


class Shade(StrEnum):
    """The colours of a rating. What each means is said by the scheme of the plan."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    BLUE = "blue"


@dataclass(frozen=True)
class Rating:
    """A rating as it was written. Without a shade it is absent, or `why` says what is unclear."""

    text: str
    shade: Shade | None = None
    why: str = ""

    @property
    def absent(self) -> bool:
        """Whether nothing was said."""
        return self.shade is None and not self.why


def read_rating(text: str) -> Rating:
    """The rating in a cell: "A", "amber", "Complete" (blue). Two colours are unclear, none guessed."""
    plain = re.sub(r"\s+", " ", text).strip().strip("().[]*").lower()
    if plain in _NOTHING:
        return Rating(text)
    plain = re.sub(r"\b(rag|rating|status)\b\s*:?\s*", "", plain).strip()
    for shade, words in _SHADES.items():
        if plain in words:
            return Rating(text, Shade(shade))
    return Rating(text, None, "It is not one of red, amber, green or blue.")
