"""The words of the demonstration: the files in `demo/office`, and the figures beside them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DEMO = Path(__file__).resolve().parents[4] / "demo"
OFFICE = DEMO / "office"
FIGURES = DEMO / "figures.csv"
REPORT = DEMO / "report.toml"


@cache
def words(name: str) -> dict[str, Any]:
    """One file of `demo/office`, without its ending. What its keys mean stands in its README."""
    return tomllib.loads((OFFICE / f"{name}.toml").read_text(encoding="utf-8"))


def wanting() -> list[Path]:
    """What the demonstration needs of the folder `demo` and is not there."""
    names = ("bodies", "people", "forums", "plan", "actions", "measures")
    needed = [FIGURES, REPORT, *(OFFICE / f"{name}.toml" for name in names)]
    return [path for path in needed if not path.exists()]
