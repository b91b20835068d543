"""References from one action or commitment to another, as documents write them.

    | written                                   | references      |
    | (Cross reference to 3.4)                  | 3.4             |
    | Cross reference: 1.2 & 2.1.2              | 1.2, 2.1.2      |
    | Refer to 3.1 - 3.3                        | 3.1, 3.2, 3.3   |
    | See B4.                                   | B4              |
    | See action 12                             | 12              |
    | See it on 3.4; see 12 people              |                 |

A bare number names something only after "cross reference" or after the noun that it numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LEAD = r"(?:cross[- ]?ref(?:erence)?s?(?:\s+to)?|refers?\s+(?:also\s+)?to|see(?:\s+also)?)\s*:?\s*"
_NOUN = r"(?:(?:action|activity|commitment|item|recommendation|number|no\.)s?\s*)?"
_REF = r"\(?(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3}){0,3}\b\)?|\(?[A-Z]\.?\d{1,3}\b\)?"
_BETWEEN = r"\s*(?:,|;|&|\band\b|-|–|\bto\b|\s)\s*(?:\([^)]*\)?\s*)?"
_PHRASE = re.compile(
    rf"\b({_LEAD}{_NOUN})((?:{_REF})(?:(?:\s*\([^)]*\))?{_BETWEEN}(?:{_REF}))*)", re.IGNORECASE
)
_NOUNED = re.compile(rf"\b{_NOUN[:-1]}$", re.IGNORECASE)
_ONE = re.compile(r"([A-Z]\.?)?(\d{1,3}(?:\.\d{1,3}){0,3})", re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:-|–|\bto\b)\s*", re.IGNORECASE)
LONGEST_RANGE = 30


@dataclass(frozen=True)
class Reference:
    """A reference that was found: the words it stands in, and what it names."""

    words: str
    reference: str


def same_reference(one: str, other: str) -> bool:
    """Whether two references name the same: A.3, A3 and (a3) do."""
    return plain_reference(one) == plain_reference(other)


def plain_reference(written: str) -> str:
    """A reference without what documents vary: brackets, spaces, case, the stop after a letter."""
    bare = re.sub(r"[\s()]", "", written).upper().strip(".")
    return re.sub(r"^([A-Z])\.", r"\1", bare)


def references_in(text: str) -> list[Reference]:
    """Each thing that a text refers to, once, in the order written."""
    found: dict[str, Reference] = {}
    for phrase in _PHRASE.finditer(text):
        words = re.sub(r"\s+", " ", phrase[0]).strip().removesuffix(")")
        numbers_too = re.match("cross", phrase[1], re.IGNORECASE) or _NOUNED.search(phrase[1])
        for name in _named(phrase[2]):
            if name.isdigit() and not numbers_too:
                continue
            found.setdefault(plain_reference(name), Reference(words[:200], name))
    return list(found.values())


def _named(listed: str) -> list[str]:
    """The references of a phrase, with ranges written out."""
    names: list[str] = []
    end = 0
    for one in _ONE.finditer(listed):
        name = one[0]
        joined = names and _RANGE.fullmatch(listed[end : one.start()])
        names += _between(names[-1], name) if joined else []
        names.append(name)
        end = one.end()
    return names


def _between(first: str, last: str) -> list[str]:
    """What lies between 3.1 and 3.8: nothing where they do not count up within the same part."""
    before, _, low = first.rpartition(".")
    same, _, high = last.rpartition(".")
    if before != same or not (low.isdigit() and high.isdigit()):
        return []
    if not int(low) < int(high) <= int(low) + LONGEST_RANGE:
        return []
    return [f"{before}.{n}" if before else str(n) for n in range(int(low) + 1, int(high))]
