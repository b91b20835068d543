"""Places are set up; bodies and areas change their names."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.text import slugify

from frankpledge.web.audit.acts import THE_SYSTEM, act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.audit.today import today
from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.models import Area, Body, Oversight, PoliceArea

CALLED = {
    Kind.FORCE: "Police",
    Kind.OFFICE: "Police and Crime Commissioner",
    Kind.PANEL: "Police and Crime Panel",
}


@act("place.set_up")
def set_up_place(*, by: Any, name: str, starts: date | None = None) -> PoliceArea:
    """A police area with its force, office and panel, and who of them oversees whom.

    By the system alone: whoever runs the site does it, and invites the first administrators.
    Raises ValidationError.
    """
    if by is not THE_SYSTEM:
        raise PermissionDenied("A place is set up by whoever runs the site.")
    if PoliceArea.objects.filter(slug=slugify(name)).exists():
        raise ValidationError({"name": f"There is a place called {name} already."})
    area = PoliceArea.objects.create(name=name, slug=slugify(name))
    force, office, panel = (_body(area, kind) for kind in (Kind.FORCE, Kind.OFFICE, Kind.PANEL))
    starts = starts or today()
    Oversight.objects.create(overseer=office, overseen=force, starts=starts)
    Oversight.objects.create(overseer=panel, overseen=office, starts=starts)
    told = snapshot(area) | {"force": force.name, "office": office.name, "panel": panel.name}
    record(area, became=told)
    return area


@act("body.changed", needs="organisations.change_body", on="body")
def change_body(*, by: Any, body: Body, name: str, called: str, accent: str, why: str = "") -> Body:
    """What a body is called, and its colour. Its address stays. Raises ValidationError."""
    body = locked(body)
    was = snapshot(body)
    if Body.objects.filter(name__iexact=name).exclude(pk=body.pk).exists():
        raise ValidationError({"name": "Another body has this name."})
    body.name, body.called, body.accent = name, called, accent
    body.full_clean()
    body.save()
    record(body, was=was, why=why)
    return body


@act("area.changed", needs="organisations.change_body", on="body")
def change_area(
    *, by: Any, body: Body, name: str, order: int, area: Area | None = None, why: str = ""
) -> Area:
    """An area of a force is added or called anew. Its address stays. Raises ValidationError."""
    if body.kind != Kind.FORCE:
        raise ValidationError("Only a force has areas.")
    area = locked(area) if area else Area(force=body, slug=slugify(name))
    was = snapshot(area) if area.pk else {}
    if area.force_id != body.pk:
        raise ValidationError("The area is another force's.")
    area.name, area.order = name, order
    area.full_clean()
    area.save()
    record(area, was=was, why=why)
    return area


def _body(area: PoliceArea, kind: Kind) -> Body:
    name = f"{area.name} {CALLED[kind]}"
    return Body.objects.create(
        kind=kind, name=name, slug=slugify(name), called=CALLED[kind], police_area=area
    )
