"""The lists of this room."""

import django_filters
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from billing.lists import ClientFilter, clients_of
from collecting.models import Dispute, DisputeState
from core.listing import Column, Empty, Listing


class DisputeFilter(django_filters.FilterSet):
    """By where they stand and whose they are."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=DisputeState.choices)
    client = ClientFilter(field_name="invoice__client", label=_("Client"), queryset=clients_of)

    class Meta:
        model = Dispute
        fields = ["state", "client"]


def whose_turn(dispute: Dispute) -> str:
    """Say who has to act in an open dispute: whoever did not speak last."""
    if not dispute.is_open:
        return ""
    return __("ours") if getattr(dispute, "is_our_turn", True) else __("the client's")


DISPUTES = Listing[Dispute](
    name="disputes",
    columns=[
        Column("line", _("Line"), "line.description", link=True, sort="line__description"),
        Column("invoice", _("Invoice"), "invoice.number", sort="invoice__number"),
        Column("client", _("Client"), "invoice.client.name", sort="invoice__client__name"),
        Column("ground", _("What is wrong"), "get_ground_display", phone="hidden"),
        Column("net", _("Net"), "line.amount", kind="money", sort="line__amount"),
        Column("turn", _("Turn"), whose_turn, sort="is_our_turn"),
        Column("opened_at", _("Opened"), kind="day", sort="opened_at"),
        Column("last_at", _("Last said"), kind="ago", sort="last_at", phone="hidden"),
        Column("state", _("State"), cell="collecting/cells.html#state", sort="state", phone="side"),
    ],
    order="opened_at",
    search=["invoice__number", "invoice__client__name", "line__description"],
    filters=DisputeFilter,
    currency="invoice.currency",
    empty=Empty(
        _("No line is disputed"),
        _("Clients dispute a line on its invoice in the portal; here they are answered."),
        "circle-check",
    ),
)
