"""What can be typed about boards and statuses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from contracts.models import SLAPolicy
from tickets.models import ServiceBoard, TicketStatus


class BoardForm(forms.ModelForm[ServiceBoard]):
    """A board with who leads it and what it promises."""

    class Meta:
        model = ServiceBoard
        fields = ["name", "lead", "sla_policy", "is_default"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        lead, policy = self.fields["lead"], self.fields["sla_policy"]
        if isinstance(lead, forms.ModelChoiceField):
            lead.queryset = User.objects.staff()
        if isinstance(policy, forms.ModelChoiceField):
            policy.queryset = SLAPolicy.objects.filter(is_active=True)

    def _get_validation_exclusions(self) -> set[str]:
        """Leave out where new tickets go: naming this board ends the other."""
        return {*super()._get_validation_exclusions(), "is_default"}  # type: ignore[misc]  # the stubs lack it

    def clean_is_default(self) -> bool:
        """Keep one board for new tickets: another one takes over, none is refused."""
        wanted = bool(self.cleaned_data["is_default"])
        if self.instance.pk and self.initial.get("is_default") and not wanted:
            raise forms.ValidationError(_("Let new tickets go to another board instead."))
        return wanted

    def facts(self) -> dict[str, Any]:
        """Return what the board says."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class StatusForm(forms.ModelForm[TicketStatus]):
    """What a status is called, and whether the clock stops in it."""

    class Meta:
        model = TicketStatus
        fields = ["name", "pauses_clock"]

    def clean_pauses_clock(self) -> bool:
        """Refuse a pause where the work is done: there the clock stands still anyway."""
        wanted = bool(self.cleaned_data["pauses_clock"])
        if wanted and self.instance.is_closed:
            raise forms.ValidationError(_("In this status the work is done and no clock runs."))
        return wanted
