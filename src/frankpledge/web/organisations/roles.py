"""The roles a person holds at a body, and which of them can write."""

from __future__ import annotations

from django.db import models

from frankpledge.web.audit.visibility import Kind


class Role(models.TextChoices):
    FORCE_ANALYST = "force_analyst", "Force analyst"
    MEASURE_OWNER = "measure_owner", "Measure owner"
    CHIEF_OFFICER = "chief_officer", "Chief officer"
    OFFICE_OFFICER = "office_officer", "Office officer"
    CHIEF_EXECUTIVE = "chief_executive", "Chief executive and monitoring officer"
    TREASURER = "treasurer", "Treasurer"
    DEPUTY_COMMISSIONER = "deputy_commissioner", "Deputy commissioner"
    COMMISSIONER = "commissioner", "Commissioner"
    PANEL_OFFICER = "panel_officer", "Panel officer"
    PANEL_MONITORING_OFFICER = "panel_monitoring_officer", "Panel's monitoring officer"
    PANEL_MEMBER_SUBSTANTIVE = "panel_member_substantive", "Panel member (substantive)"
    PANEL_MEMBER_COOPTED = "panel_member_coopted", "Panel member (co-opted)"
    PANEL_MEMBER_LAY = "panel_member_lay", "Panel member (lay)"
    PANEL_SUBSTITUTE = "panel_substitute", "Panel substitute"
    PANEL_CHAIR = "panel_chair", "Panel chair"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


FORCE_ROLES = (Role.FORCE_ANALYST, Role.MEASURE_OWNER, Role.CHIEF_OFFICER)
OFFICE_ROLES = (Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE, Role.TREASURER,
                Role.DEPUTY_COMMISSIONER, Role.COMMISSIONER)  # fmt: skip
PANEL_ROLES = (Role.PANEL_OFFICER, Role.PANEL_MONITORING_OFFICER, Role.PANEL_MEMBER_SUBSTANTIVE,
               Role.PANEL_MEMBER_COOPTED, Role.PANEL_MEMBER_LAY, Role.PANEL_SUBSTITUTE,
               Role.PANEL_CHAIR)  # fmt: skip
PANEL_MEMBERS = (Role.PANEL_MEMBER_SUBSTANTIVE, Role.PANEL_MEMBER_COOPTED, Role.PANEL_MEMBER_LAY,
                 Role.PANEL_CHAIR)  # fmt: skip
ANYWHERE = (Role.AUDITOR, Role.ADMINISTRATOR)

ROLES_AT = {
    Kind.FORCE: (*FORCE_ROLES, *ANYWHERE),
    Kind.OFFICE: (*OFFICE_ROLES, Role.MEASURE_OWNER, *ANYWHERE),
    Kind.PANEL: (*PANEL_ROLES, *ANYWHERE),
    Kind.ALLIANCE: ANYWHERE,
}
"""Which roles there are at a body of each kind. An office's people can own measures too."""

READ_ONLY = (Role.AUDITOR, Role.PANEL_MEMBER_SUBSTANTIVE, Role.PANEL_MEMBER_COOPTED,
             Role.PANEL_MEMBER_LAY, Role.PANEL_SUBSTITUTE)  # fmt: skip

WRITING = tuple(role for role in Role if role not in READ_ONLY)
"""Roles that can change something, and so need a second factor."""
