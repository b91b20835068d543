"""The ledger: three plans brought from their files, then owners, dates, and what was heard of each action."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from frankpledge.web.actions import acts
from frankpledge.web.actions.importing.acts import choose_words, commit_import, hand_in
from frankpledge.web.actions.importing.previewing import preview_of
from frankpledge.web.actions.models import Action, ActionList, Part, RagMeaning, Status
from frankpledge.web.actions.rules.dues import Due
from frankpledge.web.audit.today import today
from frankpledge.web.demonstration.delivery_plan import as_at_june, as_begun
from frankpledge.web.demonstration.diary import Entry
from frankpledge.web.demonstration.known import body, person
from frankpledge.web.demonstration.plan import OFFICER, the_plan
from frankpledge.web.demonstration.words import OFFICE, words

CHAPTER = "Bringing the action plans"
HEARD = "Hearing how the actions go"
BEGUN = date(2022, 1, 24)
AGREED = date(2022, 1, 25)
VARIED = date(2022, 7, 11)
CHARTER_BROUGHT = date(2022, 7, 4)
SHOWN = date(2022, 6, 22)
"""The panel was shown an extract; what was heard since it has not seen."""

KINDS = {"delivery-plan": "delivery_plan", "charter": "charter", "engagement": "engagement"}
SHAPES = {"B": "done", "G": "good", "A": "caution", "R": "bad"}
KEEPERS = {
    "delivery-plan": OFFICER,
    "charter": "acc.local.policing@force.example",
    "engagement": OFFICER,
}
"""An office's lists are kept by its officers, a force's by its chief officers."""


def actions() -> Iterator[Entry]:
    """Three plans brought from files, as an officer brings them; then what their owners do."""
    for told in words("actions")["lists"]:
        yield Entry(BEGUN, CHAPTER, partial(_make_list, told))
    as_at = {told["key"]: told["as_at"] for told in words("actions")["lists"]}
    yield Entry(BEGUN, CHAPTER, partial(_bring, "delivery-plan", as_begun, BEGUN))
    yield Entry(CHARTER_BROUGHT, CHAPTER, partial(_bring, "charter", None, as_at["charter"]))
    yield Entry(
        VARIED, CHAPTER, partial(_bring, "delivery-plan", as_at_june, as_at["delivery-plan"])
    )
    yield Entry(
        as_at["engagement"], CHAPTER, partial(_bring, "engagement", None, as_at["engagement"])
    )
    for told in words("actions")["actions"]:
        yield from _one(told)
    yield Entry(SHOWN, "Showing the panel an extract", _show_panel)


def _one(told: Mapping[str, Any]) -> Iterator[Entry]:
    """Owners and dates; then each update on its day, or when the ledger was begun if it is older."""
    known = _known_from(told)
    if "owners" in told:
        yield Entry(known, CHAPTER, partial(_agree, told))
        for number, email in enumerate(told["owners"]):
            starts = _in_post_since(email)
            yield Entry(
                max(known, starts), CHAPTER, partial(_own, told, email, answers=number == 0)
            )
    updates = told.get("updates", ())
    for update in updates:
        last = update is updates[-1]
        yield Entry(max(known, update["on"]), HEARD, partial(_hear, told, update, last=last))
    if not updates and "next_update_due" in told:
        yield Entry(known, CHAPTER, partial(_promise, told))


def _known_from(told: Mapping[str, Any]) -> date:
    """The day from which the ledger has the action."""
    if told["list"] == "charter":
        return CHARTER_BROUGHT
    added = {each["ref"] for each in words("plan")["variation"]["added"]}
    return VARIED if any(_is_under(told["ref"], ref) for ref in added) else AGREED


def _is_under(ref: str, commitment: str) -> bool:
    plain = commitment.replace(".", "") if commitment[0].isalpha() else commitment
    return ref == plain or ref.startswith(f"{plain}.")


def _in_post_since(email: str) -> date:
    """The first day on which somebody has a post."""
    told = next(each for each in words("people")["people"] if each["email"] == email)
    return min(role["starts"] for role in told["roles"])


def _list_told(key: str) -> Mapping[str, Any]:
    return next(each for each in words("actions")["lists"] if each["key"] == key)


def _the_list(key: str) -> ActionList:
    return ActionList.objects.get(body=body(_list_told(key)["body"]), slug=key)


def _the_action(told: Mapping[str, Any]) -> Action:
    return Action.objects.get(list=_the_list(told["list"]), reference=told["ref"])


def _make_list(told: Mapping[str, Any]) -> None:
    at, keeper = body(told["body"]), KEEPERS[told["key"]]
    scheme = None
    if "rag_scheme" in told:
        rated = next(s for s in words("actions")["rag_schemes"] if s["key"] == told["rag_scheme"])
        meanings = [
            {"key": each["letter"].lower(), "word": each["word"], "shape": SHAPES[each["letter"]],
             "meaning": each["meaning"]}
            for each in rated["ratings"]
        ]  # fmt: skip
        scheme = acts.make_scheme(by=person(keeper), body=at, name=rated["name"], meanings=meanings)
    acts.make_list(
        by=person(keeper),
        body=at,
        name=told["title"],
        slug=told["key"],
        kind=KINDS[told["key"]],
        scheme=scheme,
        plan=the_plan() if told["key"] == "delivery-plan" else None,
        visibility=told["visibility"],
    )


def _bring(key: str, made: Callable[[], bytes] | None, as_at: date) -> None:
    """Handed in, told whom its owners' names mean, looked at, taken."""
    told = _list_told(key)
    name = f"{told['file']}.csv"
    data = made() if made else (OFFICE / name).read_bytes()
    keeper = person(KEEPERS[key])
    imported = hand_in(by=keeper, action_list=_the_list(key), data=data, name=name, as_at=as_at)
    meant = {
        each["says"]: person(each["people"][0]).pk
        for each in words("actions")["owner_names"]
        if each["list"] == key
    }
    # "On hold" is none of the ledger's statuses: the import keeps it in the action's own words.
    said = imported.words["status"]
    statuses = {
        word: status
        for word, status in words("actions")["status_words"].items()
        if word in said and status in Status.values
    }
    imported = choose_words(by=keeper, imported=imported, owners=meant, statuses=statuses)
    commit_import(by=keeper, imported=imported, seen=preview_of(keeper, imported).fingerprint)


def _agree(told: Mapping[str, Any]) -> None:
    """When it starts and by when it is due, as agreed with its owner."""
    due = Due.by(told["due"]) if "due" in told else Due.ongoing(told["due_words"])
    acts.change_action(
        by=person(KEEPERS[told["list"]]),
        action=_the_action(told),
        seen=None,
        changes={"starts": told["starts"], "due": due},
        why="Dates agreed with the owner",
    )


def _own(told: Mapping[str, Any], email: str, *, answers: bool) -> None:
    owner = person(email)
    part = Part.ANSWERS if answers else Part.HELPS
    acts.assign_owner(
        by=person(KEEPERS[told["list"]]),
        action=_the_action(told),
        owner=acts.Owner(person=owner, named_as=owner.name, part=part),
    )


def _hear(told: Mapping[str, Any], update: Mapping[str, Any], *, last: bool) -> None:
    """What the owner says. With the last update goes how the action stands, and when the next comes."""
    action, by = _the_action(told), person(update["by"])
    promised = told.get("next_update_due") if last else None
    if promised and promised < today():
        _promise(told)
        promised = acts.AS_IT_WAS
    acts.update_action(
        by=by if by.has_perm("actions.update_action", action) else person(KEEPERS[told["list"]]),
        action=action,
        seen=None,
        text=update["text"],
        rag=_rating(action, update["rag"]) if "rag" in update else acts.AS_IT_WAS,
        status=told["status"] if last else Status.IN_PROGRESS,
        next_update_due=promised,
        evidence=acts.Evidence(words=update.get("evidence", "")),
        dated=update["on"],
        by_words=by.name,
    )


def _promise(told: Mapping[str, Any]) -> None:
    """When the next update is promised for, said without one."""
    acts.change_action(
        by=person(KEEPERS[told["list"]]),
        action=_the_action(told),
        seen=None,
        changes={"next_update_due": told["next_update_due"]},
        why="The next update is promised",
    )


def _rating(action: Action, letter: str) -> RagMeaning:
    return RagMeaning.objects.get(scheme=action.list.scheme, key=letter.lower())


def _show_panel() -> None:
    first = min(told["as_at"] for told in words("actions")["lists"]).replace(month=4, day=1)
    acts.make_extract(by=person(OFFICER), panel=body("west-mercia-panel"), since=first)
