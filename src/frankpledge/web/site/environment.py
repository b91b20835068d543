"""What the site is told by its surroundings, and what it says when that is not enough.

Nothing needs to be set to try it: SQLite in a folder of its own, on this machine alone. As soon as
it is to answer to other hosts it refuses to start until it is safe to.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

LOCAL = ("127.0.0.1", "localhost", "[::1]")

KNOWN = {
    "FRANKPLEDGE_DATA": "folder for the database, uploads and reports; ./frankpledge-data by default",
    "DATABASE_URL": "the database, as postgres://user:password@host/name; SQLite in the data folder by default",
    "FRANKPLEDGE_HOSTS": "host names it answers to, with commas between; this machine alone by default",
    "FRANKPLEDGE_SECRET_KEY": "at least 50 characters; needed where other hosts are named",
    "FRANKPLEDGE_HTTPS": "on or off; on by default where other hosts are named",
    "FRANKPLEDGE_EMAIL": "outgoing post, as smtp://user:password@host:587; the console by default",
    "FRANKPLEDGE_EMAIL_FROM": "the address that post comes from",
    "FRANKPLEDGE_SESSION_HOURS": "hours after which a person has to sign in again; 8 by default",
    "FRANKPLEDGE_OIDC_NAME": "what the sign-in button calls the provider of OpenID Connect",
    "FRANKPLEDGE_OIDC_URL": "the provider's address, under which /.well-known/openid-configuration stands",
    "FRANKPLEDGE_OIDC_CLIENT_ID": "this site's name at the provider",
    "FRANKPLEDGE_OIDC_SECRET": "this site's secret at the provider",
    "FRANKPLEDGE_OIDC_SECOND_FACTOR": "amr or acr values of the provider that mean a second factor was used; mfa by default",
    "FRANKPLEDGE_DEMONSTRATION": "on or off: second factor off, a banner that says so; never with other hosts",
    "FRANKPLEDGE_DEMONSTRATION_DAY": "in the demonstration alone, the day it is there, as 2022-07-22",
}
"""Every setting there is, and what it means. `docs/running.md` lists the same."""

OF_OTHERS = ("FRANKPLEDGE_TEST_", "FRANKPLEDGE_SHARED", "FRANKPLEDGE_TRACEBACK", "FRANKPLEDGE_BIND")
"""Settings of the tests and of the command line, which are none of the site's."""

OIDC = ("NAME", "URL", "CLIENT_ID", "SECRET")


class NotReadyError(Exception):
    """The site cannot start. Says everything that is wanting, and how to supply it."""

    def __init__(self, problems: list[str]) -> None:
        told = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"Frankpledge cannot start yet:\n{told}\nSee docs/running.md.")
        self.problems = problems


@dataclass(frozen=True)
class Provider:
    """A provider of OpenID Connect: how police and council staff sign in."""

    name: str
    url: str
    client_id: str
    secret: str
    second_factor: tuple[str, ...]

    @property
    def origin(self) -> str:
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class Environment:
    """The settings, judged."""

    data: Path
    database_url: str
    hosts: tuple[str, ...]
    secret_key: str = field(repr=False)
    https: bool
    email: str = field(repr=False)
    email_from: str
    session_hours: float
    demonstration: bool
    demonstration_day: date | None
    provider: Provider | None

    @property
    def local(self) -> bool:
        return set(self.hosts) <= set(LOCAL)


def read_environment(told: Mapping[str, str] | None = None) -> Environment:
    """The settings in the environment. Raises NotReadyError with all that is wanting, at once."""
    told = os.environ if told is None else told
    problems: list[str] = []
    hosts = tuple(h.strip() for h in told.get("FRANKPLEDGE_HOSTS", "").split(",") if h.strip())
    local = set(hosts) <= set(LOCAL)
    data = Path(told.get("FRANKPLEDGE_DATA", "frankpledge-data")).resolve()
    found = Environment(
        data=data,
        database_url=told.get("DATABASE_URL") or f"sqlite:///{data / 'frankpledge.sqlite3'}",
        hosts=hosts or LOCAL,
        secret_key=_secret_key(told, data, local, problems),
        https=_switch(told, "FRANKPLEDGE_HTTPS", not local, problems),
        email=_email(told, problems),
        email_from=told.get("FRANKPLEDGE_EMAIL_FROM", "frankpledge@localhost"),
        session_hours=_hours(told, problems),
        demonstration=_switch(told, "FRANKPLEDGE_DEMONSTRATION", False, problems),
        demonstration_day=_day(told, problems),
        provider=_provider(told, problems),
    )
    if not local and not found.https:
        problems.append(
            "FRANKPLEDGE_HTTPS is off while other hosts are named: passwords would travel in the"
            " open. Leave it out, and put a server that speaks HTTPS in front."
        )
    if not local and found.demonstration:
        problems.append(
            "FRANKPLEDGE_DEMONSTRATION is on while other hosts are named: anybody could sign in."
            " Leave one of the two out."
        )
    if found.demonstration_day and not found.demonstration:
        problems.append(
            "FRANKPLEDGE_DEMONSTRATION_DAY is set without FRANKPLEDGE_DEMONSTRATION=on: outside the"
            " demonstration the day is today's. Leave it out."
        )
    unknown = sorted(k for k in told if k.startswith("FRANKPLEDGE_") and _unknown(k))
    problems += [
        f"{name} is not a setting. Those there are: {', '.join(KNOWN)}." for name in unknown
    ]
    if problems:
        raise NotReadyError(problems)
    return found


def _unknown(name: str) -> bool:
    return name not in KNOWN and not name.startswith(OF_OTHERS)


def _secret_key(told: Mapping[str, str], data: Path, local: bool, problems: list[str]) -> str:
    """The key that signs sessions. On this machine alone it is made once and kept beside the data."""
    given = told.get("FRANKPLEDGE_SECRET_KEY", "")
    if given and len(given) < 50:
        problems.append(
            f"FRANKPLEDGE_SECRET_KEY has {len(given)} characters and needs 50. Make one with:"
            ' python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    if given or not local:
        if not given:
            problems.append(
                "FRANKPLEDGE_SECRET_KEY is not set. Make one with:"
                ' python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
                " and keep it where only the site can read it."
            )
        return given
    kept = data / "secret-key"
    if not kept.exists():
        data.mkdir(parents=True, exist_ok=True)
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50), encoding="utf-8")
    return kept.read_text(encoding="utf-8").strip()


def _switch(told: Mapping[str, str], name: str, otherwise: bool, problems: list[str]) -> bool:
    given = told.get(name, "").strip().lower()
    if given in ("on", "off"):
        return given == "on"
    if given:
        problems.append(f"{name} is {given!r}; say on or off.")
    return otherwise


def _hours(told: Mapping[str, str], problems: list[str]) -> float:
    given = told.get("FRANKPLEDGE_SESSION_HOURS", "8")
    try:
        hours = float(given)
    except ValueError:
        hours = 0.0
    if not 0 < hours <= 24:
        problems.append(f"FRANKPLEDGE_SESSION_HOURS is {given!r}; say a number of hours up to 24.")
    return hours


def _day(told: Mapping[str, str], problems: list[str]) -> date | None:
    given = told.get("FRANKPLEDGE_DEMONSTRATION_DAY", "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        problems.append(f"FRANKPLEDGE_DEMONSTRATION_DAY is {given!r}; say a day as 2022-07-22.")
        return None


def _email(told: Mapping[str, str], problems: list[str]) -> str:
    given = told.get("FRANKPLEDGE_EMAIL", "")
    if given and urlsplit(given).scheme not in ("smtp", "smtps"):
        problems.append("FRANKPLEDGE_EMAIL is to begin with smtp:// or smtps://.")
    return given


def _provider(told: Mapping[str, str], problems: list[str]) -> Provider | None:
    given = {part: told.get(f"FRANKPLEDGE_OIDC_{part}", "").strip() for part in OIDC}
    if not any(given.values()):
        return None
    wanting = [f"FRANKPLEDGE_OIDC_{part}" for part, value in given.items() if not value]
    if wanting:
        problems.append(f"OpenID Connect needs also: {', '.join(wanting)}.")
    if given["URL"] and urlsplit(given["URL"]).scheme != "https":
        problems.append("FRANKPLEDGE_OIDC_URL is to begin with https://.")
    accepted = told.get("FRANKPLEDGE_OIDC_SECOND_FACTOR", "mfa").split(",")
    return Provider(
        name=given["NAME"],
        url=given["URL"],
        client_id=given["CLIENT_ID"],
        secret=given["SECRET"],
        second_factor=tuple(value.strip() for value in accepted if value.strip()),
    )
