"""The firm's billing day and hour."""

from django import forms

from billing.models import BillingSchedule


class ScheduleForm(forms.ModelForm[BillingSchedule]):
    """Whether the firm bills by itself, on which day and from which hour."""

    class Meta:
        model = BillingSchedule
        fields = ["is_on", "day", "hour"]
        widgets = {
            "day": forms.NumberInput(attrs={"min": 1, "max": 31}),
            "hour": forms.NumberInput(attrs={"min": 0, "max": 23}),
        }
