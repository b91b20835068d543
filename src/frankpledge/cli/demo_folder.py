"""The folder that a demonstration is kept in: whose it is, how far it has come, its password."""

from __future__ import annotations

import fcntl
import hashlib
import json
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MARK = "demonstration.json"
LOCK = ".in-use"
WORDS = ("amber", "barley", "cedar", "cobble", "copper", "damson", "ember", "fallow", "gable", "hazel",
         "heron", "juniper", "kestrel", "lantern", "linden", "marble", "meadow", "nettle", "orchard",
         "pebble", "plover", "quarry", "russet", "sorrel", "tallow", "thistle", "vellum", "willow")  # fmt: skip


class FolderRefusedError(Exception):
    """The folder cannot be used. The words are for a person."""


class Folder:
    """A demonstration's folder. One without our mark in it is never emptied."""

    def __init__(self, path: Path) -> None:
        self.path = path.resolve()
        self.mark = self.path / MARK

    @contextmanager
    def taken(self) -> Iterator[Folder]:
        """Ours while we run. Raises FolderRefusedError where it is another's."""
        if self.path.exists() and not self.path.is_dir():
            raise FolderRefusedError(f"{self.path} is a file. Name a folder with --data.")
        if (
            self.path.exists()
            and not self.begun
            and any(p.name != LOCK for p in self.path.iterdir())
        ):
            raise FolderRefusedError(
                f"{self.path} holds something else than a demonstration. Name another folder with --data."
            )
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / LOCK).open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise FolderRefusedError(
                    f"Another demonstration is running from {self.path}. Stop it, or name another folder with --data."
                ) from None
            yield self

    @property
    def begun(self) -> bool:
        return self.mark.exists()

    @property
    def ready(self) -> bool:
        return self._told().get("ready", False)

    @property
    def password(self) -> str:
        return self._told()["password"]

    @property
    def laid_out_from(self) -> str:
        return self._told().get("laid_out_from", "")

    def begin(self) -> None:
        """Mark the folder as a demonstration's, with a password of its own."""
        if not self.begun:
            chosen = "-".join(secrets.choice(WORDS) for _ in range(3))
            self._tell({"ready": False, "password": chosen})

    def finish(self) -> None:
        """Everything is laid out."""
        self._tell(self._told() | {"ready": True, "laid_out_from": digest_of_words()})

    def empty(self) -> None:
        """Throw the demonstration away; the mark goes last, so that what is left is known for ours."""
        if not self.begun:
            raise FolderRefusedError(
                f"{self.path} has no mark of a demonstration, so it is left alone."
            )
        for path in self.path.iterdir():
            if path.name in (MARK, LOCK):
                continue
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
        self.mark.unlink()

    def _told(self) -> dict:
        try:
            return json.loads(self.mark.read_text(encoding="utf-8"))
        except (FileNotFoundError, json.JSONDecodeError):
            return {}

    def _tell(self, told: dict) -> None:
        self.mark.touch(mode=0o600)
        beside = self.mark.with_suffix(".new")
        beside.touch(mode=0o600)
        beside.write_text(json.dumps(told), encoding="utf-8")
        beside.replace(self.mark)


def digest_of_words() -> str:
    """A digest of what the demonstration is laid out from: its words and figures, and the tables."""
    from frankpledge.web.demonstration.words import DEMO

    web = Path(__file__).resolve().parents[1] / "web"
    files = [*DEMO.glob("*.csv"), *DEMO.glob("**/*.toml"), *web.glob("*/migrations/0*.py")]
    taken = hashlib.sha256()
    for path in sorted(files):
        taken.update(path.read_bytes())
    return taken.hexdigest()
