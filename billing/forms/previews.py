"""What can be asked of previews: read mildly, since they follow what people type."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _


class AsOfForm(forms.Form):
    """Asks up to which day a preview looks."""

    as_of = forms.DateField(label=_("As of"), required=False)

    def day(self, otherwise: date) -> date:
        """Return the day asked for, or the usual one where none or nonsense was given."""
        day: date | None = self.cleaned_data["as_of"] if self.is_valid() else None
        return day or otherwise
