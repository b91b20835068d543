"""Addresses of static files that change when their content does, so that browsers may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static


@cache
def address(name: str) -> str:
    """/static/frankpledge.css?v=1f3a...; without a fingerprint while the file has not been built."""
    found = finders.find(name)
    if not found:
        return static(name)
    return f"{static(name)}?v={hashlib.sha256(Path(found).read_bytes()).hexdigest()[:12]}"
