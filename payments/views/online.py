"""Payments online: what clients were asked, and how far it is."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import permission_required
from django.db.models import Sum
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.models import Invoice
from core.listing import Column, Empty, Listing
from payments.models import CheckoutState, OnlinePayment, StripeAccount, StripeEvent


class OnlineFilter(django_filters.FilterSet):
    """By how far they are."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=CheckoutState.choices)

    class Meta:
        model = OnlinePayment
        fields = ["state"]


def _invoice_url(row: OnlinePayment) -> str:
    invoice: Invoice = row.invoice
    return invoice.get_absolute_url()


ONLINE = Listing[OnlinePayment](
    name="online-payments",
    columns=[
        Column("invoice", _("Invoice"), "invoice.number", link=True, sort="invoice__number"),
        Column("client", _("Client"), "invoice.client.name", sort="invoice__client__name",
               phone="title"),
        Column("asked_at", _("Asked"), kind="moment", sort="asked_at"),
        Column("asked_by", _("By"), "asked_by", phone="hidden"),
        Column("state", _("State"), "get_state_display", cell="payments/cells.html#online_state",
               phone="side"),
        Column("amount", _("Amount"), kind="money", sort="amount", total=Sum("amount")),
    ],
    order="-asked_at",
    search=["invoice__number", "invoice__client__name", "intent_id"],
    filters=OnlineFilter,
    currency="currency",
    row_url=_invoice_url,
    empty=Empty(
        _("Nobody has paid online yet"),
        _("With an account at Stripe, clients pay their invoices by card or bank in the portal."),
        "credit-card",
    ),
)  # fmt: skip


@require_safe
@permission_required("payments.view_onlinepayment", raise_exception=True)
def payments(request: UserRequest) -> HttpResponseBase:
    """List payments online, the latest first."""
    rows = OnlinePayment.objects.visible_to(request.user).select_related(
        "invoice__client", "asked_by"
    )
    context: dict[str, Any] = {
        "queued": StripeEvent.objects.visible_to(request.user).queued().count(),
        "is_offered": StripeAccount.objects.visible_to(request.user).offered().exists(),
    }
    return ONLINE.respond(request, rows, "payments/online.html", context)
