"""Learn the widths and the map of stated likelihoods on earlier months, and judge them on later ones.

    python benchmarks/calibrate_likelihood.py --data FOLDER          about 12 minutes on one core
    python benchmarks/calibrate_likelihood.py --data FOLDER --quick  under a minute, nothing shipped
    … --ship                                                         writes calibration and tables

FOLDER holds `mps-borough-monthly/` and `police-uk/`, as published. Every origin is kept as it is done
(`--work`), so a run that is stopped goes on where it was; `--fresh` begins again. The same seed
gives the same tables.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import time
from datetime import date
from pathlib import Path

for name in ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS"):
    os.environ.setdefault(name, "1")

import numpy as np  # noqa: E402
import polars as pl  # noqa: E402
from scipy.optimize import minimize_scalar  # noqa: E402

import likelihood_cases as cases  # noqa: E402
import likelihood_tables as tables  # noqa: E402
from frankpledge.analysis.likelihood.likelihood import calibrated  # noqa: E402
from frankpledge.analysis.periods import add_months, months_from  # noqa: E402
from frankpledge.analysis.projection import ProjectionSettings  # noqa: E402
from frankpledge.analysis.projection.calibration import (  # noqa: E402
    HISTORIES,
    STEPS,
    Calibration,
    uncalibrated,
    write,
)

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ROOT / "src/frankpledge/analysis/projection/calibration.toml"
SEED = 20220601
FULL = cases.Size(series=160, paths=450, every=2)
QUICK = cases.Size(series=48, paths=120, every=12)

LEARNED_FROM, LEARNED_TO = date(2012, 6, 1), date(2016, 6, 1)
JUDGED_FROM = date(2016, 12, 1)
DOUBT = 0.01


def main() -> None:
    options = arguments()
    started = time.time()
    size = QUICK if options.quick else FULL
    work = options.work / ("quick" if options.quick else "full")
    if options.fresh:
        shutil.rmtree(work, ignore_errors=True)
    boroughs = options.data / "mps-borough-monthly"
    london = cases.boroughs(boroughs / "vintage-2022-02_201004-202201.csv.gz", "London boroughs")
    earlier = months_from(LEARNED_FROM, LEARNED_TO)[:: size.every]
    later = months_from(JUDGED_FROM, add_months(london.months[-1], -cases.HORIZON))[:: size.every]

    errors, _ = run(london, earlier, size, work, uncalibrated(), only_errors=True)
    learned = Calibration(widths(errors), uncalibrated().slopes, {})
    _, met = run(london, earlier, size, work, learned)
    learned = Calibration(learned.widths, slopes(met), provenance(london, size, options))
    judged_errors, judged = run(london, later, size, work, learned)
    others = [
        (source.label, *run(source, months, size, work, learned))
        for source, months in transfer(options.data, size)
    ]
    models = tables.models(london, earlier[:: 3 if options.quick else 2], size, SEED)

    made = tables.Made(
        coverage=tables.coverage(judged_errors, learned),
        reliability=stated(judged, learned),
        raw=stated(judged, uncalibrated()),
        transfer=[
            (label, tables.coverage(e, learned), stated(o, learned)) for label, e, o in others
        ],
        models=models,
    )
    words = tables.machine(time.time() - started, time.process_time())
    tables.show(made, words)
    if options.ship:
        SHIPPED.write_text(write(learned), encoding="utf-8")
        tables.publish(made, words, ROOT / "docs/methods")
        print(f"written: {SHIPPED.relative_to(ROOT)}, docs/methods/likelihood.md and its CSV files")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    shared = os.environ.get("FRANKPLEDGE_SHARED", ROOT.parent / "shared" / "data")
    parser.add_argument("--data", type=Path, default=Path(shared))
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "calibrate_likelihood")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--ship", action="store_true")
    return parser.parse_args()


def run(
    source: cases.Source,
    months: list[date],
    size: cases.Size,
    work: Path,
    learned: Calibration,
    only_errors: bool = False,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The errors and outcomes of all origins; the simulations are taken from `work` where done."""
    folder = work / source.label.replace(" ", "-").lower()
    folder.mkdir(parents=True, exist_ok=True)
    settings = ProjectionSettings(calibration=learned)
    errors, met = [], []
    for n, month in enumerate(months, start=1):
        began = time.time()
        case = cases.origin(source, month, size, SEED)
        errors.append(kept(folder / f"errors-{month}.parquet", lambda c=case: cases.errors(c)))
        drawn = kept(folder / f"paths-{month}.parquet", lambda c=case: cases.draw(c, size, SEED))
        if not only_errors:
            met.append(cases.outcomes(case, drawn, settings, SEED))
        print(
            f"{source.label}: {month:%Y-%m}, {n} of {len(months)}, {time.time() - began:.1f} s",
            flush=True,
        )
    return pl.concat(errors), pl.concat(met) if met else pl.DataFrame()


def kept(file: Path, make) -> pl.DataFrame:
    """A frame from its file, or made and put there; a run that is killed leaves no half file."""
    if file.is_file():
        return pl.read_parquet(file)
    frame = make()
    half = file.with_suffix(".half")
    frame.write_parquet(half)
    half.rename(file)
    return frame


def widths(errors: pl.DataFrame) -> pl.DataFrame:
    """Half an interval by kind of history and month ahead: a straight line through the six quantiles."""
    rows = []
    for history in HISTORIES:
        of_kind = errors.filter(pl.col("history") == history)
        steps = np.arange(1, STEPS + 1)
        reach = {level: line(steps, quantiles(of_kind, level / 100, steps)) for level in (80, 95)}
        rows += [
            {
                "history": history,
                "step": int(step),
                "reach_80": reach[80][i],
                "reach_95": reach[95][i],
            }
            for i, step in enumerate(steps)
        ]
    return pl.DataFrame(rows).cast({"step": pl.Int32})


def quantiles(errors: pl.DataFrame, share: float, steps: np.ndarray) -> np.ndarray:
    """The distance that a share of the months ahead stayed within, for each step."""
    return np.array(
        [
            errors.filter(pl.col("horizon") == int(step))["distance"]
            .abs()
            .quantile(share, "linear")
            for step in steps
        ]
    )


def line(steps: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.polyval(np.polyfit(steps, values, 1), steps)


def slopes(met: pl.DataFrame) -> pl.DataFrame:
    """The slope on the logit that makes the stated probabilities likeliest, by kind of history."""
    return pl.DataFrame(
        [
            {"history": history, "slope": slope(met.filter(pl.col("history") == history))}
            for history in HISTORIES
        ]
    )


def slope(met: pl.DataFrame) -> float:
    logit = np.log(met["share"] / (1 - met["share"])).to_numpy()
    sign = np.where(met["met"].to_numpy(), 1.0, -1.0)
    return float(
        minimize_scalar(
            lambda k: np.logaddexp(0, -sign * k * logit).mean(), bounds=(0.3, 2.0), method="bounded"
        ).x
    )


def stated(met: pl.DataFrame, learned: Calibration) -> pl.DataFrame:
    """Outcomes with the probability that would have been stated; histories under 12 months state none."""
    settings = ProjectionSettings(calibration=learned)
    return met.filter(pl.col("used") >= 12).with_columns(
        calibrated("share", settings, DOUBT).alias("probability")
    )


def transfer(data: Path, size: cases.Size) -> list[tuple[cases.Source, list[date]]]:
    """Other series the calibration never saw: a later vintage of the same, forces, areas of a force."""
    vintage = cases.boroughs(
        data / "mps-borough-monthly/vintage-2023-08_201004-202107.csv.gz", "London later vintage"
    )
    # Places whose recent months are known to be incomplete in this publication.
    incomplete = ("Gwent", "Greater Manchester", "Devon & Cornwall", "Dyfed-Powys")
    forces = cases.forces(data / "police-uk/force-month.csv", "Force areas", left_out=incomplete)
    areas = cases.forces(
        data / "police-uk/west-mercia-area-month.csv", "Areas of a force", area="area"
    )
    recent = months_from(date(2024, 4, 1), date(2025, 6, 1))[:: max(2, size.every)]
    return [
        (vintage, months_from(JUDGED_FROM, date(2019, 8, 1))[:: 4 * size.every]),
        (forces, recent),
        (areas, recent),
    ]


def provenance(
    source: cases.Source, size: cases.Size, options: argparse.Namespace
) -> dict[str, object]:
    """Where the shipped numbers come from."""
    return {
        "made_by": "benchmarks/calibrate_likelihood.py" + (" --quick" if options.quick else ""),
        "made_on": f"{date.today():%Y-%m-%d}",
        "learned_from": "Metropolitan Police recorded crime, borough by month, London Datastore, "
        "Open Government Licence v3: boroughs by major crime type with a mean of 30 or more a month",
        "series": str(source.rows["name"].n_unique()),
        "origins": f"{LEARNED_FROM:%Y-%m} to {LEARNED_TO:%Y-%m}, every {size.every} months",
        "drawn": f"{size.series} series an origin, {size.paths} paths a series, seed {SEED}",
        "python": platform.python_version(),
    }


if __name__ == "__main__":
    main()
