"""Make the stored findings of forces anew, where what they are made of has changed."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from time import perf_counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from frankpledge.analysis.periods import add_months, month_name, parse_month
from frankpledge.web.audit.visibility import Kind
from frankpledge.web.measures.charts import forget_old_pictures
from frankpledge.web.measures.findings.making import Larder
from frankpledge.web.measures.findings.refreshing import bring_up_to_date, draw_newest
from frankpledge.web.measures.models.findings import Audience
from frankpledge.web.organisations.models import Body


class Command(BaseCommand):
    help = (
        "Makes the findings that pages show, where figures, definitions or settings have changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", help="the slug of one place; every place without it")
        parser.add_argument("--month", action="append", default=[], help="a month, as 2022-06")
        parser.add_argument("--last", type=int, default=1, help="how many of the newest months")
        parser.add_argument(
            "--draw", action="store_true", help="draw the newest month's charts too"
        )
        parser.add_argument("--anew", action="store_true", help="even where nothing has changed")

    def handle(self, *args: Any, **options: Any) -> None:
        forces = Body.objects.filter(kind=Kind.FORCE).select_related("police_area")
        if options["place"]:
            forces = forces.filter(police_area__slug=options["place"])
            if not forces:
                raise CommandError(
                    f"No place is called {options['place']!r}. Its slug is what its addresses begin with."
                )
        asked = [_month(text) for text in options["month"]]
        for force in forces:
            began = perf_counter()
            months = [*asked, *_newest(force, options["last"])]
            made = bring_up_to_date(force, months, anew=options["anew"])
            names = ", ".join(month_name(month) for month in made) or "nothing had changed"
            self.stdout.write(f"{force.name}: {names} ({perf_counter() - began:.1f} s)")
            if options["draw"]:
                self.stdout.write(f"{force.name}: {draw_newest(force)} charts stand drawn")
        forget_old_pictures()


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError as wrong:
        raise CommandError(f"--month {text}: {wrong}") from None


def _newest(force: Body, last: int) -> list[date]:
    """The newest months that there are figures of."""
    months = Larder(force).months(Audience.OWN)
    first = add_months(months[0], -(last - 1)) if months else None
    return [month for month in months if first and month >= first]
