"""What the desk asks before saving: read mildly, since people are still typing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from catalog.models import Product, WorkType
from tickets.domain.worktime import LONGEST_MINUTES, minutes_between


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
    worked_on = forms.DateField(required=False)
    is_billable = YesNo()
    is_out_of_scope = YesNo()

    def clean(self) -> dict[str, Any]:
        """Count the minutes between two instants; one of both ways must be given."""
        data = self.cleaned_data
        started_at, ended_at = data.get("started_at"), data.get("ended_at")
        if not data.get("minutes") and started_at and ended_at:
            data["minutes"] = minutes_between(started_at, ended_at)
        if (data.get("minutes") or 0) < 1:
            raise forms.ValidationError("", code="incomplete")
        return data

    def day_worked(self, today: date, zone: ZoneInfo) -> date:
        """Return the local day on which the work began."""
        started_at: datetime | None = self.cleaned_data["started_at"]
        day: date | None = self.cleaned_data["worked_on"]
        return day or (started_at.astimezone(zone).date() if started_at else today)


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
