"""A plan in words and rows. Pure: what is handed in was already asked for in somebody's name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from frankpledge.analysis.periods import day_name, financial_year
from frankpledge.web.plans.comparing import Change, Comparison, Difference, Item, Piece, pieces_of
from frankpledge.web.plans.contributions import Line, Progress
from frankpledge.web.plans.models import Consultation, PlanVersion, StatedCommitment
from frankpledge.web.plans.reads import ReadObjective, WholeVersion
from frankpledge.web.plans.rules import Deadline
from frankpledge.web.plans.states import Party, State

PARTY_WORDS = {
    Party.CHIEF_OFFICER: "The chief constable is held to account for",
    Party.COMMISSIONER: "The commissioner will",
    Party.TOGETHER: "Together we will",
    Party.OFFICE: "The commissioner's office will",
}
"""What stands before the commitments of a party, where a plan has no words of its own."""

TONES = {
    State.DRAFT: "quiet",
    State.WITH_PANEL: "caution",
    State.ADOPTED: "done",
    State.SUPERSEDED: "quiet",
    State.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class CommitmentShown:
    key: str
    ref: str
    text: str
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True)
class PartyShown:
    """The commitments under one objective that one party answers for."""

    party: str
    words: str
    commitments: tuple[CommitmentShown, ...]


@dataclass(frozen=True)
class ObjectiveShown:
    key: str
    ref: str
    title: str
    why_it_matters: str
    focus_areas: tuple[str, ...]
    outcomes: tuple[str, ...]
    parties: tuple[PartyShown, ...]
    lines: tuple[Line, ...] = ()

    @property
    def anchor(self) -> str:
        return f"objective-{self.key}"


@dataclass(frozen=True)
class Step:
    """A step on the way to a plan: what, when it was done if it was, and more about it."""

    what: str
    done: str
    more: str = ""


def party_words(version: PlanVersion) -> dict[str, str]:
    """What stands before the commitments of each party in this version."""
    own = {party: words for party, words in version.party_words.items() if words}
    return {str(party): own.get(party, words) for party, words in PARTY_WORDS.items()}


def objectives_shown(
    whole: WholeVersion, progress: Progress | None = None
) -> tuple[ObjectiveShown, ...]:
    """The objectives, each with its commitments by party."""
    progress = progress or Progress()
    words = party_words(whole.version)
    return tuple(
        ObjectiveShown(
            key=each.stated.objective.key,
            ref=each.stated.ref,
            title=each.stated.title,
            why_it_matters=each.stated.why_it_matters,
            focus_areas=each.focus_areas,
            outcomes=each.outcomes,
            parties=_by_party(each, words, progress),
            lines=progress.objectives.get(each.stated.objective_id, ()),
        )
        for each in whole.objectives
    )


def _by_party(
    objective: ReadObjective, words: Mapping[str, str], progress: Progress
) -> tuple[PartyShown, ...]:
    shown = []
    for party in Party:
        commitments = tuple(
            CommitmentShown(
                each.commitment.key,
                each.ref,
                each.text,
                progress.commitments.get(each.commitment_id, ()),
            )
            for each in objective.commitments
            if each.party == party
        )
        if commitments:
            shown.append(PartyShown(party.value, words[party], commitments))
    return tuple(shown)


def lead(whole: WholeVersion) -> str:
    """The page's first sentence: what was promised, and since when."""
    promised = f"{_count(len(whole.commitments), 'commitment')} under {_count(len(whole.objectives), 'objective')}"
    version = whole.version
    if version.state == State.ADOPTED:
        return (
            f"The plan in force makes {promised}. It was adopted on {day_name(version.adopted_on)}."
        )
    if version.state == State.SUPERSEDED:
        return (
            f"This version made {promised}. It was adopted on {day_name(version.adopted_on)} and gave way"
            f" to a later one on {day_name(version.superseded_on)}."
        )
    if version.state == State.WITH_PANEL:
        return f"This version makes {promised}. It was sent to the panel on {day_name(version.sent_on)} and is not in force."
    if version.state == State.WITHDRAWN:
        return f"This version was withdrawn on {day_name(version.withdrawn_on)} and was never in force."
    return f"This draft makes {promised}. Only the office sees it."


def term(starts: date, ends: date) -> str:
    """The financial years a plan runs for: "2021/22 to 2024/25"."""
    first, last = financial_year(starts), financial_year(ends)
    return first if first == last else f"{first} to {last}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def steps(
    version: PlanVersion, consultations: Sequence[Consultation], due: Deadline | None, today: date
) -> tuple[Step, ...]:
    """The way of a version, step by step, as the law orders them."""
    chief = next((c for c in consultations if c.how == Consultation.How.CHIEF_OFFICER), None)
    return (
        Step("Draft begun", day_name(version.drafted_on)),
        Step("Chief officer consulted", day_name(chief.ends) if chief else "not recorded"),
        Step("Sent to the panel", _day(version.sent_on)),
        Step("Panel reported", _day(version.panel_report_on)),
        Step("Panel answered", _day(version.response_on)),
        Step("Adopted", _day(version.adopted_on), version.on_record),
        *([_deadline(due, today)] if due else []),
    )


def _day(day: date | None) -> str:
    return day_name(day) if day else "not yet"


def _deadline(due: Deadline, today: date) -> Step:
    met = due.met(today)
    outcome = {True: "in time", False: "late", None: "still to come"}[met]
    return Step(f"First plan due by {day_name(due.due)}", outcome, due.working)


def standing(stated: StatedCommitment, newest: PlanVersion | None) -> str:
    """Whether a commitment, in its latest published wording, still stands."""
    version = stated.version
    if version.state == State.ADOPTED:
        return "This commitment stands in the plan in force."
    if version.state == State.SUPERSEDED and newest and newest.number > version.number:
        return (
            f"This commitment stands no longer: it was last made in version {version.number}, which"
            f" gave way to a later one on {day_name(version.superseded_on)}."
        )
    if version.state == State.SUPERSEDED:
        return "The plan that made this commitment is no longer in force."
    if version.state == State.WITH_PANEL:
        return (
            "This commitment is proposed in a version that is with the panel. It is not in force."
        )
    return "This commitment is proposed in a version that is not in force."


@dataclass(frozen=True)
class WordingShown:
    """How one version words a commitment, and how that differs from the version before."""

    stated: StatedCommitment
    state: str
    tone: str
    party: str
    pieces: tuple[Piece, ...]
    changed: bool


def wordings_shown(wordings: Sequence[StatedCommitment]) -> tuple[WordingShown, ...]:
    """The wordings, the newest first, each with its differences from the one before."""
    shown = []
    for at, stated in enumerate(wordings):
        earlier = wordings[at + 1] if at + 1 < len(wordings) else None
        state = State(stated.version.state)
        pieces = pieces_of(earlier.text if earlier else stated.text, stated.text)
        changed = earlier is not None and earlier.text != stated.text
        party = Party(stated.party).label
        shown.append(WordingShown(stated, state.label, TONES[state], party, pieces, changed))
    return tuple(shown)


def items(whole: WholeVersion) -> list[Item]:
    """A version written down as items that can be compared."""
    version = whole.version
    written = [Item(("plan", ""), (("Vision", version.vision), ("Foreword", version.foreword)))]
    for each in whole.objectives:
        stated = each.stated
        words = (
            ("Title", stated.title),
            ("Why it matters", stated.why_it_matters),
            ("Focus areas", "\n".join(each.focus_areas)),
            ("Outcomes", "\n".join(each.outcomes)),
        )
        written.append(Item(("objective", stated.objective.key), words, (("Number", stated.ref),)))
    for each in whole.objectives:
        written += [_commitment_item(each, stated) for stated in each.commitments]
    return written


def _commitment_item(objective: ReadObjective, stated: StatedCommitment) -> Item:
    place = (
        ("Reference", stated.ref),
        ("Objective", objective.stated.objective.key),
        ("Answers for it", Party(stated.party).label),
    )
    return Item(("commitment", stated.commitment.key), (("Commitment", stated.text),), place)


@dataclass(frozen=True)
class DifferenceShown:
    """One difference, ready for a page: a heading, its words in pieces, and where it stood and stands."""

    heading: str
    pieces: tuple[tuple[str, tuple[Piece, ...]], ...]
    moves: tuple[tuple[str, str, str], ...]
    why: str = ""


@dataclass(frozen=True)
class GroupShown:
    title: str
    differences: tuple[DifferenceShown, ...]


HEADINGS = {
    Change.ADDED: "Added",
    Change.REMOVED: "Removed",
    Change.REWORDED: "Reworded",
    Change.MOVED: "Moved",
}


def comparison_shown(
    comparison: Comparison, first: WholeVersion, second: WholeVersion
) -> tuple[GroupShown, ...]:
    """The differences by kind. What was both reworded and moved stands with what was reworded."""
    titles = {
        o.stated.objective.key: o.stated.title for each in (first, second) for o in each.objectives
    }
    reasons = {("commitment", c.commitment.key): c.why for c in second.commitments}
    reasons |= {("commitment", d.stated.commitment.key): d.dropped.why for d in second.dropped}
    groups = []
    for change, title in HEADINGS.items():
        found = [d for d in comparison.of(change) if change == _stands_with(d)]
        if found:
            shown = (_difference_shown(d, titles, reasons.get(d.identity, "")) for d in found)
            groups.append(GroupShown(title, tuple(shown)))
    return tuple(groups)


def _stands_with(difference: Difference) -> Change:
    return next(change for change in HEADINGS if change in difference.changes)


def _difference_shown(
    difference: Difference, titles: Mapping[str, str], why: str
) -> DifferenceShown:
    item = difference.after or difference.before
    assert item is not None
    pieces = difference.pieces
    if difference.before is None or difference.after is None:
        kind = "ins" if difference.before is None else "del"
        pieces = tuple((name, (Piece(kind, text),)) for name, text in item.words if text)
    elif not pieces:
        pieces = tuple((name, (Piece("same", text),)) for name, text in item.words[:1])
    return DifferenceShown(_heading(item, titles), pieces, _moves(difference, titles), why)


def _heading(item: Item, titles: Mapping[str, str]) -> str:
    kind, _ = item.identity
    place = dict(item.place)
    if kind == "plan":
        return "The plan's own words"
    if kind == "objective":
        return f"Objective {place['Number']}: {dict(item.words)['Title']}"
    return f"{place['Reference']}, under {titles[place['Objective']]}"


def _moves(difference: Difference, titles: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """What of its place changed: (what, before, after)."""
    if (
        difference.before is None
        or difference.after is None
        or Change.MOVED not in difference.changes
    ):
        return ()
    old = dict(difference.before.place)
    moved = tuple(
        (name, titles.get(old.get(name, ""), old.get(name, "")), titles.get(now, now))
        for name, now in difference.after.place
        if old.get(name) != now
    )
    return moved or (("Order", "elsewhere in the list", "where it stands now"),)


def comparison_lead(first: PlanVersion, second: PlanVersion, comparison: Comparison) -> str:
    """The page's first sentence: how much changed between two versions."""
    if not comparison.differences:
        return f"Versions {first.number} and {second.number} say the same."
    counts = [
        f"{len(comparison.of(change))} {word.lower()}"
        for change, word in HEADINGS.items()
        if comparison.of(change)
    ]
    told = counts[0] if len(counts) == 1 else f"{', '.join(counts[:-1])} and {counts[-1]}"
    return f"From version {first.number} to version {second.number}: {told}."
