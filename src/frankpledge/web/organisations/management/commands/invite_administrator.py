"""`frankpledge site invite_administrator <body> <e-mail> <name>`: the first way in."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.organisations.acts import invite_person
from frankpledge.web.organisations.models import Body, Role


class Command(BaseCommand):
    help = "Invite an administrator of a body by e-mail. The link is shown here too."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("body", help="the body's short name, as set_up_place showed it")
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--site", default="http://127.0.0.1:8000", help="where the site stands")

    def handle(self, *, body: str, email: str, name: str, site: str, **_: Any) -> None:
        where = Body.objects.filter(slug=body).first()
        if where is None:
            known = ", ".join(Body.objects.values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no body called {body}. Those there are: {known}.")
        links: list[str] = []

        def address(secret: str) -> str:
            links.append(f"{site.rstrip('/')}{reverse('invitation', args=[secret])}")
            return links[-1]

        try:
            invite_person(
                by=THE_SYSTEM,
                body=where,
                email=email,
                name=name,
                role=Role.ADMINISTRATOR,
                address=address,
            )
        except ValidationError as refused:
            raise CommandError(" ".join(refused.messages)) from refused
        self.stdout.write(f"Invited {name} to administer {where}, for 14 days:\n{links[-1]}")
