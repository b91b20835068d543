"""Places among similar forces: what first means, ties, and who has no place."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from frankpledge.analysis.periods import add_months
from frankpledge.analysis.ranking import RANKING, rank
from frankpledge.analysis.series import complete, observations
from spec.spec_table import number, spec_table

JUNE = date(2022, 6, 1)
GROUP = list("ABCDEFGH")


def figures_of(by_force, month=JUNE, measure="m"):
    frame = pl.DataFrame(
        [(measure, force, month, value) for force, value in by_force.items()],
        schema={"measure": pl.String, "area": pl.String, "month": pl.Date, "value": pl.Float64},
        orient="row",
    )
    return complete(observations(frame))


def traits(better="lower", unit="percentage", measure="m"):
    return pl.DataFrame({"measure": [measure], "unit": [unit], "better": [better]})


@pytest.mark.parametrize("row", spec_table("ranking/places"), ids=lambda row: row["case"])
def test_the_places_of_the_table(row):
    values = [number(cell) for cell in row["figures"].split()]
    forces = GROUP[: len(values)]
    told = rank(
        figures_of(dict(zip(forces, values, strict=True))), traits(row["better"]), forces, JUNE
    )
    places = [None if cell == "-" else int(cell) for cell in row["places"].split()]
    assert told["rank"].to_list() == places
    assert told["rank_of"].to_list() == [int(row["of"])] * len(values)
    assert told["group_mean"].to_list() == [float(row["mean"])] * len(values)
    assert told["first_means"].to_list() == [row["first means"]] * len(values)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.one_of(st.none(), st.integers(0, 6).map(float), st.floats(0, 100)),
        min_size=1,
        max_size=8,
    ),
    st.sampled_from(["higher", "lower", "neither"]),
    st.sampled_from(["best", "highest", "lowest"]),
)
def test_every_place_equals_the_slow_twins(values, better, first):
    forces = GROUP[: len(values)]
    told = rank(
        figures_of(dict(zip(forces, values, strict=True))),
        traits(better),
        forces,
        JUNE,
        first=first,
    )
    known = [v for v in values if v is not None]
    if len(known) * 2 < len(values):
        assert told["rank"].null_count() == len(values)
        return
    highest = first == "highest" or (first == "best" and better == "higher")
    for place, value in zip(told["rank"], values, strict=True):
        if value is None:
            assert place is None
            continue
        ahead = [
            v
            for v in known
            if (v > value if highest else v < value) and round(v, 9) != round(value, 9)
        ]
        assert place == len(ahead) + 1
    assert told["group_mean"][0] == pytest.approx(sum(known) / len(known))


def test_counts_are_ranked_by_rate_and_never_by_size():
    series = figures_of({"large": 900.0, "small": 100.0})
    people = pl.DataFrame(
        {"area": ["large", "small"], "year": [2020, 2020], "population": [1_000_000, 50_000]}
    )
    told = rank(series, traits(unit="count"), ["large", "small"], JUNE, people)
    assert dict(zip(told["area"], told["rank"], strict=True)) == {"large": 1, "small": 2}
    assert told["ranked_by"].unique().to_list() == ["rate per 1,000 people"]
    assert told["group_mean"][0] == pytest.approx((0.9 + 2.0) / 2)
    assert told["first_means"][0] == "1st is the lowest rate per 1,000 people, the best"
    without = rank(series, traits(unit="count"), ["large", "small"], JUNE)
    assert without["rank"].null_count() == 2
    assert without["rank_of"].to_list() == [0, 0]


def test_the_same_share_of_other_counts_is_a_tie():
    told = rank(figures_of({"A": 1 / 3 * 100, "B": 100 - 2 / 3 * 100}), traits(), ["A", "B"], JUNE)
    assert told["rank"].to_list() == [1, 1]


def test_figures_lag_and_the_month_compared_is_stated():
    march = add_months(JUNE, -3)
    series = pl.concat(
        [
            figures_of({"A": 10.0, "B": 20.0, "C": 30.0, "D": 40.0}, march),
            figures_of({"A": 5.0}, JUNE),
        ]
    )
    series = complete(series)
    told = rank(series, traits(), list("ABCD"), JUNE)
    assert told["compared_month"].unique().to_list() == [march]
    assert told["month"].unique().to_list() == [JUNE]
    assert told["ranked_value"].to_list() == [10, 20, 30, 40]


def test_a_month_after_the_reports_is_not_looked_at():
    july = figures_of({"A": 1.0, "B": 2.0}, add_months(JUNE, 1))
    told = rank(july, traits(), ["A", "B"], JUNE)
    assert told.height == 0


def test_a_force_that_reports_nothing_has_a_row_and_no_place():
    told = rank(figures_of({"A": 1.0, "B": 2.0}), traits(), ["A", "B", "C"], JUNE)
    assert told["area"].to_list() == ["A", "B", "C"]
    assert told["rank"].to_list() == [1, 2, None]
    assert tuple(told.columns) == RANKING


def test_a_suppressed_figure_has_no_place():
    series = figures_of({"A": 1.0, "B": 2.0, "C": 3.0}).with_columns(
        pl.when(pl.col("area") == "A")
        .then(pl.lit("suppressed"))
        .otherwise(pl.col("condition").cast(pl.String))
        .alias("condition")
    )
    told = rank(complete(observations(series)), traits(), ["A", "B", "C"], JUNE)
    assert told["rank"].to_list() == [None, 1, 2]


def test_another_first_may_be_asked_for_and_nonsense_may_not():
    told = rank(figures_of({"A": 1.0, "B": 2.0}), traits(), ["A", "B"], JUNE, first="highest")
    assert told["rank"].to_list() == [2, 1]
    assert told["first_means"][0] == "1st is the highest percentage"
    with pytest.raises(ValueError, match="best, highest or lowest"):
        rank(figures_of({"A": 1.0}), traits(), ["A"], JUNE, first="nicest")
