"""`frankpledge site verify_chain`: is the trail as it was written?"""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from frankpledge.web.audit.checking import keep
from frankpledge.web.audit.verifying import verify_chain


class Command(BaseCommand):
    help = "Verify that no event of the trail was changed, left out or added."

    def handle(self, **_: object) -> None:
        found = verify_chain()
        keep(found)
        if found.faults:
            raise CommandError("\n".join(["The trail is not as it was written:", *found.faults]))
        self.stdout.write(
            f"The trail verifies: {found.events:,} events, {found.values:,} personal values kept,"
            f" {found.deleted:,} deleted in their time. It ends with {found.last_hash}."
        )
