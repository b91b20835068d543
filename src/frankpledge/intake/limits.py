"""How large a file that is handed in may be. Far above any honest one, far below what would harm."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True)
class Limits:
    """What is too much. Sizes are in bytes.

    `unpacked` is of all parts of an Office file together, `part` of one that is read whole (styles,
    relationships), `document` of a Word document's own part. `ratio` is looked at in parts
    above `ratio_from` alone: small ones of honest files shrink a thousandfold too.
    """

    size: int = 25 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    part: int = 20 * MEGABYTE
    document: int = 40 * MEGABYTE
    ratio: int = 250
    ratio_from: int = 10 * MEGABYTE
    parts: int = 2_000
    rows: int = 200_000
    columns: int = 200
    cells: int = 2_000_000
    characters: int = 50 * MEGABYTE
    cell: int = 32_767


LIMITS = Limits()
