"""`frankpledge site seed_demonstration`: fills an empty site with the demonstration."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from frankpledge.web.demonstration.laying_out import lay_out
from frankpledge.web.demonstration.words import wanting
from frankpledge.web.organisations.models import Body


class Command(BaseCommand):
    help = "Fill an empty site with the demonstration: two forces, their offices and panels, a plan, actions, figures."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", required=True, help="what everybody in it signs in with")

    def handle(self, *, password: str, **_: Any) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is for the demonstration alone. Run `frankpledge demo`, or set"
                " FRANKPLEDGE_DEMONSTRATION=on and a FRANKPLEDGE_DATA of its own."
            )
        if missing := wanting():
            raise CommandError(
                f"The demonstration needs {missing[0]}: run it where the project lies."
            )
        if Body.objects.exists():
            raise CommandError("This site is not empty. The demonstration fills an empty one.")
        done = lay_out(password, self._tell)
        self.stdout.write(f"{done} things were done, each on its own day.")

    def _tell(self, done: int, of: int, now: str) -> None:
        """A line for each chapter, when it first comes."""
        told = self.__dict__.setdefault("told", set())
        if now not in told:
            told.add(now)
            self.stdout.write(now)
