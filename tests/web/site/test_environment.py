"""The site refuses to start where it would not be safe, and says how to satisfy it."""

from __future__ import annotations

import pytest

from frankpledge.web.site.environment import NotReadyError, read_environment

KEY = "k" * 50


def refused(**told: str) -> list[str]:
    with pytest.raises(NotReadyError) as wrong:
        read_environment(told)
    return wrong.value.problems


def test_nothing_needs_to_be_set_to_try_it(tmp_path):
    found = read_environment({"FRANKPLEDGE_DATA": str(tmp_path / "data")})
    assert found.local
    assert found.database_url.startswith("sqlite:///")
    assert len(found.secret_key) >= 50
    assert (tmp_path / "data" / "secret-key").stat().st_mode & 0o077 == 0
    again = read_environment({"FRANKPLEDGE_DATA": str(tmp_path / "data")})
    assert again.secret_key == found.secret_key


def test_everything_that_is_wanting_is_said_at_once(tmp_path):
    problems = refused(
        FRANKPLEDGE_DATA=str(tmp_path), FRANKPLEDGE_HOSTS="panel.example", FRANKPLEDGE_HTTPS="off",
        FRANKPLEDGE_SESSION_HOURS="many", FRANKPLEDGE_EMAIL="post.example", FRANKPLEDGE_OIDC_NAME="Staff",
        FRANKPLEDGE_COLOUR="blue",
    )  # fmt: skip
    told = "\n".join(problems)
    for name in ("SECRET_KEY is not set", "HTTPS is off", "SESSION_HOURS", "FRANKPLEDGE_EMAIL is to begin",
                 "FRANKPLEDGE_OIDC_CLIENT_ID", "FRANKPLEDGE_COLOUR is not a setting"):  # fmt: skip
        assert name in told


def test_a_site_for_others_speaks_https_and_has_a_key_of_its_own(tmp_path):
    found = read_environment(
        {
            "FRANKPLEDGE_DATA": str(tmp_path),
            "FRANKPLEDGE_HOSTS": "panel.example",
            "FRANKPLEDGE_SECRET_KEY": KEY,
        }
    )
    assert found.https
    assert not found.local


@pytest.mark.parametrize("key", ["short", ""])
def test_a_key_that_is_short_or_missing_is_refused_with_the_way_to_make_one(tmp_path, key):
    told = {
        "FRANKPLEDGE_DATA": str(tmp_path),
        "FRANKPLEDGE_HOSTS": "panel.example",
        "FRANKPLEDGE_SECRET_KEY": key,
    }
    assert "secrets.token_urlsafe" in refused(**told)[0]


def test_the_demonstration_is_for_this_machine_alone(tmp_path):
    told = {"FRANKPLEDGE_DATA": str(tmp_path), "FRANKPLEDGE_HOSTS": "panel.example",
            "FRANKPLEDGE_SECRET_KEY": KEY, "FRANKPLEDGE_DEMONSTRATION": "on"}  # fmt: skip
    assert "anybody could sign in" in refused(**told)[0]


def test_a_day_of_its_own_is_for_the_demonstration_alone(tmp_path):
    told = {"FRANKPLEDGE_DATA": str(tmp_path), "FRANKPLEDGE_DEMONSTRATION_DAY": "2022-07-22"}
    assert "without FRANKPLEDGE_DEMONSTRATION=on" in refused(**told)[0]
    assert (
        read_environment(told | {"FRANKPLEDGE_DEMONSTRATION": "on"}).demonstration_day.year == 2022
    )


def test_the_providers_second_factor_is_named_or_mfa(tmp_path):
    told = {"FRANKPLEDGE_DATA": str(tmp_path), "FRANKPLEDGE_OIDC_NAME": "Staff", "FRANKPLEDGE_OIDC_URL": "https://id.example/a",
            "FRANKPLEDGE_OIDC_CLIENT_ID": "us", "FRANKPLEDGE_OIDC_SECRET": "s"}  # fmt: skip
    found = read_environment(told).provider
    assert (found.second_factor, found.origin) == (("mfa",), "https://id.example")
    both = read_environment(
        told | {"FRANKPLEDGE_OIDC_SECOND_FACTOR": "mfa, urn:example:two"}
    ).provider
    assert both.second_factor == ("mfa", "urn:example:two")
