"""What is changed on several tickets at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tickets.models import Priority

UNCHANGED = [("", gettext_lazy("as it is"))]


class BulkForm(forms.Form):
    """Priority, tags, and the ticket that they go on in; what is left empty stays as it is."""

    priority = forms.ChoiceField(
        label=gettext_lazy("Priority"),
        choices=[*UNCHANGED, *Priority.choices],
        required=False,
    )
    add = forms.CharField(
        label=gettext_lazy("Add tags"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("with commas between them"),
    )
    remove = forms.CharField(label=gettext_lazy("Take tags off"), required=False, max_length=400)
    into = forms.CharField(
        label=gettext_lazy("Merge into"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("number of the ticket they go on in; each merge can be undone"),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for at least one change.

        :raises forms.ValidationError: nothing would change
        """
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not any(said.values()):
            raise forms.ValidationError(_("Say what is to change."))
        return said
