"""One priced fact, and the claim that ties it to its evidence."""

from typing import TYPE_CHECKING

import pgtrigger
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
        ]
        # Lines of credit notes are few beside all others of a client.
        indexes = [
            models.Index(
                fields=["client"],
                condition=Q(credits__isnull=False),
                name="billing_charge_credited",
            )
        ]
        triggers = frozen_with_invoice()

    def __str__(self) -> str:
        return self.description


# Evidence is freed once, by the cancellation of the invoice that it stands on, and by nothing else.
CLAIM_STANDS = """
IF EXISTS (
    SELECT 1 FROM billing_charge c JOIN billing_invoice i ON i.id = c.invoice_id
    WHERE c.id = OLD.charge_id AND i.status = 'issued'
) THEN
    IF TG_OP = 'UPDATE' AND OLD.released_at IS NULL AND NEW.released_at IS NOT NULL
        AND to_jsonb(NEW) - '{released_at,cancellation_id}'::text[]
            = to_jsonb(OLD) - '{released_at,cancellation_id}'::text[]
        AND EXISTS (
            SELECT 1 FROM billing_cancellation x JOIN billing_charge c
            ON c.invoice_id = x.invoice_id
            WHERE x.id = NEW.cancellation_id AND c.id = OLD.charge_id
        )
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the evidence of an issued invoice cannot change'
        USING ERRCODE = 'restrict_violation';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
"""


SOURCES = (
    "time_entry",
    "part_used",
    "flat_rate_item",
    "time_correction",
    "prepaid_block",
    "contract_line",
    "hand_line",
)


def _one_source() -> Q:
    """Return the condition that exactly one source is named, with a period where it needs one."""
    found = Q()
    for name in SOURCES:
        given = {f"{other}__isnull": other != name for other in SOURCES}
        found |= Q(**given, period_on__isnull=name != "contract_line")
    return found


def _once(name: str, *fields: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=fields,
        condition=Q(**{"released_at": None, f"{fields[0]}__isnull": False}),
        name=name,
    )


# A claim names one piece of evidence and leaves the other columns empty, and so do its indexes.
INDEXED = (
    ("time_entry",),
    ("part_used",),
    ("flat_rate_item",),
    ("time_correction",),
    ("prepaid_block",),
    ("contract_line", "period_on"),
    ("hand_line",),
    ("allowance", "bucket_on"),
    ("drawn_block",),
    ("cancellation",),
)


def _where_named(*fields: str) -> models.Index:
    return models.Index(
        fields=fields,
        condition=Q(**{f"{fields[0]}__isnull": False}),
        name=f"billing_claim_{fields[0]}"[:30],
    )


class Claim(models.Model):
    """A charge's hold on its evidence: the same evidence can be on one live charge only.

    Exactly one source is set. A time entry can be split over several charges, one for each
    ``portion``: ``minutes`` worked rest on this one, ``billed_minutes`` are billed or drawn by it.
    A period of a contract line is claimed in revision 0 first, then in each later correction.
    What is drawn from hours paid for names the allowance and the first day of its month, or the
    block, and the quantity taken.

    A claim on a draft goes with the draft. One on an issued invoice is released by the invoice's
    ``cancellation``, once, and stays as the record of what the invoice rested on.
    """

    charge = models.ForeignKey(Charge, models.CASCADE, related_name="claims")
    time_entry = models.ForeignKey(
        "tickets.TimeEntry", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    part_used = models.ForeignKey(
        "tickets.PartUsed", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    flat_rate_item = models.ForeignKey(
        "tickets.FlatRateItem", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    time_correction = models.ForeignKey(
        "tickets.TimeCorrection", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    prepaid_block = models.ForeignKey(
        "contracts.PrepaidBlock", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    contract_line = models.ForeignKey(
        "contracts.ContractLine", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    hand_line = models.ForeignKey(
        "billing.HandLine", models.PROTECT, null=True, related_name="claims", db_index=False
    )
    period_on = models.DateField(null=True)
    portion = models.PositiveSmallIntegerField(default=0)
    revision = models.PositiveSmallIntegerField(default=0)
    minutes = models.IntegerField(null=True)
    billed_minutes = models.IntegerField(null=True)
    allowance = models.ForeignKey(
        "contracts.Allowance", models.PROTECT, null=True, related_name="draws", db_index=False
    )
    bucket_on = models.DateField(null=True)
    drawn_block = models.ForeignKey(
        "contracts.PrepaidBlock", models.PROTECT, null=True, related_name="draws", db_index=False
    )
    drawn_quantity = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    evidence_version = models.PositiveIntegerField(default=0)
    ticket_version = models.PositiveIntegerField(default=0)
    released_at = models.DateTimeField(null=True, blank=True)
    cancellation = models.ForeignKey(
        "billing.Cancellation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="released",
        db_index=False,
    )

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [_where_named(*names) for names in INDEXED]
        constraints = [
            models.CheckConstraint(condition=_one_source(), name="billing_claim_one_source"),
            models.CheckConstraint(
                condition=Q(allowance=None, bucket_on=None)
                | Q(allowance__isnull=False, bucket_on__isnull=False, drawn_block=None),
                name="billing_claim_one_draw",
            ),
            _once("billing_claim_time_once", "time_entry", "portion"),
            _once("billing_claim_part_once", "part_used"),
            _once("billing_claim_flat_once", "flat_rate_item"),
            _once("billing_claim_taken_back_once", "time_correction", "portion"),
            _once("billing_claim_block_once", "prepaid_block"),
            _once("billing_claim_hand_once", "hand_line"),
            _once("billing_claim_period_once", "contract_line", "period_on", "revision"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="stands",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=CLAIM_STANDS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.charge_id}"
