from frankpledge.web.organisations.models.alliances import (
    AllianceChair,
    AllianceMember,
    Forum,
    ForumBody,
)
from frankpledge.web.organisations.models.bodies import (
    Area,
    Body,
    Oversight,
    PoliceArea,
    SimilarForce,
    SimilarForcesGroup,
)
from frankpledge.web.organisations.models.invitations import Invitation
from frankpledge.web.organisations.models.people import Person, RoleHeld
from frankpledge.web.organisations.roles import Role

__all__ = [
    "AllianceChair", "AllianceMember", "Area", "Body", "Forum", "ForumBody", "Invitation",
    "Oversight", "Person", "PoliceArea", "Role", "RoleHeld", "SimilarForce", "SimilarForcesGroup",
]  # fmt: skip
