"""Months that cannot be true are held back; news, chance and small counts are not."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.comparisons import compare
from frankpledge.analysis.periods import add_months
from frankpledge.analysis.screening import HELD, Screen, screen
from frankpledge.analysis.series import complete, observations
from spec.spec_table import spec_table

APRIL = date(2021, 4, 1)
MEASURES = list("abcdefghijklmn")


def traits(measures=MEASURES, unit="count", below=None):
    return pl.DataFrame(
        {"measure": measures, "unit": unit, "adds_up": unit == "count", "suppress_below": below},
        schema_overrides={"suppress_below": pl.Int64},
    )


def pack(areas):
    """Series from area → rows of months, one figure a measure; None is missing."""
    rows = [
        (MEASURES[k], area, add_months(APRIL, m), value)
        for area, months in areas.items()
        for m, values in enumerate(months)
        for k, value in enumerate(values)
    ]
    frame = pl.DataFrame(
        rows,
        schema={"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64},
        orient="row",
    )
    return complete(observations(frame))


def months_held(held):
    return sorted(
        {((m.year - 2021) * 12 + m.month - 4) for m in held["month"]},
    )


KINDS = {"area": "all measures together", "mixed": "of the area's", "series": "recorded against"}


@pytest.mark.parametrize("row", spec_table("screening/months"), ids=lambda row: row["case"])
def test_the_months_of_the_table(row):
    usual = [float(x) for x in row["usual"].split()]
    newest = [float(x) for x in row["newest"].split()]
    series = pack({"Here": [usual] * 12 + [newest]})
    told, held = screen(series, traits())
    assert held.height == int(row["held"])
    assert set(held["month"]) <= {add_months(APRIL, 12)}
    if held.height:
        assert held["why"].str.contains(KINDS[row["by"]], literal=True).all()
    assert told["value"].null_count() == held.height


def test_what_is_held_back_is_missing_and_says_why():
    series = pack({"Here": [[1400.0] * 4] * 12 + [[6.0, 6.0, 6.0, 5.0]]})
    told, held = screen(series, traits())
    newest = told.filter(pl.col("month") == add_months(APRIL, 12))
    assert newest["value"].to_list() == [None] * 4
    assert newest["condition"].to_list() == ["missing"] * 4
    assert newest["held_back"].to_list() == [6, 6, 6, 5]
    reason = "held back as implausible: 23 recorded in all measures together against about 5,600"
    assert newest["reason"].to_list() == [reason] * 4
    assert held["usual"].to_list() == [1400] * 4
    assert dict(held.schema) == HELD
    before = told.filter(pl.col("month") < add_months(APRIL, 12))
    assert before["held_back"].null_count() == before.height
    assert before["reason"].null_count() == before.height


def test_later_months_and_comparisons_do_not_use_what_is_held_back():
    months = [[1000.0] * 4] * 12 + [[10.0] * 4] * 15 + [[1000.0] * 4]
    told, held = screen(pack({"Here": months}), traits())
    assert months_held(held) == list(range(12, 27))
    newest = compare(told, traits()).filter(pl.col("month") == add_months(APRIL, 27))
    assert newest["previous_month"].null_count() == 4
    assert newest["rolling_12"].null_count() == 4


def test_a_broken_start_is_judged_by_what_follows():
    months = [[300.0, 40.0, 30.0, 20.0]] + [[1000.0] * 4] * 20
    _, held = screen(pack({"Here": months}), traits())
    assert months_held(held) == [0]


def test_too_little_history_is_not_judged():
    _, held = screen(pack({"Here": [[1000.0] * 4] * 5 + [[1.0] * 4]}), traits())
    assert held.is_empty()


def areas_alike(broken):
    healthy = {f"area {i}": [[float(700 + 10 * i)] * 4] * 14 for i in range(7)}
    return pack({**healthy, "Broken": [[broken] * 4] * 14})


PEOPLE = pl.DataFrame(
    {
        "area": [*(f"area {i}" for i in range(7)), "Broken"],
        "year": 2020,
        "population": [*[1_000_000] * 7, 2_800_000],
    }
)


def test_a_system_broken_all_along_shows_against_the_rates_of_other_areas():
    series = areas_alike(20.0)
    _, without = screen(series, traits())
    assert without.is_empty()
    _, held = screen(series, traits(), PEOPLE)
    assert held["area"].unique().to_list() == ["Broken"]
    assert held.height == 4 * 14
    assert held["usual"][0] == pytest.approx(725 * 2.8)
    assert held["why"][0] == (
        "held back as implausible: 80 recorded in all measures together against about 8,100 "
        "at the rate per head of other areas"
    )


def test_areas_declared_alike_are_compared_without_populations():
    series = areas_alike(20.0)
    _, held = screen(series, traits(), peers=PEOPLE["area"].to_list())
    assert held["area"].unique().to_list() == ["Broken"]
    assert held["why"][0].endswith("in areas of like size")
    _, some = screen(series, traits(), peers=["area 0", "area 1"])
    assert some.is_empty()


def test_a_city_centre_with_few_residents_is_believed():
    few = PEOPLE.with_columns(
        pl.when(pl.col("area") == "area 0").then(9_000).otherwise("population").alias("population")
    )
    _, held = screen(areas_alike(700.0), traits(), few)
    assert held.is_empty()


def test_a_month_somebody_has_vouched_for_is_believed():
    months = [[1000.0] * 4] * 12 + [[10.0] * 4]
    believed = pl.DataFrame(
        {"measure": ["a"], "area": ["Here"], "month": [add_months(APRIL, 12)]},
    )
    _, held = screen(pack({"Here": months}), traits(), believed=believed)
    assert held["measure"].to_list() == ["b", "c", "d"]
    whole = believed.with_columns(measure=pl.lit(None, dtype=pl.String))
    _, held = screen(pack({"Here": months}), traits(), believed=whole)
    assert held.is_empty()


def test_a_declared_break_begins_a_new_history():
    months = [[1000.0, 500.0, 500.0, 500.0]] * 12 + [[50.0, 500.0, 500.0, 500.0]] * 8
    _, held = screen(pack({"Here": months}), traits())
    assert months_held(held) == list(range(12, 20))
    breaks = pl.DataFrame(
        {
            "measure": ["a"],
            "area": ["Here"],
            "month": [add_months(APRIL, 12)],
            "restarts_baseline": [True],
        }
    )
    _, held = screen(pack({"Here": months}), traits(), breaks=breaks)
    assert held.is_empty()


def test_a_lockdown_that_empties_every_area_is_believed_and_one_broken_system_is_not():
    healthy = [[1000.0] * 4] * 12
    fallen = {f"area {i}": [*healthy, [300.0] * 4] for i in range(25)}
    _, held = screen(pack(fallen), traits())
    assert held.is_empty()
    few = {f"area {i}": [*healthy, [300.0] * 4] for i in range(5)}
    _, held = screen(pack(few), traits())
    assert held["area"].n_unique() == 5


def test_a_measure_that_hides_small_counts_shows_none_here():
    series = pack({"Here": [[1000.0, 1000.0, 1000.0, 60.0]] * 12 + [[10.0, 10.0, 10.0, 3.0]]})
    guarded = traits().with_columns(
        pl.when(pl.col("measure") == "d").then(5).alias("suppress_below")
    )
    told, held = screen(series, guarded)
    assert held["value"].to_list() == [10, 10, 10, None]
    assert told["held_back"].drop_nulls().to_list() == [10, 10, 10]
    why = "held back as implausible: far fewer recorded in all measures together than is usual"
    assert held["why"].unique().to_list() == [why]


def test_other_units_are_not_judged():
    series = pack({"Here": [[90.0] * 4] * 12 + [[1.0] * 4]})
    told, held = screen(series, traits(unit="percentage"))
    assert held.is_empty()
    assert told["held_back"].null_count() == told.height


def twin_median(numbers):
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def twin_held(months):
    """The months and measures held of one area by its own history, as plainly as can be written."""
    s = Screen()
    width = len(months[0])
    kept = [[] for _ in range(width)]
    held = set()
    firsts = []
    for k in range(width):
        known = [m for m, values in enumerate(months) if values[k] is not None]
        start = known[0] if known else 0
        early = [v[k] for v in months[start : start + 24] if v[k] is not None]
        firsts.append(twin_median(early) if len(early) > s.least_history else None)
    for m, values in enumerate(months):
        usual = [
            twin_median(kept[k][-12:]) if len(kept[k]) >= s.least_history else firsts[k]
            for k in range(width)
        ]
        known = [k for k in range(width) if values[k] is not None and usual[k] is not None]
        seen, wanted = sum(values[k] for k in known), sum(usual[k] for k in known)
        whole = len(known) >= s.least_measures and wanted >= s.least_area
        whole = whole and (seen < s.area_low * wanted or seen > s.area_high * wanted)
        large = [k for k in known if usual[k] >= s.least_usual]
        far = [k for k in large if values[k] < usual[k] / 3 or values[k] > usual[k] * 3]
        mixed = len(far) >= s.least_far and len(far) >= s.far_share * len(large)
        for k in range(width):
            if values[k] is None:
                continue
            alone = k in large and (
                values[k] < usual[k] * s.series_low or values[k] > usual[k] * s.series_high
            )
            if whole or mixed or alone:
                held.add((m, MEASURES[k]))
            else:
                kept[k].append(values[k])
    return held


cell = st.one_of(
    st.none(),
    st.integers(80, 130),
    st.integers(80, 130),
    st.integers(0, 20),
    st.integers(900, 2000),
)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(1, 6).flatmap(
        lambda n: st.lists(st.lists(cell, min_size=n, max_size=n), min_size=1, max_size=40)
    )
)
def test_what_history_holds_back_equals_the_slow_twin(months):
    series = pack({"Here": months, "There": months[::-1]})
    _, held = screen(series, traits())
    for area, of_area in (("Here", months), ("There", months[::-1])):
        found = {
            ((r["month"].year - 2021) * 12 + r["month"].month - 4, r["measure"])
            for r in held.filter(pl.col("area") == area).iter_rows(named=True)
        }
        assert found == twin_held(of_area)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(cell, min_size=4, max_size=4), min_size=1, max_size=30))
def test_nothing_is_lost_and_nothing_else_is_touched(months):
    series = pack({"Here": months})
    told, held = screen(series, traits())
    assert told.height == series.height
    assert told["held_back"].drop_nulls().len() == held.height
    back = told.with_columns(pl.coalesce("value", "held_back").alias("value"))
    assert back["value"].to_list() == series["value"].to_list()


@pytest.mark.shared
def test_the_published_force_months_that_cannot_be_true_are_held_back(shared, benchmarks):
    series = benchmarks.force_months(shared)
    people = benchmarks.populations(shared)
    _, held = screen(series, benchmarks.counts_of(series), people)
    months = held.group_by("area").agg(pl.col("month").n_unique()).sort("area")
    assert dict(months.rows()) == {
        "Derbyshire": 1,
        "Dyfed-Powys": 5,
        "Greater Manchester": 32,
        "Gwent": 9,
        "Hampshire": 1,
    }
    gwent = held.filter((pl.col("area") == "Gwent") & (pl.col("month") >= date(2025, 9, 1)))
    assert gwent.height == 4 * 14
    assert gwent["value"].filter(gwent["month"] == date(2025, 9, 1)).sum() == 23


@pytest.fixture(scope="session")
def benchmarks():
    """`benchmarks/screen_force_months.py`, which reads the published figures for the screen."""
    import importlib.util
    from pathlib import Path

    path = Path(__file__).parents[2] / "benchmarks" / "screen_force_months.py"
    spec = importlib.util.spec_from_file_location("screen_force_months", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
