"""What was done and is on no invoice yet."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.queries.unbilled import UnbilledItem, unbilled_items
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from core.listing import Column, Empty, Listing

UNBILLED = Listing[UnbilledItem](
    name="unbilled",
    columns=[
        Column("day", _("Day"), kind="day", sort=True),
        Column("client", _("Client"), "client.name", sort=True),
        Column("ticket", _("Ticket"), link=True, sort=True),
        Column("kind", _("Kind"), sort=True, phone="hidden"),
        Column("what", _("What"), sort=True),
        Column("who", _("Who"), sort=True, phone="hidden"),
        Column("quantity", _("Quantity"), phone="hidden"),
        Column("note", _("How it is billed"), phone="hidden"),
        Column("value", _("Value"), kind="money", sort=True, total=True, phone="side"),
    ],
    order="day",
    search=["client.name", "client.code", "ticket.number", "ticket.subject", "what", "who"],
    currency="currency",
    empty=Empty(
        _("Nothing is unbilled"),
        _("Every minute, part and flat rate is on an invoice or a draft, or was settled."),
        "checks",
    ),
)


@require_safe
@permission_required("billing.view_charge", raise_exception=True)
def unbilled(request: UserRequest) -> HttpResponseBase:
    """List time, parts and flat rates on no live charge, with what they would come to."""
    clients = Client.objects.visible_to(request.user)
    asked = request.GET.get("client", "")
    chosen = clients.filter(pk=asked).first() if asked.isdecimal() else None
    if chosen:
        clients = clients.filter(pk=chosen.pk)
    items = unbilled_items(clients, LegalEntity.objects.current(), firm_today())
    return UNBILLED.respond(request, items, "billing/unbilled.html", {"client": chosen})
