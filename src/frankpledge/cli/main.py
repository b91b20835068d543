"""The `frankpledge` command."""

from __future__ import annotations

import os
import sys

import typer

from frankpledge.cli import figures, measures, site
from frankpledge.cli.demo import demo
from frankpledge.cli.report import report
from frankpledge.cli.telling import OUR_FAULT, err

app = typer.Typer(
    name="frankpledge",
    help="Policing that answers to the public: from figures to a report whose every number shows its working.\n\n"
    "See all of it, on this machine alone:  frankpledge demo\n\n"
    "Try it on the demonstration figures:  frankpledge report demo --month 2022-06 --out build/demo",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo)
app.command("report")(report)
app.add_typer(figures.app, name="figures")
app.add_typer(measures.app, name="measures")
app.command("site", context_settings=site.PASSED_ON)(site.site)


def run() -> None:
    """Run the command; a fault of ours says so, and how to show us, without a wall of text."""
    try:
        app()
    except KeyboardInterrupt:
        err.print("Stopped. Nothing half done was left behind.")
        sys.exit(130)
    except Exception as fault:
        if os.environ.get("FRANKPLEDGE_TRACEBACK"):
            raise
        err.print(
            f"This is a fault in Frankpledge, not in your figures: {type(fault).__name__}: {fault}",
            markup=False,
        )
        err.print(
            "To send it to us with its trace, run the command again with FRANKPLEDGE_TRACEBACK=1 before it."
        )
        sys.exit(OUR_FAULT)
