"""`frankpledge site set_up_place Northshire`: a force, its office and its panel."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.organisations.acts import set_up_place


class Command(BaseCommand):
    help = "Set up a police area with its force, office and panel, and who of them oversees whom."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the territory is called, such as Northshire")

    def handle(self, *, name: str, **_: Any) -> None:
        try:
            area = set_up_place(by=THE_SYSTEM, name=name)
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"Set up at /{area.slug}/:")
        for body in area.bodies.order_by("pk"):
            self.stdout.write(f"  {body.slug}: {body.name}")
        self.stdout.write(
            "Next: frankpledge site invite_administrator <body> <e-mail> <name> --site https://…"
        )
