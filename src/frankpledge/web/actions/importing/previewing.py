"""What a file would do to its list, before it does it; and everything that is wrong with it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frankpledge.intake import Opened, Problem, RawTable, RefusedError, open_upload, tables_in
from frankpledge.intake.headings import plain
from frankpledge.intake.mapping import problems_of
from frankpledge.web.actions.importing.formats import (
    FORMATS,
    KNOWN_NAMES,
    Format,
    Guess,
    choosable,
    guess,
)
from frankpledge.web.actions.importing.matching import There, what_there_is
from frankpledge.web.actions.importing.outcomes import Judge, Judged, Outcome
from frankpledge.web.actions.importing.reading import Kind, ReadRow, read_rows
from frankpledge.web.actions.importing.sharing import problem_of_sharing
from frankpledge.web.actions.importing.understanding import (
    Reading,
    propose_rating,
    propose_status,
    told_twice,
    understand,
    words_in,
)
from frankpledge.web.actions.models import Import
from frankpledge.web.audit.today import today
from frankpledge.web.organisations.models import Person

MOST_ROWS = 5_000
"""No list of actions is longer; and so much is done in one transaction."""


@dataclass(frozen=True)
class Seen:
    """A file as it was opened: its tables, and what each seems to be."""

    opened: Opened
    tables: tuple[RawTable, ...]
    guesses: tuple[Guess, ...]

    @property
    def likely(self) -> tuple[int, ...]:
        """The tables that look like a list of actions and have the columns of the first that does."""
        right = [n for n, one in enumerate(self.guesses) if one.looks_right and self.tables[n].body]
        return tuple(n for n in right if same_columns(self.tables[n], self.tables[right[0]]))


def same_columns(one: RawTable, other: RawTable) -> bool:
    return [plain(name) for name in one.header] == [plain(name) for name in other.header]


def see(data: bytes, name: str, likely: str = "") -> Seen:
    """Open a file, or raise RefusedError with every reason. `likely` is the kind of the list it is for."""
    opened = open_upload(data, name)
    tables = tuple(tables_in(opened, known=KNOWN_NAMES))
    return Seen(opened, tables, tuple(guess(table.header, likely) for table in tables))


def refuse_other_files(seen: Seen) -> None:
    """Refuse a file in which no table looks like a list of actions, and say what was looked for."""
    if seen.likely:
        if sum(len(seen.tables[n].rows) for n in seen.likely) > MOST_ROWS:
            what = f"It has more than {MOST_ROWS:,} rows."
            raise RefusedError([Problem(seen.opened.name, what, "Bring it in several files.")])
        return
    problems = []
    for table, one in zip(seen.tables, seen.guesses, strict=True):
        if table.header_row is None:
            what = "It has no row of column names."
            to_do = "Put the names of the columns in a row above the actions."
        elif not table.body:
            what, to_do = (
                "It has column names and no rows below them.",
                "Choose the file that holds the actions.",
            )
        else:
            columns = ", ".join(f"“{name}”" for name in table.header[:12] if name)
            wanted = (
                " and ".join(f"“{f.label}”" for f in one.proposal.missing) or "what is to be done"
            )
            what = f"It does not look like a list of actions: its columns are {columns}, and none of them could be told to be {wanted}."
            to_do = "Choose another file, or give the columns the names of a delivery plan, a charter or an engagement plan."
        problems.append(Problem(table.where, what, to_do))
    raise RefusedError(problems)


@dataclass(frozen=True)
class Preview:
    """What an import would do: each row of the file, each action, and what keeps it from being taken.

    `sharing` is the one of the problems that no file puts right: owners who could not see their action.
    """

    imported: Import
    format: Format
    tables: tuple[RawTable, ...]
    rows: tuple[ReadRow, ...]
    judged: tuple[Judged, ...]
    problems: tuple[Problem, ...]
    not_in_file: tuple[str, ...]
    owners: dict[str, int]
    sharing: Problem | None = None

    @property
    def counts(self) -> dict[str, int]:
        outcomes = Counter(each.outcome.value for each in self.judged)
        return {outcome.value: outcomes[outcome.value] for outcome in Outcome}

    @property
    def kinds(self) -> Counter[Kind]:
        return Counter(row.kind for row in self.rows)

    @property
    def fingerprint(self) -> str:
        """The same as long as the file would do the same to the same actions."""
        told = [
            [
                each.row.where,
                each.row.reference,
                each.outcome.value,
                each.action.version if each.action else 0,
                [[c.what, c.was, c.becomes] for c in each.changes],
            ]
            for each in self.judged
        ]
        whole = json.dumps([told, [str(p) for p in self.problems]], sort_keys=True)
        return hashlib.sha256(whole.encode()).hexdigest()[:32]


def preview_of(person: Person, imported: Import) -> Preview:
    """What this import would do now, as this person sees the list."""
    fmt = FORMATS[imported.format]
    mapping = {int(column): name for column, name in imported.columns.items() if name}
    tables = chosen_tables(imported)
    header = tables[0].header
    problems = problems_of(mapping, header, choosable(fmt), imported.file_name)
    rows = read_rows(tables, fmt, mapping) if not problems else []
    there = what_there_is(person, imported.action_list)
    how = _reading(imported, mapping, header)
    judged = _judge(rows, there, fmt, how)
    problems += [problem for each in judged for problem in each.problems]
    sharing = problem_of_sharing(imported, judged)
    problems += [sharing] if sharing else []
    if not problems and not judged:
        what = "No row of it is an action."
        problems.append(Problem(imported.file_name, what, "Look at the columns chosen."))
    return Preview(
        imported,
        fmt,
        tables,
        tuple(rows),
        tuple(judged),
        tuple(problems),
        _not_in_file(there, judged),
        dict(Counter(owner for each in judged for owner in each.it.owners)),
        sharing,
    )


def chosen_tables(imported: Import) -> tuple[RawTable, ...]:
    """The tables of the file that are read."""
    seen = see_again(imported)
    return tuple(seen.tables[number] for number in imported.tables)


def see_again(imported: Import) -> Seen:
    with imported.kept_file.open("rb") as file:
        data = file.read()
    return see(data, imported.file_name, imported.action_list.kind)


def proposed_words(tables: Sequence[RawTable], fmt: Format, columns: dict, there: There) -> dict:
    """What the ratings and statuses of a file seem to be here."""
    mapping = {int(column): name for column, name in columns.items() if name}
    rows = [row for row in read_rows(tables, fmt, mapping) if row.kind is Kind.ACTION]
    meanings = {pk: (m.key, m.word) for pk, m in there.meanings.items()}
    return {
        "rag": {word: propose_rating(word, meanings) for word in words_in(rows, "rag")},
        "status": {word: propose_status(word) for word in words_in(rows, "status")},
    }


def _reading(imported: Import, mapping: dict[int, str], header: Sequence[str]) -> Reading:
    names = {name: header[column] for column, name in mapping.items() if column < len(header)}
    words = imported.words
    return Reading(
        as_at=imported.as_at,
        today=today(),
        ratings=words.get("rag", {}),
        statuses=words.get("status", {}),
        columns=names,
    )


def _judge(rows: Iterable[ReadRow], there: There, fmt: Format, how: Reading) -> list[Judged]:
    understood = [(row, understand(row, fmt, how)) for row in rows if row.kind is Kind.ACTION]
    told_twice(understood, fmt, how)
    judge = Judge(there, fmt, how)
    return [judge.judge(row, it) for row, it in understood]


def _not_in_file(there: There, judged: Iterable[Judged]) -> tuple[str, ...]:
    """References of the list's actions that the file does not name. They stay as they are."""
    named = {each.action.pk for each in judged if each.action}
    return tuple(each.reference for each in there.actions.values() if each.pk not in named)
