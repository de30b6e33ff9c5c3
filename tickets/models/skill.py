"""Who knows what, who works together, and what the categories ask for."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """How well somebody knows something."""

    BASICS = 1, _("basics")
    GOOD = 2, _("good")
    EXPERT = 3, _("expert")


@pghistory.track()
class Skill(models.Model):
    """Something that a technician knows: networks, telephony, a line-of-business program."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@pghistory.track()
class PersonSkill(models.Model):
    """How well one of the firm's people knows something."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="skills",
        verbose_name=_("technician"),
    )
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="people", verbose_name=_("skill"))
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.GOOD)

    class Meta:
        verbose_name = _("skill of a person")
        verbose_name_plural = _("skills of people")
        ordering = ["person", "skill"]
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="tickets_personskill_once"),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="tickets_personskill_level_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.skill}"


@pghistory.track()
class CategorySkill(models.Model):
    """What a technician must know to work on tickets of a category."""

    category = models.ForeignKey(
        "catalog.Category", models.CASCADE, related_name="skills", verbose_name=_("category")
    )
    skill = models.ForeignKey(
        Skill, models.CASCADE, related_name="categories", verbose_name=_("skill")
    )
    level = models.PositiveSmallIntegerField(
        _("at least"), choices=Level.choices, default=Level.BASICS
    )

    class Meta:
        verbose_name = _("skill for a category")
        verbose_name_plural = _("skills for categories")
        ordering = ["category", "skill"]
        constraints = [
            models.UniqueConstraint(
                fields=["category", "skill"], name="tickets_categoryskill_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.skill}"


@pghistory.track()
class TechnicianGroup(models.Model):
    """People among whom tickets are shared out."""

    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("group of technicians")
        verbose_name_plural = _("groups of technicians")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address where it is changed."""
        return reverse("automation:group-edit", args=[self.pk])


class GroupMember(models.Model):
    """One of a group, with when a ticket was last given to them in turn."""

    group = models.ForeignKey(
        TechnicianGroup, models.CASCADE, related_name="members", verbose_name=_("group")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="+",
        verbose_name=_("technician"),
    )
    last_given_at = models.DateTimeField(_("last given a ticket"), null=True, editable=False)

    class Meta:
        verbose_name = _("member of a group")
        verbose_name_plural = _("members of groups")
        ordering = ["group", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="tickets_groupmember_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
