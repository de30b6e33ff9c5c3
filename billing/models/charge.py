"""One priced fact."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice
from billing.models.tax_line import frozen_with_invoice
from clients.models import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class ChargeKind(models.TextChoices):
    """What sort of evidence a charge rests on."""

    RECURRING = "recurring", _("contract")
    ADJUSTMENT = "adjustment", _("correction")
    TIME = "time", _("work")
    FLAT = "flat", _("flat rate")
    PART = "part", _("part")
    PREPAID = "prepaid", _("prepaid")
    HAND = "hand", _("by hand")
    HAND_GOODS = "hand_goods", _("goods by hand")


# What is delivered rather than done: invoices say which of the two they are about.
GOODS = frozenset({ChargeKind.PART, ChargeKind.HAND_GOODS})


class Treatment(models.TextChoices):
    """What became of the evidence."""

    BILLED = "billed", _("billed")
    COVERED = "covered", _("covered by the contract")
    DRAWN = "drawn", _("drawn from hours paid for")
    FLAT = "flat", _("included in the flat rate")
    WAIVED = "waived", _("waived")


class Reach(models.TextChoices):
    """What a discount takes off: one line, or the document."""

    LINE = "line", _("a line")
    DOCUMENT = "document", _("the document")


class Unit(models.TextChoices):
    """What the quantity of a charge counts; the price of minutes is per hour."""

    MINUTE = "minute", _("min")
    PIECE = "piece", _("pc.")
    MONTH = "month", _("month")
    QUARTER = "quarter", _("quarter")
    HALF_YEAR = "half_year", _("half-year")
    YEAR = "year", _("year")
    PRO_RATA = "pro_rata", _("pro rata")


class ChargeQuerySet(models.QuerySet["Charge"]):
    """Charges, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "ChargeQuerySet":
        """Return the charges this person may see: clients those on their issued invoices."""
        if user.is_authenticated and user.is_firm_staff:
            return self
        return self.filter(invoice__in=Invoice.objects.visible_to(user))

    def printed(self) -> "ChargeQuerySet":
        """Return the charges that stand as lines on the paper."""
        return self.filter(position__isnull=False)

    def lines(self) -> "ChargeQuerySet":
        """Return the charges that are lines of their own, not discounts on one."""
        return self.printed().filter(reduces=None)

    def signed(self) -> "ChargeQuerySet":
        """Add ``signed_amount``: the net amount, less than nothing on a credit note."""
        money = models.DecimalField(max_digits=14, decimal_places=2)
        taken_back = When(credits__isnull=False, then=-F("amount"))
        return self.annotate(
            signed_amount=Case(taken_back, default=F("amount"), output_field=money)
        )


class Charge(models.Model):
    """One priced fact: a line of an invoice, or work that was settled for nothing.

    ``amount`` is ``quantity`` x ``unit_price`` / ``price_base``, rounded half up: minutes have a
    base of 60, so that the price printed is the price of an hour. ``position`` is empty for what is
    not printed: waived work and work that a flat rate includes. ``basis`` holds the arithmetic as
    data, from which the explaining sentence is made. ``period_end_on`` is the last day, inclusive.

    A discount is a charge below nothing that ``reduces`` another, of the same kind, days, tax and
    account, so that whatever is summed is what was really asked for. It rests on no evidence.
    """

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="charges", verbose_name=_("client")
    )
    run = models.ForeignKey("billing.BillingRun", models.PROTECT, null=True, related_name="charges")
    invoice = models.ForeignKey(
        Invoice,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="charges",
        verbose_name=_("invoice"),
    )
    position = models.PositiveIntegerField(_("position"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ChargeKind.choices)
    treatment = models.CharField(_("treatment"), max_length=8, choices=Treatment.choices)
    description = models.CharField(_("description"), max_length=300)
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"))
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)
    price_base = models.PositiveSmallIntegerField(_("price is per"), default=1)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    list_amount = models.DecimalField(
        _("without contract"), max_digits=14, decimal_places=2, help_text=_("what it would cost")
    )
    tax_code = models.CharField(_("tax code"), max_length=12)
    tax_category = models.CharField(_("tax category"), max_length=2, default="S")
    tax_rate = models.DecimalField(_("tax rate in %"), max_digits=5, decimal_places=2, default=0)
    ledger_account = models.CharField(_("ledger account"), max_length=16, blank=True)
    ticket = models.ForeignKey(
        "tickets.Ticket",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ticket"),
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contract"),
    )
    purchase_order = models.ForeignKey(
        "clients.PurchaseOrder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="charges",
        verbose_name=_("purchase order"),
    )
    credits = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credited_by",
        verbose_name=_("credits the line"),
        help_text=_("the line of an issued invoice that this line of a credit note takes back"),
    )
    reduces = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reduced_by",
        db_index=False,
        verbose_name=_("reduces the line"),
        help_text=_("the line that this discount, or its part of one, takes something off"),
    )
    reach = models.CharField(
        _("discount on"), max_length=8, choices=Reach.choices, blank=True, default="", db_default=""
    )
    discount = models.ForeignKey(
        "billing.Discount",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="charges",
        db_index=False,
        verbose_name=_("discount"),
    )
    cost_centre = models.CharField(_("cost centre"), max_length=60, blank=True)
    basis = models.JSONField(_("basis"), default=dict)
    rated_at = models.DateTimeField(_("rated"), auto_now_add=True)

    objects = ChargeQuerySet.as_manager()

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        ordering = ["invoice", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "position"],
                condition=Q(position__isnull=False),
                name="billing_charge_position_once",
            ),
            models.CheckConstraint(
                condition=Q(treatment=Treatment.BILLED) | Q(amount=0),
                name="billing_charge_only_billed_costs",
            ),
            models.CheckConstraint(
                condition=Q(reduces=None, reach="")
                | (Q(reduces__isnull=False, position__isnull=False) & ~Q(reach="")),
                name="billing_charge_discount_reduces_a_line",
            ),
        ]
        # Lines of credit notes and discounts are few beside all others.
        indexes = [
            models.Index(
                fields=["reduces"],
                condition=Q(reduces__isnull=False),
                name="billing_charge_reduces",
            ),
            models.Index(
                fields=["client"],
                condition=Q(reduces__isnull=False),
                name="billing_charge_reduced",
            ),
            models.Index(
                fields=["discount"],
                condition=Q(discount__isnull=False),
                name="billing_charge_discount",
            ),
            models.Index(
                fields=["client"],
                condition=Q(credits__isnull=False),
                name="billing_charge_credited",
            ),
        ]
        triggers = frozen_with_invoice()

    def __str__(self) -> str:
        return self.description
