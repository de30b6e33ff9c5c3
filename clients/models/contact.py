"""A person at a client."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.models.client import Client
from core.addresses import address_of

if TYPE_CHECKING:
    from accounts.models import User


class PortalScope(models.TextChoices):
    """What a contact may see in the portal; empty for no access."""

    TICKETS = "tickets", _("tickets")
    EVERYTHING = "everything", _("tickets, contracts and invoices")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts, by who may see them."""

    def visible_to(self, user: "User") -> "ContactQuerySet":
        """Return the contacts of the clients this person may see."""
        return self.filter(client__in=Client.objects.visible_to(user))


@pghistory.track()
class Contact(models.Model):
    """A person who works for a client, perhaps with access to the portal."""

    client = models.ForeignKey(
        Client, models.CASCADE, related_name="contacts", verbose_name=_("client")
    )
    site = models.ForeignKey(
        "clients.Site", models.SET_NULL, null=True, blank=True, verbose_name=_("site")
    )
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    role = models.CharField(
        _("role"),
        max_length=60,
        blank=True,
        help_text=_("a word of your own by which contracts can tell people apart"),
    )
    covered_since_on = models.DateField(
        _("counts since"), null=True, blank=True, help_text=_("for contracts priced per user")
    )
    covered_until_on = models.DateField(_("counts until"), null=True, blank=True)
    portal_scope = models.CharField(
        _("sees in the portal"), max_length=12, choices=PortalScope.choices, blank=True
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact",
        verbose_name=_("signs in as"),
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["last_name", "first_name"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "email"],
                condition=~models.Q(email=""),
                name="clients_contact_email_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    def get_absolute_url(self) -> str:
        """Return the address of the contact's page on the desk."""
        return address_of("clients:contact", self.pk)

    @property
    def may_see_invoices(self) -> bool:
        """Whether the portal shows this person what their company pays."""
        return self.portal_scope == PortalScope.EVERYTHING
