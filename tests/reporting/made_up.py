"""A small made-up report: two areas, four measures, every kind of value. No analysis is run."""

from __future__ import annotations

from datetime import date

import polars as pl

from frankpledge.analysis.findings import Findings, Pack
from frankpledge.analysis.periods import add_months, months_from
from frankpledge.definitions import load
from frankpledge.reporting.build import build_report
from frankpledge.reporting.commentary import Comment, Commentary
from frankpledge.reporting.document import Report
from frankpledge.reporting.settings import Break, ReportSettings

JUNE = date(2022, 6, 1)
FORCE, AREA = "West Mercia", "South Worcestershire"

_COMPARED = {
    f"{comparison}_{ending}": None
    for comparison in ("previous_month", "same_month_last_year", "year_to_date", "rolling_12")
    for ending in ("change", "change_pct", "change_points")
}
_SMALL = {
    f"{comparison}_small_base": False
    for comparison in ("previous_month", "same_month_last_year", "year_to_date", "rolling_12")
}
_NUMBERS = dict.fromkeys(
    (
        *("value", "numerator", "denominator", "interval_lower", "interval_upper"),
        *("window_now", "window_before", "window_change_points", "window_p_value"),
        *("previous_month", "same_month_last_year", "year_to_date", "last_year_to_date"),
        *("rolling_12", "rolling_12_before", "rate_per_1000", "limit_mean", "upper_limit"),
        *("lower_limit", "p_value", "rank", "rank_of", "group_mean", "likelihood", "last_observed"),
    )
)
_WORDS = dict.fromkeys(
    (
        *("reason", "crossing", "assessment", "likelihood_word", "likelihood_band"),
        *("likelihood_confidence", "likelihood_basis", "first_means", "baseline"),
        *("year_to_date_reason", "last_year_to_date_reason"),
        *("rolling_12_reason", "rolling_12_before_reason"),
    )
)
_DATES = dict.fromkeys(("last_observed_month", "rank_month"))
_PLAIN = {
    "measure": "", "area": FORCE, "month": JUNE, "unit": "count", "decimals": 0,
    "condition": "observed", "origin": "recorded", "limits_state": "none", "exceptional": None,
    "strong": None, "months_of_history": 1, "limits_rule_set": "fixed-year-1",
}  # fmt: skip
_SCHEMA = {
    **dict.fromkeys((*_NUMBERS, *_COMPARED), pl.Float64),
    **dict.fromkeys(_WORDS, pl.String),
    **dict.fromkeys(_DATES, pl.Date),
    **dict.fromkeys(_SMALL, pl.Boolean),
    "exceptional": pl.Boolean,
    "strong": pl.Boolean,
    "rank": pl.Int32,
    "rank_of": pl.Int32,
}

SHOPLIFTING = {
    "measure": "shoplifting", "value": 636.0, "previous_month": 568.0,
    "previous_month_change": 68.0, "previous_month_change_pct": 11.971830985915492,
    "same_month_last_year": 455.0, "same_month_last_year_change": 181.0,
    "same_month_last_year_change_pct": 39.78021978021978, "year_to_date": 1797.0,
    "last_year_to_date": 1398.0, "year_to_date_change": 399.0,
    "year_to_date_change_pct": 28.540772532188842, "lower_limit": 390.2, "upper_limit": 623.8,
    "limit_mean": 507.0,
    "rolling_12": 6483.0, "crossing": "above", "exceptional": True, "strong": True, "p_value": 0.0133,
    "assessment": "concern", "limits_state": "full", "rank": 8, "rank_of": 8,
    "first_means": "1st is the lowest rate per 1,000 people, the best", "rank_month": date(2022, 5, 1),
}  # fmt: skip
ROBBERY = {
    "measure": "business-robbery", "area": AREA, "value": 4.0, "previous_month": 0.0,
    "previous_month_change": 4.0, "previous_month_small_base": True, "same_month_last_year": 1.0,
    "same_month_last_year_change": 3.0, "same_month_last_year_change_pct": 300.0,
    "same_month_last_year_small_base": True, "lower_limit": -1.2, "upper_limit": 5.1,
    "exceptional": False, "limits_state": "full",
}  # fmt: skip
HIDDEN = {
    "measure": "rape", "area": AREA, "condition": "suppressed", "reason": "fewer than 5",
}  # fmt: skip
MISSING = {
    "measure": "incidents", "condition": "missing", "reason": "not reported",
    "last_observed_month": date(2022, 5, 1), "last_observed": 20000.0,
}  # fmt: skip
CONFIDENCE = {"measure": "public-confidence", "value": 82.0, "unit": "percentage"}
ANSWERED = {
    "measure": "calls-999-answered-within-10-seconds", "value": 90.0, "unit": "percentage",
    "likelihood": 0.62, "likelihood_word": "likely or probable", "likelihood_confidence": "low",
    "likelihood_basis": "computed",
}  # fmt: skip


def newest(*rows: dict) -> pl.DataFrame:
    whole = [{**_PLAIN, **_NUMBERS, **_COMPARED, **_SMALL, **_WORDS, **_DATES, **r} for r in rows]
    return pl.DataFrame(whole, schema_overrides=_SCHEMA)


def history(
    *rows: dict, reconstructed: frozenset[str] = frozenset({"shoplifting"})
) -> pl.DataFrame:
    """Fifteen months of a series with limits, one month for the rest; a gap in December 2021."""
    months = []
    for row in rows:
        span = months_from(add_months(JUNE, -14), JUNE) if row.get("upper_limit") else [JUNE]
        for i, month in enumerate(span):
            this = month == JUNE
            gap = month == date(2021, 12, 1)
            value = row.get("value") if this else None if gap else 400.0 + 13 * i
            rebuilt = row["measure"] in reconstructed and not this
            months.append(
                {
                    "measure": row["measure"],
                    "area": row.get("area", FORCE),
                    "month": month,
                    "value": value,
                    "condition": row.get("condition", "observed") if this else "missing" if gap else "observed",
                    "origin": "reconstructed" if rebuilt else "recorded",
                    "reason": row.get("reason") if this else "not reported" if gap else None,
                    "rolling_12": row.get("rolling_12") if this else None,
                    "limit_mean": row.get("limit_mean") if this else None,
                    "upper_limit": row.get("upper_limit") if this else None,
                    "lower_limit": row.get("lower_limit") if this else None,
                    "crossing": row.get("crossing") if this else None,
                }
            )  # fmt: skip
    number = ("value", "rolling_12", "limit_mean", "upper_limit", "lower_limit")
    words = ("reason", "crossing")
    schema = {**dict.fromkeys(number, pl.Float64), **dict.fromkeys(words, pl.String)}
    return pl.DataFrame(months, schema_overrides=schema, infer_schema_length=None)


def projection() -> pl.DataFrame:
    return pl.DataFrame(
        [
            {
                "measure": "shoplifting", "area": FORCE, "month": add_months(JUNE, h),
                "projection": 600.0 + h, "lower_80": 540.0, "upper_80": 660.0, "lower_95": 500.0,
                "upper_95": 700.0, "method": "AutoETS",
            }
            for h in range(1, 7)
        ]
    )  # fmt: skip


def findings(*rows: dict) -> Findings:
    rows = rows or (SHOPLIFTING, ROBBERY, HIDDEN, MISSING, CONFIDENCE, ANSWERED)
    crossed = [r for r in rows if r.get("crossing")]
    key = {"measure": pl.String, "area": pl.String, "month": pl.Date}
    return Findings(
        month=JUNE,
        newest=newest(*rows),
        history=history(*rows),
        projection=projection(),
        exceptions=pl.DataFrame(
            [
                {"measure": r["measure"], "area": r.get("area", FORCE), "evidence_rank": i}
                for i, r in enumerate(crossed, 1)
            ],
            schema={"measure": pl.String, "area": pl.String, "evidence_rank": pl.Int64},
        ),
        revisions=pl.DataFrame(
            [
                {
                    "measure": "shoplifting", "area": FORCE, "month": date(2022, 5, 1),
                    "earlier": 560.0, "later": 568.0, "earlier_known_at": None,
                    "later_known_at": date(2022, 7, 15),
                }
            ],
            schema_overrides={"earlier_known_at": pl.Date},
        ),
        held_back=pl.DataFrame(
            [
                {
                    "measure": "incidents", "area": FORCE, "month": date(2022, 4, 1), "value": 23.0,
                    "usual": 20000.0, "why": "far below its usual level",
                }
            ]
        ),
        totals=pl.DataFrame(
            [
                {
                    "measure": "shoplifting", "force": FORCE, "month": JUNE, "force_value": 636.0,
                    "areas_value": 630.0, "difference": 6.0,
                }
            ],
            schema_overrides=key,
        ),
        pack=Pack(date(2022, 7, 31), "fixed-year-1", 2, len(crossed), 1, 0.3, 0.1),
    )  # fmt: skip


def settings(**changed: object) -> ReportSettings:
    given = {
        "title": "Performance report",
        "purpose": "Shows how the force performed.",
        "version": "draft",
        "reference": "TEST/1",
        "author_role": "Performance team",
        "owner_role": "Deputy Chief Constable",
        "date": date(2022, 7, 31),
        "handling": "May be shown to the panel.",
        "force": FORCE,
        "force_name": "West Mercia Police",
        "areas": (AREA,),
        "breaks": (Break(measure="shoplifting", month="2022-02", reason="A new code."),),
    }
    return ReportSettings(**{**given, **changed})


COMMENTARY = Commentary(
    comments=(
        Comment(
            measure="shoplifting",
            what_does_this_mean=("Prices rose.",),
            next_steps=("Compare stores.",),
            action_required=True,
            action="Report in October.",
            reviewed=date(2022, 7, 18),
        ),
        Comment(measure="public-confidence", judged_likelihood="unlikely"),
    )
)


def report(*rows: dict, **changed: object) -> Report:
    return build_report(findings(*rows), load(), settings(**changed), COMMENTARY)
