"""The forms about a client."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.forms.identity import (
    check_electronic_address,
    check_identity,
    country_field,
    currency_field,
)
from clients.models import Client
from core.display import day_text

MAX_PAYMENT_DAYS = 365


class ClientForm(forms.ModelForm[Client]):
    """Who a client is and how they are billed."""

    country = country_field()
    currency = currency_field()
    payment_days = forms.IntegerField(
        label=_("Payment term"),
        help_text=_("days from the invoice's date"),
        min_value=0,
        max_value=MAX_PAYMENT_DAYS,
        initial=30,
    )

    class Meta:
        model = Client
        fields = [
            "code", "name", "kind", "registration_number", "vat_number", "electronic_scheme",
            "electronic_address", "street", "postcode", "city",
            "country", "currency", "language", "payment_days", "invoice_email", "purchase_order",
            "requires_purchase_order", "invoice_grouping", "billing_day", "issues_without_review",
            "pays_by_direct_debit", "account_manager", "low_hours_readers", "client_since_on",
            "notes",
        ]  # fmt: skip
        widgets = {"notes": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        people = self.fields["account_manager"]
        if isinstance(people, forms.ModelChoiceField):
            people.queryset = User.objects.staff()
        for name in ("kind", "invoice_grouping", "low_hours_readers"):
            self.fields[name].required = False

    def clean_invoice_grouping(self) -> str:
        """Leave it as it is, or as usual, where nothing is said."""
        return str(self.cleaned_data["invoice_grouping"] or self.instance.invoice_grouping)

    def clean_low_hours_readers(self) -> str:
        """Leave it as it is, or as usual, where nothing is said."""
        return str(self.cleaned_data["low_hours_readers"] or self.instance.low_hours_readers)

    def clean_kind(self) -> str:
        """Leave it as it is, or as usual, where nothing is said."""
        return str(self.cleaned_data["kind"] or self.instance.kind)

    def clean_code(self) -> str:
        """Refuse a code that differs from another client's in its letters' case only."""
        code = str(self.cleaned_data["code"]).strip()
        others = Client.objects.exclude(pk=self.instance.pk)
        if others.filter(code__iexact=code).exists():
            raise ValidationError(_("Another client has this code."))
        return code

    def clean(self) -> dict[str, Any]:
        """Check the numbers that identify the company."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_identity(self)
        check_electronic_address(self)
        return cleaned


class ClientLostForm(forms.ModelForm[Client]):
    """When a client left, and why."""

    class Meta:
        model = Client
        fields = ["lost_on", "lost_reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = True

    def clean_lost_on(self) -> object:
        """Refuse a day before the client came."""
        day = self.cleaned_data["lost_on"]
        since = self.instance.client_since_on
        if since is not None and day < since:
            raise ValidationError(
                _("The client only came on %(day)s."), params={"day": day_text(since)}
            )
        return day
