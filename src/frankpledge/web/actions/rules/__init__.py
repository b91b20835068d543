"""What must hold of actions, and who may do what with them."""

from frankpledge.web.actions.rules import permissions
from frankpledge.web.actions.rules.dues import Due, end_of_month, end_of_quarter
from frankpledge.web.actions.rules.references import Reference, references_in, same_reference
from frankpledge.web.actions.rules.standing import (
    DUE_SOON_DAYS,
    Standing,
    Wanting,
    is_due_soon,
    is_late,
    is_overdue,
    is_stale,
    quiet_since,
    stale_from,
    why_due_soon,
    why_overdue,
    why_stale,
)

__all__ = [
    "DUE_SOON_DAYS", "Due", "Reference", "Standing", "Wanting", "end_of_month", "end_of_quarter",
    "is_due_soon", "is_late", "is_overdue", "is_stale", "permissions", "quiet_since",
    "references_in", "same_reference", "stale_from", "why_due_soon", "why_overdue", "why_stale",
]  # fmt: skip
