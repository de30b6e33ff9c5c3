"""What narrows the list of tickets; all of it lives in the address."""

from typing import Any

import django_filters
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Client
from tickets.models import BillingMode, Priority, ServiceBoard, Tag, Ticket, TicketStatus
from tickets.queries.worklist import Scope

NARROWING = ("q", "status", "assignee", "client", "priority", "board", "billing_mode", "tag")


def _staff(_request: HttpRequest | None) -> Any:  # noqa: ANN401  (a queryset of people)
    return User.objects.staff()


class TicketFilter(django_filters.FilterSet):
    """The filters of the list of tickets."""

    scope = django_filters.ChoiceFilter(
        choices=[(scope.value, scope.value) for scope in Scope],
        widget=forms.HiddenInput,
        method="keep",
    )
    status = django_filters.ModelChoiceFilter(
        label=_("Status"), queryset=TicketStatus.objects.all()
    )
    priority = django_filters.ChoiceFilter(label=_("Priority"), choices=Priority.choices)
    assignee = django_filters.ModelChoiceFilter(label=_("Assigned to"), queryset=_staff)
    board = django_filters.ModelChoiceFilter(label=_("Board"), queryset=ServiceBoard.objects.all())
    billing_mode = django_filters.ChoiceFilter(label=_("Billed as"), choices=BillingMode.choices)
    client = django_filters.ModelChoiceFilter(
        queryset=Client.objects.all(), widget=forms.HiddenInput
    )

    tag = django_filters.ModelChoiceFilter(
        label=_("Tag"), field_name="tags", queryset=Tag.objects.all()
    )
    view = django_filters.CharFilter(widget=forms.HiddenInput, method="keep")
    columns = django_filters.CharFilter(widget=forms.HiddenInput, method="keep")

    class Meta:
        model = Ticket
        fields: list[str] = []

    def keep(self, rows: Any, _name: str, _value: str) -> Any:  # noqa: ANN401  (django-filter's call)
        """Leave the rows as they are: it says how they are shown, or has chosen them already."""
        return rows


def scope_of(params: Any) -> Scope:  # noqa: ANN401  (a request's query)
    """Return the scope that is asked for; who searches or filters means every open ticket."""
    wanted = params.get("scope", "")
    if wanted in set(Scope):
        return Scope(wanted)
    if params.get("status") or params.get("client"):
        return Scope.ALL
    return Scope.OPEN if any(params.get(name) for name in NARROWING) else Scope.DESK
