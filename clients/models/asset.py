"""A thing the firm looks after."""

from typing import TYPE_CHECKING

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client
from core.addresses import address_of

if TYPE_CHECKING:
    from accounts.models import User


class AssetKind(models.TextChoices):
    """What sort of thing it is."""

    WORKSTATION = "workstation", _("workstation")
    LAPTOP = "laptop", _("laptop")
    SERVER = "server", _("server")
    NETWORK = "network", _("network equipment")
    PRINTER = "printer", _("printer")
    PHONE = "phone", _("phone")
    OTHER = "other", _("other")


class AssetQuerySet(models.QuerySet["Asset"]):
    """Assets, by who may see them."""

    def visible_to(self, user: "User") -> "AssetQuerySet":
        """Return the assets of the clients this person may see."""
        return self.filter(client__in=Client.objects.visible_to(user))


@pghistory.track()
class Asset(models.Model):
    """A device of a client's that the firm looks after or repairs."""

    client = models.ForeignKey(
        Client, models.CASCADE, related_name="assets", verbose_name=_("client")
    )
    site = models.ForeignKey(
        "clients.Site", models.SET_NULL, null=True, blank=True, verbose_name=_("site")
    )
    contact = models.ForeignKey(
        "clients.Contact", models.SET_NULL, null=True, blank=True, verbose_name=_("used by")
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(
        _("kind"), max_length=16, choices=AssetKind.choices, default=AssetKind.WORKSTATION
    )
    group = models.CharField(
        _("group"),
        max_length=60,
        blank=True,
        help_text=_("a word of your own by which contracts can tell devices apart"),
    )
    serial_number = models.CharField(_("serial number"), max_length=80, blank=True)
    operating_system = models.CharField(_("operating system"), max_length=80, blank=True)
    warranty_ends_on = models.DateField(_("warranty until"), null=True, blank=True)
    covered_since_on = models.DateField(_("looked after since"), null=True, blank=True)
    covered_until_on = models.DateField(_("looked after until"), null=True, blank=True)

    objects = AssetQuerySet.as_manager()

    class Meta:
        verbose_name = _("asset")
        verbose_name_plural = _("assets")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which the device is shown and changed."""
        return address_of("clients:asset-edit", self.pk)
