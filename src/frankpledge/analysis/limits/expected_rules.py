"""How "expected" limits are drawn: one rule-set, with a name and a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class ExpectedRules:
    """Limits about what a series' own history leads one to expect of the judged month.

    `level` is the two-sided level of the limits. A month's weight is `discount` to the power of its
    age in months; the newest `guard` months before the judged one have none, so that a change that
    has just come does not hide itself. `months_back` is the oldest month used. `harmonics` are
    fitted from `months_for_season` usable months on and where a month has `smallest_for_season`
    events or more; below `fewest_months` there are no limits. `wander` is how far a level is allowed
    to wander in a month, as a share of it. `most_pack_freedom` is the most that the pack's usual
    dispersion may be worth, in degrees of freedom.
    """

    family: str = "expected"
    version: str = "1"
    summary: str = "Level, season and scatter fitted to the series' own history."
    level: float = 0.015
    discount: float = 0.94
    guard: int = 2
    months_back: int = 60
    harmonics: int = 2
    months_for_season: int = 24
    fewest_months: int = 12
    smallest_for_season: float = 3.0
    wander: float = 0.012
    most_pack_freedom: float = 5.0
    loosest_season: float = 0.5
    tightest_season: float = 0.01
    least_spread: float = 0.01
    method: Literal["expected"] = "expected"

    @property
    def name(self) -> str:
        return f"{self.family}-{self.version}"


EXPECTED = ExpectedRules()
