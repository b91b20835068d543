"""The key points of a reading, drafted in plain sentences from its findings."""

from __future__ import annotations

from frankpledge.analysis.likelihood.targets import TargetOver, is_met
from frankpledge.analysis.periods import day_name, month_name
from frankpledge.definitions.schema import Measure
from frankpledge.reporting import numbers, sentences
from frankpledge.reporting.document import Words
from frankpledge.reporting.readings import Material, Reading

MONTHS_FOR_LIKELIHOOD = 12


def first_sentence(reading: Reading) -> str:
    """The sentence that answers the page's question: is this figure out of line?"""
    subject, row = reading.subject, reading.newest
    if reading.value is None:
        said = numbers.without_number(reading.condition, row["reason"])
        return sentences.without_figure(
            subject,
            reading.month,
            said,
            row["reason"],
            row["last_observed_month"],
            row["last_observed"],
        )
    return sentences.state(
        subject,
        reading.month,
        reading.value,
        reading.crossing,
        row["lower_limit"],
        row["upper_limit"],
        reading.months_running,
        row["reason"],
    )


def comparisons(reading: Reading) -> list[str]:
    """The sentences that compare: on the month, on the year, year to date, rolling 12 months."""
    subject, month, row = reading.subject, reading.month, reading.newest
    said = [
        sentences.changes(
            subject,
            month,
            reading.change("previous_month", "previous_month"),
            reading.change("same_month_last_year", "same_month_last_year"),
        )
        if reading.value is not None
        else "",
        sentences.year_to_date(
            subject,
            month,
            row["year_to_date"],
            reading.change("year_to_date", "last_year_to_date"),
        ),
        sentences.rolling(
            subject, month, row["rolling_12"], reading.change("rolling_12", "rolling_12_before")
        ),
    ]
    found = [sentence for sentence in said if sentence]
    return [*found, *breaks_between(reading)] if found else []


def breaks_between(reading: Reading) -> tuple[str, ...]:
    """What to say where recording changed between the months compared: they are not alike."""
    return tuple(
        f"Recording changed in {month_name(b.month)} ({b.reason.rstrip('.')}): figures on either side"
        " are not alike."
        for b in reading.breaks_between
    )


def key_points(reading: Reading, material: Material) -> tuple[Words, ...]:
    """What the page says in words below its first sentence."""
    said = [
        *comparisons(reading),
        interval(reading),
        window(reading),
        projection(reading),
        rank(reading, material),
        likelihood(reading),
        areas_difference(reading, material),
    ]
    return tuple((sentence,) for sentence in said if sentence)


def interval(reading: Reading) -> str:
    """How sure a survey's percentage is: its base and 95% interval."""
    row = reading.newest
    if reading.value is None or row["interval_lower"] is None or row["denominator"] is None:
        return ""
    low, high = (
        numbers.measured(row[name], "percentage", 1)
        for name in ("interval_lower", "interval_upper")
    )
    base = numbers.figure(row["denominator"])
    return f"It rests on {base} cases; the 95% interval is {low} to {high}."


def window(reading: Reading) -> str:
    """How a percentage's 12 months stand beside the 12 that ended a quarter earlier, and how surely.

    The two share nine months, so only the three that each has alone are tested.
    """
    row = reading.newest
    if row["window_change_points"] is None:
        return ""
    return sentences.windows(
        reading.month,
        row["window_now"],
        row["window_before"],
        row["window_change_points"],
        row["window_p_value"],
    )


def projection(reading: Reading) -> str:
    """What six months ahead would bring."""
    if not reading.projection:
        return ""
    last = reading.projection[-1]
    if any(last[name] is None for name in ("projection", "lower_80", "upper_80")):
        return ""
    return sentences.projected(
        reading.subject,
        last["month"],
        last["projection"],
        last["lower_80"],
        last["upper_80"],
        reading.newest["months_of_history"],
    )


def rank(reading: Reading, material: Material) -> str:
    """Where the force stands among similar forces; "" for areas and where none are given."""
    row = reading.newest
    if row["rank"] is None or reading.area != material.force:
        return ""
    return sentences.ranked(
        material.force, row["rank"], row["rank_of"], row["first_means"], row["rank_month"]
    )


def likelihood(reading: Reading) -> str:
    """How likely what good looks like is, or why nothing can be said."""
    good, row = reading.measure.good_looks_like, reading.newest
    if good is None or good.value is None:
        return ""
    aim = target_in_words(reading.measure)
    basis = row["likelihood_basis"]
    if row["likelihood"] is not None:
        return sentences.likely(
            row["likelihood"], row["likelihood_word"], row["likelihood_confidence"], aim, good.by
        )
    if basis in {"met", "not met"} and good.by:
        return f"What good looks like ({aim}) was {basis} by {day_name(good.by)}."
    return ""


def target_in_words(measure: Measure) -> str:
    """The number that good looks like: "at least 80%"; "" where there is none."""
    good = measure.good_looks_like
    if good is None or good.value is None:
        return ""
    return f"{good.direction} {numbers.in_words(good.value, measure.unit, measure.decimals)}"


def met_this_month(reading: Reading) -> bool | None:
    """Whether this month's figure is what good looks like; None where they cannot be compared.

    A number that is held against many months says nothing of one.
    """
    good = reading.measure.good_looks_like
    if good is None or good.value is None or good.over != TargetOver.MONTH or reading.value is None:
        return None
    return is_met(reading.value, good.value, good.direction)


def target_sentence(reading: Reading) -> str:
    """ "Target: at least 80%. Not met in June 2022." Empty where the month cannot be held against it."""
    met = met_this_month(reading)
    if met is None:
        return ""
    verdict = "Met" if met else "Not met"
    return f"Target: {target_in_words(reading.measure)}. {verdict} in {month_name(reading.month)}."


def areas_difference(reading: Reading, material: Material) -> str:
    """Whether the areas add up to the force this month, where they should."""
    row = material.difference_of_areas(reading.measure.id)
    if reading.area != material.force or row is None or not row["difference"]:
        return ""
    areas = numbers.figure(row["areas_value"])
    amount = numbers.figure(abs(row["difference"]))
    side = "fewer" if row["difference"] > 0 else "more"
    return f"The areas add up to {areas}, {amount} {side} than the force's own figure."


def needs_more_months(reading: Reading) -> str:
    """What a single observation cannot say; "" where there is history enough."""
    if reading.has_limits and reading.months_known >= MONTHS_FOR_LIKELIHOOD:
        return ""
    months = reading.months_known
    have = "one month is" if months == 1 else f"{months} months are"
    missing = [
        *([] if reading.has_limits else ["Control limits"]),
        *([] if months >= MONTHS_FOR_LIKELIHOOD else ["a computed likelihood"]),
    ]
    needs = " and ".join(missing)
    verb = "need" if len(missing) > 1 or not reading.has_limits else "needs"
    return f"{needs[:1].upper()}{needs[1:]} {verb} more months: {have} known."
