"""Contracts that have ended or will: when, why, and what they were worth."""

from typing import Any

import django_filters
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Sum
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from contracts.lists import state_on
from contracts.models import Contract, EndKind
from contracts.queries import with_value_at_end
from core.listing import Column, Empty, Listing


class EndedFilter(django_filters.FilterSet):
    """By the last day and by why."""

    since = django_filters.DateFilter("last_day_on", "gte", label=_("Ended from"))
    until = django_filters.DateFilter("last_day_on", "lte", label=_("Ended through"))
    end_kind = django_filters.ChoiceFilter(label=_("Kind of end"), choices=EndKind.choices)

    class Meta:
        model = Contract
        fields = ["since", "until", "end_kind"]


ENDED = Listing[Contract](
    name="ended-contracts",
    columns=[
        Column("number", _("Number"), link=True, sort="number"),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("name", _("Title"), sort="name", phone="hidden"),
        Column("last_day_on", _("Last day"), kind="day", sort="last_day_on"),
        Column("end_kind", _("Kind of end"), "get_end_kind_display", sort="end_kind"),
        Column("end_reason", _("Why"), sort="end_reason", phone="hidden"),
        Column(
            "state", _("State"), lambda row: state_on(row, timezone.localdate()),
            cell="contracts/cells.html#state", phone="hidden",
        ),
        Column(
            "monthly", _("A month, at its end"), kind="money", sort="monthly",
            total=Sum("monthly"), phone="side",
        ),
    ],
    order="-last_day_on",
    search=["number", "name", "client__name", "end_reason"],
    filters=EndedFilter,
    currency="client.currency",
    empty=Empty(
        _("No contract has ended"), _("In these days none did, for this reason."), "file-text"
    ),
)  # fmt: skip


@require_safe
@permission_required("contracts.view_contract", raise_exception=True)
def ended(request: UserRequest) -> HttpResponseBase:
    """List the contracts with a last day, why they end, and what is lost a month."""
    rows = Contract.objects.visible_to(request.user).filter(last_day_on__isnull=False)
    decided = with_value_at_end(rows.exclude(end_kind="")).select_related("client")
    chosen = EndedFilter(request.GET, queryset=decided).qs
    return ENDED.respond(request, decided, "contracts/ended.html", {"reasons": _reasons(chosen)})


def _reasons(rows: Any) -> list[dict[str, Any]]:  # noqa: ANN401  (annotated contracts)
    """Return how many ended for each kind of reason, and what they were worth a month."""
    found = (
        rows.order_by()
        .values("end_kind", "client__currency")
        .annotate(n=Count("pk"), lost=Sum("monthly"))
        .order_by("-n")
    )
    names = dict(EndKind.choices)
    return [{**row, "name": names.get(row["end_kind"], row["end_kind"])} for row in found]
