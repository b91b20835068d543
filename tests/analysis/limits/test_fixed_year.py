"""Fixed-year limits: the spec table, what is known of t, and a slow twin in whole fractions."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import t

from analysis.limits.made_series import APRIL_2021, all_series, published, series
from analysis.limits.test_baselines import breaks_frame, slow_window
from frankpledge.analysis.limits.fixed_year import (
    COLUMNS,
    chance_outside,
    fixed_year,
    multiplier_for,
    print_limit,
)
from frankpledge.analysis.limits.rule_sets import FIXED_YEAR, FIXED_YEAR_SAMPLE, rule_set
from frankpledge.analysis.periods import add_months, months_from
from spec.spec_table import number, spec_table

QUIET = [10, 14] * 6


def slow_fixed_year(values, month, rules, breaks=(), left_out=()) -> dict:
    """One month of one series, in exact fractions. `values` by month, None where there is none."""
    first, last = slow_window(month, breaks, ())
    window = months_from(first, last) if first <= last else []
    found = [
        Fraction(str(values[m])) for m in window if values.get(m) is not None and m not in left_out
    ]
    n, value = len(found), values[month]
    if n < rules.trial_months:
        return {"limits_state": "none", "baseline_months": n}
    mean = sum(found) / n
    squares = sum((one - mean) ** 2 for one in found)
    variance = squares / (n if rules.sd == "population" else n - 1)
    answer = {
        "limits_state": "full" if n >= rules.full_months else "trial",
        "baseline_months": n,
        "limit_mean": float(mean),
        "limit_sd": sqrt(variance),
        "upper_limit": float(mean) + rules.multiplier * sqrt(variance),
        "lower_limit": float(mean) - rules.multiplier * sqrt(variance),
    }
    if value is None:
        return answer
    away = Fraction(str(value)) - mean
    if away**2 > Fraction(str(rules.multiplier)) ** 2 * variance:
        answer["crossing"] = "above" if away > 0 else "below"
    spread = sqrt(squares / (n - 1) * (1 + Fraction(1, n)))
    if spread:
        answer["p_value"] = 2 * t.sf(abs(float(away)) / spread, n - 1)
    ratio = (n - 1) / n if rules.sd == "population" else 1
    answer["chance"] = 2 * t.sf(rules.multiplier * sqrt(ratio / (1 + 1 / n)), n - 1)
    return answer


NUMBERS = ("limit_mean", "limit_sd", "upper_limit", "lower_limit", "p_value", "chance")
WORDS = ("crossing", "limits_state", "baseline_months")


def assert_equal(row: dict, twin: dict) -> None:
    assert {name: row[name] for name in WORDS} == {name: twin.get(name) for name in WORDS}
    for name in NUMBERS:
        expected = twin.get(name)
        near = None if expected is None else pytest.approx(expected, rel=1e-7, abs=1e-7)
        assert row[name] == near, name


@pytest.mark.parametrize("row", spec_table("limits/fixed_year"), ids=lambda row: row["case"])
def test_the_limits_of_the_table(row):
    figures = [number(figure) for figure in row["baseline"].split()]
    judged = fixed_year(series(*figures, number(row["value"])), rule_set(row["rule-set"]))
    found = judged.row(12, named=True)
    for name in ("mean", "sd", "lower", "upper"):
        column = f"limit_{name}" if name in {"mean", "sd"} else f"{name}_limit"
        told = number(row[name])
        assert found[column] == (None if told is None else pytest.approx(told, abs=5e-4))
    if row["prints"] != "-":
        printed = [print_limit(found["lower_limit"]), print_limit(found["upper_limit"])]
        assert " ".join(map(str, printed)) == row["prints"]
    assert found["limits_state"] == row["state"]
    assert found["crossing"] == (None if row["crossing"] == "-" else row["crossing"])


# Small whole numbers tie and lie exactly on limits; tenths do not fit a float.
FIGURES = st.lists(st.none() | st.integers(0, 9), min_size=1, max_size=36)
TENTHS = st.lists(st.none() | st.integers(0, 900).map(lambda n: n / 10), min_size=1, max_size=36)
MONTHS = st.integers(0, 36).map(lambda n: add_months(APRIL_2021, n))
RULES = st.sampled_from([FIXED_YEAR, FIXED_YEAR_SAMPLE])
BREAKS = st.lists(st.tuples(MONTHS, st.booleans()), max_size=2)


@settings(deadline=None)
@given(FIGURES | TENTHS, FIGURES | TENTHS, RULES, BREAKS, st.none() | MONTHS)
def test_every_month_agrees_with_the_slow_twin(one, other, rules, breaks, hot):
    figures = {"A": one, "B": other}
    period = pl.DataFrame(
        {"from_month": [hot], "to_month": [hot], "left_out": [hot is not None]},
        schema_overrides={"from_month": pl.Date, "to_month": pl.Date},
    )
    both = all_series({("robbery", area): values for area, values in figures.items()})
    judged = fixed_year(both, rules, breaks_frame(*breaks, area="A"), period)
    assert judged.select(both.columns).equals(both)
    for row in judged.iter_rows(named=True):
        values = {add_months(APRIL_2021, i): v for i, v in enumerate(figures[row["area"]])}
        broken = breaks if row["area"] == "A" else ()
        assert_equal(row, slow_fixed_year(values, row["month"], rules, broken, {hot}))


def test_one_month_alone_is_judged_as_it_is_among_all():
    both = all_series({("robbery", "A"): [*QUIET, 20, 9], ("robbery", "B"): [*QUIET, 3]})
    april = add_months(APRIL_2021, 12)
    alone = fixed_year(both, month=april)
    assert alone.equals(fixed_year(both).filter(pl.col("month") == april))
    assert alone["crossing"].to_list() == ["above", "below"]


def test_the_baseline_is_said_in_words():
    judged = fixed_year(series(*QUIET, 16))
    assert judged["baseline"].to_list() == [None] * 12 + ["April 2021 to March 2022"]
    restarted = fixed_year(series(*QUIET, 16), breaks=breaks_frame((date(2022, 3, 1), True)))
    april = restarted.row(12, named=True)
    assert (april["baseline"], april["baseline_months"]) == ("March 2022", 1)
    assert april["baseline_note"] == "restarted in March 2022 (new code)"
    assert april["limits_state"] == "none"


def test_a_suppressed_month_is_neither_nought_nor_part_of_a_baseline():
    figures = series(*QUIET, 0)
    hidden = pl.col("month").is_in([date(2021, 4, 1), date(2022, 4, 1)])
    condition = pl.when(hidden).then(pl.lit("suppressed")).otherwise("condition")
    figures = figures.with_columns(condition.cast(figures.schema["condition"]).alias("condition"))
    april = fixed_year(figures).row(12, named=True)
    assert (april["baseline_months"], april["limits_state"]) == (11, "trial")
    assert (april["crossing"], april["p_value"], april["chance"]) == (None, None, None)


def test_the_p_value_is_that_of_a_new_month_not_of_a_known_mean():
    """A printed table of t has 2.201 for 11 degrees of freedom and 5% on both sides."""
    spread = 2 * sqrt(12 / 11) * sqrt(1 + 1 / 12)
    judged = fixed_year(series(*QUIET, 12 + 2.201 * spread)).row(12, named=True)
    assert judged["p_value"] == pytest.approx(0.05, abs=1e-4)


@pytest.mark.parametrize("rules", [FIXED_YEAR, FIXED_YEAR_SAMPLE], ids=lambda rules: rules.name)
@pytest.mark.parametrize("months", [6, 9, 12])
def test_the_chance_is_how_often_a_quiet_normal_series_lies_outside(rules, months):
    drawn = np.random.default_rng(20220630).normal(size=(200_000, months + 1))
    baseline, newest = drawn[:, :months], drawn[:, months]
    sd = baseline.std(axis=1, ddof=0 if rules.sd == "population" else 1)
    outside = np.abs(newest - baseline.mean(axis=1)) > rules.multiplier * sd
    assert outside.mean() == pytest.approx(chance_outside(rules, months), abs=0.003)


def test_limits_as_wide_as_a_chance_asks_have_that_chance():
    for sd, months, chance in [("population", 12, 0.02), ("sample", 7, 0.1)]:
        width = multiplier_for(chance, months, sd)
        ratio = (months - 1) / months if sd == "population" else 1
        far = width * sqrt(ratio / (1 + 1 / months))
        assert 2 * t.sf(far, months - 1) == pytest.approx(chance)
    assert multiplier_for(chance_outside(FIXED_YEAR)) == pytest.approx(2)


def test_an_empty_frame_gives_an_empty_answer():
    assert fixed_year(series(1, 2).head(0)).columns[-len(COLUMNS) :] == list(COLUMNS)


def test_columns_that_are_already_there_are_not_overwritten():
    with pytest.raises(ValueError, match="upper_limit"):
        fixed_year(fixed_year(series(1, 2)))


@pytest.mark.shared
def test_602_real_series_agree_with_the_slow_twin(shared):
    figures = published(shared / "police-uk" / "force-month.csv")
    values = {
        key: dict(zip(part["month"], part["value"], strict=True))
        for key, part in figures.partition_by("measure", "area", as_dict=True).items()
    }
    newest = fixed_year(figures).group_by("measure", "area").last()
    assert newest.height == 602
    for row in newest.iter_rows(named=True):
        own = values[row["measure"], row["area"]]
        assert_equal(row, slow_fixed_year(own, row["month"], FIXED_YEAR))
