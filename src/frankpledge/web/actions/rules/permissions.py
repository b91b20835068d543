"""Who may do what with actions."""

from __future__ import annotations

from typing import Any

import rules

from frankpledge.web.organisations.roles import WRITING, Role
from frankpledge.web.organisations.rules import held_at_its_body, held_on_its_line

keeps_it = held_at_its_body(
    Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE, Role.CHIEF_OFFICER, Role.PANEL_OFFICER
)
"""Who keeps the lists of a body: officers of the office, chief officers of the force, of the panel."""


@rules.predicate(name="answers for it or helps")
def owns_it(person: Any, action: Any) -> bool:
    """Owners update their own. Whoever holds no role that can write has no second factor, and may not."""
    if not hasattr(person, "roles_now") or not person.holds(*WRITING):
        return False
    if action is None:
        return True
    return action.owners.filter(person=person, ends__isnull=True).exists()


brings_it = keeps_it | held_at_its_body(Role.FORCE_ANALYST)
"""Who brings a list from a file, and so adds and changes what is in it: a force's analysts too."""

shows_a_panel = held_on_its_line(Role.OFFICE_OFFICER, Role.CHIEF_EXECUTIVE, Role.PANEL_OFFICER)

for deed in ("keep_list", "keep_scheme", "close_action", "withdraw_action", "reopen_action"):
    rules.add_perm(f"actions.{deed}", keeps_it)
for deed in ("import_actions", "add_action", "change_action", "assign_owner", "link_commitment"):
    rules.add_perm(f"actions.{deed}", brings_it)
rules.add_perm("actions.update_action", brings_it | owns_it)
rules.add_perm("actions.make_extract", shows_a_panel)
