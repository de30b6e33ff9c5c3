"""What can be typed about the work that a contract or a plan includes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Category, WorkType
from clients.models import Asset, Client
from contracts.models import CoverageEffect
from contracts.operations._plans import CoverageTerm


class CoverageField(forms.ModelMultipleChoiceField[WorkType]):
    """The work types that the fixed price includes."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(
            queryset=WorkType.objects.filter(is_active=True),
            label=_("Included work"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("time of these types costs nothing more while the contract runs"),
            **kwargs,
        )


class CoverageForm(forms.Form):
    """Which work the fixed price includes, without further conditions."""

    work_types = CoverageField()
    starts_on = forms.DateField(
        label=_("From"),
        required=False,
        help_text=_(
            "what held before stays for the days before; empty: as if it had always been so"
        ),
    )


class CoverageTermForm(forms.Form):
    """What is said about some work; of several rules that fit, the closest one counts."""

    work_type = forms.ModelChoiceField(
        label=_("Work type"),
        queryset=WorkType.objects.filter(is_active=True),
        required=False,
        empty_label=_("all work types"),
    )
    category = forms.ModelChoiceField(
        label=_("Category"),
        queryset=Category.objects.all(),
        required=False,
        empty_label=_("all categories"),
    )
    asset_group = forms.CharField(
        label=_("Group of devices"),
        max_length=60,
        required=False,
        help_text=_("as the devices say it; empty: all devices and none"),
    )
    effect = forms.ChoiceField(
        label=_("This work is"),
        choices=CoverageEffect.choices,
        initial=CoverageEffect.INCLUDED,
        help_text=_(
            "remote work included, but “Security” excluded: an hour about security is billed at "
            "the client's rate"
        ),
    )
    hourly_rate = forms.DecimalField(
        label=_("Hourly rate"),
        min_value=0,
        max_digits=10,
        decimal_places=4,
        required=False,
        help_text=_("for work at the contract's rate, without VAT"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a rate where there must be one, and drop it elsewhere."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("effect") != CoverageEffect.AT_RATE:
            cleaned["hourly_rate"] = None
        elif cleaned.get("hourly_rate") is None and not self.has_error("hourly_rate"):
            self.add_error("hourly_rate", _("Say what an hour costs."))
        return cleaned

    def term(self) -> CoverageTerm:
        """Return the rule as the operations take it."""
        work_type, category = self.cleaned_data["work_type"], self.cleaned_data["category"]
        return CoverageTerm(
            effect=self.cleaned_data["effect"],
            hourly_rate=self.cleaned_data["hourly_rate"],
            work_type_id=work_type.pk if work_type else None,
            category_id=category.pk if category else None,
            asset_group=self.cleaned_data["asset_group"].strip(),
        )


class ContractCoverageForm(CoverageTermForm):
    """The same for a contract: also by site, and from a day on."""

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["site"] = forms.ModelChoiceField(
            label=_("Site"),
            queryset=client.sites.all(),
            required=False,
            empty_label=_("all sites"),
        )
        self.fields["starts_on"] = forms.DateField(
            label=_("From"),
            required=False,
            help_text=_(
                "what was said about the same work holds until the day before; empty: since the "
                "contract began"
            ),
        )
        self.fields["asset_group"].widget = GroupInput(client)


class GroupInput(forms.Select):
    """The groups that the client's devices name."""

    def __init__(self, client: Client) -> None:
        groups = Asset.objects.filter(client=client).exclude(group="").order_by("group")
        found = groups.values_list("group", flat=True).distinct()
        super().__init__(choices=[("", _("all devices")), *((one, one) for one in found)])
