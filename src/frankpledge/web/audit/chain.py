"""The arithmetic of the chain: how an event is written down, digested and tied to the one before.

Pure functions over plain values, so that anybody can check a chain with these few lines.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

START = "0" * 64
"""What stands before the first event."""


def written(content: dict[str, Any]) -> bytes:
    """An event's content as the bytes that are hashed: JSON with sorted names and no spaces."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link(previous: str, content: dict[str, Any]) -> str:
    """The hash of an event: SHA-256 over the hash before it and its own content."""
    return hashlib.sha256(previous.encode() + b"\n" + written(content)).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)


def digest(salt: str, value: Any) -> str:
    """What stands in the chain for a personal value. Without salt and value it tells nothing."""
    return hashlib.sha256(salt.encode() + b"\n" + written({"value": value})).hexdigest()
