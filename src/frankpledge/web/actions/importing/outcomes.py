"""What a row of a file would make of an action: new, revised in some things, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from frankpledge.analysis.periods import day_name
from frankpledge.intake import Problem
from frankpledge.intake.cleaning import clean
from frankpledge.web.actions.exporting.facts import Facts
from frankpledge.web.actions.exporting.layouts import cell
from frankpledge.web.actions.importing.formats import Format
from frankpledge.web.actions.importing.matching import There, plain_name
from frankpledge.web.actions.importing.reading import ReadRow
from frankpledge.web.actions.importing.understanding import Reading, Said, Understood
from frankpledge.web.actions.models import Action, Status
from frankpledge.web.actions.rules.dues import Due
from frankpledge.web.actions.rules.references import plain_reference, references_in
from frankpledge.web.actions.rules.standing import Wanting
from frankpledge.web.organisations.models import Forum
from frankpledge.web.plans.models import Commitment


class Outcome(StrEnum):
    """What becomes of an action."""

    NEW = "new"
    REVISED = "revised"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Change:
    """One thing that a row changes of an action, in words."""

    what: str
    was: str
    becomes: str


@dataclass
class Deeds:
    """What is to be done with an action so that it says what the row says.

    `stated` goes to the act that adds or changes it; a rating and a status go with an update, since
    they are of a day.
    """

    stated: dict[str, Any] = field(default_factory=dict)
    owners: list[tuple[str, bool]] = field(default_factory=list)
    commitment: Commitment | None = None
    links: bool = False
    updates: list[Said] = field(default_factory=list)
    standing: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.stated or self.owners or self.links or self.updates or self.standing)


@dataclass
class Judged:
    """A row that is an action, and what it would make of it."""

    row: ReadRow
    it: Understood
    outcome: Outcome
    action: Action | None = None
    deeds: Deeds = field(default_factory=Deeds)
    changes: list[Change] = field(default_factory=list)
    wanting: tuple[Wanting, ...] = ()
    refers_to: tuple[str, ...] = ()

    @property
    def told(self) -> list[str]:
        return self.it.told

    @property
    def problems(self) -> list[Problem]:
        return self.it.problems


_UNSAID = Facts(reference="", what="")


class Judge:
    """Compares the rows of a file with what there is.

    A cell that says what the list itself would write there changes nothing, so that what is exported
    comes back unchanged. An empty cell changes nothing either.
    """

    def __init__(self, there: There, fmt: Format, how: Reading) -> None:
        self.there, self.fmt, self.how = there, fmt, how

    def judge(self, row: ReadRow, it: Understood) -> Judged:
        key = plain_reference(row.reference)
        action = self.there.actions.get(key)
        judged = Judged(row, it, Outcome.NEW if action is None else Outcome.UNCHANGED, action)
        if key in self.there.hidden:
            what = f"The list has an action {row.reference} that you cannot change."
            it.problems.append(Problem(row.where, what, "Give this one another reference."))
        facts = self.there.facts.get(action.pk, _UNSAID) if action else _UNSAID
        self._state(judged, facts)
        self._oversee(judged, facts)
        self._serve(judged, facts)
        self._own(judged, facts)
        self._stand(judged)
        self._hear(judged, facts)
        if action is not None and judged.deeds:
            judged.outcome = Outcome.REVISED
        judged.wanting = self._wanting(judged)
        judged.refers_to = self._refers_to(row)
        return judged

    def _is_new(self, judged: Judged, name: str, facts: Facts) -> bool:
        """Whether the row's cell says anything that the list would not write there itself."""
        text = judged.row.texts.get(name, "").strip()
        return bool(text) and (
            judged.action is None or text != clean(cell(name, facts, self.fmt.key))
        )

    def _state(self, judged: Judged, facts: Facts) -> None:
        """What the act that adds or changes an action takes, but for forums and particulars in words."""
        action, it, texts = judged.action, judged.it, judged.row.texts
        wanted = {name: texts.get(name, "").strip() for name in ("what", "aim")}
        wanted["heading"] = judged.row.heading or texts.get("heading", "").strip()
        # An activity may have its reference inside its words, in the file and here.
        inside = clean(cell("what", facts, self.fmt.key))
        if action is not None and texts.get("what") == inside:
            wanted["what"], it.particulars = "", _without_also(it.particulars)
        for name, value in wanted.items():
            if value and clean(getattr(facts, name)) != value:
                self._change(judged, name, value, getattr(facts, name), value)
        # A start may stand in its own column, or in the words that say by when.
        says_start = "starts" if texts.get("starts") else "due"
        for name, column in (("starts", says_start), ("next_update_due", "next_update_due")):
            value, was = getattr(it, name), getattr(facts, name)
            if value and value != was and self._is_new(judged, column, facts):
                self._change(judged, name, value, was and day_name(was), day_name(value))
        if self._is_new(judged, "due", facts):
            was = Due(action.due_kind, action.due_on, action.due_words) if action else Due()
            if was != it.due:
                self._change(judged, "due", it.due, action and _due_words(was), _due_words(it.due))
        if action is None and it.done_on and it.status in (Status.DONE, Status.CLOSED):
            judged.deeds.stated["done_on"] = it.done_on
        self._particulars(judged, it.particulars)

    def _particulars(self, judged: Judged, said: dict[str, str]) -> None:
        standing = judged.action.particulars if judged.action else {}
        kept = dict(judged.deeds.stated.get("particulars") or standing)
        for name, words in said.items():
            if kept.get(name, "") == words or (name in ("rating", "status") and judged.action):
                continue
            self._change(judged, "particulars", None, kept.get(name, ""), words, name)
            judged.deeds.stated["particulars"] = kept = kept | {name: words}

    def _oversee(self, judged: Judged, facts: Facts) -> None:
        """Forums of the register by their names; what is in no register is kept in words."""
        it, action = judged.it, judged.action
        if not self._is_new(judged, "oversight", facts):
            return
        found = {plain_name(line): self.there.forums.get(plain_name(line)) for line in it.oversight}
        forums = [forum for forum in found.values() if forum]
        words = "\n".join(line for line in it.oversight if not found[plain_name(line)])
        for line in words.split("\n") if words else ():
            it.told.append(f"“{line}” is no forum of the register. It is kept in words.")
        if set(forums) != self._forums_now(action):
            named = ", ".join(forum.name for forum in forums)
            forums += self._forums_unseen(action)
            self._change(judged, "forums", forums, ", ".join(facts.named_forums), named)
        if words != facts.particulars.get("oversight", ""):
            kept = judged.deeds.stated.get("particulars") or dict(facts.particulars)
            self._change(judged, "particulars", None, kept.get("oversight", ""), words, "oversight")
            judged.deeds.stated["particulars"] = kept | {"oversight": words}

    def _forums_now(self, action: Action | None) -> set[Forum]:
        """Those of the action that this person may see; others stay as they are."""
        if action is None:
            return set()
        known = set(self.there.forums.values())
        return {forum for forum in action.forums.all() if forum in known}

    def _forums_unseen(self, action: Action | None) -> list[Forum]:
        known = set(self.there.forums.values())
        return [f for f in action.forums.all() if f not in known] if action else []

    def _serve(self, judged: Judged, facts: Facts) -> None:
        """The commitment of the plan in force that has the reference."""
        ref = judged.row.texts.get("commitment", "").strip()
        if not ref:
            return
        stated = self.there.commitments.get(plain_reference(ref))
        if stated is None:
            judged.it.told.append(
                f"The plan in force has no commitment {ref}. The reference is kept."
            )
            self._particulars(judged, {"commitment": ref})
            return
        if judged.action is None or judged.action.commitment_id != stated.commitment_id:
            judged.deeds.commitment, judged.deeds.links = stated.commitment, True
            judged.changes.append(Change("Commitment", facts.commitment, stated.ref))

    def _own(self, judged: Judged, facts: Facts) -> None:
        """The first answers, the others help. Nobody who is not in the file is let go."""
        if not self._is_new(judged, "owners", facts):
            return
        for number, words in enumerate(judged.it.owners):
            answers = number == 0
            now = self.there.answering.get(judged.action.pk) if judged.action else None
            if (words == now) if answers else (words in facts.owners):
                continue
            judged.deeds.owners.append((words, answers))
        if judged.deeds.owners:
            becomes = "; ".join(judged.it.owners)
            judged.changes.append(Change("Owner", "; ".join(facts.owners), becomes))

    def _stand(self, judged: Judged) -> None:
        """The rating and the status, as they were on the day the file is of."""
        action, it = judged.action, judged.it
        wanted = {"rag": self.there.meanings.get(it.rag), "status": it.status}
        wanted = {name: value for name, value in wanted.items() if value}
        if action is not None:
            wanted = {n: value for n, value in wanted.items() if getattr(action, n) != value}
        if not wanted:
            return
        if self._is_closed(judged):
            return
        if action is not None and action.latest and action.latest.dated > self.how.as_at:
            it.told.append(
                "Something newer was said of it; its rating and status stay as they are."
            )
            return
        judged.deeds.standing = wanted
        for name, value in wanted.items():
            was = getattr(action, name) if action else ""
            words = (str(value), str(was or "")) if name == "rag" else (
                Status(value).label, Status(was).label if was else "")  # fmt: skip
            judged.changes.append(
                Change("Rating" if name == "rag" else "Status", words[1], words[0])
            )

    def _hear(self, judged: Judged, facts: Facts) -> None:
        if not self._is_new(judged, "updates", facts):
            return
        known = {text for _, text in facts.updates}
        new = [said for said in judged.it.updates if said.text not in known]
        if new and self._is_closed(judged):
            return
        judged.deeds.updates = sorted(new, key=lambda said: said.dated)
        judged.changes += [Change("Update", "", said.text) for said in judged.deeds.updates]

    def _is_closed(self, judged: Judged) -> bool:
        """Whether how it goes can no longer be said here; the person is told."""
        action = judged.action
        if action is None or action.status not in (Status.CLOSED, Status.WITHDRAWN):
            return False
        word = action.get_status_display().lower()
        told = f"It is {word} here: what the file says of how it goes is not taken. Open it again first."
        if told not in judged.it.told:
            judged.it.told.append(told)
        return True

    def _change(
        self, judged: Judged, name: str, value: Any, was: Any, becomes: Any, label: str = ""
    ) -> None:
        judged.deeds.stated.setdefault(name, value)
        label = LABELS.get(label or name) or (label or name).replace("_", " ").capitalize()
        judged.changes.append(Change(label, str(was or ""), str(becomes or "")))

    def _wanting(self, judged: Judged) -> tuple[Wanting, ...]:
        action, it, deeds = judged.action, judged.it, judged.deeds
        due = deeds.stated.get("due")
        status = deeds.standing.get("status") or (action.status if action else it.status)
        return Wanting.of(
            status or Status.ABSENT,
            has_owner=bool(it.owners or (action and action.pk in self.there.answering)),
            due_kind=due.kind if due else action.due_kind if action else "absent",
            has_rag=bool(deeds.standing.get("rag") or (action and action.rag_id)),
            is_rated=self.there.action_list.scheme_id is not None,
        )

    def _refers_to(self, row: ReadRow) -> tuple[str, ...]:
        said = "\n".join(row.texts.get(name, "") for name in ("what", "aim", "updates", "details"))
        return tuple(one.reference for one in references_in(said))


LABELS = {
    "what": "What is to be done", "aim": "Aim or commitment", "heading": "Heading", "due": "Due",
    "starts": "Starts", "next_update_due": "Next update due", "forums": "Overseen at",
    "oversight": "Oversight, in words", "engagement_type": "Type of engagement",
    "measure": "How it is measured", "also_numbered": "Also numbered",
    "rating": "Rating, in words", "status": "Status, in words", "commitment": "Commitment, in words",
}  # fmt: skip


def _due_words(due: Due) -> str:
    """What is understood, and in which words it was said where these are others."""
    understood = due.say()
    return f"{understood} (“{due.words}”)" if due.words not in ("", understood) else understood


def _without_also(particulars: dict[str, str]) -> dict[str, str]:
    """Without the further references that were told from words which say nothing new."""
    return {name: words for name, words in particulars.items() if name != "also_numbered"}
