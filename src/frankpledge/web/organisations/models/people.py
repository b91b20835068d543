"""People, and the roles they hold at a body from one day to another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from frankpledge.web.audit.keeping import kept_until_an_act
from frankpledge.web.audit.today import now
from frankpledge.web.audit.visibility import THE_PUBLIC, Reader, reader_for
from frankpledge.web.organisations.dates import Dated, holding
from frankpledge.web.organisations.models.bodies import Body
from frankpledge.web.organisations.roles import Role


class PersonQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> PersonQuerySet:
        """Colleagues: people with a role at a body whose things the reader sees."""
        reader = reader_for(person)
        seen = {body for bodies in reader.sees.values() for body in bodies}
        return self.filter(pk__in=RoleHeld.objects.filter(body_id__in=seen).values("person"))


class AtBodyQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> AtBodyQuerySet:
        """What stands at a body on the reader's line."""
        reader = reader_for(person)
        return self.filter(body_id__in={body for bodies in reader.sees.values() for body in bodies})


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, email: str | None) -> Person:
        return self.get(email__iexact=email)


class Person(AbstractBaseUser):
    """Somebody who can sign in. What they may do follows from the roles they hold."""

    PERSONAL = ("email", "name", "password", "last_login")
    NOT_PERSONAL = (
        "id",
        "is_active",
        "wants_digest",
        "joined_at",
        "forgotten_at",
        "signed_out_everywhere",
    )
    UNTOLD = ("password", "last_login")
    HISTORY_NEEDS = "organisations.administer_person"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ("name",)

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    wants_digest = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now)
    forgotten_at = models.DateTimeField(null=True, editable=False)
    signed_out_everywhere = models.PositiveIntegerField(default=0, editable=False)

    objects = PersonManager()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "people"
        constraints = (
            models.UniqueConstraint(Lower("email"), name="one_person_an_address"),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True) | Q(is_active=False),
                name="whoever_is_forgotten_cannot_sign_in",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Changes with the password, and each time the person is signed out everywhere."""
        return f"{super().get_session_auth_hash()}.{self.signed_out_everywhere}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        for earlier in super().get_session_auth_fallback_hash():
            yield f"{earlier}.{self.signed_out_everywhere}"

    def hold_back(self) -> None:
        """For as long as this object lives, treat the person as the public: no role, nothing more to see."""
        self.__dict__["roles_now"] = frozenset()
        self.__dict__["_reader"] = THE_PUBLIC

    @cached_property
    def roles_now(self) -> frozenset[tuple[str, int]]:
        """(role, body) for each role held today."""
        if not self.is_active:
            return frozenset()
        return kept_until_an_act(("roles", self.pk), self._find_roles)

    def _find_roles(self) -> frozenset[tuple[str, int]]:
        return frozenset(self.roles.filter(holding()).values_list("role", "body_id"))

    @cached_property
    def _reader(self) -> Reader:
        from frankpledge.web.organisations.readers import make_reader

        roles = self.roles_now
        return kept_until_an_act(("reader", self.pk, roles), lambda: make_reader(self))

    def as_reader(self) -> Reader:
        """What this person may see today."""
        return self._reader

    def holds(self, *roles: str, at: int | None = None) -> bool:
        """Whether one of these roles is held today, at a body if one is given."""
        return any(role in roles and at in (None, body) for role, body in self.roles_now)

    def has_perm(self, permission: str, about: Any = None) -> bool:
        import rules

        return self.is_active and rules.has_perm(permission, self, about)


class RoleHeld(Dated):
    """A role that a person holds at a body. A substitute says for whom."""

    PERSONAL = ("person",)
    NOT_PERSONAL = ("id", "body", "role", "standing_in_for", "starts", "ends",
                    "given_by", "given_at")  # fmt: skip

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    body = models.ForeignKey(Body, models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30, choices=Role.choices)
    standing_in_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="substitutes"
    )
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=now)

    objects = AtBodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        ordering = ("body", "role", "starts")
        constraints = (
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "body", "role"],
                condition=Q(ends__isnull=True),
                name="each_role_held_once",
            ),
            models.CheckConstraint(
                condition=Q(standing_in_for__isnull=True) | Q(role=Role.PANEL_SUBSTITUTE),
                name="only_substitutes_stand_in",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} at {self.body}"
