"""What is left of included and prepaid hours: for a contract, a client, and the whole firm."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.hours import OVER, hours_text
from billing.hours_shown import shown, shown_draw
from billing.queries.balances import HoursBalance, balances_of
from billing.queries.drawdown import drawdown
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from contracts.models import Allowance, BlockUnit, Contract, PrepaidBlock
from core.listing import Column, Empty, Listing
from core.panels import history_url

LEFT = "billing/cells.html#hours_left"
ALLOWANCES, BLOCKS = "contracts.view_allowance", "contracts.view_prepaidblock"


def _written(value: str) -> Callable[[HoursBalance], str]:
    """Return how a quantity of a balance is written in its own unit."""

    def write(balance: HoursBalance) -> str:
        return hours_text(balance.unit, getattr(balance, value), balance.client.currency)

    return write


BALANCES = Listing[HoursBalance](
    name="balances",
    columns=[
        Column("name", _("Hours"), "row.name", sort=True, link=True, phone="title"),
        Column("client", _("Client"), "client.name", sort=True),
        Column("contract", _("Contract"), "contract.number", sort=True, phone="hidden"),
        Column("standing", _("State"), cell="billing/cells.html#hours_standing", phone="side"),
        Column("at_hand", _("At hand"), _written("at_hand"), kind="figure", phone="hidden"),
        Column("drawn", _("Used"), _written("drawn"), kind="figure", phone="hidden"),
        Column(
            "open_drawn", _("Of it open"), _written("open_drawn"), kind="figure", phone="hidden"
        ),
        Column("unit", _("Unit"), lambda row: BlockUnit(row.unit).label, is_shown=False),
        Column("left", _("Left"), "left_as_figure", kind="figure", cell=LEFT, sort=True),
        Column("usable_through", _("Usable through"), kind="day", sort=True, phone="hidden"),
    ],
    order="client",
    search=["client.name", "client.code", "row.name", "contract.number"],
    empty=Empty(
        _("No hours to look after"),
        _("Hours that contracts include, and blocks that clients bought, stand here."),
        "clock",
    ),
)
SHOWN: dict[str, tuple[Any, Callable[[HoursBalance], bool]]] = {
    "": (_("In use"), lambda balance: balance.standing != OVER),
    "low": (_("Running low"), lambda balance: balance.is_wanting),
    "over": (_("Over"), lambda balance: balance.standing == OVER),
}


@require_safe
@permission_required(BLOCKS, raise_exception=True)
def balances(request: UserRequest) -> HttpResponseBase:
    """List the hours of all clients with what is left; those that run low by themselves."""
    asked = request.GET.get("state", "")
    chosen = asked if asked in SHOWN else ""
    clients = list(Client.objects.visible_to(request.user))
    found = balances_of(clients, LegalEntity.objects.current(), firm_today())
    counts = {code: sum(map(belongs, found)) for code, (_label, belongs) in SHOWN.items()}
    tabs = [(code, label, counts[code]) for code, (label, _belongs) in SHOWN.items()]
    rows = [balance for balance in found if SHOWN[chosen][1](balance)]
    context = {"tabs": tabs, "chosen": chosen}
    return BALANCES.respond(request, rows, "billing/balances.html", context)


@require_safe
@permission_required(ALLOWANCES, raise_exception=True)
def of_contract(request: UserRequest, contract_pk: int) -> HttpResponse:
    """Show on the contract's page what its hours granted, and what became of them."""
    rows = Contract.objects.visible_to(request.user).select_related("client")
    contract = get_object_or_404(rows, pk=contract_pk)
    found = [one for one in _of(contract.client) if one.contract == contract]
    context = {
        "contract": contract,
        "hours": [shown(one) for one in sorted(found, key=_order)],
        "weights": contract.draw_weights.select_related("work_type", "work_role"),
    }
    return render(request, "billing/hours_of_contract.html", context)


@require_safe
@permission_required(BLOCKS, raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show on the client's page the blocks that were bought and the hours that are included."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    found = sorted(_of(client), key=_order)
    context = {"client": client, "hours": [shown(one) for one in found]}
    return render(request, "billing/hours_of_client.html", context)


@require_safe
@permission_required(ALLOWANCES, raise_exception=True)
def allowance(request: UserRequest, pk: int) -> HttpResponse:
    """Show an allowance month by month, and each piece of work it paid for."""
    rows = Allowance.objects.visible_to(request.user).select_related("contract__client")
    return _page(request, get_object_or_404(rows, pk=pk))


@require_safe
@permission_required(BLOCKS, raise_exception=True)
def block(request: UserRequest, pk: int) -> HttpResponse:
    """Show a block with its sale and each piece of work it paid for."""
    rows = PrepaidBlock.objects.visible_to(request.user).select_related("client")
    return _page(request, get_object_or_404(rows, pk=pk))


def _page(request: UserRequest, row: Allowance | PrepaidBlock) -> HttpResponse:
    client = row.client if isinstance(row, PrepaidBlock) else row.contract.client
    balance = next(one for one in _of(client) if one.row == row)
    context: dict[str, Any] = {
        "hours": shown(balance),
        "draws": [shown_draw(balance, one) for one in drawdown(balance)],
        "client": client,
        "history_url": history_url(request, row),
    }
    if isinstance(row, PrepaidBlock):
        claims = row.claims.filter(released_at=None).select_related("charge__invoice")
        context["sale"] = claims.first()
        context["follower"] = PrepaidBlock.objects.filter(follows=row).first()
    return render(request, "billing/hours.html", context)


def _of(client: Client) -> list[HoursBalance]:
    return balances_of([client], LegalEntity.objects.current(), firm_today())


def _order(balance: HoursBalance) -> tuple[bool, bool, Any, int]:
    """Those in use first, allowances before blocks, then by their days."""
    row = balance.row
    return balance.standing == OVER, balance.is_block, row.starts_on, row.pk
