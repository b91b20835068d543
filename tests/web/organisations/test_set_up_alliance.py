"""An alliance is set up by whoever runs the site, and nobody else."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from frankpledge.web.audit.acts import THE_SYSTEM
from frankpledge.web.audit.models import Event
from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.acts import join_alliance, set_up_alliance


def test_an_alliance_is_set_up_and_joined(bodies):
    alliance = set_up_alliance(by=THE_SYSTEM, name="Alliance of the Vales", accent="pink")
    joined = join_alliance(by=THE_SYSTEM, alliance=alliance, member=bodies["office"])

    assert (alliance.kind, alliance.slug, alliance.police_area) == (
        Kind.ALLIANCE,
        "alliance-of-the-vales",
        None,
    )
    assert joined.member == bodies["office"]
    assert Event.objects.filter(verb="alliance.set_up", about_id=str(alliance.pk)).count() == 1


def test_two_bodies_do_not_share_a_name(bodies):
    with pytest.raises(ValidationError, match="has this name"):
        set_up_alliance(by=THE_SYSTEM, name=bodies["alliance"].name.upper())


def test_an_administrator_does_not_set_one_up(people):
    with pytest.raises(PermissionDenied):
        set_up_alliance(by=people["administrator"], name="Alliance of the Vales")
