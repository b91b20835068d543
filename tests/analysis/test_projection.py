"""The projection: what every kind of history is given, and what holds for all of them."""

from __future__ import annotations

import math

import numpy as np
import polars as pl
import pytest
from figures_for_projection import MONTH, series_of, traits_of, values, wavering
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.projection import PROJECTION, ProjectionSettings, project
from frankpledge.analysis.projection.calibration import read, shipped, uncalibrated, write
from frankpledge.analysis.projection.history import look_back
from frankpledge.analysis.projection.project import steps_ahead
from frankpledge.analysis.projection.scale import from_scale, to_scale

KINDS = {
    "two values": ("70 71", "none: fewer than 3 months"),
    "no value at all": ("12x.", "none: fewer than 3 months"),
    "nothing lately": ("20x70 71 7x.", "none: nothing in the last 6 months"),
    "constant": ("20x70", "level of the last 12 months: every month the same"),
    "always none": ("20x0", "level of the last 12 months: every month the same"),
    "three values": ("70 75 80", "level of the last 12 months: fewer than 12 months"),
    "eleven values": ("5x70 6x75", "level of the last 12 months: fewer than 12 months"),
    "a long gap": ("12x70 4x. 12x75", "level of the last 12 months: too many months missing"),
    "many gaps": (
        "70 75 . 70 75 . 70 75 . 70 75 . 70 75 . 70 75 .  70 80",
        "level of the last 12 months: too many months missing",
    ),
    "few": ("12x0 1 11x0 2", "level of the last 12 months: fewer than one a month"),
    "twelve values": ("5x70 7x75", "exponential smoothing"),
    "fifteen values, one missing": ("5x70 . 9x75", "exponential smoothing"),
    "two years": ("10x70 14x75", "exponential smoothing"),
    "ends early": ("10x70 14x75 . .", "exponential smoothing"),
}


@pytest.fixture(scope="module")
def every_kind() -> pl.DataFrame:
    series = series_of({name: values(text) for name, (text, _) in KINDS.items()})
    return project(series, traits_of(list(KINDS)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_method_is_named(every_kind, kind):
    rows = every_kind.filter(pl.col("measure") == kind)
    assert rows["method"].unique().to_list() == [KINDS[kind][1]]


@pytest.mark.parametrize(
    "kind", [kind for kind, (_, method) in KINDS.items() if "none" not in method[:4]]
)
def test_every_interval_has_a_width_and_holds_the_median(every_kind, kind):
    for row in every_kind.filter(pl.col("measure") == kind).to_dicts():
        assert 0 <= row["lower_95"] <= row["lower_80"] <= row["projection"]
        assert row["projection"] < row["upper_80"] < row["upper_95"]


def test_too_little_to_stand_on_gives_rows_without_numbers(every_kind):
    rows = every_kind.filter(pl.col("method").str.starts_with("none"))
    assert rows.height == 3 * 6
    numbers = rows.select("projection", "lower_80", "upper_80", "lower_95", "upper_95")
    assert numbers.null_count().row(0) == (18,) * 5


def test_six_months_follow_the_reports_month(every_kind):
    assert dict(every_kind.schema) == PROJECTION
    for _, rows in every_kind.group_by("measure"):
        assert rows["month"].to_list() == [add_months(MONTH, i) for i in range(1, 7)]
        assert rows["horizon"].to_list() == [1, 2, 3, 4, 5, 6]


def test_what_it_stands_on_is_said(every_kind):
    said = dict(every_kind.group_by("measure").agg(pl.col("confidence_basis").first()).iter_rows())
    assert said["two years"] == "24 months of history"
    assert said["fifteen values, one missing"] == (
        "14 months of history; too few to see a season; missing months bridged: 1"
    )
    assert said["ends early"] == "24 months of history; months since the last value: 2"
    assert said["two values"] == "2 months of history"


def test_a_level_is_the_mean_of_the_last_twelve_on_the_root_scale():
    history = [500.0, 70, 75, 80, 90]
    rows = project(series_of({"short": history}), traits_of(["short"]))
    roots = [math.sqrt(value) for value in history]
    assert rows["projection"].to_list() == pytest.approx([(sum(roots) / 5) ** 2] * 6)


def test_later_months_and_hidden_values_change_nothing():
    known = wavering(30)
    series = series_of({"m": known})
    after = series_of({"m": [*known, 900.0, 950.0]}, month=add_months(MONTH, 2))
    expected = project(series, traits_of(["m"]))
    assert project(after, traits_of(["m"]), month=MONTH).equals(expected)
    suppressed = pl.when(pl.col("month") > MONTH).then(pl.lit("suppressed")).otherwise("condition")
    hidden = after.with_columns(suppressed.cast(after.schema["condition"]).alias("condition"))
    later = project(hidden, traits_of(["m"]), month=add_months(MONTH, 2))
    assert later["projection"][:4].to_list() == pytest.approx(expected["projection"][2:].to_list())


def test_a_series_is_projected_the_same_in_any_company():
    alone = project(series_of({"b": wavering(30)}), traits_of(["b"]))
    histories = {"a": wavering(15, 40), "b": wavering(30), "c": values("20x0")}
    together = project(series_of(histories), traits_of(list(histories)))
    assert together.filter(pl.col("measure") == "b").equals(alone)


def test_what_was_counted_before_a_break_is_not_looked_at():
    before, since = wavering(20, 400), wavering(16, 60)
    breaks = pl.DataFrame(
        {
            "measure": ["m"],
            "area": [None],
            "month": [add_months(MONTH, -15)],
            "reason": ["a new code"],
            "restarts_baseline": [True],
        },
        schema_overrides={"area": pl.String},
    )
    traits = traits_of(["m", "other"])
    histories = {"m": [*before, *since], "other": wavering(36)}
    rows = project(series_of(histories), traits, breaks=breaks)
    expected = project(series_of({**histories, "m": since}), traits)
    assert rows.equals(expected)
    assert (
        project(series_of(histories), traits)
        .filter(pl.col("measure") == "other")
        .equals(expected.filter(pl.col("measure") == "other"))
    )
    a_note = breaks.with_columns(restarts_baseline=pl.lit(False))
    assert project(series_of(histories), traits, breaks=a_note).equals(
        project(series_of(histories), traits)
    )


def test_no_series_no_rows():
    empty = series_of({"m": wavering(3)}).clear()
    assert project(empty, traits_of(["m"])).schema == pl.Schema(PROJECTION)


def slow_bounds(mean: float, spread: float, reach: float, percentage: bool) -> tuple[float, float]:
    """An interval by hand: on the scale, either side of the mean, brought back, held in its range."""

    def back(z: float) -> float:
        if percentage:
            return 100 * math.sin(min(max(z, 0.0), math.pi / 2)) ** 2
        return max(z, 0.0) ** 2

    return back(mean - reach * spread), back(mean + reach * spread)


@pytest.mark.parametrize("unit", ["count", "percentage"])
def test_intervals_are_the_slow_twins(unit):
    histories = {"long": wavering(60, 80), "short": wavering(14, 60), "level": wavering(5, 50)}
    series, traits = series_of(histories), traits_of(list(histories), unit)
    history = look_back(series, traits)
    steps = steps_ahead(history, 6, ProjectionSettings())
    names = dict(history.summary.select("id", "measure").iter_rows())
    rows = {(r["measure"], r["horizon"]): r for r in project(series, traits).to_dicts()}
    kinds = {"long": "48 months or more", "short": "12 to 23 months", "level": "level"}
    widths = {(w["history"], w["step"]): w for w in shipped().widths.to_dicts()}
    for step in steps.to_dicts():
        measure = names[step["id"]]
        width = widths[kinds[measure], step["step"]]
        row = rows[measure, step["step"]]
        for level in (80, 95):
            expected = slow_bounds(
                step["mean"], step["spread"], width[f"reach_{level}"], unit == "percentage"
            )
            assert (row[f"lower_{level}"], row[f"upper_{level}"]) == pytest.approx(expected)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    history=st.lists(st.none() | st.integers(0, 5000), min_size=1, max_size=40),
    unit=st.sampled_from(["count", "percentage", "minutes"]),
)
def test_any_history_gives_numbers_in_range_or_none(history, unit):
    if unit == "percentage":
        history = [None if v is None else v / 50 for v in history]
    rows = project(
        series_of({"m": [None if v is None else float(v) for v in history]}), traits_of(["m"], unit)
    )
    highest = 100 if unit == "percentage" else math.inf
    for row in rows.to_dicts():
        if row["method"].startswith("none"):
            assert row["projection"] is None
            continue
        ordered = [row[n] for n in ("lower_95", "lower_80", "projection", "upper_80", "upper_95")]
        assert ordered == sorted(ordered)
        assert 0 <= ordered[0] < ordered[-1] <= highest


@given(st.floats(0, 100), st.sampled_from(["square root", "arcsine root", "plain"]))
def test_the_scale_comes_back(value, scale):
    frame = pl.DataFrame({"v": [value], "s": [scale]})
    z = frame.with_columns(to_scale(pl.col("v"), pl.col("s")).alias("z"))
    assert z.select(from_scale(pl.col("z"), pl.col("s"))).item() == pytest.approx(value, abs=1e-9)


def test_a_measure_that_was_below_nought_may_be_again():
    history = [-5.0, 3, -2, 4, -6, 2, -1]
    rows = project(series_of({"variance": history}), traits_of(["variance"], "pounds"))
    assert (rows["lower_80"] < 0).all()


def test_the_calibration_file_reads_back_as_it_was_written():
    again = read(write(shipped()))
    assert again.widths.equals(shipped().widths)
    assert again.slopes.equals(shipped().slopes)
    assert "London" in str(shipped().provenance["learned_from"])


def test_uncalibrated_takes_the_models_at_their_word():
    plain = uncalibrated()
    assert set(plain.widths["reach_95"]) == {1.96}
    assert set(plain.slopes["slope"]) == {1.0}


def test_numpys_own_generator_is_left_as_it_was():
    from frankpledge.analysis.projection.paths import paths_ahead

    np.random.seed(7)
    expected = np.random.random()
    np.random.seed(7)
    history = look_back(series_of({"m": wavering(30)}), traits_of(["m"]))
    paths_ahead(history, 2, 9, 1, ProjectionSettings())
    assert np.random.random() == expected
