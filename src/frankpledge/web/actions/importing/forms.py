"""Handing a file in, and saying how it is to be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms

from frankpledge.intake import LIMITS, Match, RawTable
from frankpledge.intake.limits import MEGABYTE
from frankpledge.intake.sheets import letters
from frankpledge.web.actions.importing.formats import FORMATS, choosable
from frankpledge.web.actions.importing.matching import plain_name
from frankpledge.web.actions.models import ActionList, Import, RagMeaning, Status
from frankpledge.web.frame.fields import DateParts, Radios
from frankpledge.web.frame.forms import GovForm
from frankpledge.web.organisations.models import Person

STATUSES = (Status.NOT_STARTED, Status.IN_PROGRESS, Status.DONE)


class HandInForm(GovForm, forms.Form):
    """A file, the list it is for, and the day it speaks of."""

    action_list = forms.ChoiceField(label="List that it is for")
    file = forms.FileField(
        label="File",
        help_text=f"A CSV file, an Excel workbook (.xlsx) or a Word document (.docx) of at most {LIMITS.size // MEGABYTE} MB. Formulas, macros and hidden sheets are refused.",
    )
    as_at = DateParts(
        label="Day that the file speaks of",
        error_messages={"required": "Enter the day that the file speaks of"},
        help_text="Updates that have no day of their own are of this day. For example, 30 6 2022",
    )

    def __init__(self, *args: Any, lists: Iterable[ActionList], **options: Any) -> None:
        super().__init__(*args, **options)
        self._lists = {str(each.pk): each for each in lists}
        self.fields["action_list"].choices = [
            (pk, f"{each.name} ({each.body})") for pk, each in self._lists.items()
        ]

    def chosen_list(self) -> ActionList:
        return self._lists[self.cleaned_data["action_list"]]


class ColumnsForm(GovForm, forms.Form):
    """What kind of plan a file is, which of its tables are read, and which column is which field."""

    format = forms.ChoiceField(
        label="What it is",
        choices=[(each.key, each.name) for each in FORMATS.values()],
        widget=Radios(),
    )

    def __init__(
        self, *args: Any, tables: list[RawTable], imported: Import, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.several = len(tables) > 1
        self.fields["format"].initial = imported.format
        if self.several:
            self.fields["tables"] = forms.MultipleChoiceField(
                label="Tables that are read",
                choices=[(str(n), _table_words(table)) for n, table in enumerate(tables)],
                widget=forms.CheckboxSelectMultiple,
                initial=[str(n) for n in imported.tables],
                error_messages={"required": "Select at least one table"},
            )
        self.header = tables[imported.tables[0]].header
        fields = choosable(FORMATS[self._format(imported)])
        choices = [("", "Leave this column out"), *((each.name, each.label) for each in fields)]
        for column, name in enumerate(self.header):
            self.fields[f"column-{column}"] = forms.ChoiceField(
                label=f"{letters(column + 1)}. {name or '(no name)'}",
                choices=choices,
                required=False,
                initial=imported.columns.get(str(column), ""),
            )

    def _format(self, imported: Import) -> str:
        """The kind of plan whose names the fields are shown by."""
        sent = self.data.get("format") if self.is_bound else ""
        return sent if sent in FORMATS else imported.format

    def say_why(self, matches: Iterable[Match]) -> None:
        """Put beside each column why it was taken for its field."""
        for match in matches:
            field = self.fields[f"column-{match.column}"]
            field.help_text = f"Taken for “{match.field.label}”: {match.reason.value}."
        for name, field in self.fields.items():
            if name.startswith("column-") and not field.help_text:
                field.help_text = "Not told by its name."

    def columns(self) -> dict[int, str]:
        return {
            column: self.cleaned_data.get(f"column-{column}", "")
            for column in range(len(self.header))
        }

    def tables(self, imported: Import) -> list[int]:
        return [int(n) for n in self.cleaned_data["tables"]] if self.several else imported.tables


class WordsForm(GovForm, forms.Form):
    """What a file's ratings and statuses are here, and whom its owners' names mean."""

    def __init__(
        self,
        *args: Any,
        imported: Import,
        meanings: Mapping[int, RagMeaning],
        owners: Mapping[str, int],
        people: Sequence[Person],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.asked: dict[str, tuple[str, str]] = {}
        ratings = [("", "None of them: keep the word")]
        ratings += [(str(pk), f"{m.word}: {m.meaning}") for pk, m in meanings.items()]
        statuses = [("", "None of them: keep the word"), *((s.value, s.label) for s in STATUSES)]
        accounts = [("", "The post alone")]
        accounts += [(str(each.pk), str(each)) for each in people]
        for kind, label, choices in (
            ("rag", "Rating", ratings),
            ("status", "Status", statuses),
        ):
            for word, means in imported.words.get(kind, {}).items():
                self._ask(kind, word, f"{label} “{word}”", choices, means)
        known = {plain_name(each.name): each.pk for each in people}
        chosen = imported.words.get("owners", {})
        for word, rows in owners.items():
            means = chosen[word] if word in chosen else known.get(plain_name(word))
            self._ask("owners", word, f"Owner “{word}”", accounts, means)
            self.fields[f"owners-{len(self.asked)}"].help_text = _times(rows)

    def _ask(self, kind: str, word: str, label: str, choices: list, means: Any) -> None:
        name = f"{kind}-{len(self.asked) + 1}"
        self.asked[name] = (kind, word)
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=choices,
            required=False,
            initial="" if means is None else str(means),
        )

    def chosen(self, kind: str) -> dict[str, str]:
        """From a word to the choice made for it, "" for none."""
        return {
            word: self.cleaned_data[name]
            for name, (asked, word) in self.asked.items()
            if asked == kind
        }


def _table_words(table: RawTable) -> str:
    first = ", ".join(name for name in table.header[:4] if name)
    return f"{table.where}: {len(table.body)} rows, columns {first}"


def _times(rows: int) -> str:
    return "In 1 action." if rows == 1 else f"In {rows:,} actions."
