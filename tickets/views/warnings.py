"""Who was warned that promises run out, and what could not be sent."""

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from core.listing import BulkAction, Column, Empty, Listing
from tickets.models import PromiseKind, SLAWarning, WarningState
from tickets.operations.retry_warnings import retry_warnings


class WarningFilter(django_filters.FilterSet):
    """By how far they are and what they are about."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=WarningState.choices)
    kind = django_filters.ChoiceFilter(label=_("Promise"), choices=PromiseKind.choices)

    class Meta:
        model = SLAWarning
        fields = ["state", "kind"]


WARNINGS = Listing[SLAWarning](
    name="warnings",
    columns=[
        Column("reached_at", _("Reached"), kind="moment", sort="reached_at"),
        Column("ticket", _("Ticket"), link=True, sort="ticket__number"),
        Column("kind", _("Promise"), "get_kind_display", sort="kind"),
        Column("percent", _("Used, in %"), kind="number", sort="percent", phone="side"),
        Column("person", _("Told"), "person", sort="person__last_name"),
        Column("state", _("State"), "get_state_display", sort="state"),
        Column("sent_at", _("Sent"), kind="moment", sort="sent_at", phone="hidden"),
        Column("last_error", _("Last error"), phone="hidden"),
    ],
    order="-reached_at",
    search=["ticket__number", "ticket__subject"],
    filters=WarningFilter,
    row_url=lambda row: reverse("tickets:ticket-clock", args=[row.ticket_id]),
    actions=[
        BulkAction(
            _("Try again"), "tickets:warnings-retry", "tickets.change_slawarning", icon="refresh"
        ),
    ],
    empty=Empty(
        _("No warnings"), _("No promise has come so far that somebody was warned."), "bell"
    ),
)


@require_safe
@permission_required("tickets.view_slawarning", raise_exception=True)
def warnings(request: UserRequest) -> HttpResponseBase:
    """List the warnings, the latest first."""
    rows = SLAWarning.objects.visible_to(request.user).select_related("ticket", "person")
    return WARNINGS.respond(request, rows, "tickets/warnings.html")


@require_POST
@permission_required("tickets.change_slawarning", raise_exception=True)
def retry_selected(request: UserRequest) -> HttpResponse:
    """Send the selected warnings that failed once more."""
    chosen = [int(pk) for pk in request.POST.getlist("selected") if pk.isdecimal()]
    mine = SLAWarning.objects.visible_to(request.user).filter(pk__in=chosen)
    ids = list(mine.values_list("pk", flat=True))
    done = retry_warnings(warning_ids=ids, now=timezone.now())
    text = ngettext("%(n)s warning is sent again.", "%(n)s warnings are sent again.", done)
    messages.success(request, text % {"n": done})
    return redirect("tickets:warnings")
