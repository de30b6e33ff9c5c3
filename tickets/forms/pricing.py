"""What can be said about the price of work beyond whether it is billable."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from catalog.models import TravelZone, WorkRole
from contracts.models import Contract
from tickets.domain.work import Pricing
from tickets.domain.worktime import LONGEST_MINUTES
from tickets.models import ContractChoice, Ticket, TimeEntry, Waiver

AUTOMATIC, NONE = ContractChoice.AUTOMATIC.value, ContractChoice.NONE.value
FIELDS = ("billable_minutes", "waiver", "work_role", "travel_zone", "hourly_rate", "payer")


def pricing_fields(ticket: Ticket | None, entry: TimeEntry | None) -> dict[str, forms.Field]:
    """Return the fields, with the choices of the ticket's client."""
    return {
        "billable_minutes": forms.IntegerField(
            label=gettext_lazy("Minutes to bill"),
            required=False,
            min_value=0,
            max_value=LONGEST_MINUTES,
            help_text=gettext_lazy("instead of those worked; rounding follows"),
        ),
        "waiver": forms.ChoiceField(
            label=gettext_lazy("Waived as"),
            required=False,
            choices=[("", "–"), *Waiver.choices],
            help_text=gettext_lazy("warranty and rework are printed at 0.00"),
        ),
        "work_role": forms.ModelChoiceField(
            _in_use(WorkRole, entry.work_role_id if entry else None),
            label=gettext_lazy("Work role"),
            required=False,
            empty_label=gettext_lazy("as usual"),
        ),
        "travel_zone": forms.ModelChoiceField(
            _in_use(TravelZone, entry.travel_zone_id if entry else None),
            label=gettext_lazy("Travel zone"),
            required=False,
            empty_label="–",
            help_text=gettext_lazy("the journey costs the zone’s price instead of its time"),
        ),
        "hourly_rate": forms.DecimalField(
            label=gettext_lazy("Hourly rate"),
            required=False,
            min_value=Decimal(0),
            max_digits=10,
            decimal_places=4,
            help_text=gettext_lazy("agreed for this work alone"),
        ),
        "payer": _payer(ticket),
    }


def pricing_from(cleaned: dict[str, Any]) -> Pricing:
    """Return what was said, as the operations take it."""
    payer = cleaned.get("payer") or AUTOMATIC
    is_contract = payer not in {AUTOMATIC, NONE}
    role, zone = cleaned.get("work_role"), cleaned.get("travel_zone")
    return Pricing(
        billable_minutes=cleaned.get("billable_minutes"),
        waiver=cleaned.get("waiver") or "",
        work_role_id=role and role.pk,
        travel_zone_id=zone and zone.pk,
        hourly_rate=cleaned.get("hourly_rate"),
        contract_choice=ContractChoice.CONTRACT if is_contract else payer,
        contract_id=int(payer) if is_contract else None,
    )


def pricing_as_typed(entry: TimeEntry) -> dict[str, Any]:
    """Return what an entry says about its price, as it would be typed."""
    rate = entry.hourly_rate
    is_contract = entry.contract_choice == ContractChoice.CONTRACT
    return {
        "billable_minutes": entry.billable_minutes,
        "waiver": entry.waiver,
        "work_role": entry.work_role_id,
        "travel_zone": entry.travel_zone_id,
        "hourly_rate": None if rate is None else f"{rate.normalize():f}",
        "payer": str(entry.contract_id) if is_contract else entry.contract_choice,
    }


def _in_use(model: type[Any], own: int | None) -> Any:  # noqa: ANN401  (a queryset of either)
    return model.objects.filter(Q(is_active=True) | Q(pk=own or 0))


def _payer(ticket: Ticket | None) -> forms.ChoiceField:
    return forms.ChoiceField(label=gettext_lazy("Paid by"), required=False, choices=_payers(ticket))


def _payers(ticket: Ticket | None) -> list[tuple[str, Any]]:
    choices: list[tuple[str, Any]] = [
        (AUTOMATIC, ContractChoice.AUTOMATIC.label),
        (NONE, ContractChoice.NONE.label),
    ]
    if ticket is not None:
        own = Contract.objects.filter(client=ticket.client_id)
        choices += [(str(contract.pk), str(contract)) for contract in own]
    return choices
