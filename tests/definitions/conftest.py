"""One good definition, and a way to write it with something changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

GOOD = """\
title = "Lost property handed in"
short_title = "Lost property"
also_called = ["Lost & found"]
level = "bronze"
unit = "count"
better = "higher"
adds_up = true
definition = "Things found by the public and handed in at a station in the month, each thing counted once."
why_it_matters = "People hand things in where they trust the desk."
how_calculated = "Entries in the register, by the day they were made."
source = "The property register."
author_role = "Property clerk"
checker_role = "Head of stations"
next_review = 2023-04-30
"""


@pytest.fixture
def good() -> str:
    return GOOD


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a file, the good definition unless told otherwise, and gives back its folder."""

    def written(text: str = GOOD, name: str = "lost-property.toml") -> Path:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return written
