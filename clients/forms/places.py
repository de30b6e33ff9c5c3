"""The forms about people, places and things at a client."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.forms.identity import country_field, time_zone_field
from clients.models import Asset, Client, Contact, PortalScope, Site


def offer_own(form: "forms.ModelForm[Any]", client: Client) -> None:
    """Tie the form to a client and offer only that client's sites and contacts."""
    form.instance.client = client
    for name, rows in (("site", client.sites.all()), ("contact", client.contacts.all())):
        field = form.fields.get(name)
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = rows


def require_order(form: "forms.ModelForm[Any]", cleaned: dict[str, Any]) -> None:
    """Refuse a last day that comes before the first, beside the field."""
    since, until = cleaned.get("covered_since_on"), cleaned.get("covered_until_on")
    if since and until and until < since:
        form.add_error("covered_until_on", _("The last day comes before the first."))


class ContactForm(forms.ModelForm[Contact]):
    """Who a contact is and how to reach them."""

    class Meta:
        model = Contact
        fields = [
            "first_name", "last_name", "email", "phone", "site", "role", "covered_since_on",
            "covered_until_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        offer_own(self, client)

    def clean_email(self) -> str:
        """Refuse the address of another contact of the same client."""
        email = str(self.cleaned_data["email"])
        others = self.instance.client.contacts.exclude(pk=self.instance.pk)
        if email and others.filter(email__iexact=email).exists():
            raise ValidationError(_("Another contact of this client has this address."))
        return email

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        require_order(self, cleaned)
        return cleaned


class PortalAccessForm(forms.Form):
    """What a contact may see in the portal."""

    scope = forms.ChoiceField(
        label=_("Sees in the portal"), choices=PortalScope.choices, widget=forms.RadioSelect
    )


class SiteForm(forms.ModelForm[Site]):
    """Where a client works."""

    country = country_field()
    time_zone = time_zone_field()

    class Meta:
        model = Site
        fields = [
            "name", "street", "postcode", "city", "country", "time_zone", "cost_centre",
            "covered_since_on", "covered_until_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        offer_own(self, client)

    def clean_name(self) -> str:
        """Refuse the name of another site of the same client."""
        name = str(self.cleaned_data["name"])
        others = self.instance.client.sites.exclude(pk=self.instance.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError(_("This client already has a site of this name."))
        return name

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        require_order(self, cleaned)
        return cleaned


class AssetForm(forms.ModelForm[Asset]):
    """A device and since when the firm looks after it."""

    class Meta:
        model = Asset
        fields = [
            "name", "kind", "group", "serial_number", "operating_system", "site", "contact",
            "warranty_ends_on", "covered_since_on", "covered_until_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        offer_own(self, client)

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        require_order(self, cleaned)
        return cleaned
