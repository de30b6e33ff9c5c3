"""The forms about the chart of accounts and what its accounts are used for."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import LegalEntity
from ledger.domain.accounts import unused_facts
from ledger.models import Account, AccountRule, Book, Entry
from ledger.queries.waiting import no_such_fact

DAY = {"type": "date"}


class AccountForm(forms.ModelForm[Account]):
    """Number and name; the number stays once something is booked on it."""

    class Meta:
        model = Account
        fields = ["number", "name"]

    def __init__(self, *args: Any, entity: LegalEntity, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        self.instance.legal_entity = entity
        if self.instance.pk and self.instance.lines.exists():
            self.fields["number"].disabled = True
            self.fields["number"].help_text = _("Something is booked on it, so its number stays.")

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraints of the chart be checked too; the company is not typed."""
        return set(super()._get_validation_exclusions()) - {"legal_entity"}  # type: ignore[misc]  # the stubs lack it


class RuleForm(forms.ModelForm[AccountRule]):
    """From a day on, which amounts are booked on which account."""

    class Meta:
        model = AccountRule
        fields = [
            "purpose",
            "account",
            "starts_on",
            "tax_code",
            "tax_category",
            "tax_rate",
            "method",
            "bank_account",
        ]
        widgets = {"starts_on": forms.DateInput(attrs=DAY)}
        help_texts = {
            "starts_on": gettext_lazy("what is booked already stays where it is"),
            "tax_code": gettext_lazy("only sales of this tax code; empty: all"),
            "tax_category": gettext_lazy("only sales and VAT of this category; empty: all"),
            "tax_rate": gettext_lazy("only VAT at this rate; empty: all"),
            "method": gettext_lazy("only money that came or went like this; empty: all"),
            "bank_account": gettext_lazy("only money found on this account's statements"),
        }

    def __init__(self, *args: Any, entity: LegalEntity, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        self.instance.legal_entity = entity
        chosen = self.fields["account"]
        if isinstance(chosen, forms.ModelChoiceField):
            chosen.queryset = Account.objects.filter(legal_entity=entity)

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraints of the rules be checked too; the company is not typed."""
        return set(super()._get_validation_exclusions()) - {"legal_entity"}  # type: ignore[misc]  # the stubs lack it

    def clean(self) -> dict[str, Any]:
        """Refuse facts that say nothing for this purpose, and a rule that exists already."""
        values = super().clean() or self.cleaned_data
        purpose = values.get("purpose")
        if purpose is None:
            return values
        for name in unused_facts(purpose, values):
            self.add_error(name, no_such_fact(purpose))
        return values


class BookForm(forms.ModelForm[Book]):
    """When the fiscal year begins, and whether revenue is deferred."""

    class Meta:
        model = Book
        fields = ["first_month", "defers_revenue"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (handed on to Django)
        super().__init__(*args, **kwargs)
        if Entry.objects.filter(legal_entity=self.instance.legal_entity).exists():
            self.fields["first_month"].disabled = True
            self.fields["first_month"].help_text = _(
                "Entries are numbered by fiscal year, so it stays once there are some."
            )
