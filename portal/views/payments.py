"""A client's payments, what each pays, and what is to their credit."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from billing.lists import uses_of
from billing.models import Allocation, Payment
from billing.queries.credit import credit_of
from core.listing import Column, Empty, Listing
from payments.queries.coming import coming, mandates_of
from portal import queries

PAYMENTS = Listing[Payment](
    name="payments",
    columns=[
        Column("received_on", _("Received"), kind="day", sort="received_on", phone="title"),
        Column("method", _("Method"), "get_method_display", phone="hidden"),
        Column("reference", _("Reference"), sort="reference", phone="hidden"),
        Column("invoices", _("Pays"), uses_of, cell="portal/cells.html#pays"),
        Column("amount", _("Amount"), kind="money", sort="amount", phone="side"),
        Column("rest", _("Your credit"), kind="money", sort="rest"),
    ],
    order="-received_on",
    search=["reference", "allocations__invoice__number"],
    currency="currency",
    row_url=lambda _row: "",
    empty=Empty(_("No payments yet"), _("Your payments will stand here."), "cash"),
)


@require_safe
@permission_required("accounts.use_portal_invoices", raise_exception=True)
def payments(request: HttpRequest) -> HttpResponseBase:
    """List the payments of this person's company."""
    user = cast(User, request.user)
    standing = Allocation.objects.standing().select_related("invoice", "refund").order_by("pk")
    rows = (
        Payment.objects.visible_to(user)
        .with_rest()
        .prefetch_related(Prefetch("allocations", standing, to_attr="uses"))
    )
    client = queries.client_of(user)
    credit = credit_of(client.pk) if client else {}
    context = {
        "credit": [{"currency": key, "amount": sum_} for key, sum_ in credit.items()],
        "mandates": mandates_of(user, timezone.localdate()),
        "coming": coming(user),
    }
    return PAYMENTS.respond(request, rows, "portal/payments.html", context)
