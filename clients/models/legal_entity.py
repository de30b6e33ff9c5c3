"""The firm itself as a party: the seller on every invoice."""

from zoneinfo import ZoneInfo

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.electronic import LONGEST, SCHEMES

# Credit notes are numbered AV-2026-00001: avoirs, in a series of their own.
CREDIT_NOTE_PREFIX = "AV"


class PlatformKind(models.TextChoices):
    """How electronic invoices reach the firm's approved platform."""

    FOLDER = "folder", _("into a folder, to be uploaded by hand")


class LegalEntityQuerySet(models.QuerySet["LegalEntity"]):
    """The firm's own companies."""

    def current(self) -> "LegalEntity":
        """Return the company that issues unless another is named.

        :raises LegalEntity.DoesNotExist: the firm has not been set up
        """
        return self.get(is_default=True)


@pghistory.track()
class LegalEntity(models.Model):
    """A company of the firm's own, in whose name documents are issued."""

    name = models.CharField(_("name"), max_length=160)
    is_default = models.BooleanField(_("issues unless another is named"), default=True)
    legal_form = models.CharField(_("legal form"), max_length=40, blank=True)
    share_capital = models.DecimalField(
        _("share capital"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    registration_number = models.CharField(
        _("registration number"), max_length=40, blank=True, help_text=_("SIREN or SIRET in France")
    )
    register_town = models.CharField(
        _("trade register"), max_length=80, blank=True, help_text=_("RCS town in France")
    )
    vat_number = models.CharField(_("VAT number"), max_length=20, blank=True)
    is_small_business = models.BooleanField(
        _("exempt as a small business"),
        default=False,
        help_text=_("no VAT is charged (in France art. 293 B du CGI)"),
    )
    pays_vat_on_invoicing = models.BooleanField(
        _("VAT is due when invoiced"),
        default=False,
        help_text=_("the option for the « débits » in France"),
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
    needs_electronic_invoice = models.BooleanField(
        _("nothing is issued that cannot be an electronic invoice"),
        default=False,
        db_default=False,
        help_text=_("a draft waits where the client's SIREN or electronic address is missing"),
    )
    checks_electronic_invoice = models.BooleanField(
        _("electronic invoices are checked against the official rules"),
        default=False,
        db_default=False,
        help_text=_("by a worker, right after issuing; what is found stands on the invoice's page"),
    )
    platform = models.CharField(
        _("electronic invoices are handed over"),
        max_length=8,
        choices=PlatformKind.choices,
        blank=True,
        default="",
        db_default="",
    )
    platform_since_on = models.DateField(
        _("handed over from this day on"),
        null=True,
        blank=True,
        help_text=_("what was issued before is left where it is"),
    )
    street = models.CharField(_("street"), max_length=160)
    postcode = models.CharField(_("postcode"), max_length=16)
    city = models.CharField(_("city"), max_length=80)
    country = models.CharField(_("country"), max_length=2, default="FR")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    time_zone = models.CharField(_("time zone"), max_length=48, default="Europe/Paris")
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=32, blank=True)
    website = models.URLField(_("website"), blank=True)
    iban = models.CharField(_("IBAN"), max_length=34, blank=True)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)
    creditor_identifier = models.CharField(
        _("SEPA creditor identifier"),
        max_length=35,
        blank=True,
        db_default="",
        help_text=_("ICS in France, needed for direct debits; your bank asks for it"),
    )
    debit_lead_days = models.PositiveSmallIntegerField(
        _("direct debits reach the bank days before"),
        default=2,
        db_default=2,
        help_text=_("bank days between handing a file over and the collection"),
    )
    makes_debit_batches = models.BooleanField(
        _("prepare direct debits by itself"),
        default=False,
        db_default=False,
        help_text=_("a batch of what is due, every day; a person hands it to the bank"),
    )
    invoice_prefix = models.CharField(_("prefix of invoice numbers"), max_length=8, default="F")
    penalty_terms = models.CharField(
        _("late-payment penalty"),
        max_length=200,
        blank=True,
        help_text=_("as printed; empty for the legal minimum in the client's language"),
    )
    discount_terms = models.CharField(
        _("early-payment discount"),
        max_length=200,
        blank=True,
        help_text=_("as printed; empty for none"),
    )
    decision_lead_days = models.PositiveSmallIntegerField(
        _("decisions come up days before"),
        default=60,
        db_default=60,
        help_text=_("how long before its last day a decision about a contract is listed as due"),
    )
    time_needs_approval = models.BooleanField(
        _("time is billed once it is approved"),
        default=False,
        db_default=False,
        help_text=_("what is logged from now on waits until somebody has approved its day"),
    )

    shows_next_invoice = models.BooleanField(
        _("clients see their next invoice so far"),
        default=False,
        db_default=False,
        help_text=_("in the portal, those of their people who may see invoices"),
    )

    objects = LegalEntityQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal entity")
        verbose_name_plural = _("legal entities")
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="clients_legalentity_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        """The zone that decides to which day work and documents belong."""
        return ZoneInfo(self.time_zone)
