"""What the tests of the upper storey stand on: two forces in an alliance, and a person for each role.

`FRANKPLEDGE_TEST_POSTGRES`, an address of a PostgreSQL server's database, runs the same tests there.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date

import pytest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frankpledge.web.site.settings")
os.environ["FRANKPLEDGE_DATA"] = tempfile.mkdtemp(prefix="frankpledge-tests-")
for name in [n for n in os.environ if n.startswith("FRANKPLEDGE_") and n not in
             ("FRANKPLEDGE_DATA", "FRANKPLEDGE_TEST_POSTGRES", "FRANKPLEDGE_SHARED")]:  # fmt: skip
    del os.environ[name]
os.environ["DATABASE_URL"] = os.environ.get("FRANKPLEDGE_TEST_POSTGRES", "")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402
from django.test import override_settings  # noqa: E402

if connections["default"].vendor == "sqlite":
    # A file, not memory: two connections to a database in memory share its locks, and neither waits.
    connections["default"].settings_dict["TEST"]["NAME"] = os.path.join(
        os.environ["FRANKPLEDGE_DATA"], "test.sqlite3"
    )

PASSWORD = "a long enough password"


@pytest.fixture(scope="session", autouse=True)
def _files_of_its_own(tmp_path_factory):
    """Each process of a parallel run keeps its own files: their databases count from 1 alike, and the
    report of one would be written over the other's."""
    data = tmp_path_factory.mktemp("data")
    with override_settings(DATA=data, MEDIA_ROOT=data / "files"):
        yield


@pytest.fixture(scope="session", autouse=True)
def _quick_and_quiet():
    """Passwords hashed quickly and post kept: neither is what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(autouse=True)
def _no_cache_left():
    from django.core.cache import cache

    from frankpledge.web.audit.keeping import forget_everything_kept

    cache.clear()
    forget_everything_kept()


@pytest.fixture
def bodies(db):
    """Two forces, their offices and panels, and the alliance of all four that may work together."""
    from tests.web.bodies import make_bodies

    return make_bodies()


@pytest.fixture
def people(bodies):
    """A person for each role, by role: at the first force, office and panel. See `tests/web/bodies.py`."""
    from tests.web.bodies import make_people

    return make_people(bodies)


@pytest.fixture
def as_role(client, people):
    """`as_role("office_officer")` is a client signed in as that role, with a second factor;
    `as_role("public")` is nobody."""
    from tests.web.signing_in import sign_in

    def signed_in(role: str):
        client.logout()
        if role != "public":
            sign_in(client, people[role])
        return client

    return signed_in


@pytest.fixture
def two_connections(transactional_db):
    """For tests in which two people write at once. The trail's guard is off while the tables are emptied."""
    from django.db import connection

    from frankpledge.web.audit.append_only import guard, unguard

    guard(connection)
    yield
    unguard(connection)


@pytest.fixture(autouse=True)
def _trail_guarded(request):
    """A test that emptied the database took the guard away; the next one has it again."""
    if "db" in request.fixturenames and "two_connections" not in request.fixturenames:
        request.getfixturevalue("db")
        from django.db import connection

        from frankpledge.web.audit.append_only import guard

        guard(connection)


TODAY = date(2022, 7, 22)
