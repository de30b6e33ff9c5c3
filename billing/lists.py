"""The lists of billing: invoices, payments, runs."""

from dataclasses import replace
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing import standing
from billing.models import DocumentKind, Invoice, Outcome, Payment, PaymentMethod, RunOutcome
from billing.queries.flag_filters import CHOICES, with_flag
from billing.standing import standing_of
from clients.models import Client, PurchaseOrder
from core.listing import BulkAction, Column, Empty, Listing

MOST_CHOICES = 200
DAY = forms.DateInput(attrs={"type": "date"})


def clients_of(request: Any) -> QuerySet[Client]:  # noqa: ANN401  (what django-filter passes)
    """Return the clients to choose from in a filter."""
    return Client.objects.visible_to(request.user) if request else Client.objects.none()


class ClientFilter(django_filters.ModelChoiceFilter):
    """By client: a choice among all while they are few; among many, the search finds one."""

    @property
    def field(self) -> Any:  # noqa: ANN401  (django-filter's own)
        """Return the field, out of sight where its choices would fill the page."""
        if clients_of(self.get_request())[MOST_CHOICES:].exists():
            self.extra["widget"] = forms.HiddenInput
        return super().field


class InvoiceFilter(django_filters.FilterSet):
    """By where they stand, whose they are, and when they were issued."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(one.code, one.label) for one in standing.ALL],
        method="by_state",
    )
    client = ClientFilter(label=_("Client"), queryset=clients_of)
    since = django_filters.DateFilter(
        field_name="issued_on", lookup_expr="gte", label=_("From"), widget=DAY
    )
    until = django_filters.DateFilter(
        field_name="issued_on", lookup_expr="lte", label=_("Through"), widget=DAY
    )

    class Meta:
        model = Invoice
        fields = ["state", "client", "since", "until"]

    def by_state(self, rows: QuerySet[Invoice], _name: str, value: str) -> QuerySet[Invoice]:
        """Keep the invoices that stand so today; open ones include those paid in part."""
        today = timezone.localdate()
        credited = Q(credited__gt=0, credited__gte=F("total"))
        written_off = Q(written_off__gt=0)
        credit_note = Q(document_kind=DocumentKind.CREDIT_NOTE)
        wanted = {
            standing.OPEN.code: Q(balance__gt=0),
            standing.PART_PAID.code: Q(balance__gt=0, paid__gt=0),
            standing.OVERDUE.code: Q(balance__gt=0, due_on__lt=today),
            standing.PAID.code: Q(balance__lte=0, is_cancelled=False)
            & ~credited
            & ~credit_note
            & ~written_off,
            standing.CANCELLED.code: Q(is_cancelled=True),
            standing.CREDITED.code: credited & Q(is_cancelled=False),
            standing.WRITTEN_OFF.code: written_off & Q(balance__lte=0),
            standing.CREDIT_NOTE.code: credit_note,
        }
        return rows.filter(wanted[value])


def due_day(invoice: Invoice) -> date | None:
    """Return when it is due; a credit note never is."""
    return None if invoice.is_credit_note else invoice.due_on


def _standing(invoice: Invoice) -> standing.Standing:
    return standing_of(invoice, timezone.localdate())


INVOICES = Listing[Invoice](
    name="invoices",
    columns=[
        Column("number", _("Number"), link=True, sort=("issued_on", "number")),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("issued_on", _("Date"), kind="day", sort="issued_on"),
        Column("due_on", _("Due"), due_day, kind="day", sort="due_on", phone="hidden"),
        Column("state", _("State"), _standing, cell="billing/cells.html#standing", phone="side"),
        Column("net", _("Net"), "signed_net", kind="money", sort="signed_net",
               total=Sum("signed_net"), phone="hidden"),
        Column("total", _("Total"), "signed_total", kind="money", sort="signed_total",
               total=Sum("signed_total")),
        Column("balance", _("Open"), kind="money", sort="balance", total=Sum("balance")),
    ],
    order="-number",
    search=["number", "client__name", "client__code", "purchase_order"],
    filters=InvoiceFilter,
    currency="currency",
    actions=[
        BulkAction(_("PDFs in one file"), "billing:pdf-bundle-chosen", "billing.add_pdfbundle",
                   icon="download")
    ],
    empty=Empty(
        _("No invoices yet"),
        _("Start a billing run, review its drafts and issue them."),
        "file-invoice",
        "billing:run-create",
        _("New billing run"),
        "billing.add_billingrun",
    ),
)  # fmt: skip


# On the client's own page whose they are is said.
INVOICES_OF_CLIENT = replace(
    INVOICES,
    name="invoices-of-client",
    columns=[column for column in INVOICES.columns if column.key != "client"],
    actions=[],
)


class PaymentFilter(django_filters.FilterSet):
    """By whose they are, how they came, and whether something of them is still free."""

    client = ClientFilter(label=_("Client"), queryset=clients_of)
    method = django_filters.ChoiceFilter(label=_("Method"), choices=PaymentMethod.choices)
    has_rest = django_filters.BooleanFilter(
        label=_("not used up"), method="by_rest", widget=forms.CheckboxInput
    )

    class Meta:
        model = Payment
        fields = ["client", "method"]

    def by_rest(self, rows: QuerySet[Payment], _name: str, value: bool) -> QuerySet[Payment]:  # noqa: FBT001  (django-filter passes it so)
        """Keep the payments of which something is not allocated."""
        return rows.filter(Q(rest__gt=0)) if value else rows


def uses_of(payment: Payment) -> str:
    """Say in words what a payment is used for, as it stands in a file."""
    uses = getattr(payment, "uses", [])
    return ", ".join(one.invoice.number if one.invoice else str(_("refund")) for one in uses)


PAYMENTS = Listing[Payment](
    name="payments",
    columns=[
        Column("received_on", _("Received"), kind="day", link=True, sort="received_on"),
        Column("client", _("Client"), "client.name", sort="client__name", phone="title"),
        Column("method", _("Method"), "get_method_display", sort="method", phone="hidden"),
        Column("reference", _("Reference"), sort="reference"),
        Column("invoices", _("Pays"), uses_of, cell="billing/cells.html#pays"),
        Column(
            "amount", _("Amount"), kind="money", sort="amount", total=Sum("amount"), phone="side"
        ),
        Column("rest", _("Not used up"), kind="money", sort="rest", total=Sum("rest")),
    ],
    order="-received_on",
    search=["client__name", "client__code", "reference", "allocations__invoice__number"],
    filters=PaymentFilter,
    currency="currency",
    empty=Empty(
        _("No payments yet"),
        _("Record what comes in, and the invoices it pays."),
        "cash",
        "billing:payment-create",
        _("Record payment"),
        "billing.add_payment",
    ),
)


class OutcomeFilter(django_filters.FilterSet):
    """By what the run did for the client."""

    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices)

    class Meta:
        model = RunOutcome
        fields = ["outcome"]


class DraftFilter(django_filters.FilterSet):
    """By one of the flags, and by whose they are."""

    flag = django_filters.ChoiceFilter(label=_("To look at"), choices=CHOICES, method="by_flag")
    client = ClientFilter(label=_("Client"), queryset=clients_of)

    class Meta:
        model = Invoice
        fields = ["flag", "client"]

    def by_flag(self, rows: QuerySet[Invoice], _name: str, value: str) -> QuerySet[Invoice]:
        """Keep the drafts that have the flag."""
        return with_flag(rows, value)


class OrderFilter(django_filters.FilterSet):
    """By whose they are, and whether they are closed."""

    client = ClientFilter(label=_("Client"), queryset=clients_of)
    is_over = django_filters.BooleanFilter(
        label=_("over the limit"), method="by_limit", widget=forms.CheckboxInput
    )
    is_closed = django_filters.BooleanFilter(label=_("closed"), widget=forms.CheckboxInput)

    class Meta:
        model = PurchaseOrder
        fields = ["client", "is_over", "is_closed"]

    def by_limit(
        self,
        rows: QuerySet[PurchaseOrder],
        _name: str,
        value: bool,  # noqa: FBT001  (django-filter passes it so)
    ) -> QuerySet[PurchaseOrder]:
        """Keep the orders of which more than all is spent."""
        return rows.filter(Q(left__lt=0)) if value else rows
