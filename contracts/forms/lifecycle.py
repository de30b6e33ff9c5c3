"""What can be typed about a contract's term, its end, its pauses and its move."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, EndKind, RenewalKind

MOST_MONTHS, MOST_DAYS = 600, 3660
# Transferred is what the transfer itself writes; no person says it.
END_KINDS = [("", "---------")] + [
    choice for choice in EndKind.choices if choice[0] != EndKind.TRANSFERRED
]


def end_kind_field() -> forms.ChoiceField:
    """Return a field for why a contract ends, in one word."""
    return forms.ChoiceField(
        label=_("Kind of end"), choices=END_KINDS, help_text=_("counted in the list of ended ones")
    )


def reason_field() -> forms.CharField:
    """Return a field for why a contract ends, in a sentence."""
    return forms.CharField(label=_("Why it ends"), max_length=200)


class ContractEndForm(forms.Form):
    """The last day of a contract, and why."""

    last_day_on = forms.DateField(label=_("Last day"), help_text=_("inclusive"))
    end_kind = end_kind_field()
    reason = reason_field()


class RenewForm(forms.Form):
    """Another term and what it costs more."""

    term_ends_on = forms.DateField(widget=forms.HiddenInput)
    uplift = forms.DecimalField(
        label=_("Increase in %"),
        min_value=-99,
        max_value=999,
        decimal_places=2,
        required=False,
        help_text=_("3: a line of 100.00 costs 103.00 from the new term's first day on"),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def clean_uplift(self) -> object:
        """Take nothing typed as no increase."""
        return self.cleaned_data["uplift"] or 0


class EndAtTermForm(forms.Form):
    """Why the term that runs is the last one."""

    end_kind = end_kind_field()
    reason = reason_field()


class NoticeForm(forms.Form):
    """Notice as it came in."""

    received_on = forms.DateField(label=_("Received"))
    end_kind = end_kind_field()
    reason = reason_field()


class RenewalTermsForm(forms.ModelForm[Contract]):
    """Term, notice and what happens at the end."""

    class Meta:
        model = Contract
        fields = ["renewal_kind", "term_months", "term_ends_on", "notice_days", "renewal_uplift"]
        help_texts = {
            "renewal_kind": _(
                "by itself: with the day after the last notice day; otherwise it ends with its term"
            ),
            "term_months": _("12: a contract of 1 March 2026 ends its term on 28 February 2027"),
            "term_ends_on": _("last day of the term that runs now; empty: counted from the months"),
            "notice_days": _("90 days: a term to 31 December is decided by 2 October"),
            "renewal_uplift": _("3 %: 100.00 becomes 103.00 with the next term"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        for name, most in (("term_months", MOST_MONTHS), ("notice_days", MOST_DAYS)):
            self.fields[name].validators.append(MaxValueValidator(most))

    def clean(self) -> dict[str, Any]:
        """Refuse a renewal without a term beside the field that is missing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        renews = cleaned.get("renewal_kind") not in {None, RenewalKind.NONE}
        if renews and not cleaned.get("term_months") and not self.has_error("term_months"):
            self.add_error("term_months", _("A contract that renews needs a term."))
        ends_on = cleaned.get("term_ends_on")
        if ends_on is not None and ends_on < self.instance.starts_on:
            self.add_error("term_ends_on", _("The term ends before the contract begins."))
        return cleaned

    def _post_clean(self) -> None:
        """Leave the contract as it is: the operation writes, and works out what was left empty."""


class PauseForm(forms.Form):
    """Days on which a contract rests."""

    starts_on = forms.DateField(label=_("From"))
    last_day_on = forms.DateField(
        label=_("Through"), required=False, help_text=_("inclusive; empty: until further notice")
    )
    reason = forms.CharField(label=_("Why"), max_length=200)


class ResumeForm(forms.Form):
    """The day from which a contract runs again."""

    resumes_on = forms.DateField(label=_("Runs again from"))
