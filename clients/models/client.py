"""A client of the firm."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from clients.electronic import LONGEST, SCHEMES
from core.addresses import address_of

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


class ClientKind(models.TextChoices):
    """What a client is before the law of invoices."""

    BUSINESS = "business", _("company or association")
    PERSON = "person", _("private person")


class InvoiceGrouping(models.TextChoices):
    """What a client gets an invoice of its own for."""

    CLIENT = "client", _("one invoice for everything")
    CONTRACT = "contract", _("one for each contract")
    SITE = "site", _("one for each site")
    COST_CENTRE = "cost_centre", _("one for each cost centre")
    PURCHASE_ORDER = "purchase_order", _("one for each purchase order")


class LowHoursReaders(models.TextChoices):
    """Who gets a mail when a client's hours run low."""

    MANAGER = "manager", _("the account manager")
    CLIENT = "client", _("whoever receives the invoices")
    BOTH = "both", _("both of them")
    NOBODY = "nobody", _("nobody")


@pghistory.track()
class Client(models.Model):
    """A company or person the firm works for, and to whom it sends invoices."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=160)
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    registration_number = models.CharField(
        _("registration number"), max_length=40, blank=True, help_text=_("SIREN or SIRET in France")
    )
    kind = models.CharField(
        _("client is a"),
        max_length=8,
        choices=ClientKind.choices,
        default=ClientKind.BUSINESS,
        db_default="business",
        help_text=_("a private person has no SIREN and gets no invoice through a platform"),
    )
    electronic_scheme = models.CharField(
        _("kind of electronic address"),
        max_length=4,
        choices=SCHEMES,
        blank=True,
        default="",
        db_default="",
    )
    electronic_address = models.CharField(
        _("electronic address"),
        max_length=LONGEST,
        blank=True,
        default="",
        db_default="",
        help_text=_("for electronic invoices; empty in France: the SIREN, elsewhere the e-mail"),
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
    requires_purchase_order = models.BooleanField(
        _("pays only with a purchase order"),
        default=False,
        help_text=_("what no order pays for waits until one is named"),
    )
    invoice_grouping = models.CharField(
        _("invoices"),
        max_length=16,
        choices=InvoiceGrouping.choices,
        default=InvoiceGrouping.CLIENT,
    )
    billing_day = models.PositiveSmallIntegerField(
        _("billing day"),
        null=True,
        blank=True,
        help_text=_("day of the month, 31 for its last; empty: the firm's day"),
    )
    issues_without_review = models.BooleanField(
        _("issue without review"), default=False, help_text=_("drafts are issued by the run itself")
    )
    pays_by_direct_debit = models.BooleanField(
        _("pays by direct debit"),
        default=False,
        db_default=False,
        help_text=_("due invoices are proposed for collection while a mandate is in force"),
    )
    low_hours_readers = models.CharField(
        _("low hours are told to"),
        max_length=8,
        choices=LowHoursReaders.choices,
        default=LowHoursReaders.MANAGER,
        db_default="manager",
        help_text=_("a mail, once for each warning level"),
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
        constraints = [
            models.CheckConstraint(
                condition=models.Q(billing_day__isnull=True)
                | models.Q(billing_day__gte=1, billing_day__lte=31),
                name="clients_client_billing_day_exists",
                violation_error_message=_("A day of the month is from 1 to 31."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the client's page on the desk."""
        return address_of("clients:client", self.pk)

    @property
    def is_lost(self) -> bool:
        """Whether the firm no longer works for this client."""
        return self.lost_on is not None
