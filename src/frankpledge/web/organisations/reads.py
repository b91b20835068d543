"""Places and their bodies, as pages need them."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404

from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.dates import holding
from frankpledge.web.organisations.models import AllianceMember, Body, PoliceArea


@dataclass(frozen=True)
class Place:
    """A police area with the bodies that share it, and the alliances they are in."""

    police_area: PoliceArea
    force: Body
    office: Body
    panel: Body
    alliances: tuple[Body, ...]

    @property
    def slug(self) -> str:
        return self.police_area.slug

    @property
    def bodies(self) -> tuple[Body, ...]:
        """Its own bodies and its alliances: whose things its pages show."""
        return (self.force, self.office, self.panel, *self.alliances)


def place_or_404(slug: str) -> Place:
    """The place of an address. Raises Http404 where there is none, or where it is not set up."""
    area = PoliceArea.objects.filter(slug=slug).first()
    by_kind = {body.kind: body for body in Body.objects.filter(police_area=area)} if area else {}
    if not {Kind.FORCE, Kind.OFFICE, Kind.PANEL} <= set(by_kind):
        raise Http404(f"There is no place called {slug!r}.")
    own = [body.pk for body in by_kind.values()]
    joined = AllianceMember.objects.filter(holding(), member_id__in=own).select_related("alliance")
    alliances = tuple({m.alliance_id: m.alliance for m in joined}.values())
    return Place(area, by_kind[Kind.FORCE], by_kind[Kind.OFFICE], by_kind[Kind.PANEL], alliances)
