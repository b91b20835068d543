"""The tests of this folder look at places that stand for all of them, and change nothing that another needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.browser.places import Standing, standing_places


@pytest.fixture(scope="package")
def standing(django_db_setup, django_db_blocker) -> Iterator[Standing]:
    """Places with something on every page, written for all connections."""
    with django_db_blocker.unblock(), standing_places() as places:
        yield places


@pytest.fixture(autouse=True)
def transactional_db(standing) -> None:
    """In place of pytest-django's own, by whose name it knows that there is a database to set up:
    that one would empty it after each test."""
