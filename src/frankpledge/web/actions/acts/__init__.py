"""Everything that may be done with lists and actions."""

from frankpledge.web.actions.acts.adding import Owner, add_action
from frankpledge.web.actions.acts.changing import assign_owner, change_action, link_commitment
from frankpledge.web.actions.acts.digests import make_digest, mark_digest_sent
from frankpledge.web.actions.acts.extracting import make_extract
from frankpledge.web.actions.acts.finishing import close_action, reopen_action, withdraw_action
from frankpledge.web.actions.acts.keeping_lists import change_list, make_list, make_scheme
from frankpledge.web.actions.acts.refusing import NotAsAskedError, SeveralProblemsError
from frankpledge.web.actions.acts.updating import (
    AS_IT_WAS,
    Evidence,
    Wanted,
    update_action,
    update_actions,
)

__all__ = [
    "AS_IT_WAS", "Evidence", "NotAsAskedError", "Owner", "SeveralProblemsError", "Wanted",
    "add_action", "assign_owner", "change_action", "change_list", "close_action",
    "link_commitment", "make_digest", "make_extract", "make_list", "make_scheme",
    "mark_digest_sent", "reopen_action", "update_action", "update_actions", "withdraw_action",
]  # fmt: skip
