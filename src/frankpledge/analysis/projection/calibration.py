"""What the models' own spread must be multiplied by to hold what it says, learned from the past.

Smoothing and level both misjudge how far the months to come stray. How far, is learned on real
monthly series, per kind of history and month ahead, and shipped in `calibration.toml` with where it
came from. `benchmarks/calibrate_likelihood.py` learns it; `docs/methods/likelihood.md` shows how it
does on later months than those it was learned from.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import polars as pl

from frankpledge.analysis.projection.history import LEVEL

STEPS = 6
NORMAL_REACH_80 = 1.2815515655446004


@dataclass(frozen=True)
class Calibration:
    """The learned numbers, by kind of history and month ahead.

    `widths` has the columns `history`, `step`, `reach_80` and `reach_95`: half an interval, in the
    model's own standard deviations. `slopes` has `history` and `slope`: the logit of a counted probability times
    `slope` is the logit of the stated one. There is no constant term: one would carry the rise or
    fall of the years it was learned in over to other years.
    """

    widths: pl.DataFrame
    slopes: pl.DataFrame
    provenance: dict[str, object]


HISTORIES = ("level", "12 to 23 months", "24 to 47 months", "48 months or more")


def history_class(method: pl.Expr, used: pl.Expr) -> pl.Expr:
    """The kind of history a series has, one of `HISTORIES`."""
    return (
        pl.when(method.str.starts_with(LEVEL))
        .then(pl.lit(HISTORIES[0]))
        .when(used < 24)
        .then(pl.lit(HISTORIES[1]))
        .when(used < 48)
        .then(pl.lit(HISTORIES[2]))
        .otherwise(pl.lit(HISTORIES[3]))
    )


def width_step(step: pl.Expr) -> pl.Expr:
    """The month ahead whose widths are used: the sixth's for all beyond, which nothing was learned for."""
    return step.clip(1, STEPS).cast(pl.Int32)


def stretch() -> pl.Expr:
    """What a path's distance from the mean is multiplied by, so that paths fill the 80% interval."""
    return pl.col("reach_80") / NORMAL_REACH_80


@cache
def shipped() -> Calibration:
    """The calibration that comes with Frankpledge."""
    return read(files(__package__).joinpath("calibration.toml").read_text(encoding="utf-8"))


def read(text: str) -> Calibration:
    """A calibration from the text of its TOML file."""
    file = tomllib.loads(text)
    widths = [
        pl.DataFrame(
            {
                "history": [history] * STEPS,
                "step": range(1, STEPS + 1),
                "reach_80": learned["reach_80"],
                "reach_95": learned["reach_95"],
            }
        )
        for history, learned in file["history"].items()
    ]
    slopes = [
        {"history": history, "slope": float(one["slope"])}
        for history, one in file["history"].items()
    ]
    return Calibration(
        widths=pl.concat(widths).cast({"step": pl.Int32}),
        slopes=pl.DataFrame(slopes),
        provenance=file["provenance"],
    )


def write(calibration: Calibration) -> str:
    """A calibration as the text of its TOML file, to four decimals."""
    lines = [
        "# Written by benchmarks/calibrate_likelihood.py. Do not edit by hand.",
        "",
        "[provenance]",
    ]
    lines += [f'{name} = "{value}"' for name, value in calibration.provenance.items()]
    for history, slope in calibration.slopes.iter_rows():
        rows = calibration.widths.filter(pl.col("history") == history).sort("step")
        lines += ["", f'[history."{history}"]', f"slope = {slope:.4f}"]
        for name in ("reach_80", "reach_95"):
            lines.append(f"{name} = [{', '.join(f'{x:.4f}' for x in rows[name])}]")
    return "\n".join(lines) + "\n"


def uncalibrated() -> Calibration:
    """The models taken at their word: reaches of the normal distribution, slope 1."""
    widths = pl.DataFrame({"history": HISTORIES}).join(
        pl.DataFrame({"step": range(1, STEPS + 1)}, schema={"step": pl.Int32}), how="cross"
    )
    return Calibration(
        widths=widths.with_columns(reach_80=NORMAL_REACH_80, reach_95=1.9600),
        slopes=pl.DataFrame({"history": HISTORIES}).with_columns(slope=1.0),
        provenance={"learned_from": "nothing"},
    )
