"""What can be asked: which client, which plan, which months."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.what_if import Question
from clients.forms.chooser import ClientChoiceField
from clients.models import Client
from contracts.models import PlanLine, PlanRevision
from core.periods import Period, add_months

MOST_MONTHS = 36


class WhatIfForm(forms.Form):
    """A client, a published plan, and how many whole months from which one."""

    client = ClientChoiceField(Client.objects.none(), label=_("Client"))
    revision = forms.ModelChoiceField(
        PlanRevision.objects.none(), label=_("Managed plan"), empty_label=None
    )
    first_on = forms.DateField(label=_("From the month of"))
    months = forms.IntegerField(label=_("Months"), min_value=1, max_value=MOST_MONTHS, initial=12)

    def __init__(self, *args: Any, clients: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.lines: list[PlanLine] = []
        client, revision = self.fields["client"], self.fields["revision"]
        if isinstance(client, forms.ModelChoiceField):
            client.queryset = clients
        if isinstance(revision, forms.ModelChoiceField):
            published = PlanRevision.objects.filter(published_on__isnull=False)
            revision.queryset = published.select_related("plan").order_by("plan__name", "-number")

    def clean(self) -> dict[str, Any]:
        """Read the quantities of the plan's lines, each named after its line."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("revision"):
            self.lines = list(cleaned["revision"].lines.all())
            cleaned["quantities"] = self._quantities(self.lines)
        return cleaned

    def _quantities(self, lines: Iterable[PlanLine]) -> dict[int, Decimal]:
        field = forms.DecimalField(required=False, min_value=0, max_digits=12, decimal_places=4)
        found: dict[int, Decimal] = {}
        for line in lines:
            try:
                quantity = field.clean(self.data.get(f"quantity-{line.pk}", ""))
            except forms.ValidationError:
                self.add_error(
                    None, _("“%(line)s”: give a quantity of 0 or more.") % {"line": line}
                )
                continue
            if quantity is not None:
                found[line.pk] = quantity
        return found

    @property
    def line_rows(self) -> list[tuple[PlanLine, str]]:
        """The lines of the plan, each with the quantity as it was typed."""
        return [(line, self.data.get(f"quantity-{line.pk}", "")) for line in self.lines]

    def question(self) -> Question:
        """Return what is asked, with whole months."""
        given = self.cleaned_data
        first: date = given["first_on"].replace(day=1)
        period = Period(first, add_months(first, given["months"]))
        return Question(given["client"], given["revision"].pk, period, given["quantities"])
