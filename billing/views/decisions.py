"""The queue of work whose payer a person must name."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.forms.decisions import DecisionForm
from billing.queries.decisions import Undecided, undecided
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from core.listing import Column, Empty, Listing
from tickets.models import TimeEntry
from tickets.operations.choose_contract import choose_contract
from tickets.refusals import Refusal

DECISIONS = Listing[Undecided](
    name="decisions",
    columns=[
        Column("day", _("Day"), "entry.worked_on", kind="day", sort=True),
        Column("client", _("Client"), "client.name", sort=True),
        Column("ticket", _("Ticket"), link=True, sort=True, phone="title"),
        Column("worked", _("Work"), sort=True),
        Column("who", _("Who"), "entry.technician", sort=True, phone="hidden"),
        Column("reason", _("Why it waits")),
        Column("choices", _("Who pays"), cell="billing/decisions.html#choices"),
    ],
    order="day",
    search=["client.name", "client.code", "ticket.number", "ticket.subject", "worked"],
    empty=Empty(
        _("Nothing to decide"),
        _("For all open work it is clear which contract pays, or that none does."),
        "checks",
    ),
)


@require_safe
@permission_required("tickets.change_timeentry", raise_exception=True)
def decisions(request: UserRequest) -> HttpResponseBase:
    """List the work that waits, each with the contracts that could pay."""
    clients = Client.objects.visible_to(request.user)
    rows = undecided(clients, LegalEntity.objects.current(), firm_today())
    return DECISIONS.respond(request, rows, "billing/decisions.html")


@require_POST
@permission_required("tickets.change_timeentry", raise_exception=True)
def decide(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract, or none, pay for an entry or for its whole ticket."""
    rows = TimeEntry.objects.visible_to(request.user).select_related("ticket")
    entry = get_object_or_404(rows, pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refused(request, " ".join(map(str, form.errors.get("payer", ()))))
    try:
        choose_contract(
            ticket_id=entry.ticket_id,
            entry_id=None if form.cleaned_data["whole_ticket"] else pk,
            actor=request.user,
            now=timezone.now(),
            **form.chosen(),
        )
    except Refusal as refusal:
        return _refused(request, str(refusal))
    messages.success(request, __("Decided for %(ticket)s.") % {"ticket": entry.ticket.number})
    return redirect("billing:decisions")


def _refused(request: UserRequest, reason: str) -> HttpResponse:
    return render(request, "billing/decision_refused.html", {"reason": reason}, status=422)
