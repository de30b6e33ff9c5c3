"""What contracts are worth, and which number comes next."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.fields import DecimalField
from django.db.models.functions import Cast, Coalesce

from clients.models import LegalEntity
from contracts.counting import quantity_of_version
from contracts.models import (
    BillingRhythm,
    ChangeEffect,
    Contract,
    ContractLine,
    ContractPause,
    LineVersion,
    Pricing,
)
from core.money import round_money

MONEY = DecimalField(max_digits=18, decimal_places=4)
NOTHING = Value(Decimal(0), output_field=MONEY)


@dataclass(frozen=True, slots=True)
class MonthlyValue:
    """What a contract brings in a month, as of a day."""

    contract_id: int
    client_id: int
    currency: str
    amount: Decimal


def monthly_value(day: date) -> list[MonthlyValue]:
    """Return what each contract in force on the day is worth a month (MRR), by contract number.

    The price of a period of each line in force that day, by month of its rhythm; a contract that
    ends within the month counts until its last day, one that rests does not count. Contracts worth
    nothing are left out. One query.
    """
    valued: QuerySet[Any] = with_monthly_value(Contract.objects.in_force_on(day), day)
    rows = (
        valued.filter(monthly__gt=0)
        .order_by("number")
        .values_list("pk", "client_id", "client__currency", "monthly")
    )
    return [
        MonthlyValue(contract, client, currency, round_money(amount, currency))
        for contract, client, currency, amount in rows
    ]


def monthly_value_by_client(day: date) -> dict[int, Decimal]:
    """Return what each client's contracts are worth a month, by client id."""
    found: dict[int, Decimal] = {}
    for value in monthly_value(day):
        found[value.client_id] = found.get(value.client_id, Decimal(0)) + value.amount
    return found


def with_monthly_value(contracts: QuerySet[Contract], day: date) -> QuerySet[Contract]:
    """Add what each contract is worth a month that day, as ``monthly``."""
    per_contract = (
        lines_in_force(day)
        .filter(contract=OuterRef("pk"))
        .order_by()
        .values("contract")
        .annotate(total=Sum(value_on(day)))
        .values("total")
    )
    return contracts.annotate(monthly=Coalesce(Subquery(per_contract), NOTHING))


def lines_in_force(day: date) -> QuerySet[ContractLine]:
    """Return the lines that run on the day, of contracts that do and do not rest."""
    running = Q(last_day_on__isnull=True) | Q(last_day_on__gte=day)
    contract_running = Q(contract__last_day_on__isnull=True) | Q(contract__last_day_on__gte=day)
    resting = ContractPause.objects.filter(
        Q(last_day_on__isnull=True) | Q(last_day_on__gte=day),
        contract=OuterRef("contract"),
        starts_on__lte=day,
    )
    return ContractLine.objects.filter(
        running,
        contract_running,
        ~Exists(resting),
        starts_on__lte=day,
        contract__starts_on__lte=day,
    )


def value_on(day: date) -> Combinable:
    """Return, for a query of lines, what each is worth a month on the day.

    That is the price of one whole period by the version in force, at the quantity typed or counted
    that day, divided by the months of the rhythm. What is billed once is worth nothing a month. A
    change that counts from the next period on counts from that period's first day.
    """
    current = (
        LineVersion.objects.filter(line=OuterRef("pk"), starts_on__lte=day)
        .order_by("-starts_on")
        .values(value=_per_month(day))
    )
    return Coalesce(Subquery(current[:1], output_field=MONEY), NOTHING)


def worth_on(lines: QuerySet[ContractLine], day: date) -> Decimal:
    """Return what these lines are worth a month on the day, all together.

    The same as the sum of ``value_on``, asked of all versions at once instead of line by line.
    """
    later = LineVersion.objects.filter(
        line=OuterRef("line"), starts_on__lte=day, starts_on__gt=OuterRef("starts_on")
    )
    current = LineVersion.objects.filter(~Exists(later), line__in=lines, starts_on__lte=day)
    values = current.annotate(value=_per_month(day))
    found: Decimal = values.aggregate(sum=Sum("value", default=Decimal(0)))["sum"]
    return found


def with_value_at_end(contracts: QuerySet[Contract]) -> QuerySet[Contract]:
    """Add what each contract was worth a month on its last day, as ``monthly``."""
    last_day = F("contract__last_day_on")
    current = (
        LineVersion.objects.filter(
            line=OuterRef("pk"), starts_on__lte=OuterRef("contract__last_day_on")
        )
        .order_by("-starts_on")
        .values(value=_per_month(OuterRef("line__contract__last_day_on")))
    )
    per_contract = (
        ContractLine.objects.filter(
            Q(last_day_on__isnull=True) | Q(last_day_on__gte=last_day),
            contract=OuterRef("pk"),
            starts_on__lte=last_day,
        )
        .order_by()
        .values("contract")
        .annotate(total=Sum(Coalesce(Subquery(current[:1], output_field=MONEY), NOTHING)))
        .values("total")
    )
    return contracts.annotate(monthly=Coalesce(Subquery(per_contract), NOTHING))


def _per_month(day: date | OuterRef) -> Combinable:
    waiting = LineVersion.objects.filter(
        line=OuterRef("line"), effect=ChangeEffect.NEXT_PERIOD, starts_on__lte=day
    )
    counted = Case(
        When(line__counts="", then=Value(None)),
        default=quantity_of_version(day),
        output_field=MONEY,
    )
    last_day = F("line__contract__last_day_on")
    on = Value(day) if isinstance(day, date) else last_day
    price_in_force = Func(
        F("line"), on, counted, function="contracts_value_in_force", output_field=MONEY
    )
    # Few lines ever wait; only for these it is worth looking which of their versions count.
    price = Case(When(Exists(waiting), then=price_in_force), default=_price_agreed(day))
    months = Cast(F("line__rhythm_months"), MONEY)
    return Case(
        When(line__rhythm_months=BillingRhythm.ONCE, then=NOTHING),
        default=ExpressionWrapper(price / months, output_field=MONEY),
        output_field=MONEY,
    )


def _price_agreed(day: date | OuterRef) -> Combinable:
    quantity = quantity_of_version(day)
    by_rule = Func(
        F("line__pricing"),
        quantity,
        F("unit_price"),
        F("included_quantity"),
        F("overage_price"),
        F("tiers"),
        function="contracts_price_of_period",
        output_field=MONEY,
    )
    # Most lines cost so much a unit, and need no function to tell what.
    return Case(
        When(line__pricing=Pricing.PER_UNIT, then=quantity * F("unit_price")),
        default=by_rule,
        output_field=MONEY,
    )


def firm_currency() -> str:
    """Return the currency in which the firm offers its plans."""
    firm = LegalEntity.objects.filter(is_default=True).first()
    return firm.currency if firm else "EUR"


def next_contract_number() -> str:
    """Suggest the number after the highest one that is a letter or two and digits."""
    numbers = Contract.objects.filter(number__regex=r"^[A-Z]{1,3}-?\d+$").values_list(
        "number", flat=True
    )
    parts = [re.fullmatch(r"(\D+)(\d+)", number) for number in numbers]
    known = [(int(part[2]), part[1], len(part[2])) for part in parts if part]
    highest, prefix, width = max(known, default=(0, "K", 4))
    return f"{prefix}{highest + 1:0{width}d}"
