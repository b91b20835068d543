"""`frankpledge site`: run and keep the web site."""

from __future__ import annotations

import os
import sys

import typer

from frankpledge.cli.telling import WRONG_INPUT, err

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def site(context: typer.Context) -> None:
    """Run and keep the site: migrate, runserver, db_worker, verify_chain, send_digest and more."""
    from frankpledge.web.site.environment import NotReadyError, read_environment

    try:
        read_environment()
    except NotReadyError as fault:
        err.print(str(fault), markup=False)
        sys.exit(WRONG_INPUT)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frankpledge.web.site.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["frankpledge site", *context.args])
