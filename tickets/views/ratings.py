"""What clients say about the help they got: the report, and a client's own figures."""

from datetime import date, timedelta

import django_filters
from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.requests import UserRequest
from clients.models import Client
from core.listing import Column, Empty, Listing
from tickets.forms.time import firm_zone
from tickets.models import Rating, Score, Ticket
from tickets.queries.ratings import by_client, by_technician, closed_between, given_between, in_all

DAYS = 90
SHOWN_OF_CLIENT = 5


class PeriodForm(forms.Form):
    """From which day through which."""

    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("Through"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class RatingFilter(django_filters.FilterSet):
    """By the word that was said and the person it was about."""

    score = django_filters.ChoiceFilter(label=_("Rating"), choices=Score.choices)
    technician = django_filters.ModelChoiceFilter(
        label=_("Technician"), queryset=User.objects.staff()
    )

    class Meta:
        model = Rating
        fields = ["score", "technician"]


RATINGS = Listing[Rating](
    name="ratings",
    columns=[
        Column("score", _("Rating"), "get_score_display", sort="score",
               cell="tickets/cells.html#score", phone="side"),
        Column("comment", _("Comment"), phone="title"),
        Column("ticket", _("Ticket"), "ticket.number", sort="ticket__number", link=True),
        Column("client", _("Client"), "ticket.client.name", sort="ticket__client__name"),
        Column("technician", _("Technician"), sort="technician__last_name"),
        Column("given_at", _("Given"), kind="moment", sort="given_at"),
    ],
    order="-given_at",
    search=["comment", "ticket__number", "ticket__client__name"],
    filters=RatingFilter,
    row_url=lambda rating: rating.ticket.get_absolute_url(),
    empty=Empty(_("Nobody has rated a ticket in these days"),
                _("Clients are asked by mail and in the portal when a ticket is closed."),
                "mood-smile"),
)  # fmt: skip


@require_safe
@permission_required("tickets.view_rating", raise_exception=True)
def ratings(request: UserRequest) -> HttpResponseBase:
    """Show what was said, per technician and per client, and every word behind the figures."""
    first, last, form = _period(request)
    zone = firm_zone()
    visible = Rating.objects.visible_to(request.user)
    found = given_between(visible, first, last, zone)
    rows = found.select_related("ticket__client", "technician")
    tickets = Ticket.objects.visible_to(request.user)
    context = {
        "period_form": form,
        "first": first,
        "last": last,
        "all": in_all(found),
        "closed": closed_between(tickets, first, last, zone),
        "by_technician": by_technician(found),
        "by_client": by_client(found),
    }
    return RATINGS.respond(request, rows, "tickets/ratings.html", context)


@require_safe
@permission_required("tickets.view_rating", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show what one client said, as a part of the client's page."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    found = Rating.objects.visible_to(request.user).filter(ticket__client=client)
    latest = found.select_related("ticket", "technician")[:SHOWN_OF_CLIENT]
    context = {"client": client, "all": in_all(found), "latest": latest}
    return render(request, "tickets/ratings_of_client.html", context)


def _period(request: UserRequest) -> tuple[date, date, PeriodForm]:
    """Return the days that were asked for; the last ninety unless others are."""
    today = timezone.localdate(timezone=firm_zone())
    form = PeriodForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    last = asked.get("last") or today
    first = asked.get("first") or last - timedelta(days=DAYS - 1)
    initial = {"first": first, "last": last}
    return min(first, last), last, form if form.errors else PeriodForm(initial=initial)
