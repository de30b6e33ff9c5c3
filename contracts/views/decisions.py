"""What must be decided about contracts by when."""

from datetime import timedelta

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from clients.models import LegalEntity
from contracts.decisions import Asked, by_month, decisions
from contracts.forms.decisions import USUAL_MONTHS, DecisionsForm
from core.periods import add_months

USUAL_LEAD_DAYS = 60


@require_safe
@permission_required("contracts.view_contract", raise_exception=True)
def decision_calendar(request: UserRequest) -> HttpResponse:
    """Show by month what is to be decided and what changes by itself."""
    form = DecisionsForm({"months": USUAL_MONTHS, **request.GET.dict()})
    chosen = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    manager = chosen.get("manager")
    asked = Asked(
        user=request.user,
        today=today,
        until=add_months(today, chosen.get("months") or USUAL_MONTHS) - timedelta(days=1),
        lead_days=lead_days(),
        manager_id=manager.pk if manager else None,
    )
    found, is_cut = decisions(asked, [chosen["kind"]] if chosen.get("kind") else ())
    context = {
        "form": form,
        "months": by_month(found, today),
        "open_count": sum(bool(one.opens_on and one.opens_on <= today) for one in found),
        "is_cut": is_cut,
        "today": today,
        "lead_days": asked.lead_days,
    }
    return render(request, "contracts/decisions.html", context)


def lead_days() -> int:
    """Return how many days before its last one a decision comes up, as the firm has set."""
    firm = LegalEntity.objects.filter(is_default=True).first()
    return firm.decision_lead_days if firm else USUAL_LEAD_DAYS
