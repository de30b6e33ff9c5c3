"""What managers ask of the books: each figure with the rows behind it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, DateField, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from accounts.models import User
from billing.models import Charge, ChargeKind, Invoice, InvoiceStatus
from billing.queries.unbilled import unbilled_items
from clients.models import Client, LegalEntity
from contracts.models import ContractLine
from contracts.queries import lines_in_force, value_on, worth_on
from core.money import ZERO, round_money
from core.periods import Period, add_months, month_of

RECURRING = (ChargeKind.RECURRING, ChargeKind.ADJUSTMENT)
BY_HAND = (ChargeKind.HAND, ChargeKind.HAND_GOODS)
AD_HOC = (ChargeKind.TIME, ChargeKind.FLAT, ChargeKind.PART, *BY_HAND)
KINDS = {"recurring": RECURRING, "ad-hoc": AD_HOC}


@dataclass(frozen=True, slots=True)
class RevenueMonth:
    """The revenue of the services of one month, net."""

    month: Period
    recurring: Decimal
    ad_hoc: Decimal

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.recurring + self.ad_hoc

    @property
    def recurring_share(self) -> int:
        """The recurring part in whole per cent, 0 where there is no revenue."""
        return round(100 * self.recurring / self.total) if self.total else 0


@dataclass(frozen=True, slots=True)
class OpenInvoices:
    """What clients still owe on issued invoices, with tax."""

    count: int
    amount: Decimal
    overdue_count: int
    overdue_amount: Decimal


@dataclass(frozen=True, slots=True)
class UnbilledWork:
    """What was done and is on no invoice or draft yet: its value as the run would bill it, net."""

    amount: Decimal
    minutes: int
    count: int


def last_months(today: date, count: int) -> list[Period]:
    """Return the last ``count`` calendar months, the current one last."""
    first = add_months(today.replace(day=1), 1 - count)
    return [month_of(add_months(first, n)) for n in range(count)]


def issued_charges(user: User, currency: str) -> QuerySet[Charge]:
    """Return the charges on the issued documents this person may see, in one currency.

    Their ``signed_amount`` is what they add to the revenue: credit notes take away.
    """
    return (
        Charge.objects.visible_to(user)
        .signed()
        .filter(invoice__status=InvoiceStatus.ISSUED, invoice__currency=currency)
    )


def revenue_by_month(
    user: User, *, today: date, currency: str, count: int = 24
) -> list[RevenueMonth]:
    """Return recurring and ad-hoc revenue, net, by the month in which the service began.

    An invoice of 1 April holds April's contracts and March's repairs: each counts in its month.
    """
    months = last_months(today, count)
    rows = (
        issued_charges(user, currency)
        .filter(starts_on__gte=months[0].start, starts_on__lt=months[-1].end)
        .values(month=TruncMonth("starts_on", output_field=DateField()))
        .annotate(
            recurring=Sum("signed_amount", filter=Q(kind__in=RECURRING), default=ZERO),
            ad_hoc=Sum("signed_amount", filter=Q(kind__in=AD_HOC), default=ZERO),
        )
        .order_by("month")
    )
    sums = {row["month"]: (row["recurring"], row["ad_hoc"]) for row in rows}
    return [RevenueMonth(month, *sums.get(month.start, (ZERO, ZERO))) for month in months]


def revenue_charges(user: User, *, month: Period, currency: str, kind: str) -> QuerySet[Charge]:
    """Return the charges behind one figure of the revenue chart, the largest first."""
    charges = issued_charges(user, currency).filter(
        starts_on__gte=month.start, starts_on__lt=month.end
    )
    if kind in KINDS:
        charges = charges.filter(kind__in=KINDS[kind])
    return charges.exclude(amount=0).select_related("client", "invoice", "ticket", "contract")


def top_clients(
    user: User, *, since: date, currency: str, count: int = 8
) -> list[dict[str, object]]:
    """Return the clients with the most revenue since a day, with both parts of it."""
    rows = (
        issued_charges(user, currency)
        .filter(starts_on__gte=since)
        .values("client_id", "client__name")
        .annotate(
            recurring=Sum("signed_amount", filter=Q(kind__in=RECURRING), default=ZERO),
            ad_hoc=Sum("signed_amount", filter=Q(kind__in=AD_HOC), default=ZERO),
            revenue=Sum("signed_amount", default=ZERO),
        )
        .order_by("-revenue", "client__name")[:count]
    )
    return [dict(row) for row in rows]


def open_invoices(user: User, *, today: date, currency: str) -> OpenInvoices:
    """Return how much is owed on issued invoices, and how much of it is overdue."""
    owed = (
        Invoice.objects.visible_to(user)
        .issued()
        .filter(currency=currency)
        .with_balance()
        .filter(Q(balance__gt=0))
    )
    sums = owed.aggregate(
        count=Count("pk"),
        amount=Sum("balance", default=ZERO),
        overdue_count=Count("pk", filter=Q(due_on__lt=today)),
        overdue_amount=Sum("balance", filter=Q(due_on__lt=today), default=ZERO),
    )
    return OpenInvoices(**sums)


def total_of(months: list[RevenueMonth]) -> RevenueMonth:
    """Return several months as one."""
    whole = Period(months[0].month.start, months[-1].month.end)
    recurring = sum((row.recurring for row in months), ZERO)
    return RevenueMonth(whole, recurring, sum((row.ad_hoc for row in months), ZERO))


def recurring_lines(user: User, *, today: date, currency: str) -> QuerySet[ContractLine]:
    """Return the contract lines in force that are worth something, with their ``monthly`` value."""
    lines = _lines_in_force(user, today, currency).annotate(monthly=value_on(today))
    return lines.filter(monthly__gt=0).select_related("contract__client")


def _lines_in_force(user: User, today: date, currency: str) -> QuerySet[ContractLine]:
    clients = Client.objects.with_money_visible_to(user)
    return lines_in_force(today).filter(
        contract__client__in=clients, contract__client__currency=currency
    )


def monthly_recurring(user: User, *, today: date, currency: str) -> Decimal:
    """Return what the contracts in force today are worth a month (MRR), net."""
    lines = _lines_in_force(user, today, currency).order_by()
    return round_money(worth_on(lines, today), currency)


def unbilled_work(user: User, *, firm: LegalEntity, today: date) -> UnbilledWork:
    """Return what could be billed today besides the contracts."""
    clients = Client.objects.with_money_visible_to(user).filter(currency=firm.currency)
    items = unbilled_items(clients, firm, today)
    return UnbilledWork(
        amount=sum((item.value for item in items if item.value is not None), ZERO),
        minutes=sum(item.minutes or 0 for item in items),
        count=len(items),
    )
