"""What narrows the report on kept promises; all of it lives in the address."""

from datetime import date, timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from clients.models import Client
from contracts.models import Contract
from core.periods import Period
from tickets.models import Outcome, ServiceBoard, SLAVerdict, VerdictKind
from tickets.queries.attainment import verdicts_between
from tickets.queries.promises import firm_zone

NONE = {"null_label": _("none"), "null_value": "null"}
DAY = forms.DateInput(attrs={"type": "date"})


def _clients(request: Any) -> QuerySet[Client]:  # noqa: ANN401  (what django-filter passes)
    return Client.objects.visible_to(request.user) if request else Client.objects.none()


def _contracts(request: Any) -> QuerySet[Contract]:  # noqa: ANN401  (what django-filter passes)
    return Contract.objects.visible_to(request.user) if request else Contract.objects.none()


def _staff(_request: Any) -> QuerySet[User]:  # noqa: ANN401  (what django-filter passes)
    return User.objects.staff()  # type: ignore[no-any-return]  # the manager is untyped


class VerdictFilter(django_filters.FilterSet):
    """By days, whose promise it was, who worked on it, and how it went."""

    since = django_filters.DateFilter(label=_("From"), widget=DAY, method="from_day")
    until = django_filters.DateFilter(label=_("Through"), widget=DAY, method="through_day")
    month = django_filters.CharFilter(widget=forms.HiddenInput, method="in_month")
    kind = django_filters.ChoiceFilter(label=_("Promise"), choices=VerdictKind.choices)
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=Outcome.choices)
    client = django_filters.ModelChoiceFilter(label=_("Client"), queryset=_clients)
    contract = django_filters.ModelChoiceFilter(label=_("Contract"), queryset=_contracts, **NONE)
    board = django_filters.ModelChoiceFilter(label=_("Board"), queryset=ServiceBoard.objects.all())
    technician = django_filters.ModelChoiceFilter(label=_("Technician"), queryset=_staff, **NONE)

    class Meta:
        model = SLAVerdict
        fields: list[str] = []

    def in_month(self, rows: QuerySet[SLAVerdict], _name: str, value: str) -> QuerySet[SLAVerdict]:
        """Keep what fell into the month, written 2026-03; anything else keeps nothing."""
        try:
            first = date.fromisoformat(f"{value}-01")
        except ValueError:
            return rows.none()
        month = Period(first, (first + timedelta(days=31)).replace(day=1))
        return verdicts_between(rows, month.start, month.last_day, firm_zone())

    def from_day(self, rows: QuerySet[SLAVerdict], _name: str, value: Any) -> QuerySet[SLAVerdict]:  # noqa: ANN401  (django-filter's call)
        """Keep what fell on the day or later, by the firm's clock."""
        return verdicts_between(rows, value, None, firm_zone())

    def through_day(
        self,
        rows: QuerySet[SLAVerdict],
        _name: str,
        value: Any,  # noqa: ANN401  (django-filter's call)
    ) -> QuerySet[SLAVerdict]:
        """Keep what fell on the day or before, by the firm's clock."""
        return verdicts_between(rows, None, value, firm_zone())
