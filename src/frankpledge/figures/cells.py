"""What the text of a cell is: a number, a mark that says why there is none, or neither.

No mark is ever taken as 0. A decimal comma is not taken as a number, since "12,345" cannot be told
from twelve thousand; nor is anything else that would have to be guessed.
"""

from __future__ import annotations

import re

import polars as pl

from frankpledge.analysis.conditions import Condition

# The marks publishers use, and what each says. Symbols in square brackets are the Government
# Statistical Service's, from its guidance on symbols in tables.
MARKS: dict[str, Condition] = {
    "suppressed": Condition.SUPPRESSED,
    "*": Condition.SUPPRESSED,
    "c": Condition.SUPPRESSED,
    "[c]": Condition.SUPPRESSED,
    "": Condition.MISSING,
    "-": Condition.MISSING,
    "–": Condition.MISSING,
    "..": Condition.MISSING,
    ":": Condition.MISSING,
    "x": Condition.MISSING,
    "[x]": Condition.MISSING,
    "na": Condition.MISSING,
    "nan": Condition.MISSING,
    "null": Condition.MISSING,
    "missing": Condition.MISSING,
    "not available": Condition.MISSING,
    "n/a": Condition.NOT_APPLICABLE,
    "z": Condition.NOT_APPLICABLE,
    "[z]": Condition.NOT_APPLICABLE,
    "not applicable": Condition.NOT_APPLICABLE,
}

FEWER_THAN = r"^(?:<|fewer than|less than|under)\s*\d+$"

# A small e is how programs write a number of many digits; a spreadsheet's capital E has lost some.
PLAIN = r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$"
WITH_THOUSANDS = r"^[+-]?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$"

CONDITIONS = {c.value: c.value for c in Condition} | {
    "not_applicable": Condition.NOT_APPLICABLE.value,
    "p": Condition.PROVISIONAL.value,
    "[p]": Condition.PROVISIONAL.value,
    "r": Condition.REVISED.value,
    "[r]": Condition.REVISED.value,
}


def trimmed(text: pl.Expr) -> pl.Expr:
    """The text without the spaces around it, "" where there is none."""
    return text.fill_null("").str.strip_chars()


def shielded(text: pl.Expr) -> pl.Expr:
    """A text that a spreadsheet would take for a formula, with an apostrophe before it.

    From OWASP, "CSV injection": texts that start with =, +, - or @. So does one that starts with
    apostrophes and then one of these, so that `unshielded` gives every text back.
    """
    return pl.when(text.str.contains(r"^'*[=+\-@]")).then("'" + text).otherwise(text)


def unshielded(text: pl.Expr) -> pl.Expr:
    """The text without the apostrophe that `shielded` put before it."""
    return pl.when(text.str.contains(r"^'+[=+\-@]")).then(text.str.slice(1)).otherwise(text)


def number_in(text: pl.Expr, *, thousands: bool = True, percent: bool = False) -> pl.Expr:
    """The number a text is, null where it is none.

    "636", "-12.5" and, where `thousands` says that a comma can only part thousands, "1,234".
    A typographic minus is a minus. With `percent`, "72.5%" is 72.5. Nothing that is not finite.
    """
    plain = trimmed(text).str.replace("−", "-", literal=True)
    if percent:
        plain = plain.str.replace(r"\s*%$", "")
    number = pl.when(plain.str.contains(PLAIN)).then(plain)
    if thousands:
        number = number.when(plain.str.contains(WITH_THOUSANDS)).then(
            plain.str.replace_all(",", "", literal=True)
        )
    found = number.otherwise(None).cast(pl.Float64, strict=False)
    return pl.when(found.is_finite()).then(found)


def mark_in(text: pl.Expr) -> pl.Expr:
    """The condition a text stands for ("<5" is suppressed, "" is missing), null where none."""
    plain = trimmed(text).str.to_lowercase()
    known = plain.replace_strict(
        {mark: c.value for mark, c in MARKS.items()}, default=None, return_dtype=pl.String
    )
    fewer = pl.when(plain.str.contains(FEWER_THAN)).then(pl.lit(Condition.SUPPRESSED.value))
    return pl.coalesce(known, fewer)


def condition_in(text: pl.Expr) -> pl.Expr:
    """The condition a cell of the column "condition" names, null where it names none."""
    plain = trimmed(text).str.to_lowercase()
    return plain.replace_strict(CONDITIONS, default=None, return_dtype=pl.String)


def decimals_in(text: pl.Expr) -> pl.Expr:
    """How many decimals a number is written with: 1 for "72.5", 0 for "72"."""
    return trimmed(text).str.extract(r"\.(\d*)").str.len_chars().fill_null(0).cast(pl.Int32)


def why_no_number(text: str) -> tuple[str, str]:
    """What was expected of a text that is neither a number nor a mark, and what to do."""
    plain = text.strip()
    if re.fullmatch(r"[+−-]?[\d.]*\d,\d*", plain) or re.fullmatch(r"[+−-]?\d[\d,.]*,\d*", plain):
        return (
            "a number with a decimal point, and this has a decimal comma",
            "Write 12.5 rather than 12,5, or save the file with British number formats.",
        )
    if plain.endswith("%"):
        return "a number that is not a percentage", "Leave out the % sign and check the measure."
    if plain.startswith("#"):
        return (
            "a number, and this is a spreadsheet's error",
            "Correct the formula, or leave the cell empty if the figure is not known.",
        )
    if re.fullmatch(r"[+-]?[\d.]+E[+-]?\d+", plain):
        return (
            "a number with all its digits, and this is shortened",
            "Format the cells as numbers and save the file again.",
        )
    if re.fullmatch(r"\([\d,.]+\)", plain):
        return "a number", "Write a number below zero with a minus sign, as in -12."
    if re.match(r"[£$€]", plain):
        return "a number", "Leave out the currency sign."
    if re.fullmatch(r"[\d,.]+\s*(?:\[?[a-z*]\]?|\(\w\))", plain, re.IGNORECASE):
        return (
            "a number by itself",
            "Leave out the letter; say provisional or revised in a column named condition.",
        )
    if re.fullmatch(r"\d[\d\s]*", plain):
        return "a number without spaces", "Leave out the spaces, as in 1234."
    if plain.lower() in {"nil", "zero", "none"}:
        return "a number", "Write 0 if it is nought, or leave the cell empty if it is not known."
    return (
        "a number",
        "Write digits, as in 1234 or 72.5, or leave the cell empty if the figure is not known.",
    )
