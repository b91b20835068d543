"""What is wrong with a report's settings or commentary, all of it at once."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from frankpledge.definitions.problems import DefinitionProblem

Model = TypeVar("Model", bound=BaseModel)


class SettingsProblem(DefinitionProblem):
    """One thing wrong in a file about the report: told as one in a definition is."""


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
        raise _not_toml(path, error) from None
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


_LINE = re.compile(r"at line (\d+)")


def _not_toml(path: Path, error: tomllib.TOMLDecodeError) -> SettingsError:
    """The line that cannot be read, with what stands there."""
    place = _LINE.search(str(error))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    if place is None:
        return _unreadable(
            path, "an end in the middle of an entry", "every bracket and quote closed"
        )
    number = int(place[1])
    text = lines[number - 1].strip() if number <= len(lines) else ""
    return _unreadable(
        path,
        f"line {number}, which cannot be read: {text[:60]!r}",
        'lines such as title = "Performance report", with text in straight quotes',
    )


_DATE = "a date, as 2022-07-31 without quotes"
_LIST = 'a list in square brackets, as ["North", "South"]'
_TEXT = "text in straight quotes"
_NUMBER = "a number without quotes"
_TRUTH = "true or false, without quotes"
_ENTRY = "an entry under a heading in double square brackets, as [[breaks]]"

IN_OUR_WORDS = {
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_parsing": _DATE,
    "tuple_type": _LIST,
    "list_type": _LIST,
    "string_type": _TEXT,
    "string_too_short": "text that is not empty",
    "int_type": "a whole number without quotes",
    "int_parsing": "a whole number without quotes",
    "int_from_float": "a whole number",
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "model_type": _ENTRY,
    "model_attributes_type": _ENTRY,
}
"""What was expected, by the kind of slip as pydantic names it."""

_OURS = "Value error, "


def _expected(found: dict[str, Any]) -> str:
    """What should have stood there, in words that a person who writes settings knows."""
    if found["type"] in IN_OUR_WORDS:
        return IN_OUR_WORDS[found["type"]]
    text = found["msg"].removeprefix(_OURS).removeprefix("Input should be ").rstrip(".")
    _, garbled, meant = text.partition(" is not a month: ")
    return f"a month: {meant}" if garbled else text


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
    return SettingsProblem(
        str(path),
        field,
        repr(_plainly(found["input"]))[:60],
        _expected(found),
        f"Correct `{field}`.",
    )


def _plainly(value: Any) -> Any:
    """A date as it is written in the file, and all else as it is."""
    return value.isoformat() if isinstance(value, date) else value
