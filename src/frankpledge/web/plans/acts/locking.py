"""A version kept from other writers while an act changes it."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from frankpledge.web.audit.acts import ChangedMeanwhileError, locked
from frankpledge.web.plans.models import PlanVersion


def locked_version(version: PlanVersion) -> PlanVersion:
    """The version as it is now. Its plan is locked first, so that versions change one at a time."""
    plan = locked(version.plan)
    version = locked(version)
    version.plan = plan
    return version


def locked_draft(version: PlanVersion) -> PlanVersion:
    """The version, if it is still a draft: what was once sent is never edited."""
    version = locked_version(version)
    if not version.is_draft:
        raise ValidationError(
            f"Version {version.number} is no longer a draft ({version.get_state_display().lower()}), and what"
            " was sent is never edited. Draft a new version to correct it."
        )
    return version


def check_seen(revision: int, seen: int | None, what: str) -> None:
    """Raises ChangedMeanwhileError if `what` was reworded since the person read it."""
    if seen is not None and seen != revision:
        raise ChangedMeanwhileError(
            f"Somebody else changed {what} while you were writing. Nothing was saved. Read their words, then"
            " enter yours again."
        )
