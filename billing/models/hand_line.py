"""A line that a person wrote by hand: agreed without a ticket and without a contract."""

from typing import TYPE_CHECKING, Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from billing.domain.tax import INTEREST, RECOVERY_FEE
from billing.models.invoice import Invoice, InvoiceStatus
from catalog.models import TaxCode
from clients.models import Client

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

# What an issued invoice rests on stays as it was read, also after the invoice was cancelled.
_BILLED_STAYS = """
IF EXISTS (
    SELECT 1 FROM billing_claim k
    JOIN billing_charge c ON c.id = k.charge_id JOIN billing_invoice i ON i.id = c.invoice_id
    WHERE k.hand_line_id = OLD.id AND i.status = 'issued'
) THEN
    RAISE EXCEPTION 'a line by hand that an issued invoice rests on cannot change'
        USING ERRCODE = 'restrict_violation';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
"""


class OutsideCode(models.TextChoices):
    """What lines may stand for on which no tax is, on a document of their own."""

    INTEREST = INTEREST, _("late interest, outside the scope of VAT")
    RECOVERY_FEE = RECOVERY_FEE, _("recovery costs, outside the scope of VAT")


class HandLineQuerySet(models.QuerySet["HandLine"]):
    """Lines by hand, by who may see them and where they stand."""

    def visible_to(self, user: "User | AnonymousUser") -> "HandLineQuerySet":
        """Return the lines of the clients this person may see: the firm's own people only."""
        if not (user.is_authenticated and user.is_firm_staff):
            return self.none()
        return self.filter(client__in=Client.objects.with_money_visible_to(user))

    def open(self) -> "HandLineQuerySet":
        """Return the lines that stand on no draft and no invoice: the next run bills them.

        Those outside the scope of VAT never go with what is taxed: they are claimed by themselves.
        """
        taxed = ~Q(tax_code__in=OutsideCode.values)
        return self.filter(taxed, ~Exists(_claims(released_at=None)))

    def on_draft(self, draft: Invoice) -> "HandLineQuerySet":
        """Return the lines that stand on a draft, in the order of its lines."""
        return self.filter(claims__released_at=None, claims__charge__invoice=draft).order_by(
            "claims__charge__position"
        )

    def never_issued(self) -> "HandLineQuerySet":
        """Return the lines that no issued invoice has ever rested on."""
        return self.filter(~Exists(_claims(charge__invoice__status=InvoiceStatus.ISSUED)))


def _claims(**which: object) -> "models.QuerySet[Any]":
    """Return the claims upon a line of the outer query."""
    return apps.get_model("billing", "Claim").objects.filter(hand_line=OuterRef("pk"), **which)


class HandLine(models.Model):
    """What a person charges a client by hand, and why: the evidence that its line rests on.

    ``reason`` is for the firm: who agreed to it and where that can be read. It stands on one live
    line of an invoice at most. Where the invoice is cancelled it is due again, as work is.
    """

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="hand_lines", verbose_name=_("client")
    )
    product = models.ForeignKey(
        "catalog.Product",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("product"),
    )
    is_goods = models.BooleanField(_("goods"), default=False)
    description = models.CharField(_("description"), max_length=300)
    starts_on = models.DateField(_("from"))
    last_day_on = models.DateField(_("through"))
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4)
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=[*TaxCode.choices, *OutsideCode.choices]
    )
    ledger_account = models.CharField(_("ledger account"), max_length=16, blank=True)
    purchase_order = models.ForeignKey(
        "clients.PurchaseOrder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("purchase order"),
    )
    reason = models.CharField(
        _("why"), max_length=200, help_text=_("who agreed to it; the client does not see this")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)

    objects = HandLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line by hand")
        verbose_name_plural = _("lines by hand")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day_on__gte=F("starts_on")), name="billing_handline_days_in_order"
            ),
            models.CheckConstraint(
                condition=~Q(quantity=0) & Q(unit_price__gte=0), name="billing_handline_counts"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(description=""), name="billing_handline_says_why"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="billed_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func=_BILLED_STAYS,
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def is_claimed_by_law(self) -> bool:
        """Whether it follows from a formula of the law, so that nobody types its amount."""
        return self.tax_code in OutsideCode.values
