"""The tables of `docs/methods/limits.md`, made from the simulation's CSV files and from nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import polars as pl

from limits_simulation.measured import POWER

GRID = (pl.col("level") == "wanders") & (pl.col("season_is") == "waves") & (pl.col("mean") >= 5)
STEADY = pl.col("level") == "steady"
IRREGULAR = pl.col("season_is") == "irregular"
SMALL = pl.col("mean") < 5
METHODS = {
    ("fixed year", "own"): "Fixed year",
    ("xmr", "own"): "XmR, plot the dots",
    ("expected", "own"): "Expected",
}
STEPS = {"up_15": "+15%", "up_25": "+25%", "up_50": "+50%", "down_20": "−20%"}
DOUBT = 3.0
"""Standard errors beyond which a rate is said to be above a bound, or a power below another."""


def put(page: Path, tables: dict[str, str]) -> None:
    """Writes each table between its markers; raises ValueError where the page lacks them."""
    text = page.read_text(encoding="utf-8")
    for name, table in tables.items():
        marked = re.compile(rf"(<!-- table: {name} -->\n).*?(<!-- end of table -->)", re.DOTALL)
        if not marked.search(text):
            raise ValueError(f"{page} has no place for the table {name}")
        text = marked.sub(lambda found, put=table: f"{found[1]}\n{put}\n\n{found[2]}", text)
    page.write_text(text, encoding="utf-8")


def tables(grid: pl.DataFrame, packs: pl.DataFrame) -> dict[str, str]:
    """Every table of the page that needs no published figures."""
    return {
        "false alarms": false_alarms(grid.filter(GRID)),
        "false alarms by size": by_size(grid.filter(GRID)),
        "power": power(grid.filter(GRID)),
        "equal": equal(grid.filter(GRID)),
        "requirements": requirements(grid.filter(GRID)),
        "beside": beside(grid),
        "packs": pack_rates(packs),
    }


def false_alarms(grid: pl.DataFrame) -> str:
    rows = []
    by = grid.filter(pl.col("rate") == "own").group_by("drift", "history", "method")
    found = by.agg(
        pl.col("false_newest").mean(),
        pl.col("false_newest").max().alias("worst"),
        pl.col("false_any_of_12").mean(),
    ).sort("drift", "history")
    for drift, history in found.select("drift", "history").unique(maintain_order=True).iter_rows():
        cells = [f"{drift:.0%}", str(history)]
        for (method, _), _words in METHODS.items():
            at = found.filter(
                (pl.col("drift") == drift)
                & (pl.col("history") == history)
                & (pl.col("method") == method)
            ).row(0, named=True)
            cells += [
                f"{_percent(at['false_newest'], 1)} ({_percent(at['worst'], 1)})",
                _percent(at["false_any_of_12"]),
            ]
        rows.append(cells)
    heads = [
        head
        for words in METHODS.values()
        for head in (f"{words}: newest (worst cell)", f"{words}: any in a year")
    ]
    return _table(["Level wanders, a month", "Months of history", *heads], rows)


def by_size(grid: pl.DataFrame) -> str:
    rows = []
    for mean in sorted(grid["mean"].unique()):
        at = grid.filter((pl.col("mean") == mean) & (pl.col("rate") == "own"))
        for dispersion in sorted(at["dispersion"].unique()):
            of = at.filter(pl.col("dispersion") == dispersion)
            cells = [f"{mean:g}", f"{dispersion:g}"]
            for method, _ in METHODS:
                for drifts in (pl.col("drift") == 0, pl.col("drift") > 0):
                    rate = of.filter((pl.col("method") == method) & drifts)["false_newest"].mean()
                    cells.append(_percent(rate, 1))
            rows.append(cells)
    heads = [
        f"{words}: {drift}" for words in METHODS.values() for drift in ("no drift", "1% or 2%")
    ]
    return _table(["A month", "Variance over mean", *heads], rows)


def power(grid: pl.DataFrame) -> str:
    rows = []
    still = grid.filter((pl.col("drift") == 0) & (pl.col("rate") == "own"))
    for mean in sorted(still["mean"].unique()):
        for step in ("up_15", "up_25", "up_50", "down_20"):
            cells = [f"{mean:g}", STEPS[step]]
            for method, _ in METHODS:
                at = still.filter((pl.col("mean") == mean) & (pl.col("method") == method))
                cells.append(_within(at, step))
            rows.append(cells)
    return _table(["A month", "Step", *METHODS.values()], rows)


def equal(grid: pl.DataFrame) -> str:
    rows = []
    for mean in (100.0, 400.0):
        for drift in sorted(grid["drift"].unique()):
            for season in sorted(grid["season"].unique()):
                at = grid.filter(
                    (pl.col("mean") == mean)
                    & (pl.col("drift") == drift)
                    & (pl.col("season") == season)
                )
                both = [
                    _within(
                        at.filter((pl.col("method") == method) & (pl.col("rate") == "2%")), step
                    )
                    for step in ("up_25", "down_20")
                    for method in ("fixed year", "expected")
                ]
                rows.append([f"{mean:g}", f"{drift:.0%}", f"{season:.0%}", *both])
    heads = [
        f"{words}, {step}" for step in ("+25%", "−20%") for words in ("Fixed year", "Expected")
    ]
    return _table(["A month", "Level wanders", "Season", *heads], rows)


def requirements(grid: pl.DataFrame) -> str:
    ours = grid.filter((pl.col("method") == "expected") & (pl.col("rate") == "own"))
    rows = [
        _bound(ours.filter(pl.col("drift") == 0), 0.02, "no drift"),
        _bound(ours.filter(pl.col("drift") > 0), 0.025, "level wanders 1% or 2% a month"),
        *(
            _at_least(grid.filter(pl.col("mean") >= 100), step, months)
            for step in ("up_25", "down_20")
            for months in (1, 2, 3)
        ),
    ]
    return _table(["What is asked", "Cells", "The worst cell", "Cells that fail by 3 errors"], rows)


def _bound(ours: pl.DataFrame, most: float, when: str) -> list[str]:
    worst = ours.sort("false_newest").row(-1, named=True)
    failing = ours.filter(
        pl.col("false_newest") - DOUBT * pl.col("false_newest_error") > most
    ).height
    return [
        f"Expected at its own level, {when}: at most {most:.1%} false alarms on the newest point",
        str(ours.height),
        f"{_percent(worst['false_newest'], 2)} (error {_percent(worst['false_newest_error'], 2)}): "
        f"{_truth(worst)}",
        str(failing),
    ]


def _at_least(grid: pl.DataFrame, step: str, months: int) -> list[str]:
    name = f"power_{step}_within_{months}"
    truth = ["history", "drift", "mean", "dispersion", "season"]
    both = grid.filter(pl.col("rate") == "2%").pivot(
        on="method", index=[*truth, "series"], values=name
    )
    variance = sum(pl.col(m) * (1 - pl.col(m)) for m in ("expected", "fixed year"))
    both = both.with_columns(
        (pl.col("expected") - pl.col("fixed year")).alias("more"),
        (variance / pl.col("series")).sqrt().alias("error"),
    ).sort("more")
    worst = both.row(0, named=True)
    within = "one month" if months == 1 else f"{months} months"
    return [
        f"Both at 2%, 100 a month or more, {STEPS[step]} within {within}: at least fixed year's power",
        str(both.height),
        f"{100 * worst['more']:+.1f} points (error {100 * worst['error']:.1f}): {_truth(worst)}; "
        f"{100 * both['more'].mean():+.1f} on average",
        str(both.filter(pl.col("more") + DOUBT * pl.col("error") < 0).height),
    ]


def beside(grid: pl.DataFrame) -> str:
    rows = []
    kinds = [
        *(
            (f"Level drifts {drift:.0%} every month", STEADY & (pl.col("drift") == drift))
            for drift in (0.01, 0.02)
        ),
        *(
            (f"Irregular season of {season:.0%}", IRREGULAR & (pl.col("season") == season))
            for season in (0.07, 0.15, 0.25)
        ),
        *((f"{mean:g} a month", SMALL & (pl.col("mean") == mean)) for mean in (0.3, 1, 2, 3)),
    ]
    for words, which in kinds:
        at = grid.filter(which & (pl.col("rate") == "own"))
        cells = [words]
        for method, _ in METHODS:
            rates = at.filter(pl.col("method") == method)["false_newest"]
            cells.append(f"{_percent(rates.mean(), 1)} ({_percent(rates.max(), 1)})")
        rows.append(cells)
    return _table(["Series", *(f"{words}: newest (worst)" for words in METHODS.values())], rows)


def pack_rates(packs: pl.DataFrame) -> str:
    rows = []
    kinds = packs.select("pack", "steps", "drift").unique(maintain_order=True)
    for pack, steps, drift in kinds.iter_rows():
        at = packs.filter(
            (pl.col("pack") == pack) & (pl.col("steps") == steps) & (pl.col("drift") == drift)
        )
        ours = at.row(by_predicate=pl.col("method") == "expected", named=True)
        theirs = at.row(by_predicate=pl.col("method") == "fixed year", named=True)
        rows.append(
            [
                pack,
                f"{steps:.0%}",
                f"{drift:.0%}",
                f"{ours['chance_said']:.1f} / {ours['false_crossings']:.1f}",
                f"{_percent(ours['false_discovery_rate'], 1)} ± {_percent(2 * ours['false_discovery_error'], 1)}",
                _found(ours),
                f"{theirs['chance_said']:.1f} / {theirs['false_crossings']:.1f}",
                f"{_percent(theirs['false_discovery_rate'], 1)} ± {_percent(2 * theirs['false_discovery_error'], 1)}",
                _found(theirs),
            ]
        )
    heads = [
        f"{method}: {head}"
        for method in ("Expected", "Fixed year")
        for head in (
            "false crossings, said / seen",
            "false share of strong",
            "real, listed / strong",
        )
    ]
    return _table(["Pack", "Measures with a step", "Level wanders", *heads], rows)


def _found(at: dict) -> str:
    if at["steps_listed"] is None:
        return "none there"
    return f"{_percent(at['steps_listed'])} / {_percent(at['steps_strong'])}"


def real_rates(summary: pl.DataFrame) -> str:
    """The table of published series: a row a grouping."""
    rows = [
        [
            row["figures"],
            re.sub(r"^\d\. ", "", row["group"]),
            f"{row['judged']:,}",
            f"{row['median_dispersion']:.1f}",
            _percent(row["fixed_crossed"], 1),
            _percent(row["xmr_signal"], 1),
            _percent(row["expected_crossed"], 1),
            _percent(row["expected_chance"], 1),
            _percent(row["expected_strong"], 1),
        ]
        for row in summary.iter_rows(named=True)
    ]
    heads = [
        "Figures",
        "Expected a month, or period",
        "Months judged",
        "Fitted variance over mean",
        "Fixed year",
        "XmR, plot the dots",
        "Expected",
        "Expected: by chance",
        "Expected: strong",
    ]
    return _table(heads, rows)


def _within(at: pl.DataFrame, step: str) -> str:
    names = [name for name in POWER if name.startswith(f"power_{step}_")]
    return " / ".join(_percent(at[name].mean()) for name in names)


def _truth(row: dict) -> str:
    return (
        f"{row['mean']:g} a month, variance {row['dispersion']:g} × mean, season {row['season']:.0%}, "
        f"drift {row['drift']:.0%}, {row['history']} months"
    )


def _percent(share: float | None, places: int = 0) -> str:
    """As it prints; first without the last digits, which depend on the order of summing."""
    return "–" if share is None else f"{round(100 * share, 8):.{places}f}%"


def _table(heads: list[str], rows: list[list[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
