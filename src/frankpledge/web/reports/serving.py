"""Serving the page form of a report, which carries its styles within it, under a policy of its own."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.S)


@lru_cache(maxsize=64)
def own_policy(path: Path, digest: str) -> str:
    """A Content-Security-Policy that allows the styles this very file holds, and no script at all.

    `digest` is the file's, so that a file made again is looked at again.
    """
    styles = STYLE.findall(path.read_bytes())
    hashes = " ".join(f"'sha256-{_hash(style)}'" for style in styles)
    return (
        f"default-src 'none'; style-src {hashes or chr(39) + 'none' + chr(39)}; img-src 'self' data:;"
        " font-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _hash(style: bytes) -> str:
    return base64.b64encode(hashlib.sha256(style).digest()).decode()
