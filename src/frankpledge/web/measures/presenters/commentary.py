"""What people wrote about a month's figure: what was signed off, and what is on its way."""

from __future__ import annotations

from frankpledge.reporting.commentary import Comment
from frankpledge.reporting.document import KeyPoints, Notice
from frankpledge.reporting.readings import Reading
from frankpledge.reporting.sections import words
from frankpledge.web.measures.presenters.parts import Part

STATES = {
    "draft": "It awaits a reviewer. Nobody outside the force and its office sees it.",
    "reviewed": "It was reviewed and awaits signing off. Nobody outside the force and its office sees it.",
    "returned": "It was sent back to its writer. Nobody outside the force and its office sees it.",
}


def present(reading: Reading, coming: Comment | None, state: str = "") -> tuple[Part, ...]:
    """The words signed off, or that they are awaited; then those on their way, with their state."""
    parts = [Part("What people say", "commentary", tuple(words.commentary(reading)))]
    if coming is not None:
        notice = Notice(state.capitalize(), (STATES[state],), "awaiting")
        points = tuple((said,) for said in (*coming.what_does_this_mean, *coming.next_steps))
        drafted = (KeyPoints(points, ""),) if points else ()
        parts.append(Part("Words on their way", "commentary-coming", (notice, *drafted)))
    return tuple(parts)
