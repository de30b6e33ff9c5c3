"""What the composer's entries will cost: read here, priced by billing."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from tickets.domain.work import FlatRatePerformed, PartTaken, Pricing, TimeWorked
from tickets.forms.composer import PARTS, Composer
from tickets.forms.goods import FlatRateForm, PartForm
from tickets.forms.time import TimeForm, firm_zone
from tickets.models import ContractChoice, Ticket
from tickets.views.ticket_page import find_ticket


@require_safe
@permission_required("tickets.add_timeentry", raise_exception=True)
def forecast(request: UserRequest, pk: int, kind: str) -> HttpResponse:
    """Lead to the price of what was typed so far; say nothing while nothing can be priced."""
    ticket = find_ticket(request, pk)
    composer = Composer.of(ticket, timezone.now(), firm_zone(), request.GET)
    is_in_flat_rate = kind == "time" and _is_in_flat_rate(composer)
    question = None if is_in_flat_rate else _question(ticket, composer, kind)
    if question is None:
        context = {"is_in_flat_rate": is_in_flat_rate}
        return render(request, "tickets/ticket.html#forecast", context)
    sort = "part" if kind in PARTS else kind
    return redirect(f"{reverse(f'billing:forecast-{sort}')}?{urlencode(question)}")


def _is_in_flat_rate(composer: Composer) -> bool:
    """Whether the flat rate that is being entered includes the time that is being entered."""
    if not (composer.time.is_filled and composer.time.is_valid() and composer.flat.is_valid()):
        return False
    flat_rate = composer.flat.cleaned_data["flat_rate"]
    is_outside = composer.time.cleaned_data.get("is_out_of_scope", False)
    return flat_rate is not None and flat_rate.includes_time and not is_outside


def _question(ticket: Ticket, composer: Composer, kind: str) -> dict[str, Any] | None:
    """Return what billing is to be asked, None where the entry is empty or wrong."""
    forms: dict[str, TimeForm | PartForm | FlatRateForm] = {
        "time": composer.time,
        **dict(zip(PARTS, composer.parts, strict=True)),
        "flat": composer.flat,
    }
    if kind not in forms:
        raise Http404
    form = forms[kind]
    if not form.is_filled or not form.is_valid():
        return None
    entry = form.cleaned_data.get("work") or form.cleaned_data.get("part")
    entry = entry or form.cleaned_data.get("flat_rate")
    return None if entry is None else {"ticket": ticket.pk, **question_about(entry)}


def question_about(entry: TimeWorked | PartTaken | FlatRatePerformed) -> dict[str, Any]:
    """Return what billing is asked about an entry that was typed."""
    if isinstance(entry, TimeWorked):
        return _without_nothing(
            work_type=entry.work_type_id,
            minutes=entry.minutes,
            started_at=_moment(entry.started_at),
            ended_at=_moment(entry.ended_at),
            breaks=_breaks(entry),
            worked_on=entry.worked_on,
            is_billable=int(entry.is_billable),
            is_out_of_scope=int(entry.is_out_of_scope),
            **_said_about(entry.pricing),
        )
    if isinstance(entry, PartTaken):
        return _without_nothing(
            product=entry.product_id,
            quantity=entry.quantity,
            unit_price=entry.unit_price,
            used_on=entry.used_on,
            is_billable=int(entry.is_billable),
        )
    return {
        "product": entry.product_id,
        "quantity": entry.quantity,
        "includes_time": int(entry.includes_time),
    }


def _said_about(pricing: Pricing) -> dict[str, Any]:
    is_automatic = pricing.contract_choice == ContractChoice.AUTOMATIC
    return {
        "billable_minutes": pricing.billable_minutes,
        "waiver": pricing.waiver or None,
        "work_role": pricing.work_role_id,
        "travel_zone": pricing.travel_zone_id,
        "hourly_rate": pricing.hourly_rate,
        "contract_choice": None if is_automatic else pricing.contract_choice,
        "contract": pricing.contract_id,
    }


def _without_nothing(**asked: Any) -> dict[str, Any]:  # noqa: ANN401  (what an address can hold)
    return {name: value for name, value in asked.items() if value is not None}


def _breaks(entry: TimeWorked) -> str | None:
    spans = (f"{one.start.isoformat()}/{one.end.isoformat()}" for one in entry.breaks)
    return ",".join(spans) or None


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
