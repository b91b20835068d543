"""`frankpledge demo`: the whole site on this machine, filled with the demonstration."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from frankpledge.cli.telling import WRONG_INPUT, Step, err, out, progress

if TYPE_CHECKING:
    from frankpledge.cli.demo_folder import Folder

DAY = "2022-07-22"


def demo(
    port: Annotated[int, typer.Option(help="Where to serve it, on this machine alone.")] = 8000,
    data: Annotated[
        Path, typer.Option(help="The folder that everything of the demonstration is kept in.")
    ] = Path("build/demo-site"),
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away what is there and begin again.")
    ] = False,
) -> None:
    """Serve the site, filled with the demonstration, until Ctrl-C.

    The first time it lays everything out; the next time it goes on with what is there. Nothing leaves
    this machine, and nothing outside the folder is touched.

    Example:  frankpledge demo --port 8001
    """
    from frankpledge.cli.demo_folder import Folder, FolderRefusedError
    from frankpledge.cli.demo_processes import is_taken

    if is_taken(port):
        err.print(
            f"Port {port} of this machine is taken, by another demonstration perhaps."
            f" Stop that, or choose another:  frankpledge demo --port {port + 1}"
        )
        sys.exit(WRONG_INPUT)
    try:
        with Folder(data).taken() as folder:
            _serve(folder, port, fresh)
    except FolderRefusedError as refused:
        err.print(str(refused), markup=False)
        sys.exit(WRONG_INPUT)


def _serve(folder: Folder, port: int, fresh: bool) -> None:
    from frankpledge.cli.demo_folder import digest_of_words
    from frankpledge.cli.demo_processes import Processes, surroundings

    if folder.begun and (fresh or not folder.ready):
        out.print(
            "Beginning again."
            if fresh
            else "The last time it was stopped half-way: beginning again."
        )
        folder.empty()
    surroundings(folder.path, DAY)
    _lay_out(folder)
    if folder.laid_out_from != digest_of_words():
        err.print(
            "Note: the demonstration has changed since this one was laid out. --fresh begins again."
        )
    with Processes(port, folder.path / "log.txt") as running:
        running.wait_until_serving()
        _say_what_there_is(port, folder.password)
        running.watch(_publish_when_built)


def _lay_out(folder: Folder) -> None:
    """Make the tables; fill them, unless that has been done."""
    with progress("Getting ready") as step:
        step(0, 1, "Getting ready")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from frankpledge.web.demonstration.laying_out import lay_out
        from frankpledge.web.demonstration.words import wanting

        if missing := wanting():
            from frankpledge.cli.demo_folder import FolderRefusedError

            raise FolderRefusedError(
                f"The demonstration's words are not there ({missing[0]}). Run it from the project's own folder."
            )
        folder.begin()
        step(0, 1, "Making the tables")
        call_command("migrate", verbosity=0)
        if not folder.ready:
            lay_out(folder.password, _once(step))
            folder.finish()
        connection.close()


def _once(step: Step) -> Step:
    """Days take turns among the chapters: each chapter is told when it first comes."""
    told: list[str] = []

    def say(done: int, of: int, now: str) -> None:
        if now not in told:
            told.append(now)
        step(done, of, told[-1])

    return say


def _say_what_there_is(port: int, password: str) -> None:
    from rich.table import Table

    from frankpledge.web.demonstration.sign_ins import first_looks, sign_ins

    here = f"http://127.0.0.1:{port}"
    out.print(f"\n[bold]Frankpledge is at {here}/[/bold]\n")
    for path, why in first_looks():
        out.print(f"  {here}{path}", markup=False)
        out.print(f"      {why}", markup=False)
    table = Table(
        "Sign in as",
        "with this address",
        box=None,
        pad_edge=False,
        padding=(0, 3, 0, 0),
        header_style="bold",
    )
    for each in sign_ins():
        table.add_row(each.role, each.email)
    out.print(
        f"\nSign in at {here}/account/sign-in/. The password of all of them:  [bold]{password}[/bold]\n"
    )
    out.print(table, soft_wrap=False)
    out.print(
        "\nIt is the 22nd of July 2022 there. Ctrl-C stops it; the same command goes on with it.\n"
    )


def _publish_when_built() -> bool:
    """Whether there is nothing left to wait for."""
    try:
        from frankpledge.web.demonstration.report import publish_if_built
    except ImportError:
        return True
    told = publish_if_built()
    if told:
        out.print(told, markup=False)
    return bool(told)
