"""A demand for payment."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Prefetch, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from billing.models.closing import not_issued_into_closed
from clients.models import Client
from core.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class InvoiceStatus(models.TextChoices):
    """A draft may change; an issued invoice never does."""

    DRAFT = "draft", _("draft")
    ISSUED = "issued", _("issued")


class DocumentKind(models.TextChoices):
    """What an issued document asks for, or takes back."""

    INVOICE = "invoice", _("invoice")
    CREDIT_NOTE = "credit_note", _("credit note")


class TaxSituation(models.TextChoices):
    """Which country's tax the sale falls under, and who pays it over."""

    DOMESTIC = "domestic", _("domestic")
    REVERSE_CHARGE = "reverse_charge", _("reverse charge in the EU")
    OUTSIDE_EU = "outside_eu", _("outside the EU")
    SMALL_BUSINESS = "small_business", _("exempt small business")
    OUTSIDE_SCOPE = "outside_scope", _("outside the scope of VAT")


_MONEY = models.DecimalField(max_digits=14, decimal_places=2)


def _sum_of(model: str, field: str, **which: object) -> Coalesce:
    """Return the sum of a field over the rows that belong to the invoice."""
    rows = apps.get_model("billing", model).objects.filter(**which).order_by()
    [owner] = which
    sums = rows.values(owner).annotate(sum=Sum(field)).values("sum")
    return Coalesce(Subquery(sums), Value(Decimal("0.00")), output_field=_MONEY)


def _unless_credit_note(amount: Any, instead: Any) -> Case:  # noqa: ANN401  (any expression)
    return Case(
        When(document_kind=DocumentKind.CREDIT_NOTE, then=instead),
        default=amount,
        output_field=_MONEY,
    )


class InvoiceQuerySet(models.QuerySet["Invoice"]):
    """Invoices, by who may see them and where they stand."""

    def visible_to(self, user: "User | AnonymousUser") -> "InvoiceQuerySet":
        """Return the invoices this person may see: clients never see drafts."""
        visible = self.filter(client__in=Client.objects.with_money_visible_to(user))
        is_staff = user.is_authenticated and user.is_firm_staff
        return visible if is_staff else visible.issued()

    def issued(self) -> "InvoiceQuerySet":
        """Return the invoices that have a number."""
        return self.filter(status=InvoiceStatus.ISSUED)

    def drafts(self) -> "InvoiceQuerySet":
        """Return the invoices that may still change."""
        return self.filter(status=InvoiceStatus.DRAFT)

    def invoices_only(self) -> "InvoiceQuerySet":
        """Return what asks for money: no credit notes."""
        return self.filter(document_kind=DocumentKind.INVOICE)

    def with_lines(self) -> "InvoiceQuerySet":
        """Read parties, lines and taxes along, for whoever draws or writes whole documents."""
        lines = apps.get_model("billing", "Charge").objects.select_related("ticket", "contract")
        return self.select_related("client", "legal_entity", "corrects").prefetch_related(
            Prefetch("charges", lines.order_by("position", "pk")), "tax_lines"
        )

    def with_balance(self) -> "InvoiceQuerySet":
        """Add what was ``paid``, ``credited``, ``written_off`` and the ``balance`` still owed.

        A credit note owes nothing by itself: it lowers the balance of the invoice it corrects; what
        was paid beyond that becomes the client's credit. ``signed_net`` and ``signed_total`` are
        what the document adds to the firm's revenue, less than nothing for a credit note.
        """
        paid = _sum_of("Allocation", "amount", invoice=OuterRef("pk"))
        credited = _sum_of("Invoice", "total", corrects=OuterRef("pk"))
        given_up = _sum_of("WriteOff", "amount", invoice=OuterRef("pk"))
        open_rest = F("total") - F("paid") - F("credited") - F("written_off")
        cancellations = apps.get_model("billing", "Cancellation").objects
        is_cancelled = Exists(cancellations.filter(invoice=OuterRef("pk")))
        sums = self.annotate(paid=paid, credited=credited, written_off=given_up)
        return sums.annotate(
            is_cancelled=is_cancelled,
            balance=_unless_credit_note(open_rest, Value(Decimal("0.00"))),
            signed_net=_unless_credit_note(F("net"), -F("net")),
            signed_total=_unless_credit_note(F("total"), -F("total")),
        )

    def open(self) -> "InvoiceQuerySet":
        """Return the issued invoices that are not paid in full."""
        return self.issued().with_balance().filter(Q(balance__gt=0))

    def overdue(self, today: date) -> "InvoiceQuerySet":
        """Return the invoices that should have been paid before this day."""
        return self.open().filter(due_on__lt=today)

    def settled(self) -> "InvoiceQuerySet":
        """Return the issued invoices of which nothing is open any more."""
        return self.issued().invoices_only().with_balance().filter(Q(balance__lte=0))


class Invoice(models.Model):
    """A demand for payment; frozen from the moment it is issued.

    A draft may change freely. Issuing gives it a number and a date in one step and copies both
    parties and every legal mention into it. From then on the database itself refuses to change it.
    """

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="invoices", verbose_name=_("client")
    )
    legal_entity = models.ForeignKey(
        "clients.LegalEntity", models.PROTECT, related_name="+", verbose_name=_("issued by")
    )
    run = models.ForeignKey(
        "billing.BillingRun",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
        verbose_name=_("billing run"),
    )
    document_kind = models.CharField(
        _("document"),
        max_length=16,
        choices=DocumentKind.choices,
        default=DocumentKind.INVOICE,
        db_default=DocumentKind.INVOICE,
    )
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="credit_notes",
        verbose_name=_("corrects"),
        help_text=_("the invoice that a credit note takes back in whole or in part"),
    )
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replacements",
        verbose_name=_("replaces"),
        help_text=_("the cancelled invoice whose evidence is billed again by this one"),
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True, default="", db_default="")
    status = models.CharField(
        _("status"), max_length=8, choices=InvoiceStatus.choices, default=InvoiceStatus.DRAFT
    )
    as_of_on = models.DateField(_("as of"))
    number = models.CharField(_("number"), max_length=35, blank=True)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    language = models.CharField(_("language"), max_length=8)
    tax_situation = models.CharField(
        _("tax situation"), max_length=16, choices=TaxSituation.choices
    )
    purchase_order = models.CharField(_("purchase order"), max_length=60, blank=True)
    covering_order = models.ForeignKey(
        "clients.PurchaseOrder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="invoices",
        verbose_name=_("paid by the order"),
    )
    group_label = models.CharField(
        _("for"), max_length=200, blank=True, help_text=_("the contract, site or cost centre")
    )
    held_reason = models.CharField(_("held because"), max_length=200, blank=True)
    held_at = models.DateTimeField(_("held since"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("held by"),
    )
    net = models.DecimalField(_("net"), max_digits=14, decimal_places=2)
    tax = models.DecimalField(_("tax"), max_digits=14, decimal_places=2)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2)
    seller = models.JSONField(_("seller as issued"), default=dict)
    buyer = models.JSONField(_("buyer as issued"), default=dict)
    mentions = models.JSONField(_("legal mentions as issued"), default=list)
    hash = models.CharField(_("hash"), max_length=64, blank=True)
    drafted_at = models.DateTimeField(_("drafted"), auto_now_add=True)

    objects = InvoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-issued_on", "-pk"]
        permissions = [("issue_invoice", "Can issue invoices")]
        indexes = [
            models.Index(fields=["client", "-issued_on"], name="billing_invoice_of_client"),
            models.Index(fields=["-issued_on", "-id"], name="billing_invoice_latest"),
            models.Index(
                fields=["client"],
                condition=Q(status=InvoiceStatus.DRAFT),
                name="billing_invoice_drafts",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "number"],
                condition=~Q(number=""),
                name="billing_invoice_number_unique",
            ),
            models.CheckConstraint(
                condition=Q(status=InvoiceStatus.DRAFT, number="", issued_on=None, hash="")
                | (
                    Q(status=InvoiceStatus.ISSUED, issued_on__isnull=False, due_on__isnull=False)
                    & ~Q(number="")
                    & ~Q(hash="")
                ),
                name="billing_invoice_numbered_once_issued",
            ),
            models.CheckConstraint(
                condition=Q(status=InvoiceStatus.DRAFT) | Q(held_at=None),
                name="billing_invoice_held_only_as_draft",
            ),
            models.CheckConstraint(
                condition=Q(document_kind=DocumentKind.INVOICE, corrects=None, reason="")
                | (
                    Q(document_kind=DocumentKind.CREDIT_NOTE, corrects__isnull=False, total__gte=0)
                    & ~Q(reason="")
                ),
                name="billing_invoice_credit_note_names_its_invoice",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(document_kind=DocumentKind.CREDIT_NOTE),
                name="billing_invoice_only_invoices_replace",
            ),
            models.CheckConstraint(
                condition=Q(total=models.F("net") + models.F("tax")),
                name="billing_invoice_total_adds_up",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__status=InvoiceStatus.ISSUED),
                func="RAISE EXCEPTION 'invoice % is issued and cannot change', OLD.number"
                " USING ERRCODE = 'restrict_violation';",
            ),
            *not_issued_into_closed(),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft %(key)s")) % {"key": self.pk}

    def get_absolute_url(self) -> str:
        """Return the address of the invoice's page on the desk."""
        return address_of("billing:invoice", self.pk)

    @property
    def is_draft(self) -> bool:
        """Whether the invoice may still change."""
        return self.status == InvoiceStatus.DRAFT

    @property
    def is_credit_note(self) -> bool:
        """Whether it takes back what an invoice asked for."""
        return self.document_kind == DocumentKind.CREDIT_NOTE

    @property
    def is_held(self) -> bool:
        """Whether somebody keeps the draft from being issued."""
        return self.held_at is not None
