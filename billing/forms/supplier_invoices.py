"""A supplier's electronic invoice."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SupplierInvoiceForm(forms.Form):
    """The file that the supplier or the platform sent."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Factur-X (PDF), CII or UBL (XML), at most 20 MB"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.xml"}),
    )
