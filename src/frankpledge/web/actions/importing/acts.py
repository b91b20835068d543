"""Bringing a file of actions: handed in, told how it is to be read, then taken whole or put aside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from frankpledge.intake import Problem, RefusedError
from frankpledge.intake.mapping import problems_of
from frankpledge.web.actions.acts.refusing import NotAsAskedError
from frankpledge.web.actions.importing.bringing import bring
from frankpledge.web.actions.importing.formats import FORMATS, choosable
from frankpledge.web.actions.importing.matching import what_there_is
from frankpledge.web.actions.importing.previewing import (
    Preview,
    preview_of,
    proposed_words,
    refuse_other_files,
    same_columns,
    see,
    see_again,
)
from frankpledge.web.actions.importing.reading import Kind as RowKind
from frankpledge.web.actions.models import ActionList, Import, Status
from frankpledge.web.audit.acts import ChangedMeanwhileError, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now, today
from frankpledge.web.audit.visibility import Kind, Visibility
from frankpledge.web.organisations.models import Person

OWN = {Kind.FORCE: Visibility.FORCE, Kind.PANEL: Visibility.PANEL}
"""With whom what is a body's own is shared; an office's and an alliance's are for offices."""


@act("import.previewed", needs="actions.import_actions", on="action_list")
def hand_in(*, by: Any, action_list: ActionList, data: bytes, name: str, as_at: date) -> Import:
    """Hand a file in for a list. Nothing is done with it yet but to tell what it is.

    `as_at` is the day of which it speaks: an update without a day is of it. Raises RefusedError with
    all that is wrong; nothing is then kept.
    """
    if as_at > today():
        raise NotAsAskedError({"as_at": "The day it speaks of must be today or earlier"})
    seen = see(data, name, action_list.kind)
    refuse_other_files(seen)
    tables = [seen.tables[number] for number in seen.likely]
    chosen = seen.guesses[seen.likely[0]]
    columns = {str(column): field for column, field in chosen.proposal.mapping.items()}
    there = what_there_is(by, action_list)
    imported = Import(
        body=action_list.body,
        visibility=_visibility(action_list),
        classification=action_list.classification,
        action_list=action_list,
        file_name=seen.opened.name[:160],
        sha256=seen.opened.digest,
        size=len(data),
        as_at=as_at,
        format=chosen.format.key,
        tables=list(seen.likely),
        columns=columns,
        words=proposed_words(tables, chosen.format, columns, there),
        remarks=[*seen.opened.remarks, *(r for table in tables for r in table.remarks)],
        handed_in_by=by,
    )
    imported.kept_file.save(f"file.{seen.opened.kind.value}", ContentFile(data), save=False)
    try:
        imported.save()
        imported.named_people.set(action_list.named_people.all())
        record(imported)
    except BaseException:
        imported.kept_file.storage.delete(imported.kept_file.name)
        raise
    return imported


@act("import.columns_chosen", needs="actions.import_actions", on="imported")
def choose_columns(
    *,
    by: Any,
    imported: Import,
    format_key: str,
    tables: Collection[int],
    columns: Mapping[int, str],
) -> Import:
    """Say what the file is, which of its tables are read, and which column is which field.

    Raises RefusedError with all that is wrong with the choice.
    """
    imported = _awaiting(locked(imported))
    was = snapshot(imported)
    seen, fmt = see_again(imported), FORMATS[format_key]
    numbers = sorted(number for number in set(tables) if 0 <= number < len(seen.tables))
    if not numbers:
        what = "No table is chosen."
        raise RefusedError([Problem(imported.file_name, what, "Choose the one with the actions.")])
    chosen = [seen.tables[number] for number in numbers]
    problems = [
        Problem(
            table.where,
            f"Its columns are not those of {chosen[0].where}.",
            "Bring tables with other columns one at a time.",
        )
        for table in chosen[1:]
        if not same_columns(table, chosen[0])
    ]
    problems += problems_of(columns, chosen[0].header, choosable(fmt), chosen[0].where)
    if problems:
        raise RefusedError(problems)
    imported.format, imported.tables = format_key, numbers
    imported.columns = {str(column): name for column, name in sorted(columns.items()) if name}
    proposed = proposed_words(
        chosen, fmt, imported.columns, what_there_is(by, imported.action_list)
    )
    imported.words = {
        name: {word: imported.words.get(name, {}).get(word, to) for word, to in words.items()}
        for name, words in proposed.items()
    } | {"owners": imported.words.get("owners", {})}
    imported.save()
    record(imported, was=was)
    return imported


@act("import.words_chosen", needs="actions.import_actions", on="imported")
def choose_words(
    *,
    by: Any,
    imported: Import,
    ratings: Mapping[str, int | None] | None = None,
    statuses: Mapping[str, str] | None = None,
    owners: Mapping[str, int | None] | None = None,
) -> Import:
    """Say which of the file's words is which rating and status, and whom its owners' names mean."""
    imported = _awaiting(locked(imported))
    unknown = sorted({said for said in (statuses or {}).values() if said} - set(Status.values))
    if unknown:
        raise NotAsAskedError(
            {"": f"“{unknown[0]}” is no status of an action: choose one of those shown"}
        )
    was = snapshot(imported)
    for name, said in (("rag", ratings), ("status", statuses), ("owners", owners)):
        if said is not None:
            imported.words = imported.words | {name: imported.words.get(name, {}) | dict(said)}
    imported.save()
    record(imported, was=was)
    return imported


@act("import.committed", needs="actions.import_actions", on="imported")
def commit_import(*, by: Any, imported: Import, seen: str) -> Import:
    """Take every row of a file into its list, each by its own act, or none of them.

    `seen` is the fingerprint of the preview that the person looked at. If the file would do something
    else by now they are told, and nothing is kept. Raises RefusedError with every problem.
    """
    action_list = locked(imported.action_list)
    imported = _awaiting(locked(imported))
    imported.action_list = action_list
    was = snapshot(imported)
    preview = preview_of(by, imported)
    if preview.problems:
        raise RefusedError(preview.problems)
    if preview.fingerprint != seen:
        raise ChangedMeanwhileError(
            "The list has changed since you looked, and this file would now do something else."
            " Nothing was kept. Look at the new preview, and take it if it is right."
        )
    _bring_all(by, imported, preview)
    imported.state = Import.State.COMMITTED
    imported.committed_by, imported.committed_at = by, now()
    imported.counts = preview.counts
    imported.left = [
        [row.where, row.why]
        for row in preview.rows
        if row.kind in (RowKind.CROSS_REFERENCE, RowKind.LEFT)
    ]
    imported.save()
    record(imported, was=was)
    return imported


def _bring_all(by: Any, imported: Import, preview: Preview) -> None:
    """Every row that does something; all that the acts refuse is told at once."""
    people = Person.objects.in_bulk(set(imported.words.get("owners", {}).values()))
    meant = {
        words: people[pk] for words, pk in imported.words.get("owners", {}).items() if pk in people
    }
    problems = []
    for each in preview.judged:
        if not each.deeds:
            continue
        try:
            with transaction.atomic():
                bring(by, imported, each, meant)
        except NotAsAskedError as refused:
            to_do = "Put it right in the file, or on the action's page, and bring the file again."
            problems += [Problem(each.row.where, what, to_do) for what in refused.problems.values()]
    if problems:
        raise RefusedError(problems)


@act("import.discarded", needs="actions.import_actions", on="imported")
def discard_import(*, by: Any, imported: Import) -> Import:
    """Put a file aside that nothing was done with. It is deleted."""
    imported = _awaiting(locked(imported))
    was = snapshot(imported)
    imported.state = Import.State.DISCARDED
    imported.discarded_by, imported.discarded_at = by, now()
    kept = imported.kept_file
    transaction.on_commit(partial(kept.storage.delete, kept.name))
    imported.kept_file = ""
    imported.save()
    record(imported, was=was)
    return imported


def _awaiting(imported: Import) -> Import:
    if imported.state == Import.State.PREVIEWED:
        return imported
    who = imported.committed_by or imported.discarded_by
    done = "taken" if imported.state == Import.State.COMMITTED else "discarded"
    raise ChangedMeanwhileError(f"{who} has already {done} this file. Nothing was done again.")


def _visibility(action_list: ActionList) -> str:
    if action_list.visibility == Visibility.NAMED:
        return Visibility.NAMED
    return OWN.get(Kind(action_list.body.kind), Visibility.OFFICE)
