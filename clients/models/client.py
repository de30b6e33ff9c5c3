"""A client of the firm."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "ClientQuerySet":
        """Return the clients this person may see: staff all, a contact their own."""
        if not user.is_authenticated:
            return self.none()
        if user.is_firm_staff:
            return self
        return self.filter(contacts__user=user, contacts__portal_scope__gt="").distinct()

    def with_money_visible_to(self, user: "User | AnonymousUser") -> "ClientQuerySet":
        """Return the clients whose contracts and invoices this person may see."""
        if not user.is_authenticated or user.is_firm_staff:
            return self.visible_to(user)
        return self.filter(contacts__user=user, contacts__portal_scope="everything").distinct()

    def current(self) -> "ClientQuerySet":
        """Return the clients the firm has not lost."""
        return self.filter(lost_on__isnull=True)


@pghistory.track()
class Client(models.Model):
    """A company or person the firm works for, and to whom it sends invoices."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=160)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    registration_number = models.CharField(
        _("registration number"), max_length=40, blank=True, help_text=_("SIREN or SIRET in France")
    )
    street = models.CharField(_("street"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=16, blank=True)
    city = models.CharField(_("city"), max_length=80, blank=True)
    country = models.CharField(_("country"), max_length=2, default="FR")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="fr"
    )
    payment_days = models.PositiveSmallIntegerField(
        _("payment term"), default=30, help_text=_("days from the invoice's date")
    )
    invoice_email = models.EmailField(
        _("invoices go to"), blank=True, help_text=_("empty: the contacts who may see invoices")
    )
    purchase_order = models.CharField(
        _("purchase order"), max_length=60, blank=True, help_text=_("printed on invoices")
    )
    issues_without_review = models.BooleanField(
        _("issue without review"), default=False, help_text=_("drafts are issued by the run itself")
    )
    account_manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account manager"),
    )
    client_since_on = models.DateField(_("client since"), null=True, blank=True)
    lost_on = models.DateField(_("lost on"), null=True, blank=True)
    lost_reason = models.CharField(_("why lost"), max_length=200, blank=True)
    notes = models.TextField(_("internal notes"), blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        verbose_name = _("client")
        verbose_name_plural = _("clients")
        ordering = ["name", "code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the client's page on the desk."""
        return reverse("clients:client", args=[self.pk])

    @property
    def is_lost(self) -> bool:
        """Whether the firm no longer works for this client."""
        return self.lost_on is not None
