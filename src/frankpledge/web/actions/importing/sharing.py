"""Whether the accounts that a file's owners mean could see the actions they would own."""

from __future__ import annotations

from collections.abc import Iterable

from frankpledge.intake import Problem
from frankpledge.web.actions.acts.adding import could_see
from frankpledge.web.actions.importing.outcomes import Judged
from frankpledge.web.actions.models import Action, Import
from frankpledge.web.organisations.models import Person


def problem_of_sharing(imported: Import, judged: Iterable[Judged]) -> Problem | None:
    """Who could not see an action that they would own, once for the whole file; None if all could."""
    chosen = imported.words.get("owners", {})
    people = Person.objects.in_bulk({pk for pk in chosen.values() if pk})
    listed = imported.action_list
    unmade = Action(list=listed, body_id=listed.body_id, visibility=listed.visibility)
    asked: dict[tuple[int, int | None], bool] = {}
    unseeing: dict[int, Person] = {}
    for each in judged:
        for words, _ in each.deeds.owners:
            person = people.get(chosen.get(words))
            if person is None:
                continue
            key = (person.pk, each.action.pk if each.action else None)
            if key not in asked:
                asked[key] = could_see(each.action or unmade, person)
            if not asked[key]:
                unseeing[person.pk] = person
    if not unseeing:
        return None
    who = _joined(sorted(str(person) for person in unseeing.values()))
    return Problem(
        f"The list {listed.name}",
        f"{who} could not see the actions they would own: the list is shared with"
        f" “{listed.get_visibility_display()}”.",
        "Share the list with their body first, or name them by their post alone.",
    )


def _joined(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
