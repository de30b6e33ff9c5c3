"""What the desk asks before saving: read mildly, since people are still typing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Model

from accounts.models import User
from billing.forecast import WorkAsked
from catalog.models import Product, TravelZone, WorkRole, WorkType
from contracts.models import Contract
from core.business_hours import Interval
from tickets.domain.stretches import minutes_of, without_breaks
from tickets.domain.worktime import LONGEST_MINUTES, minutes_between
from tickets.models import ContractChoice, Waiver


class Quantity(forms.DecimalField):
    """More than nothing, as the database can hold it."""

    def __init__(self, *, required: bool = True) -> None:
        least = Decimal("0.0001")
        super().__init__(max_digits=12, decimal_places=4, min_value=least, required=required)


class YesNo(forms.BooleanField):
    """1 or 0 in an address; a checkbox would take both for yes."""

    widget = forms.TextInput

    def __init__(self) -> None:
        super().__init__(required=False)


class TimeQuestion(forms.Form):
    """Asks what work will cost: minutes, or from when to when."""

    work_type = forms.ModelChoiceField(WorkType.objects.all())
    minutes = forms.IntegerField(min_value=1, max_value=LONGEST_MINUTES, required=False)
    started_at = forms.DateTimeField(required=False)
    ended_at = forms.DateTimeField(required=False)
    breaks = forms.CharField(required=False)
    worked_on = forms.DateField(required=False)
    technician = forms.ModelChoiceField(User.objects.all(), required=False)
    billable_minutes = forms.IntegerField(min_value=0, max_value=LONGEST_MINUTES, required=False)
    is_billable = YesNo()
    is_out_of_scope = YesNo()
    waiver = forms.ChoiceField(choices=Waiver.choices, required=False)
    work_role = forms.ModelChoiceField(WorkRole.objects.all(), required=False)
    travel_zone = forms.ModelChoiceField(TravelZone.objects.all(), required=False)
    hourly_rate = forms.DecimalField(
        max_digits=10, decimal_places=4, min_value=Decimal(0), required=False
    )
    contract_choice = forms.ChoiceField(choices=ContractChoice.choices, required=False)
    contract = forms.ModelChoiceField(Contract.objects.all(), required=False)

    def clean(self) -> dict[str, Any]:
        """Count the minutes between two instants; one of both ways must be given."""
        data = self.cleaned_data
        started_at, ended_at = data.get("started_at"), data.get("ended_at")
        if not data.get("minutes") and started_at and ended_at:
            data["minutes"] = minutes_between(started_at, ended_at)
        try:
            data["breaks"] = _breaks(data.get("breaks", ""))
            if data["breaks"] and started_at and ended_at:
                whole = Interval(started_at, ended_at)
                data["minutes"] = minutes_of(without_breaks(whole, data["breaks"]))
        except (ValueError, TypeError) as error:
            raise forms.ValidationError("", code="incomplete") from error
        if (data.get("minutes") or 0) < 1:
            raise forms.ValidationError("", code="incomplete")
        return data

    def asked(self, ticket_id: int, user_id: int, today: date, zone: ZoneInfo) -> WorkAsked:
        """Return the question, about the work of the person who asks unless another is named."""
        given = self.cleaned_data
        technician = given["technician"]
        return WorkAsked(
            ticket_id=ticket_id,
            technician_id=technician.pk if technician else user_id,
            work_type_id=given["work_type"].pk,
            minutes=given["minutes"],
            worked_on=self.day_worked(today, zone),
            started_at=given["started_at"],
            ended_at=given["ended_at"],
            breaks=given["breaks"],
            billable_minutes=given["billable_minutes"],
            is_billable=given["is_billable"],
            waiver=given["waiver"],
            is_out_of_scope=given["is_out_of_scope"],
            work_role_id=_key(given["work_role"]),
            travel_zone_id=_key(given["travel_zone"]),
            hourly_rate=given["hourly_rate"],
            contract_choice=given["contract_choice"] or ContractChoice.AUTOMATIC,
            contract_id=_key(given["contract"]),
        )

    def day_worked(self, today: date, zone: ZoneInfo) -> date:
        """Return the local day on which the work began."""
        started_at: datetime | None = self.cleaned_data["started_at"]
        day: date | None = self.cleaned_data["worked_on"]
        return day or (started_at.astimezone(zone).date() if started_at else today)


def _breaks(given: str) -> tuple[Interval, ...]:
    """Return breaks written as start/end, with commas between them."""
    pairs = (one.split("/") for one in given.split(",") if one)
    return tuple(Interval(*map(datetime.fromisoformat, pair)) for pair in pairs)


def _key(chosen: Model | None) -> int | None:
    return chosen.pk if chosen else None


class PartQuestion(forms.Form):
    """Asks what a part will cost: the catalog's price unless another is named."""

    product = forms.ModelChoiceField(Product.objects.all(), required=False)
    quantity = Quantity()
    unit_price = forms.DecimalField(
        max_digits=14, decimal_places=4, min_value=Decimal(0), required=False
    )
    used_on = forms.DateField(required=False)
    is_billable = YesNo()

    def clean(self) -> dict[str, Any]:
        """Take the catalog's price where none is typed."""
        data = self.cleaned_data
        if data.get("unit_price") is None and data.get("product"):
            data["unit_price"] = data["product"].price
        if data.get("unit_price") is None:
            raise forms.ValidationError("", code="incomplete")
        return data


class FlatQuestion(forms.Form):
    """Asks what a flat-rate service will cost."""

    product = forms.ModelChoiceField(Product.objects.filter(kind="flat_rate"))
    quantity = Quantity(required=False)
