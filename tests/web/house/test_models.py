"""Laws that every model of the upper storey keeps, found by walking all of them."""

from __future__ import annotations

import re
from itertools import chain

import pytest
from django.apps import apps
from django.db import models

OURS = [
    model
    for config in apps.get_app_configs()
    if config.name.startswith("frankpledge.web.")
    for model in config.get_models(include_auto_created=False)
]
NOT_FOR_READERS = {"audit.chainhead", "audit.personalvalue"}
"""Rows that no page asks for: the lock of the trail, and what stands beside it."""


def named(model) -> str:
    return model._meta.label_lower


@pytest.mark.parametrize("model", OURS, ids=named)
def test_every_field_is_declared_personal_or_not(model):
    fields = {f.name for f in chain(model._meta.concrete_fields, model._meta.many_to_many)}
    personal, not_personal = set(model.PERSONAL), set(model.NOT_PERSONAL)
    assert personal & not_personal == set()
    assert personal | not_personal == fields


@pytest.mark.parametrize("model", OURS, ids=named)
def test_every_model_that_reaches_a_person_is_asked_for_in_their_name(model):
    if named(model) not in NOT_FOR_READERS:
        assert hasattr(model._default_manager.all(), "visible_to")


def pairs_of(model) -> list[tuple[str, str]]:
    """Who-and-when pairs of which either may be absent: `adopted_by` and `adopted_at` (or `_on`)."""
    fields = {f.name: f for f in model._meta.concrete_fields}
    found = []
    for name, field in fields.items():
        stem = name.removesuffix("_by")
        when = next((stem + end for end in ("_at", "_on") if stem + end in fields), None)
        if (
            name.endswith("_by")
            and when
            and isinstance(field, models.ForeignKey)
            and fields[when].null
        ):
            found.append((name, when))
    return found


@pytest.mark.parametrize(
    ("model", "pair"),
    [(model, pair) for model in OURS for pair in pairs_of(model)],
    ids=lambda value: named(value) if isinstance(value, type) else value[0],
)
def test_who_and_when_come_together_or_not_at_all(model, pair):
    checks = [
        str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint)
    ]
    assert any(all(re.search(rf"\b{name}(__|\b)", check) for name in pair) for check in checks), (
        f"{named(model)} needs a constraint that {pair[0]} and {pair[1]} are both set or neither"
    )


def test_no_amount_of_money_is_kept_but_in_pence():
    """A column about money is a whole number of pence and says so."""
    about_money = re.compile(r"(cost|price|amount|budget|spend|pounds)(?!s_)", re.I)
    wrong = [
        f"{named(model)}.{f.name}"
        for model in OURS
        for f in model._meta.concrete_fields
        if about_money.search(f.name)
        and f.name != "share_of_costs"
        and not f.name.endswith("_pence")
    ]
    assert wrong == []


@pytest.mark.django_db
def test_the_migrations_are_those_of_the_models():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
