"""Who owes how much for how long."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.queries.ageing import ageing as ageing_of
from billing.queries.ageing import totals
from billing.views.issuing import firm_today

PARTS = (
    _("not due"),
    _("1–30 days"),
    _("31–60 days"),
    _("61–90 days"),
    _("over 90 days"),
)


@require_safe
@permission_required("billing.view_payment", raise_exception=True)
def ageing(request: UserRequest) -> HttpResponse:
    """Show what each client owes by how late it is; a row leads to the open invoices."""
    today = firm_today()
    rows = ageing_of(request.user, today)
    names = [str(name) for name in PARTS]
    context = {
        "names": names,
        "rows": [(row, list(zip(names, row.owed.parts, strict=True))) for row in rows],
        "totals": totals(rows),
        "today": today,
    }
    return render(request, "billing/ageing.html", context)
