"""The tables of `docs/methods/likelihood.md`: coverage, reliability, models compared."""

from __future__ import annotations

import platform
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
from statsforecast import StatsForecast
from statsforecast.models import (
    AutoETS,
    DynamicOptimizedTheta,
    HistoricAverage,
    Naive,
    SeasonalNaive,
)

import likelihood_cases as cases
from frankpledge.analysis.likelihood.scoring import score
from frankpledge.analysis.projection.calibration import Calibration
from frankpledge.analysis.yardstick import band_number

EXCEPTIONAL = (date(2020, 3, 1), date(2021, 3, 1))
ENOUGH = 100
ENOUGH_AT_ONE_ORIGIN = 20


@dataclass(frozen=True)
class Made:
    """What a run found: frames for the tables."""

    coverage: pl.DataFrame
    reliability: pl.DataFrame
    raw: pl.DataFrame
    transfer: list[tuple[str, pl.DataFrame, pl.DataFrame]]
    models: pl.DataFrame


def touches() -> pl.Expr:
    """True where one of the months from the origin to the target month was in the exceptional period."""
    first, last = EXCEPTIONAL
    return (pl.col("origin") < last) & (pl.col("target_month") >= first)


def period() -> pl.Expr:
    return (
        pl.when(touches())
        .then(pl.lit("touches 2020-03 to 2021-03"))
        .when(pl.col("origin") >= EXCEPTIONAL[1])
        .then(pl.lit("after"))
        .otherwise(pl.lit("before"))
        .alias("period")
    )


def coverage(errors: pl.DataFrame, learned: Calibration) -> pl.DataFrame:
    """Each month that came, and whether it lay within the two intervals."""
    widths = learned.widths.rename({"step": "horizon"})
    away = pl.col("distance").abs()
    return errors.join(widths, on=["history", "horizon"]).with_columns(
        (away <= pl.col("reach_80")).alias("within_80"),
        (away <= pl.col("reach_95")).alias("within_95"),
        period(),
    )


def covered(found: pl.DataFrame, *by: str) -> pl.DataFrame:
    """Shares within the intervals, in per cent, with the lowest and highest of single origins."""
    shares = [(100 * pl.col(f"within_{n}").mean()).alias(f"within_{n}") for n in (80, 95)]
    spread = (
        found.group_by(*by, "origin")
        .agg(*shares)
        .group_by(*by)
        .agg(
            *(
                getattr(pl.col(f"within_{n}"), which)().alias(f"{which}_{n}")
                for n in (80, 95)
                for which in ("min", "max")
            ),
            pl.len().alias("origins"),
        )
    )
    return (
        found.group_by(*by)
        .agg(pl.len().alias("cases"), *shares)
        .join(spread, on=list(by))
        .sort(*by)
        .select(
            *by,
            "cases",
            "origins",
            "within_80",
            "min_80",
            "max_80",
            "within_95",
            "min_95",
            "max_95",
        )
    )


def reliability(stated: pl.DataFrame) -> pl.DataFrame:
    """By band of the yardstick: how often it was said, what was said and what came, in per cent."""
    bands = score(stated).bands
    single = (
        stated.with_columns(band_number(pl.col("probability")).alias("band"))
        .group_by("band", "origin")
        .agg(
            pl.len().alias("n"),
            (100 * (pl.col("met").mean() - pl.col("probability").mean())).alias("gap"),
        )
        .filter(pl.col("n") >= ENOUGH_AT_ONE_ORIGIN)
        .group_by("band")
        .agg(pl.col("gap").min().alias("lowest_gap"), pl.col("gap").max().alias("highest_gap"))
    )
    per_cent = [(100 * pl.col(name)).alias(name) for name in ("mean_said", "share_met", "gap")]
    return (
        bands.with_row_index("band")
        .join(single, on="band", how="left")
        .sort("band")
        .with_columns(*per_cent)
        .select(
            "word", "printed", "said", "mean_said", "share_met", "gap", "lowest_gap", "highest_gap"
        )
    )


def by(stated: pl.DataFrame, column: str) -> pl.DataFrame:
    """The gap of every band, in points, for each value of a column; blank under 100 cases."""
    parts = []
    for value in stated[column].unique().sort():
        bands = reliability(stated.filter(pl.col(column) == value))
        gap = pl.when(pl.col("said") >= ENOUGH).then(pl.col("gap")).alias(str(value))
        parts.append(bands.select(gap))
    return pl.concat([reliability(stated).select("word"), *parts], how="horizontal")


def models(source: cases.Source, months: list[date], size: cases.Size, seed: int) -> pl.DataFrame:
    """Candidate models on the earlier origins: mean interval score of their 80% interval.

    The interval score is the width plus 10 times what lies outside it, on the root scale; smaller is
    better. Each candidate's width is first put right by one factor of its own, so that models are
    compared and not their optimism.
    """
    rows = []
    for history, seasonal in (("12 to 23 months", False), ("24 months or more", True)):
        found = [_candidates(cases.origin(source, month, size, seed), seasonal) for month in months]
        found = [one for one in found if one.height]
        table = pl.concat(found)
        for name, members in _mixtures(seasonal).items():
            rows.append({"history": history, "model": name, **_interval_score(table, members)})
    return pl.DataFrame(rows).sort("history", "interval_score")


def _mixtures(seasonal: bool) -> dict[str, list[str]]:
    """What is compared: single models, and mixtures that count their members the same."""
    single = ["ANN", "AAdN", "theta", "naive", "average"] + (
        ["ANA", "AAdA", "seasonal naive"] if seasonal else []
    )
    mixtures = [["ANN", "theta"], ["ANN", "theta", "naive"], ["ANN", "naive"]]
    if seasonal:
        mixtures += [
            ["ANN", "ANA"],
            ["ANN", "ANA", "theta"],
            ["ANN", "ANA", "theta", "seasonal naive"],
        ]
    return {name: [name] for name in single} | {" + ".join(m): m for m in mixtures}


def _candidates(case: cases.Origin, seasonal: bool) -> pl.DataFrame:
    """Mean and spread of every candidate, and the month that came, for cases with that history."""
    enough = pl.col("used") >= 24 if seasonal else pl.col("used").is_between(12, 23)
    fitted = case.history.summary.filter(enough & (pl.col("method") == "exponential smoothing"))
    if fitted.is_empty():
        return pl.DataFrame()
    chosen = [
        AutoETS(12, model="ANN", alias="ANN"),
        AutoETS(12, model="AAN", damped=True, alias="AAdN"),
        DynamicOptimizedTheta(12, alias="theta"),
        Naive(alias="naive"),
        HistoricAverage(alias="average"),
    ]
    if seasonal:
        chosen += [
            AutoETS(12, model="ANA", alias="ANA"),
            AutoETS(12, model="AAA", damped=True, alias="AAdA"),
            SeasonalNaive(12, alias="seasonal naive"),
        ]
    frame = case.history.months.join(fitted.select("id"), on="id", how="semi").select(
        unique_id="id", ds=pl.col("place").cast(pl.Int64), y="filled"
    )
    forecast = StatsForecast(chosen, freq=1).forecast(h=cases.HORIZON, df=frame, level=[80])
    horizon = pl.int_range(1, pl.len() + 1).over("unique_id").cast(pl.Int32).alias("horizon")
    return (
        forecast.with_columns(horizon)
        .rename({"unique_id": "id"})
        .join(fitted.filter(pl.col("lag") == 0).select("id", "measure"), on="id")
        .join(case.future, on=["measure", "horizon"])
        .with_columns(pl.col("value").sqrt().alias("actual"))
    )


def _interval_score(table: pl.DataFrame, members: list[str]) -> dict[str, float]:
    means = table.select(members).to_numpy()
    spreads = (table.select(f"{name}-hi-80" for name in members).to_numpy() - means) / 1.2816
    mean = means.mean(axis=1)
    spread = np.sqrt((spreads**2).mean(axis=1) + ((means - mean[:, None]) ** 2).mean(axis=1))
    away = np.abs(table["actual"].to_numpy() - mean)
    reach = np.quantile(away / np.maximum(spread, 0.5), 0.8) * np.maximum(spread, 0.5)
    return {
        "interval_score": float(np.mean(2 * reach + 10 * np.maximum(away - reach, 0))),
        "mean_error": float(np.mean(away)),
        "cases": table.height,
    }


def machine(seconds: float, busy: float) -> str:
    return (
        f"Made on {date.today():%Y-%m-%d} in {seconds / 60:.0f} minutes "
        f"({busy / 60:.0f} of processor time), one process on "
        f"{platform.machine()} {platform.system()}, Python {platform.python_version()}."
    )


def named(made: Made) -> dict[str, pl.DataFrame]:
    """Every table by the name of its CSV file and of its markers in the page."""
    judged = made.coverage.filter(pl.col("period") != "touches 2020-03 to 2021-03")
    said = made.reliability.with_columns(period())
    said_judged = said.filter(~touches())
    found = {
        "coverage-pooled": covered(judged.with_columns(pl.lit("all").alias("of")), "of"),
        "coverage-by-horizon": covered(judged, "horizon"),
        "coverage-by-history": covered(judged, "history"),
        "coverage-by-period": covered(made.coverage, "period"),
        "reliability": reliability(said_judged),
        "reliability-raw": reliability(made.raw.filter(~touches())),
        "reliability-exceptional": reliability(said.filter(touches())),
        "reliability-by-horizon": by(said_judged, "horizon"),
        "reliability-by-history": by(said_judged, "history"),
        "reliability-by-direction": by(said_judged, "direction"),
        "reliability-by-period-of-target": by(said_judged, "over"),
        "models": made.models,
    }
    for label, intervals, outcomes in made.transfer:
        slug = label.lower().replace(" ", "-")
        found[f"transfer-coverage-{slug}"] = covered(intervals, "history")
        found[f"transfer-reliability-{slug}"] = reliability(outcomes)
    return found


def show(made: Made, words: str) -> None:
    for name, table in named(made).items():
        print(f"\n{name}\n{markdown(table, places_of(name))}")
    print(f"\n{words}")


def publish(made: Made, words: str, folder: Path) -> None:
    """The CSV files, and the tables of the page between their markers."""
    page = folder / "likelihood.md"
    text = page.read_text(encoding="utf-8")
    (folder / "likelihood").mkdir(exist_ok=True)
    for name, table in named(made).items():
        table.write_csv(folder / "likelihood" / f"{name}.csv", float_precision=4)
        text = between(text, name, markdown(table, places_of(name)))
    page.write_text(between(text, "machine", words), encoding="utf-8")


def between(text: str, name: str, body: str) -> str:
    """The page with what stands between the markers of `name` replaced."""
    marked = re.compile(rf"(<!-- {re.escape(name)} -->\n).*?(<!-- end -->)", re.DOTALL)
    return marked.sub(lambda found: f"{found[1]}\n{body}\n\n{found[2]}", text)


def places_of(name: str) -> int:
    """Decimals of a table: interval scores lie close together, per cents are printed to one."""
    return 3 if name == "models" else 1


def markdown(table: pl.DataFrame, places: int) -> str:
    head = " | ".join(name.replace("_", " ") for name in table.columns)
    rule = " | ".join("---" if dtype == pl.String else "---:" for dtype in table.dtypes)
    rows = [" | ".join(_cell(value, places) for value in row) for row in table.iter_rows()]
    return "\n".join(f"| {row} |" for row in (head, rule, *rows))


def _cell(value: object, places: int) -> str:
    if value is None:
        return ""
    return f"{value:.{places}f}" if isinstance(value, float) else str(value)
