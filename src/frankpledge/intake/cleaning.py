"""The text of a cell without what nobody can see: spaces that do not break, soft hyphens, strays."""

from __future__ import annotations

import re

_AS_SPACE = dict.fromkeys(map(ord, "\u00a0\u2007\u202f"), " ")
_AS_LINE = dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n")
_DROPPED = dict.fromkeys(
    [*range(0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF, 0xFFFE, 0xFFFF]
)
_TABLE = _AS_SPACE | _AS_LINE | _DROPPED
_LINE_ENDS = re.compile(r"\r\n?")


def clean(text: str) -> str:
    """The text as a person reads it; its words, capitals and inner spaces are as they were."""
    plain = _LINE_ENDS.sub("\n", text).translate(_TABLE)
    return "\n".join(line.rstrip(" \t") for line in plain.split("\n")).strip()
