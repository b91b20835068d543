"""The states of a plan's version, who reads it in each, and the parties that answer for a commitment."""

from __future__ import annotations

from django.db import models

from frankpledge.web.audit.visibility import Visibility


class State(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", "Draft"
    WITH_PANEL = "with_panel", "With the panel"
    ADOPTED = "adopted", "In force"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Withdrawn"


PUBLISHED = (State.ADOPTED, State.SUPERSEDED)
"""What was adopted once is public for good."""


class Party(models.TextChoices):
    """Who answers for a commitment."""

    CHIEF_OFFICER = "chief_officer", "The chief officer"
    COMMISSIONER = "commissioner", "The commissioner"
    TOGETHER = "together", "Everybody together"
    OFFICE = "office", "The commissioner's office"


def visibility_in(state: str, *, was_sent: bool) -> Visibility:
    """Who reads a version: the office its draft, the panel what was sent to it, all what was adopted."""
    if state in PUBLISHED:
        return Visibility.PUBLIC
    if state == State.WITH_PANEL or was_sent:
        return Visibility.PANEL
    return Visibility.OFFICE
