"""Imports and what is offered to whoever makes one."""

from __future__ import annotations

from django.http import Http404

from frankpledge.web.actions.models import ActionList, Import
from frankpledge.web.audit.visibility import Reader
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import Person
from frankpledge.web.organisations.reads import Place
from frankpledge.web.organisations.roles import WRITING

SHOWN = 20
"""How many of the latest imports are listed."""


def import_or_404(place: Place, reader: Reader, pk: int) -> Import:
    """An import that this reader may see. Raises Http404 for another body's, as for one there is not."""
    rows = Import.objects.visible_to(reader).filter(body__in=[body.pk for body in place.bodies])
    found = (
        rows.select_related("action_list__scheme", "action_list__body", "body", "handed_in_by")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404("There is no import here that you can see.")
    return found


def imports_of(place: Place, reader: Reader) -> list[Import]:
    rows = Import.objects.visible_to(reader).filter(body__in=[body.pk for body in place.bodies])
    return list(rows.select_related("action_list", "handed_in_by")[:SHOWN])


def lists_for(place: Place, person: Person) -> list[ActionList]:
    """The lists that this person may bring a file for."""
    rows = ActionList.objects.visible_to(person).filter(body__in=[b.pk for b in place.bodies])
    return [
        each
        for each in rows.select_related("body", "scheme")
        if person.has_perm("actions.import_actions", each)
    ]


def people_of(place: Place) -> list[Person]:
    """Those of the place who could own an action."""
    held = holding(through="roles")
    bodies = [body.pk for body in place.bodies]
    rows = Person.objects.filter(held, roles__role__in=WRITING, roles__body__in=bodies)
    return list(rows.filter(is_active=True).distinct())
