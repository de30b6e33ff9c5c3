"""Mails that go out about tickets: what waits, what failed, what came back."""

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from core.listing import BulkAction, Column, Empty, Listing
from core.outbox import OutboxState
from tickets.models import OutboundKind, OutboundMail
from tickets.operations.retry_mails import retry_mails


class OutboundFilter(django_filters.FilterSet):
    """By how far it is, what it is, and whether it came back."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=OutboxState.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OutboundKind.choices)
    returned = django_filters.BooleanFilter(
        label=_("Returned"), field_name="bounced_at", lookup_expr="isnull", exclude=True
    )

    class Meta:
        model = OutboundMail
        fields = ["state", "kind"]


OUTBOUND = Listing[OutboundMail](
    name="outbound-mails",
    columns=[
        Column("ticket", _("Ticket"), "ticket.number", sort="ticket__number", link=True),
        Column("client", _("Client"), "ticket.client.name", sort="ticket__client__name"),
        Column("to", _("To"), "to", phone="hidden"),
        Column("kind", _("Kind"), "get_kind_display", sort="kind", phone="hidden"),
        Column("state", _("State"), "get_state_display", cell="tickets/cells.html#outbound_state",
               phone="side"),
        Column("attempts", _("Attempts"), kind="number", sort="attempts", phone="hidden"),
        Column("created_at", _("Written"), kind="ago", sort="created_at"),
        Column("last_error", _("What went wrong"),
               lambda mail: mail.bounce_reason or mail.last_error),
    ],
    order="-created_at",
    search=["ticket__number", "ticket__client__name", "last_error", "message_id"],
    filters=OutboundFilter,
    row_url=lambda mail: mail.ticket.get_absolute_url(),
    actions=[
        BulkAction(_("Try again"), "tickets:outbound-retry", "tickets.change_outboundmail",
                   icon="reload")
    ],
    empty=Empty(_("No mail has gone out yet"),
                _("Replies are mailed once the board has an address."), "send"),
)  # fmt: skip


@require_safe
@permission_required("tickets.view_outboundmail", raise_exception=True)
def outbound(request: UserRequest) -> HttpResponseBase:
    """List what waits, what was sent and what failed."""
    rows = OutboundMail.objects.visible_to(request.user).select_related("ticket__client")
    return OUTBOUND.respond(request, rows, "tickets/outbound.html")


@require_POST
@permission_required("tickets.change_outboundmail", raise_exception=True)
def retry(request: UserRequest) -> HttpResponse:
    """Try the selected mails again, now."""
    wanted = [int(one) for one in request.POST.getlist("selected") if one.isdecimal()]
    visible = OutboundMail.objects.visible_to(request.user).filter(pk__in=wanted[:500])
    count = retry_mails(mail_ids=list(visible.values_list("pk", flat=True)), now=timezone.now())
    text = ngettext(
        "%(count)d mail is tried again now.", "%(count)d mails are tried again now.", count
    )
    messages.success(request, text % {"count": count})
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("tickets:outbound")
