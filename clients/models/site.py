"""A place where a client works."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client

if TYPE_CHECKING:
    from accounts.models import User


class SiteQuerySet(models.QuerySet["Site"]):
    """Sites, by who may see them."""

    def visible_to(self, user: "User") -> "SiteQuerySet":
        """Return the sites of the clients this person may see."""
        return self.filter(client__in=Client.objects.visible_to(user))


@pghistory.track()
class Site(models.Model):
    """A place where a client works: an office, a shop, a workshop."""

    client = models.ForeignKey(
        Client, models.CASCADE, related_name="sites", verbose_name=_("client")
    )
    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    cost_centre = models.CharField(_("cost centre"), max_length=60, blank=True)
    covered_since_on = models.DateField(
        _("counts since"), null=True, blank=True, help_text=_("for contracts priced per site")
    )
    covered_until_on = models.DateField(_("counts until"), null=True, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR")
    time_zone = models.CharField(_("time zone"), max_length=48, default="Europe/Paris")

    objects = SiteQuerySet.as_manager()

    class Meta:
        verbose_name = _("site")
        verbose_name_plural = _("sites")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["client", "name"], name="clients_site_name_unique"),
        ]

    def __str__(self) -> str:
        return self.name
