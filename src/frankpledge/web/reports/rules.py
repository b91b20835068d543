"""Who may make a report and who may publish it; what must hold before one is published."""

from __future__ import annotations

import rules

from frankpledge.web.organisations.roles import Role
from frankpledge.web.organisations.rules import held_at_its_body, held_on_its_line

office = held_at_its_body(Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE)
force = held_on_its_line(Role.FORCE_ANALYST)

rules.add_perm("reports.ask", office | force)
rules.add_perm("reports.publish", office)
rules.add_perm("reports.withdraw", office)
