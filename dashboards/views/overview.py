"""The first page of the dashboards: the firm's money at a glance."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from clients.models import LegalEntity
from core.display import short_month_text
from dashboards import queries
from dashboards.queries import RevenueMonth


@require_safe
@permission_required("accounts.view_dashboards", raise_exception=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Show revenue by month, what recurs today, what is unbilled and what is owed."""
    user = cast(User, request.user)
    firm = LegalEntity.objects.current()
    today = timezone.localdate(timezone=firm.zone)
    months = queries.revenue_by_month(user, today=today, currency=firm.currency)
    context = {
        "currency": firm.currency,
        "today": today,
        "months": list(reversed(months)),
        "chart": _chart(months, firm.currency),
        "year": queries.total_of(months[-12:]),
        "monthly": queries.monthly_recurring(user, today=today, currency=firm.currency),
        "unbilled": queries.unbilled_work(user, firm=firm, today=today),
        "owed": queries.open_invoices(user, today=today, currency=firm.currency),
        "clients": queries.top_clients(user, since=months[-12].month.start, currency=firm.currency),
    }
    return render(request, "dashboards/overview.html", context)


def _chart(months: list[RevenueMonth], currency: str) -> dict[str, object]:
    page = reverse("dashboards:revenue")
    return {
        "type": "bar",
        "stacked": True,
        "currency": currency,
        "labels": [short_month_text(row.month.start) for row in months],
        "links": [f"{page}?month={row.month.start:%Y-%m}" for row in months],
        "series": [
            {"name": _("Recurring"), "values": [str(row.recurring) for row in months]},
            {"name": _("Ad hoc"), "values": [str(row.ad_hoc) for row in months]},
        ],
    }
