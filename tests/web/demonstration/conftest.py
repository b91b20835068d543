"""The demonstration, laid out once for the tests of a module and taken back after them."""

from __future__ import annotations

from datetime import date

import pytest

PASSWORD = "amber-barley-cedar"


@pytest.fixture(scope="module")
def laid_out(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everything that happened; what the worker makes of it afterwards is left out."""
    from django.conf import settings
    from django.db import transaction
    from django.test import override_settings

    from frankpledge.web.demonstration.diary import live_through
    from frankpledge.web.demonstration.laying_out import diary
    from frankpledge.web.demonstration.people import give_password

    told: list[str] = []
    demonstration = override_settings(
        DEMONSTRATION=True,
        DEMONSTRATION_DAY=date(2022, 7, 22),
        MEDIA_ROOT=tmp_path_factory.mktemp("files"),
    )
    with django_db_blocker.unblock(), demonstration, transaction.atomic():
        assert settings.DEMONSTRATION
        live_through(diary(), lambda done, of, now: told.append(now))
        give_password(PASSWORD)
        yield told
        transaction.set_rollback(True)
