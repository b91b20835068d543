"""What people say about the figures: read from `commentary.toml`, printed beside the key points.

Where nobody has written yet, the report says that it awaits a person; it never makes words up.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, StrictBool

from frankpledge.definitions.schema import Role
from frankpledge.reporting.problems import read_toml
from frankpledge.reporting.settings import Month, Text

Word = Literal[
    "remote chance",
    "highly unlikely",
    "unlikely",
    "realistic possibility",
    "likely or probable",
    "highly likely",
    "almost certain",
]


class Comment(BaseModel):
    """One person's words on one measure in one area (the force where no area is given)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    measure: Text
    area: Text | None = None
    what_does_this_mean: tuple[Text, ...] = ()
    next_steps: tuple[Text, ...] = ()
    action_required: StrictBool | None = None
    action: Text | None = None
    judged_likelihood: Word | None = None
    """A person's judgement where no likelihood can be computed; printed as a judgement."""
    by: Role | None = None
    reviewed: date | None = None


class Commentary(BaseModel):
    """All comments of one report."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    month: Month | None = None
    comments: tuple[Comment, ...] = ()

    def on(self, measure: str, area: str, force: str | None) -> Comment | None:
        """What was written about this measure in this area, if anything was."""
        for comment in self.comments:
            if comment.measure == measure and (comment.area or force) == area:
                return comment
        return None


def read_commentary(path: Path) -> Commentary:
    """The words in a `commentary.toml`. Raises SettingsError with everything that is wrong."""
    return read_toml(path, Commentary)
