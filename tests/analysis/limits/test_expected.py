"""Expected limits: the spec table, a slow twin, and what must hold of any series."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.limits.expected_twin import judge_counts
from analysis.limits.made_series import APRIL_2021, all_series, published, series
from frankpledge.analysis.limits.expected import COLUMNS, expected
from frankpledge.analysis.limits.expected_rules import EXPECTED
from frankpledge.analysis.periods import add_months
from frankpledge.analysis.series import KEY
from spec.spec_table import number, spec_table

TRAITS = pl.DataFrame(
    {
        "measure": ["shoplifting", "satisfaction", "answer time"],
        "unit": ["count", "percentage", "minutes"],
    }
)


def newest(frame: pl.DataFrame, **options: object) -> dict:
    """The one series of a frame at its newest month."""
    return expected(frame, TRAITS, **options).row(0, named=True)


def poisson(mean: float, months: int, seed: int = 1) -> list[float]:
    return np.random.default_rng(seed).poisson(mean, months).astype(float).tolist()


SPEC = spec_table("limits/expected")


@pytest.mark.parametrize("row", SPEC, ids=[row["case"] for row in SPEC])
def test_expected_is_as_the_spec_table_says(row: dict[str, str]) -> None:
    """ "24 x 7" is 24 months of 7; "." a month without a value."""
    history: list[float | None] = []
    for part in row["history"].split(", "):
        many, value = part.split(" x ")
        history += int(many) * [None if value == "." else float(value)]
    found = newest(series(*history, number(row["value"])))
    assert found["method"] == row["method"]
    assert found["months_used"] == int(row["months used"])
    assert (found["expected_lower"], found["expected_upper"]) == (
        number(row["lower"]),
        number(row["upper"]),
    )
    p_value = number(row["p-value"])
    assert found["p_value"] == (None if p_value is None else pytest.approx(p_value, abs=0.00005))


counts = st.one_of(st.integers(0, 12), st.integers(0, 200), st.none())
histories = st.lists(counts, min_size=12, max_size=40).filter(
    lambda months: (
        sum(value is not None for value in months) >= 12
        and any(value is not None for value in months[:-2])
    )
)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(histories, st.integers(0, 300)), min_size=1, max_size=4))
def test_counts_equal_the_slow_twin(pack: list[tuple[list[float | None], float]]) -> None:
    assert_equal_to_the_twin(pack)


@pytest.mark.slow
def test_a_whole_pack_equals_the_slow_twin() -> None:
    """Fourteen series of many sizes: enough that the usual scatter is a line in the level."""
    rng = np.random.default_rng(10)
    means = np.geomspace(1, 300, 14)
    pack = [
        (rng.poisson(rng.gamma(m / (0.2 + i / 5), 0.2 + i / 5, 36)).astype(float).tolist(), m * 1.3)
        for i, m in enumerate(means)
    ]
    assert_equal_to_the_twin([(before, float(round(value))) for before, value in pack])


def assert_equal_to_the_twin(pack: list[tuple[list[float | None], float]]) -> None:
    longest = max(len(before) for before, _ in pack)
    named = {
        ("shoplifting", f"area {i:02d}"): [*[None] * (longest - len(before)), *before, value]
        for i, (before, value) in enumerate(pack)
    }
    fast = expected(all_series(named), TRAITS).sort("area").to_dicts()
    slow = judge_counts(pack)
    for one, other in zip(fast, slow, strict=True):
        assert one["expected"] == pytest.approx(other.expected, rel=1e-4)
        assert one["dispersion"] == pytest.approx(other.dispersion, rel=1e-3)
        assert one["p_value"] == pytest.approx(other.p_value, rel=5e-3, abs=1e-6)
        # A tail that equals the level to the fourth place may fall on either side of it.
        assert abs(one["expected_lower"] - other.lower) <= 1
        assert abs(one["expected_upper"] - other.upper) <= 1


@settings(max_examples=40, deadline=None)
@given(histories, st.integers(0, 300))
def test_a_value_is_outside_just_when_its_p_value_is_at_most_the_level(
    before: list[float | None], value: int
) -> None:
    found = newest(series(*before, value))
    outside = value > found["expected_upper"] or value < found["expected_lower"]
    assert outside == (found["p_value"] <= EXPECTED.level)
    assert found["chance"] <= EXPECTED.level + 1e-12
    assert found["expected_lower"] <= found["expected"] <= found["expected_upper"] + 1
    assert found["expected_upper"] > found["expected_lower"] >= 0


@settings(max_examples=30, deadline=None)
@given(histories, st.lists(counts, min_size=2, max_size=2), st.integers(0, 300))
def test_the_judged_month_and_the_two_before_it_do_not_move_the_limits(
    before: list[float | None], guarded: list[float | None], value: int
) -> None:
    """A change that has just come does not hide itself."""
    usable = sum(v is not None for v in before[:-2])
    if usable < 24 and usable + 2 >= 12:
        return  # how many usable months there are decides about a season, and guarded ones count
    one = newest(series(*before[:-2], 5, 5, 100))
    other = newest(series(*before[:-2], 900, 900, value))
    if usable + 2 < 12:
        assert one["method"] == other["method"] == "none"
        return
    for name in ("expected", "expected_lower", "expected_upper", "dispersion"):
        assert one[name] == other[name]


def test_later_months_do_not_move_the_limits_of_earlier_ones() -> None:
    values = poisson(60, 40)
    months = [add_months(APRIL_2021, 30)]
    then = expected(series(*values[:31]), TRAITS, months)
    now = expected(series(*values), TRAITS, months)
    assert then.equals(now)


def test_a_missing_month_is_not_a_nought_and_a_nought_is_not_missing() -> None:
    values = poisson(60, 37)
    missing, nought = list(values), list(values)
    missing[20], nought[20] = None, 0.0
    whole, without, with_nought = (newest(series(*v)) for v in (values, missing, nought))
    assert without["months_used"] == whole["months_used"] - 1
    assert with_nought["months_used"] == whole["months_used"]
    assert without["expected"] == pytest.approx(whole["expected"], rel=0.03)
    assert with_nought["dispersion"] > 2 * whole["dispersion"]


def test_a_suppressed_month_is_left_out_and_a_suppressed_value_is_not_judged() -> None:
    values = poisson(6, 37)
    frame = series(*values)
    hidden = frame.with_columns(
        pl.when(pl.col("month") == frame["month"].max())
        .then(pl.lit("suppressed").cast(frame.schema["condition"]))
        .otherwise("condition")
        .alias("condition")
    )
    found = newest(hidden)
    assert (found["p_value"], found["chance"]) == (None, None)
    assert found["expected_upper"] == newest(frame)["expected_upper"]


def test_a_break_restarts_the_history() -> None:
    values = [*poisson(200, 30, seed=2), *poisson(50, 19, seed=3)]
    broken = pl.DataFrame(
        {
            "measure": ["shoplifting"],
            "area": [None],
            "month": [add_months(APRIL_2021, 30)],
            "reason": ["new opening code"],
            "restarts_baseline": [True],
        },
        schema_overrides={"area": pl.String},
    )
    before, after = newest(series(*values)), newest(series(*values), breaks=broken)
    alone = newest(series(*values[30:], first=add_months(APRIL_2021, 30)))
    assert before["expected"] > 60
    assert after["method"] == alone["method"] == "fallback"
    for name in ("expected", "expected_lower", "expected_upper", "p_value", "months_used"):
        assert after[name] == pytest.approx(alone[name])


def test_an_exceptional_period_that_is_left_out_has_no_weight() -> None:
    values = poisson(100, 37)
    locked_down = [*values[:20], 10.0, 10.0, 10.0, *values[23:]]
    period = pl.DataFrame(
        {
            "from_month": [add_months(APRIL_2021, 20)],
            "to_month": [add_months(APRIL_2021, 22)],
            "reason": ["lockdown"],
            "left_out": [True],
        }
    )
    assert newest(series(*locked_down))["dispersion"] > 5
    one = newest(series(*values), exceptional_periods=period)
    assert newest(series(*locked_down), exceptional_periods=period) == one


def test_a_season_is_expected() -> None:
    month = np.arange(49)
    wave = 1000 * (1 + 0.25 * np.cos(2 * np.pi * month / 12))
    values = np.random.default_rng(4).poisson(wave).astype(float).tolist()
    found = newest(series(*values))
    assert found["expected"] == pytest.approx(1250, rel=0.05)
    assert newest(series(*values[:-6]))["expected"] == pytest.approx(750, rel=0.05)


def test_where_in_the_calendar_a_series_lies_changes_nothing() -> None:
    values = poisson(40, 37)
    one, other = newest(series(*values)), newest(series(*values, first=date(2015, 9, 1)))
    assert {n: one[n] for n in COLUMNS} == {n: other[n] for n in COLUMNS}


def proportions(shares: list[float], size: int) -> pl.DataFrame:
    """A series of percentages with what they are percentages of."""
    numerators = [round(share * size) for share in shares]
    return all_series(
        {("satisfaction", "Shropshire"): [100 * n / size for n in numerators]}
    ).with_columns(
        pl.Series("numerator", numerators, dtype=pl.Float64),
        pl.lit(float(size)).alias("denominator"),
    )


def test_percentages_with_denominators_are_judged_by_them() -> None:
    shares = (np.random.default_rng(5).binomial(400, 0.7, 37) / 400).tolist()
    many, few = newest(proportions(shares, 400)), newest(proportions(shares, 40))
    assert many["method"] == few["method"] == "proportion"
    assert many["expected"] == pytest.approx(70, abs=2)
    width = [row["expected_upper"] - row["expected_lower"] for row in (many, few)]
    assert width[0] < 16 < 25 < width[1]
    assert 0 <= few["expected_lower"] <= few["expected_upper"] <= 100


def test_no_percentage_can_lie_on_the_limit_of_a_proportion() -> None:
    shares = (np.random.default_rng(5).binomial(400, 0.7, 37) / 400).tolist()
    found = newest(proportions(shares, 400))
    for limit in (found["expected_lower"], found["expected_upper"]):
        assert (limit / 100 * 400) % 1 == pytest.approx(0.5)


def test_percentages_without_denominators_stay_within_0_and_100() -> None:
    values = (100 - np.random.default_rng(6).gamma(2, 1.5, 37)).tolist()
    found = newest(all_series({("satisfaction", "Shropshire"): values}))
    assert found["method"] == "measurement"
    assert found["dispersion"] is None
    assert found["expected"] < found["expected_upper"] <= 100


def test_times_are_judged_by_their_ratio() -> None:
    values = np.exp(np.random.default_rng(7).normal(3, 0.1, 37)).tolist()
    found = newest(all_series({("answer time", "Shropshire"): values}))
    upwards, downwards = (
        found["expected_upper"] / found["expected"],
        found["expected"] / found["expected_lower"],
    )
    assert found["method"] == "measurement"
    assert upwards == pytest.approx(downwards, rel=1e-9)
    doubled = newest(all_series({("answer time", "Shropshire"): [2 * v for v in values]}))
    assert doubled["expected_upper"] == pytest.approx(2 * found["expected_upper"], rel=1e-6)


@pytest.mark.parametrize("value", [0.0, 5.0, 100.0])
@pytest.mark.parametrize("measure", TRAITS["measure"].to_list())
@pytest.mark.parametrize("months", [12, 24, 60])
def test_constant_series_have_limits_with_a_width(measure: str, value: float, months: int) -> None:
    found = newest(all_series({(measure, "Shropshire"): [value] * (months + 1)}))
    assert found["expected_lower"] <= value <= found["expected_upper"]
    assert found["expected_upper"] - found["expected_lower"] > 0.001
    assert found["p_value"] == pytest.approx(1)


def test_every_series_and_month_asked_for_comes_back_once_in_order() -> None:
    frame = all_series(
        {
            ("shoplifting", "Wyre"): poisson(30, 40),
            ("shoplifting", "Abbey"): poisson(30, 20),
            ("answer time", "Wyre"): [3.0 + i % 3 for i in range(40)],
        }
    )
    months = [add_months(APRIL_2021, n) for n in (5, 19, 39)]
    found = expected(frame, TRAITS, months)
    asked = frame.filter(pl.col("month").is_in(months)).select(*KEY, "month").sort(*KEY, "month")
    assert found.select(*KEY, "month").equals(asked)
    assert found.columns == [*KEY, "month", *COLUMNS]
    assert expected(frame.clear(), TRAITS).is_empty()


def test_the_first_month_of_all_has_nothing_to_be_expected_from() -> None:
    found = newest(series(5))
    assert (found["method"], found["months_used"], found["expected_upper"]) == ("none", 0, None)
    long_ago = expected(series(*poisson(30, 40)), TRAITS, [APRIL_2021]).row(0, named=True)
    assert (long_ago["method"], long_ago["p_value"]) == ("none", None)
    nothing = newest(series(*[None] * 30, 5))
    assert (nothing["method"], nothing["months_used"]) == ("none", 0)


def test_a_series_is_judged_alike_whatever_other_months_are_asked_for() -> None:
    named = {("shoplifting", f"area {i}"): poisson(20 + 9 * i, 40, seed=i) for i in range(12)}
    frame = all_series(named)
    months = [add_months(APRIL_2021, n) for n in (30, 35, 39)]
    together = expected(frame, TRAITS, months)
    apart = pl.concat([expected(frame, TRAITS, [month]) for month in months]).sort(*KEY, "month")
    for name in ("expected", "expected_lower", "expected_upper", "p_value", "dispersion"):
        assert together[name].to_list() == pytest.approx(apart[name].to_list(), rel=1e-6)


def test_scatter_is_moderated_across_the_pack() -> None:
    steady = {("shoplifting", f"area {i}"): poisson(100, 37, seed=i) for i in range(20)}
    rng = np.random.default_rng(9)
    wild = {("shoplifting", "wild"): rng.poisson(rng.gamma(100 / 9, 9, 37)).astype(float).tolist()}
    alone = newest(all_series(wild))["dispersion"]
    among = expected(all_series(wild | steady), TRAITS).filter(pl.col("area") == "wild")
    assert among["dispersion"][0] < 0.95 * alone


@pytest.mark.shared
def test_every_published_series_with_a_year_of_months_has_limits(shared) -> None:
    frame = published(str(shared / "police-uk" / "force-month.csv"))
    traits = frame.select("measure").unique().with_columns(pl.lit("count").alias("unit"))
    found = expected(frame, traits)
    limited = found.filter(pl.col("method") != "none")
    assert limited.height > 580
    assert (limited["expected_upper"] > limited["expected_lower"]).all()
    assert limited.select(pl.col("expected", "dispersion").is_finite().all()).row(0) == (True, True)
    assert (limited["dispersion"] >= 1).all()


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["percentages of many", "percentages alone", "times"])
def test_quiet_percentages_and_times_are_seldom_outside(kind: str) -> None:
    """Of 3,000 quiet series judged at 1.5%, at most 2% lie outside (three errors allowed)."""
    rng = np.random.default_rng(11)
    series_made, months = 3000, 37
    level = rng.uniform(0.2, 0.9, (series_made, 1))
    size = np.exp(rng.uniform(np.log(60), np.log(2000), (series_made, 1))).round()
    season = 1 + 0.05 * np.cos(2 * np.pi * np.arange(months) / 12 + rng.uniform(0, 6, level.shape))
    share = np.clip(level * season, 0, 0.97)
    scatter = 60 * rng.uniform(0.5, 2, level.shape)
    share = rng.beta(share * scatter, (1 - share) * scatter)
    hits = rng.binomial(size.astype(int), share)
    times = np.exp(rng.normal(3, 0.12 * rng.uniform(0.5, 2, level.shape), share.shape)) * season
    measure = "answer time" if kind == "times" else "satisfaction"
    values = times if kind == "times" else 100 * hits / size
    named = {(measure, f"area {i:04d}"): row for i, row in enumerate(values.tolist())}
    made = all_series(named).sort("area", "month")
    if kind == "percentages of many":
        made = made.with_columns(
            pl.Series("numerator", hits.ravel(), dtype=pl.Float64),
            pl.Series("denominator", np.repeat(size.ravel(), months)),
        )
    found = expected(made, TRAITS)
    outside = (found["p_value"] <= EXPECTED.level).mean()
    assert set(found["method"]) <= {"proportion", "measurement", "small count"}
    assert 0.003 < outside < 0.02 + 3 * np.sqrt(0.02 * 0.98 / series_made)
    assert found["chance"].mean() == pytest.approx(outside, abs=0.007)
