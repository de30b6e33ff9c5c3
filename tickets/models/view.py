"""Views of the list of tickets that somebody keeps under a name."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from accounts.models import User


CURATE = "tickets.curate_savedview"


class Layout(models.TextChoices):
    """How the tickets are laid out."""

    TABLE = "", pgettext_lazy("layout", "Table")
    BOARD = "board", pgettext_lazy("layout", "Board")


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views, by who may use and who may change them."""

    def visible_to(self, user: "User") -> "SavedViewQuerySet":
        """Return those that everybody at the firm shares, and one's own."""
        if not user.is_firm_staff:
            return self.none()
        return self.filter(Q(is_shared=True) | Q(owner=user))

    def changeable_by(self, user: "User") -> "SavedViewQuerySet":
        """Return one's own, and the shared ones of others for those who look after them."""
        if user.has_perm(CURATE):
            return self.visible_to(user)
        return self.visible_to(user).filter(owner=user)


@pghistory.track()
class SavedView(models.Model):
    """Filters, order, columns and layout of the list of tickets, under a name."""

    name = models.CharField(_("name"), max_length=60)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("made by")
    )
    is_shared = models.BooleanField(_("for everybody"), default=False)
    filters = models.JSONField(_("filters"), default=dict)
    sort = models.CharField(_("order"), max_length=30, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    layout = models.CharField(
        pgettext_lazy("of tickets", "layout"), max_length=5, choices=Layout.choices, blank=True
    )

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        permissions = [("curate_savedview", "Can change the shared views of others")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="tickets_savedview_one_name",
                violation_error_message=_("You have a view of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address that opens the list as the view says."""
        return reverse("tickets:view", args=[self.pk])

    def is_changeable_by(self, user: "User") -> bool:
        """Whether this person may change it, who can see it."""
        return self.owner_id == user.pk or user.has_perm(CURATE)


class DefaultView(models.Model):
    """The view with which the list opens for one person."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    view = models.ForeignKey(
        SavedView, models.CASCADE, related_name="defaults", verbose_name=_("saved view")
    )

    class Meta:
        verbose_name = _("default view")
        verbose_name_plural = _("default views")

    def __str__(self) -> str:
        return f"{self.person_id} {self.view_id}"
