"""How widely an action may be shared: no wider than the list it stands in."""

from __future__ import annotations

from frankpledge.web.audit.visibility import Visibility, readable_kinds


def is_no_wider(kind: str, action_is: str, list_is: str) -> bool:
    """Whether everybody who reads the action may know of its list. `kind` is that of their body."""
    if list_is == Visibility.PUBLIC or action_is == Visibility.NAMED:
        return True
    if action_is == Visibility.PUBLIC or list_is == Visibility.NAMED:
        return False
    return readable_kinds(kind, action_is) <= readable_kinds(kind, list_is)
