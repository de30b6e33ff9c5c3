"""How often promises were kept, and the verdicts behind each figure."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Literal

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseBase, QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from core.listing import Column, Empty, Listing
from core.listing.listing import name_empty_choices
from tickets.forms.attainment import VerdictFilter
from tickets.models import SLAVerdict
from tickets.queries.attainment import Attainment, GroupBy, Kept, attainment, overall
from tickets.queries.promises import firm_zone

PERMISSION = "tickets.view_slaverdict"
GROUPS = (
    (GroupBy.MONTH, _("By month"), "calendar"),
    (GroupBy.CLIENT, _("By client"), "building"),
    (GroupBy.CONTRACT, _("By contract"), "file-text"),
    (GroupBy.BOARD, _("By board"), "list-check"),
    (GroupBy.TECHNICIAN, _("By technician"), "user-check"),
)
KINDS = (
    ("response", _("First answers"), _("First answers in time"), _("First answers missed")),
    ("first_resolution", _("First solutions"), _("First solutions in time"),
     _("First solutions missed")),
    ("resolution", _("Solutions"), _("Solutions in time"), _("Solutions missed")),
)  # fmt: skip


def _share(name: str) -> Callable[[Attainment], Decimal | None]:
    def share(row: Attainment) -> Decimal | None:
        kept: Kept = getattr(row, name)
        return None if kept.per_mille is None else Decimal(kept.per_mille) / 10

    return share


def _columns(*, is_file: bool) -> list[Column[Attainment]]:
    """Return shares and misses for the screen; a file also holds what was in time."""
    columns: list[Column[Attainment]] = [Column("label", _("Group"), link=True, sort=True)]
    for name, label, met, missed in KINDS:
        place: Literal["side", ""] = "side" if name == "resolution" else ""
        columns.append(Column(name, label, _share(name), kind="percent", sort=True, phone=place))
        if is_file:
            columns.append(Column(f"{name}_met", met, f"{name}.met", kind="number"))
        word = missed if is_file else _("missed")
        columns.append(
            Column(f"{name}_missed", word, f"{name}.missed", kind="number", phone="hidden")
        )
    return columns


def _listing(group: GroupBy, query: QueryDict) -> Listing[Attainment]:
    """Describe the report; each row opens the verdicts that it counts."""

    def url(row: Attainment) -> str:
        return f"{reverse('tickets:verdicts')}?{_narrowed(query, group, row.key)}"

    return Listing[Attainment](
        name="attainment",
        columns=_columns(is_file="export" in query),
        row_url=url,
        empty=Empty(
            _("No promise has been judged"),
            _("Verdicts appear as soon as tickets with a service level are answered or solved."),
            "target",
        ),
    )


def _narrowed(query: QueryDict, group: GroupBy, key: str) -> str:
    """Return the query of the verdicts that a row of the report counts."""
    kept = query.copy()
    for name in ("by", "export", "page", "sort"):
        kept.pop(name, None)
    if group == GroupBy.MONTH:
        kept["month"] = key
    else:
        kept[str(group)] = key or "null"
    return kept.urlencode()


VERDICTS = Listing[SLAVerdict](
    name="verdicts",
    columns=[
        Column("judged_at", _("When"), kind="moment", sort="judged_at"),
        Column("ticket", _("Ticket"), link=True, sort="ticket__number", phone="title"),
        Column("kind", _("Promise"), "get_kind_display", sort="kind"),
        Column("outcome", _("Outcome"), "get_outcome_display", sort="outcome",
               cell="tickets/cells.html#outcome", phone="side"),
        Column("target", _("Promised"), lambda row: row.target_seconds // 60, kind="minutes",
               sort="target_seconds", phone="hidden"),
        Column("used", _("Used"), lambda row: -(-row.used_seconds // 60), kind="minutes",
               sort="used_seconds"),
        Column("client", _("Client"), "client.name", sort="client__name"),
        Column("contract", _("Contract"), "contract.number", sort="contract__number",
               phone="hidden"),
        Column("board", _("Board"), "board", sort="board__name", phone="hidden"),
        Column("technician", _("Technician"), "technician", sort="technician__last_name",
               phone="hidden"),
        Column("priority", _("Priority"), "get_priority_display", sort="priority", phone="hidden"),
        Column("policy", _("Service level"), "policy.name", sort="policy__name", phone="hidden"),
    ],
    order="-judged_at",
    search=["ticket__number", "ticket__subject", "client__name"],
    filters=VerdictFilter,
    row_url=lambda row: reverse("tickets:ticket-clock", args=[row.ticket_id]),
    empty=Empty(_("No verdicts here"), _("Nothing was judged that fits."), "target"),
)  # fmt: skip


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def report(request: UserRequest) -> HttpResponseBase:
    """Count the promises that were kept, by month, client, contract, board or technician."""
    wanted = request.GET.get("by", "")
    group = GroupBy(wanted) if wanted in set(GroupBy) else GroupBy.MONTH
    chosen = VerdictFilter(
        request.GET, queryset=SLAVerdict.objects.visible_to(request.user).counted(), request=request
    )
    name_empty_choices(chosen.form)
    rows = attainment(chosen.qs, group, firm_zone())
    context: dict[str, Any] = {
        "tabs": _tabs(request, group),
        "form": chosen.form,
        "by": group,
        "overall": _overall(overall(chosen.qs)),
    }
    listing = _listing(group, request.GET)
    return listing.respond(request, rows, "tickets/attainment.html", context)


@require_safe
@permission_required(PERMISSION, raise_exception=True)
def verdicts(request: UserRequest) -> HttpResponseBase:
    """List the verdicts; each opens the stretches of its clock."""
    rows = (
        SLAVerdict.objects.visible_to(request.user)
        .counted()
        .select_related("ticket", "client", "contract", "board", "technician", "policy")
    )
    return VERDICTS.respond(request, rows, "tickets/verdicts.html")


def _tabs(request: UserRequest, current: GroupBy) -> list[dict[str, Any]]:
    query = request.GET.copy()
    tabs = []
    for group, label, icon in GROUPS:
        query["by"] = str(group)
        href = f"{request.path}?{query.urlencode()}"
        tabs.append({"label": label, "href": href, "icon": icon, "is_current": group == current})
    return tabs


def _overall(row: Attainment) -> list[tuple[Any, Kept, Decimal | None]]:
    return [(label, getattr(row, name), _share(name)(row)) for name, label, _met, _missed in KINDS]
