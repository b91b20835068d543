"""The register of forums is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from frankpledge.web.audit.acts import act, locked, record
from frankpledge.web.audit.recording import snapshot
from frankpledge.web.organisations.models import Body, Forum, ForumBody
from frankpledge.web.organisations.reads import bodies_that_may_sit

SAID = ("name", "purpose", "how_often", "objective_words", "notes_published", "meets_in_public",
        "visibility")  # fmt: skip
"""What may be said of a forum. Its address stays."""


@act("forum.set_up", needs="organisations.change_forum", on="body")
def set_up_forum(*, by: Any, body: Body, name: str, why: str = "", **said: Any) -> Forum:
    """A body's new forum. Raises ValidationError."""
    slug = slugify(name)
    if Forum.objects.filter(body=body, slug=slug).exists():
        raise ValidationError({"name": "This body has a forum of this name."})
    forum = Forum(body=body, slug=slug, name=name, **_only(said))
    forum.full_clean()
    forum.save()
    record(forum, why=why)
    return forum


@act("forum.changed", needs="organisations.change_forum", on="forum")
def change_forum(*, by: Any, forum: Forum, why: str = "", **said: Any) -> Forum:
    """What a forum is for, how often it meets, what of it is public. Raises ValidationError."""
    forum = locked(forum)
    was = snapshot(forum)
    for name, value in _only(said).items():
        setattr(forum, name, value)
    forum.full_clean()
    forum.save()
    record(forum, was=was, why=why)
    return forum


@act("forum.seated", needs="organisations.change_forum", on="forum")
def seat_bodies(
    *, by: Any, forum: Forum, votes: Mapping[int, int], why: str = ""
) -> list[ForumBody]:
    """Which bodies sit on a forum from now on, and the votes of each, by the body's key.

    Those of an alliance's forum are its members. Raises ValidationError.
    """
    forum = locked(forum)
    if set(votes) - {body.pk for body in bodies_that_may_sit(forum)}:
        raise ValidationError("One of these bodies has no part in the forum.")
    was = _seats(forum)
    forum.bodies.exclude(body__in=votes).delete()
    for body, number in votes.items():
        forum.bodies.update_or_create(body_id=body, defaults={"votes": number})
    record(forum, was=was, became=_seats(forum), why=why)
    return list(forum.bodies.all())


def _seats(forum: Forum) -> dict[str, int]:
    return {seat.body.name: seat.votes for seat in forum.bodies.select_related("body")}


def _only(said: dict[str, Any]) -> dict[str, Any]:
    if strange := set(said) - set(SAID):
        raise TypeError(f"A forum has no {', '.join(sorted(strange))}.")
    return said
