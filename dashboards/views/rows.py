"""The rows behind the figures."""

from datetime import date, datetime
from typing import cast

from django.contrib.auth.decorators import permission_required
from django.db.models import Sum
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from billing.models import Charge
from clients.models import LegalEntity
from contracts.models import ContractLine
from core.display import month_text
from core.listing import Column, Empty, Listing
from core.periods import month_of
from dashboards import queries

REVENUE = Listing[Charge](
    name="revenue",
    columns=[
        Column("client", _("Client"), "client.name", sort="client__name", phone="title"),
        Column("description", _("Line"), sort="description"),
        Column("kind", _("Kind"), "get_kind_display", sort="kind"),
        Column("starts_on", _("Service from"), kind="day", sort="starts_on"),
        Column("invoice", _("Invoice"), "invoice.number", sort="invoice__number"),
        Column(
            "amount",
            _("Net"),
            "signed_amount",
            kind="money",
            sort="signed_amount",
            total=Sum("signed_amount"),
            phone="side",
        ),
    ],
    order="-amount",
    search=["client__name", "description", "invoice__number"],
    currency="invoice__currency",
    empty=Empty(_("No revenue here"), _("Nothing was invoiced for services of this month.")),
    row_url=lambda charge: charge.invoice.get_absolute_url() if charge.invoice else "",
)

RECURRING = Listing[ContractLine](
    name="monthly-recurring-revenue",
    columns=[
        Column(
            "client",
            _("Client"),
            "contract.client.name",
            sort="contract__client__name",
            phone="title",
        ),
        Column("contract", _("Contract"), "contract.number", sort="contract__number"),
        Column("description", _("Line"), sort="description"),
        Column("starts_on", _("Since"), kind="day", sort="starts_on"),
        Column("last_day_on", _("Through"), kind="day", sort="last_day_on"),
        Column(
            "monthly",
            _("A month"),
            kind="money",
            sort="monthly",
            total=Sum("monthly"),
            phone="side",
        ),
    ],
    order="-monthly",
    search=["contract__client__name", "contract__number", "description"],
    currency="contract__client__currency",
    empty=Empty(_("Nothing recurs yet"), _("Contract lines in force today stand here.")),
    row_url=lambda line: line.contract.get_absolute_url(),
)


@require_safe
@permission_required("accounts.view_dashboards", raise_exception=True)
def recurring(request: HttpRequest) -> HttpResponseBase:
    """List the contract lines that make up the monthly recurring revenue of today."""
    firm = LegalEntity.objects.current()
    today = timezone.localdate(timezone=firm.zone)
    lines = queries.recurring_lines(cast(User, request.user), today=today, currency=firm.currency)
    return RECURRING.respond(request, lines, "dashboards/recurring.html", {"today": today})


@require_safe
@permission_required("accounts.view_dashboards", raise_exception=True)
def revenue(request: HttpRequest) -> HttpResponseBase:
    """List the invoice lines behind one month's revenue, all or of one kind."""
    firm = LegalEntity.objects.current()
    month = month_of(_asked_month(request) or timezone.localdate(timezone=firm.zone))
    kind = request.GET.get("kind", "")
    rows = queries.revenue_charges(
        cast(User, request.user), month=month, currency=firm.currency, kind=kind
    )
    context = {
        "month": month,
        "month_name": month_text(month.start),
        "kind": kind,
        "kinds": {"": _("All"), "recurring": _("Recurring"), "ad-hoc": _("Ad hoc")},
    }
    return REVENUE.respond(request, rows, "dashboards/revenue.html", context)


def _asked_month(request: HttpRequest) -> date | None:
    try:
        asked = datetime.strptime(request.GET.get("month", ""), "%Y-%m")  # noqa: DTZ007  (a month)
    except ValueError:
        return None
    return asked.date()
