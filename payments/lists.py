"""The lists of this room: batches and mandates."""

from typing import Any

import django_filters
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models import Mandate
from core.listing import Column, Empty, Listing
from payments.models import DebitBatch
from payments.standing import standing_of

IN_FORCE, ENDED = "in_force", "ended"

BATCHES = Listing[DebitBatch](
    name="batches",
    columns=[
        Column("reference", _("Reference"), link=True, sort=("collect_on", "pk")),
        Column("collect_on", _("Collection"), kind="day", sort="collect_on"),
        Column("scheme", _("Scheme"), phone="hidden"),
        Column("debit_count", _("Debits"), kind="number", sort="debit_count", phone="hidden"),
        Column("state", _("State"), standing_of, cell="billing/cells.html#standing", phone="side"),
        Column("returned_count", _("Came back"), kind="number", sort="returned_count"),
        Column("total", _("Total"), kind="money", sort="total", total=Sum("total")),
    ],
    order="-reference",
    search=["reference", "debits__invoice__number", "debits__end_to_end_id"],
    empty=Empty(
        _("No direct debits yet"),
        _("Due invoices of clients with a mandate are collected together, a day at a time."),
        "building-bank",
    ),
)


class MandateFilter(django_filters.FilterSet):
    """By whether they count."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(IN_FORCE, _("in force")), (ENDED, _("ended or lapsed"))],
        method="by_state",
    )

    class Meta:
        model = Mandate
        fields = ["state"]

    def by_state(self, rows: QuerySet[Mandate], _name: str, value: str) -> QuerySet[Mandate]:
        """Keep the mandates that count today, or the others."""
        current = Mandate.objects.in_force(timezone.localdate()).values("pk")
        return rows.filter(pk__in=current) if value == IN_FORCE else rows.exclude(pk__in=current)


def _state(mandate: Mandate) -> Any:  # noqa: ANN401  (a word with its colour)
    return state_of_mandate(mandate)


def state_of_mandate(mandate: Mandate) -> dict[str, Any]:
    """Return a mandate's state as a word with its colour."""
    if mandate.ended_on:
        return {"label": mandate.get_end_reason_display(), "tone": "bad"}
    if mandate.is_used_up:
        return {"label": _("used"), "tone": "neutral"}
    if not mandate.is_in_force(timezone.localdate()):
        return {"label": _("lapsed"), "tone": "warn"}
    return {"label": _("in force"), "tone": "good"}


MANDATES = Listing[Mandate](
    name="mandates",
    columns=[
        Column("reference", _("Reference"), link=True, sort="reference"),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("state", _("State"), _state, cell="payments/cells.html#mandate_state", phone="side"),
        Column("scheme", _("Scheme"), phone="hidden"),
        Column("iban_masked", _("Account"), phone="hidden"),
        Column("signed_on", _("Signed"), kind="day", sort="signed_on"),
        Column("last_collected_on", _("Last used"), kind="day", sort="last_collected_on"),
    ],
    order="-signed_on",
    search=["reference", "client__name", "client__code", "debtor"],
    filters=MandateFilter,
    empty=Empty(
        _("No mandates yet"),
        _("A mandate is the client's signature under which you may collect."),
        "writing",
    ),
)
