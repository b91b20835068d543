"""The kinds of plan that are brought from files: which columns each has, and which a table is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from frankpledge.intake import Proposal, Wanted, propose
from frankpledge.intake.mapping import Reason

OWNERS = Wanted(
    "owners", "Owner", ("Owner/s", "Owners", "Lead", "Lead officer", "Responsible", "Who")
)
DUE = Wanted(
    "due",
    "Due",
    ("Date", "Timescale", "Due date", "By when", "Deadline", "Target date", "Timescales"),
)
RAG = Wanted("rag", "Rating", ("RAG", "RAG rating", "RAG status", "BRAG"))
STATUS = Wanted("status", "Status", ("State", "How it stands"))
UPDATES = Wanted(
    "updates",
    "Update",
    ("Progress update", "Progress", "Updates", "Latest update", "Current position"),
)
OVERSIGHT = Wanted(
    "oversight",
    "Oversight",
    ("Oversight mechanism", "Overseen at", "Overseen by", "Forum", "Governance"),
)
HEADING = Wanted("heading", "Heading", ("Strand", "Theme", "Section", "Workstream"))
NUMBERS = (
    "Ref",
    "#",
    "No",
    "No.",
    "Number",
    "Action number",
    "Action no",
    "Recommendation number",
    "Reference number",
    "Action ref",
    "ID",
)


@dataclass(frozen=True)
class Format:
    """A kind of plan: its columns in order, and how its rows hang together.

    `carried` are the columns that say once what holds for the rows below, the widest first.
    `within` is whether references stand inside the words, as in "(A4.5) Decide whether …".
    """

    key: str
    name: str
    fields: tuple[Wanted, ...]
    carried: tuple[str, ...] = ()
    within: bool = False


DELIVERY_PLAN = Format(
    "delivery_plan",
    "Delivery plan: a commitment, and below it the activities that support it",
    (
        Wanted("commitment", "Reference of the commitment", (*NUMBERS, "Reference", "Plan ref", "Commitment ref"), needed=True),
        Wanted("aim", "Commitment", ("Plan commitment", "Plan commitments", "Commitments")),
        Wanted("reference", "Reference of the activity", ("Activity reference", "Activity ref", "Activity number")),
        Wanted("what", "Activity", ("Supporting activity", "Supporting activities", "Activities", "Action"), needed=True),
        UPDATES,
        OVERSIGHT,
        OWNERS,
        DUE,
        RAG,
        STATUS,
        HEADING,
    ),
    carried=("commitment", "aim"),
    within=True,
)  # fmt: skip
CHARTER = Format(
    "charter",
    "Charter, or another list of numbered actions",
    (
        Wanted("reference", "Reference", NUMBERS, needed=True),
        Wanted("what", "Action", ("Recommendation", "What is to be done", "Actions", "Recommendations", "Task"), needed=True),
        OWNERS,
        DUE,
        RAG,
        UPDATES,
        STATUS,
        OVERSIGHT,
        HEADING,
    ),
)  # fmt: skip
ENGAGEMENT = Format(
    "engagement",
    "Engagement plan: an aim, and below it the actions that serve it",
    (
        Wanted("reference", "Reference", NUMBERS, needed=True),
        Wanted("aim", "Aim", ("Aims", "Objective")),
        Wanted("what", "Action", ("Actions", "What is to be done", "Activity"), needed=True),
        Wanted("engagement_type", "Type of engagement", ("Engagement type",)),
        Wanted("details", "Details", ("Detail", "Description")),
        Wanted("outcome", "Outcome", ("Outcomes", "Intended outcome")),
        Wanted("measure", "How it is measured", ("Measure", "Measures", "Measure of success")),
        OWNERS,
        DUE,
        UPDATES,
        STATUS,
        RAG,
        OVERSIGHT,
        HEADING,
    ),
    carried=("aim", "what"),
)  # fmt: skip
FULL = Format(
    "full",
    "Everything, as this site exports it: a column for each thing that is kept",
    (
        Wanted("reference", "Reference", needed=True),
        HEADING,
        Wanted("commitment", "Reference of the commitment"),
        Wanted("aim", "Aim or commitment"),
        Wanted("what", "What is to be done", needed=True),
        OWNERS,
        Wanted("starts", "Starts"),
        DUE,
        STATUS,
        RAG,
        Wanted("done_on", "Done on"),
        Wanted("next_update_due", "Next update due"),
        UPDATES,
        OVERSIGHT,
        Wanted("engagement_type", "Type of engagement"),
        Wanted("details", "Details"),
        Wanted("outcome", "Outcome"),
        Wanted("measure", "How it is measured"),
        Wanted("raised", "Raised on"),
        Wanted("answer_due", "To be answered at"),
    ),
)


def choosable(fmt: Format) -> tuple[Wanted, ...]:
    """Every field that a person may choose for a column: those of the kind of plan, then all others."""
    own = {field.name for field in fmt.fields}
    others = [field for field in FULL.fields if field.name not in own]
    return (*fmt.fields, *(Wanted(field.name, field.label) for field in others))


FORMATS = {each.key: each for each in (DELIVERY_PLAN, CHARTER, ENGAGEMENT, FULL)}

KNOWN_NAMES = frozenset(
    name for fmt in FORMATS.values() for f in fmt.fields for name in (f.label, *f.synonyms)
)
"""Names of columns by which a header is told."""

_RECOGNISED = 3
"""How many columns have to be recognised where none of them says what is to be done."""


@dataclass(frozen=True)
class Guess:
    """Which kind of plan a table seems to be, and its columns."""

    format: Format
    proposal: Proposal
    score: int

    @property
    def looks_right(self) -> bool:
        """Whether it is a list of actions at all: it says what is to be done, and more than that."""
        named = {match.field.name for match in self.proposal.matches}
        return "what" in named and len(named) >= _RECOGNISED and not self.proposal.missing


def guess(header: Sequence[str], likely: str = "") -> Guess:
    """The kind of plan that a table's columns fit best. `likely` is the kind of the list it is for."""
    return max(
        (_fit(header, fmt) for fmt in FORMATS.values()),
        key=lambda one: (one.looks_right, one.score, one.format.key == likely),
    )


def _fit(header: Sequence[str], fmt: Format) -> Guess:
    """By how many columns are recognised; one that is alike only counts for less."""
    proposal = propose(header, fmt.fields)
    worth = {Reason.EXACT: 3, Reason.SYNONYM: 3, Reason.SIMILAR: 1}
    score = sum(worth[match.reason] for match in proposal.matches)
    return Guess(fmt, proposal, score - 2 * len(proposal.missing))
