"""What is personal goes when its time is over; what was done stays, and the chain still verifies."""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from frankpledge.web.audit.models import PersonalValue


def forget_values(person: models.Model, things: Iterable[models.Model]) -> int:
    """Delete the values kept beside the trail that are the person's; says how many.

    They are all values of events about `things` (the person, their roles, their invitations), and
    wherever else a personal field of any event pointed to the person. Call it within an act.
    """
    condition = _pointing_to(person)
    for thing in things:
        condition |= Q(event__about_type=thing._meta.label_lower, event__about_id=str(thing.pk))
    return PersonalValue.objects.filter(condition).delete()[0]


def _pointing_to(person: models.Model) -> Q:
    """Values of the fields that point to people, where they point to this one."""
    condition = Q(pk__in=())
    for model in apps.get_models():
        for field in model._meta.fields:
            points = field.is_relation and field.related_model is not None
            if not points or field.name not in getattr(model, "PERSONAL", ()):
                continue
            if field.related_model._meta.label == settings.AUTH_USER_MODEL:
                about = Q(event__about_type=model._meta.label_lower)
                condition |= about & Q(field__in=(field.name, field.attname), value=person.pk)
    return condition
