"""Rule-sets: exactly how limits are drawn and judged, each with a name and a version.

A report names the rule-set it used. A rule-set that has been used is never changed: a new way of
judging gets a new name or a new version, so that an old report can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from frankpledge.analysis.limits.expected_rules import EXPECTED, ExpectedRules


@dataclass(frozen=True, kw_only=True)
class FixedYear:
    """Limits fixed for a financial year from the twelve months of the one before.

    Mean ± `multiplier` standard deviations. A value is outside when it lies strictly beyond the
    unrounded limit; a lower limit below 0 prints as 0 and is judged as it is.
    """

    family: str
    version: str
    summary: str
    sd: Literal["population", "sample"] = "population"
    multiplier: float = 2.0
    full_months: int = 12
    trial_months: int = 6
    method: Literal["fixed year"] = "fixed year"

    @property
    def name(self) -> str:
        return f"{self.family}-{self.version}"


@dataclass(frozen=True, kw_only=True)
class XmR:
    """Limits from the mean and the mean moving range, and the four signals judged by them.

    Limits are mean ± `multiplier` × the mean moving range, moving ranges kept only where strictly
    below `screen` × their mean (one pass; `screen` None keeps all). `near` is the share of the way
    from the mean to a limit beyond which a point inside it is near it. `gaps` says whether a month
    without a usable value is passed over as if it were not there ("close up") or interrupts moving
    ranges and runs ("break").
    """

    family: str
    version: str
    summary: str
    multiplier: float = 2.66
    screen: float | None = 3.267
    trend_points: int = 7
    shift_points: int = 7
    near: float = 2 / 3
    gaps: Literal["close up", "break"] = "close up"
    full_points: int = 13
    method: Literal["xmr"] = "xmr"

    @property
    def name(self) -> str:
        return f"{self.family}-{self.version}"


RuleSet = FixedYear | XmR | ExpectedRules

FIXED_YEAR = FixedYear(
    family="fixed-year",
    version="1",
    summary="Mean ± 2 population standard deviations of the previous financial year's months.",
)
FIXED_YEAR_SAMPLE = FixedYear(
    family="fixed-year-sample",
    version="1",
    summary="Mean ± 2 sample standard deviations of the previous financial year's months.",
    sd="sample",
)
PLOT_THE_DOTS = XmR(
    family="plot-the-dots",
    version="0.2.2",
    summary="XmR as NHSRplotthedots 0.2.2 works it out: gaps closed up.",
)
XMR_GAPS = XmR(
    family="xmr-gaps",
    version="1",
    summary="The same limits and rules, but a gap interrupts moving ranges and runs.",
    gaps="break",
)

RULE_SETS: dict[str, RuleSet] = {
    known.name: known
    for known in (FIXED_YEAR, FIXED_YEAR_SAMPLE, PLOT_THE_DOTS, XMR_GAPS, EXPECTED)
}


def rule_set(name: str) -> RuleSet:
    """The rule-set of this name, such as "fixed-year-1".

    Raises ValueError that lists the names there are.
    """
    try:
        return RULE_SETS[name]
    except KeyError:
        known = ", ".join(sorted(RULE_SETS))
        raise ValueError(f"there is no rule-set named {name!r}; there are: {known}") from None
