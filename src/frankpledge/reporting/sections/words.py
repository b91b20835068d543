"""What people wrote about a reading, or that nobody has yet; and what the measure is."""

from __future__ import annotations

from frankpledge.analysis.periods import day_name, month_name
from frankpledge.reporting import numbers
from frankpledge.reporting.document import Block, Definition, DefinitionList, KeyPoints, Words
from frankpledge.reporting.grammar import capitalised
from frankpledge.reporting.key_points import target_in_words
from frankpledge.reporting.readings import Material, Reading
from frankpledge.reporting.sections import notices


def commentary(reading: Reading) -> list[Block]:
    """What does this mean, next steps, action required: written by a person or awaiting one."""
    comment = reading.comment
    if comment is None:
        return [notices.awaiting()]
    missing = "Awaiting a person: not written yet."
    return [
        KeyPoints(_points(comment.what_does_this_mean, missing), "What does this mean?"),
        KeyPoints(_points(comment.next_steps, missing), "Next steps"),
        KeyPoints(((_action(comment.action_required, comment.action),),), "Action required?"),
    ]


def _points(said: tuple[str, ...], missing: str) -> tuple[Words, ...]:
    return tuple((sentence,) for sentence in said or (missing,))


def _action(required: bool | None, action: str | None) -> str:
    if required is None:
        return "Awaiting a person: not decided yet."
    if not required:
        return "No."
    return f"Yes: {action}" if action else "Yes."


def good(reading: Reading) -> DefinitionList | None:
    """The box that says what good looks like, and how likely it is."""
    aim = reading.measure.good_looks_like
    if aim is None:
        return None
    items = [Definition("In words", (aim.text,))]
    if aim.value is not None:
        items.append(Definition("As a number", (capitalised(target_in_words(reading.measure)),)))
    if aim.by:
        items.append(Definition("By", (day_name(aim.by),)))
    items.append(Definition("Likelihood", (likelihood_words(reading),)))
    if aim.reviewed:
        items.append(Definition("Last agreed", (month_name(aim.reviewed),)))
    return DefinitionList(tuple(items), "What good looks like", boxed=True)


def likelihood_words(reading: Reading) -> str:
    """The likelihood in a word and a number, or why there is none."""
    row = reading.newest
    if row["likelihood"] is not None:
        confidence = row["likelihood_confidence"]
        sure = f", {confidence} confidence" if confidence else ""
        return f"{capitalised(row['likelihood_word'])} ({numbers.probability(row['likelihood'])}){sure}"
    judged = reading.comment.judged_likelihood if reading.comment else None
    if judged:
        return f"{capitalised(judged)}, judged by a person and not computed"
    basis = str(row["likelihood_basis"] or "not computed")
    if basis in {"met", "not met"}:
        return f"{capitalised(basis)} at the date"
    return f"Not computed: {basis}" if basis != "not computed" else "Not computed"


def about(reading: Reading, material: Material) -> list[Block]:
    """What the measure is, where it comes from, who answers for it and when it is reviewed."""
    measure = reading.measure
    late = notices.overdue(reading, material)
    review = f"{day_name(measure.next_review)}{' (overdue)' if late else ''}"
    items = [
        ("Definition", measure.definition),
        ("Why it matters", measure.why_it_matters),
        ("How it is calculated", measure.how_calculated),
        ("Source", measure.source),
        ("Caveats", " ".join(measure.caveats)),
        ("Author", measure.author_role),
        ("Checker", measure.checker_role),
        ("Next review", review),
    ]
    terms = tuple(Definition(term, (text,)) for term, text in items if text)
    return [DefinitionList(terms, "About this measure"), *([late] if late else [])]
