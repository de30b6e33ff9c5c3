"""What can be typed about managed plans, and about selling one."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.models import WorkType
from clients.forms.chooser import ClientChoiceField
from clients.models import Client
from contracts.forms.line import plain
from contracts.forms.line_fields import amount
from contracts.models import ManagedPlan, PlanAllowance, PlanLine, PlanRevision, RenewalKind
from contracts.operations._plans import RevisionTerms, allowance_fields


class PlanForm(forms.ModelForm[ManagedPlan]):
    """A plan's name and what it promises in words."""

    class Meta:
        model = ManagedPlan
        fields = ["code", "name", "description"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "code": _("short, for lists and the API: SILVER"),
            "description": _("what a client reads first: everything for up to 50 workstations"),
        }

    def clean_code(self) -> str:
        """Refuse the code of another plan, in whatever letters."""
        code = str(self.cleaned_data["code"]).strip()
        others = ManagedPlan.objects.exclude(pk=self.instance.pk)
        if others.filter(code__iexact=code).exists():
            raise ValidationError(_("Another plan has this code."))
        return code


class PlanFactsForm(PlanForm):
    """The same, and whether it is still sold."""

    class Meta(PlanForm.Meta):
        fields = ["code", "name", "description", "is_active"]
        help_texts = {
            **PlanForm.Meta.help_texts,
            "is_active": _("what is not on sale stays in its contracts and is no longer offered"),
        }


class RevisionForm(forms.ModelForm[PlanRevision]):
    """What a revision promises beside its lines, its coverage and its hours."""

    class Meta:
        model = PlanRevision
        fields = [
            "note", "sla_policy", "other_work", "renewal_kind", "term_months", "notice_days",
            "renewal_uplift",
        ]  # fmt: skip
        help_texts = {
            "note": _("in a few words: backup is included now"),
            "other_work": _("billed: an hour of cabling not named costs the client's rate"),
            "term_months": _("12: a contract of 1 March 2026 ends its term on 28 February 2027"),
            "notice_days": _("90 days: a term to 31 December is decided by 2 October"),
            "renewal_uplift": _("3 %: 100.00 becomes 103.00 with the next term"),
        }

    def clean(self) -> dict[str, Any]:
        """Ask for a term where contracts renew."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        renews = cleaned.get("renewal_kind") not in {None, RenewalKind.NONE}
        if renews and not cleaned.get("term_months") and not self.has_error("term_months"):
            self.add_error("term_months", _("A contract that renews needs a term."))
        return cleaned

    def terms(self) -> RevisionTerms:
        """Return what was typed as the operation takes it."""
        given = dict(self.cleaned_data)
        policy = given.pop("sla_policy")
        return RevisionTerms(**given, sla_policy_id=policy.pk if policy else None)


class PlanAllowanceForm(forms.ModelForm[PlanAllowance]):
    """Hours that the plan includes every month."""

    class Meta:
        model = PlanAllowance
        fields = [*allowance_fields(), "work_types"]
        widgets = {"work_types": forms.CheckboxSelectMultiple}
        help_texts = {
            "minutes": _("300 are 5 hours"),
            "overage_rate": _("an hour beyond them; empty: the client's rate"),
            "rollover": _("5 h a month, 2 h used in March: 3 h more in April, or they expire"),
            "cap_minutes": _("600: never more than 10 h carried; empty: no limit"),
            "age_months": _("1: what March leaves over is gone after April"),
            "prorates_stub": _("start on 16 April with 5 h a month: 2 h 30 for April; off: 5 h"),
            "low_balance_minutes": _("60: somebody is told once an hour or less is left"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        field = self.fields["work_types"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = WorkType.objects.filter(is_active=True)

    def terms(self) -> dict[str, Any]:
        """Return the hours without the work they are for."""
        return {name: value for name, value in self.cleaned_data.items() if name != "work_types"}


class MoveForm(forms.Form):
    """From when on contracts follow a revision, and what becomes of bargained prices."""

    effective_on = forms.DateField(
        label=_("From"),
        help_text=_("the first day of a month leaves no part month to set right"),
    )
    keeps_own_prices = forms.BooleanField(
        label=_("Keep prices that were agreed apart from the plan"),
        required=False,
        initial=True,
        help_text=_("the plan rises from 29.00 to 31.00: who bargained for 24.90 keeps 24.90"),
    )


class SaleForm(forms.Form):
    """Who buys a plan, from when on, and how much of each line."""

    client = ClientChoiceField(label=_("Client"), queryset=Client.objects.current())
    number = forms.CharField(label=_("Number"), max_length=20)
    name = forms.CharField(label=_("Title"), max_length=160)
    starts_on = forms.DateField(label=_("First day"))
    notes = forms.CharField(
        label=_("Internal notes"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, lines: Iterable[PlanLine], **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.lines = list(lines)
        for line in self.lines:
            self.fields[f"sold_{line.pk}"] = forms.BooleanField(
                label=line.description, required=False, initial=True
            )
            self.fields[f"quantity_{line.pk}"] = amount(
                _("Quantity"),
                _("empty: counted") if line.counts else "",
                initial=None if line.counts else plain(line.quantity),
            )

    @property
    def line_rows(self) -> list[tuple[PlanLine, forms.BoundField, forms.BoundField]]:
        """Each line of the plan with its fields."""
        return [(line, self[f"sold_{line.pk}"], self[f"quantity_{line.pk}"]) for line in self.lines]

    def quantities(self) -> dict[int, Decimal]:
        """Return the quantities that were typed, by line."""
        typed = {line.pk: self.cleaned_data.get(f"quantity_{line.pk}") for line in self.lines}
        return {pk: quantity for pk, quantity in typed.items() if quantity is not None}

    def left_out(self) -> list[int]:
        """Return the lines that are not sold."""
        return [line.pk for line in self.lines if not self.cleaned_data.get(f"sold_{line.pk}")]
