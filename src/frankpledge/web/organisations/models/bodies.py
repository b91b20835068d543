"""Bodies, their areas, and who oversees whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from frankpledge.web.audit.visibility import Kind
from frankpledge.web.organisations.dates import Dated


class BodyQuerySet(models.QuerySet):
    def visible_to(self, _: object) -> BodyQuerySet:
        """Everybody may know that a public body exists."""
        return self


class PoliceArea(models.Model):
    """The territory of a force: its office and its panel have the same. Addresses begin with its slug."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "name", "slug")

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A force, a local policing body with its office, a scrutiny body, or several in alliance.

    `called` is what it is called here and now, such as "Police and Crime Commissioner": the law
    may change the noun, and the noun is data.
    """

    PERSONAL = ()
    NOT_PERSONAL = ("id", "kind", "name", "slug", "called", "accent", "police_area")

    class Accent(models.TextChoices):
        BLUE = "blue", "Blue"
        TURQUOISE = "turquoise", "Turquoise"
        PINK = "pink", "Dark pink"
        PURPLE = "purple", "Purple"
        GREY = "grey", "Grey"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    called = models.CharField(max_length=120)
    accent = models.CharField(max_length=10, choices=Accent.choices, default=Accent.BLUE)
    police_area = models.ForeignKey(
        PoliceArea, models.PROTECT, null=True, blank=True, related_name="bodies"
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "bodies"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=Kind.ALLIANCE) | Q(police_area__isnull=False),
                name="a_body_has_a_police_area",
            ),
            models.UniqueConstraint(
                fields=["police_area", "kind"], name="one_body_of_a_kind_in_a_police_area"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def body_id(self) -> int:
        """A body is its own body: permissions ask a thing for its body."""
        return self.pk


class Area(models.Model):
    """A local policing area of a force. Areas add up to the force where the source is one."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "force", "name", "slug", "order")

    force = models.ForeignKey(
        Body, models.PROTECT, related_name="areas", limit_choices_to={"kind": Kind.FORCE}
    )
    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ("order", "name")
        constraints = (
            models.UniqueConstraint(fields=["force", "name"], name="one_area_of_a_name"),
            models.UniqueConstraint(fields=["force", "slug"], name="one_area_of_a_slug"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def body_id(self) -> int:
        return self.force_id


class Oversight(Dated):
    """One body holds another to account: an office its force, a panel its office."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "overseer", "overseen", "starts", "ends")

    overseer = models.ForeignKey(Body, models.PROTECT, related_name="oversees")
    overseen = models.ForeignKey(Body, models.PROTECT, related_name="overseen_by")

    objects = BodyQuerySet.as_manager()

    class Meta(Dated.Meta):
        constraints = (
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(overseer=F("overseen")), name="nobody_oversees_itself"
            ),
            models.UniqueConstraint(
                fields=["overseer", "overseen"],
                condition=Q(ends__isnull=True),
                name="one_current_oversight",
            ),
        )

    def __str__(self) -> str:
        return f"{self.overseer} over {self.overseen}"


class SimilarForcesGroup(models.Model):
    """The forces most like this one, as a named publication grouped them."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "force", "source")

    force = models.OneToOneField(Body, models.PROTECT, related_name="similar_forces_group")
    source = models.CharField(max_length=200)

    objects = BodyQuerySet.as_manager()

    def __str__(self) -> str:
        return f"forces similar to {self.force}"


class SimilarForce(models.Model):
    """One force of a group, as the figures name it."""

    PERSONAL = ()
    NOT_PERSONAL = ("id", "group", "name")

    group = models.ForeignKey(SimilarForcesGroup, models.CASCADE, related_name="members")
    name = models.CharField(max_length=120)

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=["group", "name"], name="each_similar_force_once"),
        )

    def __str__(self) -> str:
        return self.name
