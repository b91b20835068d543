"""Who and when: the two are there together or not at all."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


def who_and_when(verb: str, name: str) -> models.CheckConstraint:
    """The constraint that `<verb>_by` and `<verb>_at` are both given or neither."""
    neither = Q(**{f"{verb}_by__isnull": True, f"{verb}_at__isnull": True})
    both = Q(**{f"{verb}_by__isnull": False, f"{verb}_at__isnull": False})
    return models.CheckConstraint(condition=neither | both, name=f"{name}_{verb}_by_and_at")
