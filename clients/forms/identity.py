"""What forms about a company share: choices, and numbers that must add up."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from clients.choices import NO_SUCH_MONEY, countries, currencies, time_zones
from clients.electronic import FRENCH, clean_electronic_address
from clients.identity import check_same_company, clean_registration_number, clean_vat_number


def country_field() -> forms.ChoiceField:
    """Return a field for a country."""
    return forms.ChoiceField(label=_("Country"), choices=countries, initial="FR")


def currency_field() -> forms.ChoiceField:
    """Return a field for a currency."""
    refused = {"invalid_choice": NO_SUCH_MONEY}
    return forms.ChoiceField(
        label=_("Currency"), choices=currencies, initial="EUR", error_messages=refused
    )


def time_zone_field() -> forms.ChoiceField:
    """Return a field for a time zone."""
    return forms.ChoiceField(label=_("Time zone"), choices=time_zones, initial="Europe/Paris")


def check_identity(form: "forms.ModelForm[Any]") -> None:
    """Bring VAT and registration number into shape, or say what is wrong beside the field."""
    country = form.cleaned_data.get("country", "")
    _clean(form, "registration_number", clean_registration_number, country)
    _clean(form, "vat_number", clean_vat_number, country)
    if form.has_error("registration_number") or form.has_error("vat_number"):
        return
    try:
        check_same_company(
            form.cleaned_data.get("vat_number", ""),
            form.cleaned_data.get("registration_number", ""),
            country,
        )
    except ValidationError as error:
        form.add_error("vat_number", error)


def check_electronic_address(form: "forms.ModelForm[Any]") -> None:
    """Bring the electronic address into shape, or say what is wrong beside the field.

    A French company that names no kind means the French one.
    """
    cleaned = form.cleaned_data
    scheme, address = cleaned.get("electronic_scheme", ""), cleaned.get("electronic_address", "")
    if address and not scheme and cleaned.get("country") == "FR":
        scheme = cleaned["electronic_scheme"] = FRENCH
    try:
        number = cleaned.get("registration_number") or ""
        cleaned["electronic_address"] = clean_electronic_address(scheme, address, number)
    except ValidationError as error:
        form.add_error("electronic_address", error)


def _clean(
    form: "forms.ModelForm[Any]", name: str, clean: Callable[[str, str], str], country: str
) -> None:
    if form.has_error(name):
        return
    try:
        form.cleaned_data[name] = clean(form.cleaned_data.get(name, ""), country)
    except ValidationError as error:
        form.add_error(name, error)
