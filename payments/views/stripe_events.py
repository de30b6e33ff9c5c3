"""What Stripe told that a person has to look at."""

import django_filters
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.views.issuing import firm_today
from core.form_page import answer
from core.listing import Column, Empty, Listing
from payments.domain.told import REFUND, SESSION, read
from payments.forms.online import SettleForm
from payments.models import EventState, StripeEvent
from payments.operations.settle_event import CheckoutRefused, PaymentRefused, settle_event


class EventFilter(django_filters.FilterSet):
    """By what came of them."""

    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=EventState.choices)

    class Meta:
        model = StripeEvent
        fields = ["state"]


EVENTS = Listing[StripeEvent](
    name="stripe-events",
    columns=[
        Column("happened_at", gettext_lazy("When"), kind="moment", sort="happened_at", link=True),
        Column("invoice", gettext_lazy("Invoice"), "online_payment.invoice.number"),
        Column("kind", gettext_lazy("Kind"), sort="kind", phone="hidden"),
        Column("state", gettext_lazy("State"), "get_state_display", sort="state",
               cell="payments/cells.html#event_state", phone="side"),
        Column("said", gettext_lazy("What there is to say")),
    ],
    order="-happened_at",
    search=["event_id", "kind", "said", "online_payment__invoice__number"],
    filters=EventFilter,
    empty=Empty(
        gettext_lazy("Stripe has told nothing yet"),
        gettext_lazy("Each message of Stripe stands here, with what came of it."),
        "message-2",
    ),
)  # fmt: skip


@require_safe
@permission_required("payments.view_stripeevent", raise_exception=True)
def events(request: UserRequest) -> HttpResponseBase:
    """List what Stripe told, the latest first."""
    rows = StripeEvent.objects.visible_to(request.user).select_related("online_payment__invoice")
    return EVENTS.respond(request, rows, "payments/stripe_events.html")


@require_safe
@permission_required("payments.view_stripeevent", raise_exception=True)
def event(request: UserRequest, pk: int) -> HttpResponse:
    """Show a message, and what can be done about it."""
    return _page(request, pk, SettleForm(initial={"booked_on": firm_today()}))


@require_POST
@permission_required("payments.change_stripeevent", raise_exception=True)
def settle(request: UserRequest, pk: int) -> HttpResponse:
    """Book what came as it came, or note that it is dealt with."""
    found = get_object_or_404(StripeEvent.objects.visible_to(request.user), pk=pk)
    form = SettleForm(request.POST)
    is_booked = "book" in request.POST
    if form.is_valid():
        if is_booked and not form.cleaned_data["booked_on"]:
            form.add_error("booked_on", _("Enter the day."))
            return _page(request, pk, form)
        try:
            settle_event(
                event_id=found.pk,
                decision=form.decision(is_booked=is_booked),
                actor=request.user,
                now=timezone.now(),
            )
        except (CheckoutRefused, PaymentRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Settled."))
            return redirect("online:events")
    return _page(request, pk, form)


def _page(request: UserRequest, pk: int, form: SettleForm) -> HttpResponse:
    rows = StripeEvent.objects.visible_to(request.user)
    found = get_object_or_404(
        rows.select_related("online_payment__invoice__client", "online_payment__payment"), pk=pk
    )
    told = read(found.body)
    context = {
        "event": found,
        "told": told,
        "form": form,
        "can_book": told.thing in {SESSION, REFUND} and found.online_payment is not None,
        "can_settle": found.is_queued and request.user.has_perm("payments.change_stripeevent"),
    }
    return answer(request, "payments/stripe_event.html", context, form)
