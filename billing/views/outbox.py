"""The outbox: what leaves the house, what failed, and trying again."""

from typing import Any

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models.functions import Coalesce
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.models import OutboxKind, OutboxMessage, OutboxState
from billing.operations.retry_messages import retry_messages
from billing.views.issuing import selected_ids
from core.listing import BulkAction, Column, Empty, Listing


class OutboxFilter(django_filters.FilterSet):
    """By how far it is and what it is."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=OutboxState.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=OutboxKind.choices)

    class Meta:
        model = OutboxMessage
        fields = ["state", "kind"]


def _next(message: OutboxMessage) -> Any:  # noqa: ANN401  (a moment or nothing)
    return message.due_at if message.state == OutboxState.WAITING else message.done_at


OUTBOX = Listing[OutboxMessage](
    name="outbox",
    columns=[
        Column("subject", _("About"), sort="invoice__number", link=True),
        Column("client", _("Client"), "client", sort="client_name"),
        Column("kind", _("Kind"), "get_kind_display", sort="kind"),
        Column("state", _("State"), "get_state_display", cell="billing/cells.html#outbox_state",
               phone="side"),
        Column("attempts", _("Attempts"), kind="number", sort="attempts", phone="hidden"),
        Column("when", _("Done or next try"), _next, kind="moment", sort="due_at"),
        Column("last_error", _("What went wrong"), sort="last_error"),
    ],
    order="-when",
    search=["invoice__number", "client_name", "last_error"],
    filters=OutboxFilter,
    actions=[
        BulkAction(_("Try again"), "billing:outbox-retry", "billing.change_outboxmessage",
                   icon="reload")
    ],
    empty=Empty(_("The outbox is empty"),
                _("PDFs and mails of invoices, and warnings of low hours, appear here."), "send"),
)  # fmt: skip


@require_safe
@permission_required("billing.view_outboxmessage", raise_exception=True)
def outbox(request: UserRequest) -> HttpResponseBase:
    """List what waits, what is done and what failed."""
    rows = OutboxMessage.objects.visible_to(request.user).select_related(
        "invoice__client", "low_hours__client", "low_hours__prepaid_block", "low_hours__allowance"
    )
    names = Coalesce("invoice__client__name", "low_hours__client__name")
    rows = rows.annotate(client_name=names)
    return OUTBOX.respond(request, rows, "billing/outbox.html")


@require_POST
@permission_required("billing.change_outboxmessage", raise_exception=True)
def retry(request: UserRequest) -> HttpResponse:
    """Try the selected messages again, now."""
    visible = OutboxMessage.objects.visible_to(request.user).filter(pk__in=selected_ids(request))
    ids = list(visible.values_list("pk", flat=True))
    count = retry_messages(message_ids=ids, now=timezone.now())
    text = ngettext(
        "%(count)d message is tried again now.", "%(count)d messages are tried again now.", count
    )
    messages.success(request, text % {"count": count})
    back = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        return redirect(back)
    return redirect("billing:outbox")
