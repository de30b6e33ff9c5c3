"""In which role somebody works."""

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class WorkRole(models.Model):
    """A role with rates of its own: technician, senior technician, consultant."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveSmallIntegerField(_("position in lists"), default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("work role")
        verbose_name_plural = _("work roles")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the role is changed."""
        return reverse("catalog:work-role-edit", args=[self.pk])


@pghistory.track()
class RoleAssignment(models.Model):
    """The role in which a person usually works; a time entry may name another."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="work_role_assignment",
        verbose_name=_("person"),
    )
    work_role = models.ForeignKey(
        WorkRole, models.PROTECT, related_name="assignments", verbose_name=_("work role")
    )

    class Meta:
        verbose_name = _("role of a person")
        verbose_name_plural = _("roles of people")
        ordering = ["user"]

    def __str__(self) -> str:
        return f"{self.user}: {self.work_role}"
