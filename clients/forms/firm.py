"""The form about the firm itself."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException
from stdnum.eu import at_02
from stdnum.exceptions import ValidationError as StdnumError

from clients.forms.identity import (
    check_electronic_address,
    check_identity,
    country_field,
    currency_field,
    time_zone_field,
)
from clients.models import CREDIT_NOTE_PREFIX, LegalEntity


class FirmForm(forms.ModelForm[LegalEntity]):
    """The firm's legal identity, bank, taxes and what it prints on invoices."""

    country = country_field()
    currency = currency_field()
    time_zone = time_zone_field()
    website = forms.URLField(label=_("website"), required=False, assume_scheme="https")

    class Meta:
        model = LegalEntity
        fields = [
            "name", "legal_form", "share_capital", "registration_number", "register_town",
            "vat_number", "is_small_business", "pays_vat_on_invoicing", "street", "postcode",
            "city", "country", "currency", "time_zone", "email", "phone", "website", "iban",
            "bic", "creditor_identifier", "debit_lead_days", "makes_debit_batches",
            "electronic_scheme", "electronic_address", "needs_electronic_invoice",
            "checks_electronic_invoice", "platform", "platform_since_on",
            "invoice_prefix", "penalty_terms", "discount_terms",
            "decision_lead_days", "time_needs_approval", "shows_next_invoice",
        ]  # fmt: skip
        widgets = {"platform_since_on": forms.DateInput(attrs={"type": "date"})}
        labels = {"website": _("Website")}
        help_texts = {
            "invoice_prefix": _("numbers look like F-2026-00001; another prefix begins at 1"),
            "bic": _("empty: found from the IBAN where that is possible"),
        }

    def clean_iban(self) -> str:
        """Refuse an IBAN whose digits do not add up."""
        text = str(self.cleaned_data["iban"])
        if not text.strip():
            return ""
        try:
            return str(IBAN(text).compact)
        except SchwiftyException as error:
            raise ValidationError(
                _("This is not a valid IBAN; check each group of four digits.")
            ) from error

    def clean_bic(self) -> str:
        """Refuse a BIC of the wrong shape."""
        text = str(self.cleaned_data["bic"])
        if not text.strip():
            return ""
        try:
            return str(BIC(text).compact)
        except SchwiftyException as error:
            raise ValidationError(_("A BIC has 8 or 11 letters and digits.")) from error

    def clean_creditor_identifier(self) -> str:
        """Refuse an identifier whose check digits are wrong."""
        text = str(self.cleaned_data["creditor_identifier"]).strip()
        if not text:
            return ""
        try:
            return str(at_02.validate(text))
        except StdnumError as error:
            raise ValidationError(
                _("This is no SEPA creditor identifier; it looks like FR72ZZZ123456.")
            ) from error

    def clean_invoice_prefix(self) -> str:
        """Refuse signs that do not belong in a number."""
        prefix = str(self.cleaned_data["invoice_prefix"]).strip().upper()
        if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", prefix):
            raise ValidationError(_("Letters and digits only, such as F or FA."))
        if prefix == CREDIT_NOTE_PREFIX:
            raise ValidationError(
                _("%(prefix)s begins the numbers of credit notes.") % {"prefix": prefix}
            )
        return prefix

    def clean(self) -> dict[str, Any]:
        """Check the numbers of the company and find the bank of the IBAN."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        check_identity(self)
        check_electronic_address(self)
        if cleaned.get("platform") and not cleaned.get("platform_since_on"):
            self.add_error("platform_since_on", _("Say from which day on."))
        if cleaned.get("iban") and not cleaned.get("bic") and not self.has_error("bic"):
            bank = IBAN(cleaned["iban"]).bic
            cleaned["bic"] = bank.compact if bank else ""
        pays_vat = not cleaned.get("is_small_business")
        if pays_vat and not cleaned.get("vat_number") and not self.has_error("vat_number"):
            self.add_error(
                "vat_number", _("A firm that charges VAT prints its VAT number on invoices.")
            )
        return cleaned
