"""`frankpledge site send_digest`: the weekly e-mail of what is due. Run it every day: nobody gets two."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError
from django.template.loader import render_to_string

from frankpledge.web.actions import presenters
from frankpledge.web.actions.acts import make_digest, mark_digest_sent
from frankpledge.web.actions.models import DigestSent
from frankpledge.web.actions.reads.due import DueOf, digest_of, due_of, people_to_tell, week_of
from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.today import now, today
from frankpledge.web.organisations.models import Person

TRIED_AGAIN_AFTER = timedelta(minutes=10)
"""A digest that was made and has not gone is another run's until then."""


class Command(BaseCommand):
    help = "Send each owner of actions one e-mail a week with what is overdue, due within 14 days or stale."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--site",
            default="",
            help="address of the site, such as https://actions.example.org, for links",
        )

    def handle(self, *, site: str = "", **_: Any) -> None:
        day, sent, failed = today(), 0, []
        for person in people_to_tell(day):
            due = due_of(person, day)
            digest = self._claimed(person, due, day) if due else None
            if digest is None:
                continue
            try:
                letter(person, due, day, site).send()
            except OSError as fault:
                failed.append(f"person {person.pk}: {fault}")
                continue
            mark_digest_sent(by=THE_SYSTEM, digest=digest)
            sent += 1
        self.stdout.write(f"{presenters.counted_words(sent, 'digest')} sent.")
        if failed:
            raise CommandError(
                f"{presenters.counted_words(len(failed), 'digest')} could not be sent, and will be tried"
                " when this is run again after ten minutes:\n" + "\n".join(failed)
            )

    def _claimed(self, person: Person, due: DueOf, day: date) -> DigestSent | None:
        """The person's digest of this week, if this run is the one to send it."""
        made = digest_of(person, day)
        if made:
            return made if made.made_at < now() - TRIED_AGAIN_AFTER else None
        try:
            return make_digest(
                by=THE_SYSTEM,
                person=person,
                week=week_of(day),
                overdue=len(due.overdue),
                due_soon=len(due.due_soon),
                stale=len(due.stale),
                at=now(),
            )
        except IntegrityError:  # another run was quicker
            return None


def letter(person: Person, due: DueOf, day: date, site: str) -> EmailMultiAlternatives:
    """The e-mail, in plain words and as simple HTML."""
    groups = [
        {"heading": heading, "rows": [presenters.own_row(each, day) for each in actions]}
        for heading, actions in (
            ("Overdue", due.overdue),
            ("Due within 14 days", due.due_soon),
            ("Nothing heard for a long time", due.stale),
        )
        if actions
    ]
    told = {
        "person": person,
        "groups": groups,
        "address": f"{site.rstrip('/')}/my/actions/" if site else "",
    }
    letter = EmailMultiAlternatives(
        subject=presenters.digest_subject(due),
        body=render_to_string("actions/mail/digest.txt", told),
        to=[person.email],
    )
    letter.attach_alternative(render_to_string("actions/mail/digest.html", told), "text/html")
    return letter
