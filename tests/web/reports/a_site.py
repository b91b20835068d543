"""Lays out a site with figures and a report asked for: run in a process of its own, on its own database."""

from __future__ import annotations

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from tests.web.bodies import make_bodies, make_people  # noqa: E402
from tests.web.reports.stocked import ask, stock  # noqa: E402

if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    bodies = make_bodies()
    people = make_people(bodies)
    stock(people, bodies["force"])
    ask(people, bodies)
