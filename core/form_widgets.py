"""Widgets of forms that Django does not have."""

from typing import Any

from django import forms


class ChosenSelect(forms.Select):
    """A list in which something is always chosen, since no option of it is empty.

    Django reads the first option to find that out, which costs a query where options are rows.
    """

    def use_required_attribute(self, initial: Any) -> bool:  # noqa: ANN401, ARG002  (Django's own)
        """Say no: a browser cannot find it empty."""
        return False
