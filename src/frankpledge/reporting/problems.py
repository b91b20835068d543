"""What is wrong with a report's settings or commentary, all of it at once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, order=True)
class SettingsProblem:
    """One thing wrong in one file: where, what stands there, what was expected, what to do."""

    file: str
    field: str
    value: str
    expected: str
    what_to_do: str

    def __str__(self) -> str:
        return (
            f"{self.file}: {self.field}: found {self.value}; expected {self.expected}."
            f" {self.what_to_do}"
        )


class SettingsError(ValueError):
    """A file about the report cannot be used. `problems` holds every reason."""

    def __init__(self, problems: list[SettingsProblem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def read_toml(path: Path, model: type[Model]) -> Model:
    """The file as `model`. Raises SettingsError with everything that is wrong in it."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _unreadable(path, "bytes that are not UTF-8", "text saved as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise _unreadable(path, f"a slip of the pen: {error}", "TOML") from None
    except OSError as error:
        raise _unreadable(path, f"{error.strerror}", "a file that can be read") from None
    try:
        return model.model_validate(table)
    except ValidationError as error:
        raise SettingsError(
            [_problem(path, found) for found in error.errors(include_url=False)]
        ) from None


def _unreadable(path: Path, found: str, expected: str) -> SettingsError:
    problem = SettingsProblem(
        str(path), "the whole file", found, expected, "Correct it and try again."
    )
    return SettingsError([problem])


def _problem(path: Path, found: dict[str, Any]) -> SettingsProblem:
    named = [f" item {part + 1}" if isinstance(part, int) else f".{part}" for part in found["loc"]]
    field = "".join(named).removeprefix(".") or "the whole file"
    if found["type"] == "missing":
        return SettingsProblem(str(path), field, "nothing", "a value", f"Add `{field}`.")
    if found["type"] == "extra_forbidden":
        return SettingsProblem(
            str(path), field, repr(found["input"])[:60], "only the settings of a report",
            "Correct its spelling or take it out.",
        )  # fmt: skip
    expected = found["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return SettingsProblem(
        str(path), field, repr(found["input"])[:60], expected.rstrip("."), f"Correct `{field}`."
    )
