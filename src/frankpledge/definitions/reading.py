"""From a TOML file to a measure, or to everything that is wrong with it."""

from __future__ import annotations

import tomllib
from importlib.resources.abc import Traversable
from typing import Any

from pydantic import ValidationError

from frankpledge.definitions.problems import DefinitionProblem
from frankpledge.definitions.schema import Measure

_WHOLE_FILE = "the whole file"
_SHOWN = 60

_IN_PLAIN_WORDS = {
    "string_type": "text in quotation marks",
    "string_too_short": "some text",
    "bool_type": "true or false, without quotation marks",
    "int_type": "a whole number, without quotation marks",
    "float_type": "a number, without quotation marks",
    "date_type": "a date without quotation marks, as in 2023-04-01",
    "tuple_type": "a list in square brackets",
    "model_type": "a table of its own, headed by the field's name in square brackets",
    "finite_number": "a number",
}


def read_measure(file: Traversable, shown_as: str) -> Measure | list[DefinitionProblem]:
    """The measure in `file`, or its problems. `shown_as` is the path a person would look for."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        return [_not_readable(shown_as, "bytes that are not UTF-8", "text saved as UTF-8")]
    except OSError as error:
        return [_not_readable(shown_as, f"{error.strerror}", "a file that can be read")]
    return read_text(text, file.name.removesuffix(".toml"), shown_as)


def read_text(text: str, measure_id: str, shown_as: str) -> Measure | list[DefinitionProblem]:
    """The measure that a TOML text defines, or its problems."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return [_not_readable(shown_as, f"a slip of the pen: {error}", "TOML")]
    if "id" in table:
        return [
            DefinitionProblem(
                shown_as,
                "id",
                _short(table["id"]),
                "no id",
                "Take it out: the file's name is the id.",
            )
        ]
    try:
        return Measure(id=measure_id, **table)
    except ValidationError as error:
        return [_problem(shown_as, found) for found in error.errors(include_url=False)]


def _not_readable(file: str, found: str, expected: str) -> DefinitionProblem:
    return DefinitionProblem(file, _WHOLE_FILE, found, expected, "Correct it and check again.")


def _problem(file: str, found: dict[str, Any]) -> DefinitionProblem:
    field = _field(found["loc"])
    kind = found["type"]
    if kind == "missing":
        return DefinitionProblem(file, field, "nothing", "a value", f"Add a line `{field} = ...`.")
    if kind == "extra_forbidden":
        return DefinitionProblem(
            file,
            field,
            _short(found["input"]),
            "only the fields of a measure",
            "Correct its spelling or take it out; docs/measures.md lists the fields.",
        )
    if field == "id":
        return DefinitionProblem(
            file, "the file's name", _short(found["input"]), _expected(found), "Rename the file."
        )
    if field == _WHOLE_FILE:
        return DefinitionProblem(
            file, "fields together", "fields that disagree", _expected(found), "Change one of them."
        )
    return DefinitionProblem(
        file, field, _short(found["input"]), _expected(found), f"Correct `{field}`."
    )


def _field(loc: tuple[str | int, ...]) -> str:
    """Where it is, as a person would say it: good_looks_like.value, caveats item 2."""
    named = [f" item {part + 1}" if isinstance(part, int) else f".{part}" for part in loc]
    return "".join(named).removeprefix(".") or _WHOLE_FILE


def _expected(found: dict[str, Any]) -> str:
    """What should stand there, in plain words where pydantic's are a programmer's."""
    if found["type"] in _IN_PLAIN_WORDS:
        return _IN_PLAIN_WORDS[found["type"]]
    text = found["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    return text.rstrip(".")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
