"""Fixtures that every room's tests may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(
    os.environ.get("FRANKPLEDGE_SHARED", Path(__file__).resolve().parents[2] / "shared" / "data")
)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published real figures; tests that use it carry the mark `shared`."""
    if not SHARED.is_dir():
        pytest.skip(f"the published figures are not at {SHARED}")
    return SHARED
