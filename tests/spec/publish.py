"""Writes the spec tables into the method pages: `python tests/spec/publish.py`.

A page asks for a table with a line `<!-- spec: comparisons/windows -->`; what stands between it and
`<!-- end of spec -->` is replaced. `tests/spec/test_method_pages.py` fails where a page is behind.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from spec.spec_table import spec_notes, spec_table

PAGES = Path(__file__).parents[2] / "docs" / "methods"
BLOCK = re.compile(r"<!-- spec: (\S+) -->\n.*?<!-- end of spec -->", re.DOTALL)


def as_markdown(name: str) -> str:
    """A spec table as a table of a method page, below what it says of itself."""
    rows = spec_table(name)
    lines = [list(rows[0]), ["---"] * len(rows[0]), *(list(row.values()) for row in rows)]
    table = "\n".join(f"| {' | '.join(line)} |" for line in lines)
    return f"{spec_notes(name)}\n\n{table}"


def published(page: str) -> str:
    """A page with every spec table it asks for as it is now."""
    return BLOCK.sub(
        lambda asked: (
            f"{asked[0].splitlines()[0]}\n\n{as_markdown(asked[1])}\n\n<!-- end of spec -->"
        ),
        page,
    )


if __name__ == "__main__":
    for path in sorted(PAGES.glob("*.md")):
        before = path.read_text(encoding="utf-8")
        after = published(before)
        if after != before:
            path.write_text(after, encoding="utf-8")
            print(f"wrote {path.name}")
