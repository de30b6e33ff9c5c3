"""The lists of the books: entries, accounts with what stands on them."""

from collections.abc import Callable
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import DecimalField, Exists, F, OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from billing.lists import ClientFilter, clients_of
from clients.models import LegalEntity
from core.listing import Column, Empty, Listing
from ledger.models import Account, Entry, EntryLine, Journal

DAY = forms.DateInput(attrs={"type": "date"})
MONEY = DecimalField(max_digits=14, decimal_places=2)
NOTHING = Value(0, output_field=MONEY)


class CompanyFilter(django_filters.ModelChoiceFilter):
    """By the firm's own company: out of sight where there is only one."""

    @property
    def field(self) -> Any:  # noqa: ANN401  (django-filter's own)
        """Return the field, hidden where there is nothing to choose."""
        if not LegalEntity.objects.all()[1:].exists():
            self.extra["widget"] = forms.HiddenInput
        return super().field


def companies(_request: object) -> QuerySet[LegalEntity]:
    """Return the companies whose books there are."""
    return LegalEntity.objects.order_by("name")


def accounts_of_chart(_request: object) -> QuerySet[Account]:
    """Return the accounts to choose from."""
    return Account.objects.order_by("number", "legal_entity")


class EntryFilter(django_filters.FilterSet):
    """By journal, account, client and days."""

    company = CompanyFilter(field_name="legal_entity", label=_("Company"), queryset=companies)
    journal = django_filters.ChoiceFilter(label=_("Journal"), choices=Journal.choices)
    account = django_filters.ModelChoiceFilter(
        label=_("Account"), queryset=accounts_of_chart, method="by_account"
    )
    client = ClientFilter(label=_("Client"), queryset=clients_of)
    since = django_filters.DateFilter(
        field_name="day", lookup_expr="gte", label=_("From"), widget=DAY
    )
    until = django_filters.DateFilter(
        field_name="day", lookup_expr="lte", label=_("Through"), widget=DAY
    )

    class Meta:
        model = Entry
        fields = ["company", "journal", "account", "client", "since", "until"]

    def by_account(self, rows: QuerySet[Entry], _name: str, value: Account) -> QuerySet[Entry]:
        """Keep the entries that have a line on the account."""
        return rows.filter(Exists(EntryLine.objects.filter(entry=OuterRef("pk"), account=value)))


def with_amount(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    """Give each entry what stands on either of its sides."""
    lines = EntryLine.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
    amount = Subquery(lines.annotate(sum=Sum("debit")).values("sum"), output_field=MONEY)
    return rows.annotate(amount=amount)


ENTRIES = Listing[Entry](
    name="entries",
    columns=[
        Column("number", _("Number"), str, link=True, sort=("journal", "year", "number")),
        Column("day", _("Date"), kind="day", sort="day"),
        Column("journal", _("Journal"), "get_journal_display", sort="journal", phone="hidden"),
        Column("piece", _("Piece"), sort="piece", phone="hidden"),
        Column("text", _("Text"), sort="text"),
        Column("client", _("Client"), "client.name", sort="client__name", phone="hidden"),
        Column(
            "amount", _("Amount"), kind="money", sort="amount", total=Sum("amount"), phone="side"
        ),
    ],
    order="-day",
    search=["piece", "text", "client__name", "client__code"],
    filters=EntryFilter,
    currency="legal_entity.currency",
    empty=Empty(
        _("No entries yet"),
        _("What is issued, credited, paid, refunded or written off appears here by itself."),
        "list-check",
    ),
)


class BalanceFilter(django_filters.FilterSet):
    """By company and days; what lies outside them is not added up."""

    company = CompanyFilter(field_name="legal_entity", label=_("Company"), queryset=companies)
    since = django_filters.DateFilter(label=_("From"), widget=DAY, method="all_of_them")
    until = django_filters.DateFilter(label=_("Through"), widget=DAY, method="all_of_them")

    class Meta:
        model = Account
        fields = ["company", "since", "until"]

    def all_of_them(self, rows: QuerySet[Account], _name: str, _value: date) -> QuerySet[Account]:
        """Keep all: the days say what is added up, not which accounts there are."""
        return rows

    def filter_queryset(self, queryset: QuerySet[Account]) -> QuerySet[Account]:
        """Return the accounts that moved in the days, with their sums."""
        days = self.form.cleaned_data
        found: QuerySet[Account] = super().filter_queryset(queryset)
        return with_balance(found, days.get("since"), days.get("until"))


def with_balance(
    accounts: QuerySet[Account], since: date | None = None, until: date | None = None
) -> QuerySet[Account]:
    """Give accounts what moved on them in the days, without those on which nothing did."""
    lines = EntryLine.objects.filter(account=OuterRef("pk"))
    if since:
        lines = lines.filter(entry__day__gte=since)
    if until:
        lines = lines.filter(entry__day__lte=until)
    sums = accounts.annotate(debit=_sum_of(lines, "debit"), credit=_sum_of(lines, "credit"))
    return sums.exclude(debit=0, credit=0).annotate(
        debit_balance=Greatest(F("debit") - F("credit"), NOTHING),
        credit_balance=Greatest(F("credit") - F("debit"), NOTHING),
    )


def _sum_of(lines: QuerySet[EntryLine], side: str) -> Coalesce:
    one = lines.order_by().values("account").annotate(sum=Sum(side)).values("sum")
    return Coalesce(Subquery(one, output_field=MONEY), NOTHING)


def _side(name: str) -> Callable[[Account], object]:
    """Return what reads one side of an account; nothing is left empty there."""

    def value(account: Account) -> object:
        return getattr(account, name) or None

    return value


def entries_on(account: Account) -> str:
    """Return the address of the entries on an account."""
    return f"{reverse('ledger:entries')}?{urlencode({'account': account.pk})}"


BALANCE = Listing[Account](
    name="trial-balance",
    columns=[
        Column("number", _("Account"), link=True, sort="number"),
        Column("name", _("Name"), sort="name", phone="title"),
        Column(
            "debit",
            _("Debit"),
            _side("debit"),
            kind="money",
            sort="debit",
            total=Sum("debit"),
            phone="hidden",
        ),
        Column(
            "credit",
            _("Credit"),
            _side("credit"),
            kind="money",
            sort="credit",
            total=Sum("credit"),
            phone="hidden",
        ),
        Column(
            "debit_balance",
            _("Debit balance"),
            _side("debit_balance"),
            kind="money",
            sort="debit_balance",
            total=Sum("debit_balance"),
        ),
        Column(
            "credit_balance",
            _("Credit balance"),
            _side("credit_balance"),
            kind="money",
            sort="credit_balance",
            total=Sum("credit_balance"),
        ),
    ],
    order="number",
    search=["number", "name"],
    filters=BalanceFilter,
    currency="legal_entity.currency",
    page_size=200,
    row_url=entries_on,
    empty=Empty(_("Nothing is booked in these days"), "", "scale"),
)
