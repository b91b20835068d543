"""The words on a month: written, reviewed by another, signed off by a third; or sent back."""

from __future__ import annotations

from datetime import date

from frankpledge.web.audit.acts import THE_SYSTEM, ChangedMeanwhileError, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import now
from frankpledge.web.measures.models import Commentary, Measure
from frankpledge.web.organisations.models import Person

State = Commentary.State


@act("commentary.written", needs="measures.write_commentary", on="measure")
def write_commentary(
    *,
    by: Person,
    measure: Measure,
    month: date,
    seen: int,
    area_name: str = "",
    what_does_this_mean: str = "",
    next_steps: str = "",
    action_required: bool | None = None,
    action: str = "",
    judged_likelihood: str = "",
) -> Commentary:
    """Say what a month's figures mean. Each saving is a draft of its own; the earlier ones stay.

    `seen` is the number of the words that were on the page (0: none).
    """
    measure = locked(measure)
    before = newest_words(measure, month, area_name)
    if (before.number if before else 0) != seen:
        raise ChangedMeanwhileError(
            f"{before.written_by} has written about this while you were. Yours is kept on this page:"
            " look at theirs, put the two together, and save again."
        )
    words = Commentary.objects.create(
        measure=measure,
        month=month,
        area_name=area_name,
        number=seen + 1,
        what_does_this_mean=what_does_this_mean,
        next_steps=next_steps,
        action_required=action_required,
        action=action,
        judged_likelihood=judged_likelihood,
        written_by=None if by is THE_SYSTEM else by,
    )
    record(words, was=snapshot(before) if before else None)
    return words


def newest_words(measure: Measure, month: date, area_name: str = "") -> Commentary | None:
    """The newest words on a month, in whatever state."""
    return measure.commentaries.filter(month=month, area_name=area_name).first()


@act("commentary.reviewed", needs="measures.review_commentary", on="words")
def review_commentary(*, by: Person, words: Commentary) -> Commentary:
    """Say that words are right, as somebody who did not write them."""
    words = _at(words, State.DRAFT, "reviewed")
    was = snapshot(words)
    words.state, words.reviewed_by, words.reviewed_at = State.REVIEWED, by, now()
    words.save()
    record(words, was=was)
    return words


@act("commentary.signed_off", needs="measures.sign_off_commentary", on="words")
def sign_off_commentary(*, by: Person, words: Commentary) -> Commentary:
    """Let reviewed words stand as the force's, as somebody who neither wrote nor reviewed them."""
    words = _at(words, State.REVIEWED, "signed off")
    was = snapshot(words)
    words.state, words.final_by, words.final_at = State.FINAL, by, now()
    words.save()
    record(words, was=was)
    return words


@act("commentary.returned", needs="measures.return_commentary", on="words")
def return_commentary(*, by: Person, words: Commentary, why: str) -> Commentary:
    """Send words back to whoever wrote them, saying why."""
    words = _at(words, (State.DRAFT, State.REVIEWED), "sent back")
    was = snapshot(words)
    words.state, words.returned_by, words.returned_at = State.RETURNED, by, now()
    words.why_returned = why
    words.save()
    record(words, was=was, why=why)
    return words


def _at(words: Commentary, states: str | tuple[str, ...], done: str) -> Commentary:
    """The words as they are now, if they are the newest and in a state for this."""
    locked(words.measure)
    words = locked(words)
    states = (states,) if isinstance(states, str) else states
    newest = newest_words(words.measure, words.month, words.area_name)
    if newest.pk != words.pk:
        raise ChangedMeanwhileError(
            f"{newest.written_by} has written newer words since you looked. Read those."
        )
    if words.state not in states:
        raise ChangedMeanwhileError(
            f"These words cannot be {done}: they are {words.get_state_display().lower()} now."
        )
    return words
