"""What a change causes on a client's invoices: the exact charges and credits, before it is made."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from billing.domain.charge import RatedCharge
from billing.domain.rating import rate
from billing.domain.terms import NotBillable
from billing.effect_groups import Difference, DifferenceGroup, grouped
from billing.explain import explain_hold
from billing.increases import TriedStep
from billing.queries.evidence import load_evidence
from billing.upcoming import UpcomingLine, line_from
from clients.models import Client, LegalEntity
from contracts.queries import lines_in_force, worth_on
from core.money import ZERO, round_money

Key = tuple[object, ...]


@dataclass(frozen=True)
class Due:
    """All that is due from some clients as of a day, or the reason why it cannot be said.

    ``monthly`` is what their contracts come to a month, on the day that counts for that.
    """

    charges: dict[Key, RatedCharge]
    reason: str = ""
    monthly: Decimal = ZERO

    @property
    def net(self) -> Decimal:
        """What it comes to."""
        return sum((charge.amount for charge in self.charges.values()), ZERO)

    def of(self, client: Client) -> "Due":
        """Return what is due from one of the clients."""
        return Due({key: charge for key, charge in self.charges.items() if key[0] == client.pk})


@dataclass(frozen=True)
class ClientEffect:
    """What changes for one of several clients."""

    client: Client
    differences: Sequence[Difference]
    before: Decimal
    after: Decimal

    @property
    def groups(self) -> list[DifferenceGroup]:
        """The differences line by line."""
        return grouped(self.differences)


@dataclass(frozen=True)
class Effect:
    """What changes on everything that is due as of a day; ``clients`` where there are several.

    ``increases`` are the steps of a clause that were tried; None where the change is none of those.
    """

    as_of: date
    currency: str
    differences: Sequence[Difference]
    before: Decimal
    after: Decimal
    reason: str = ""
    clients: Sequence[ClientEffect] = ()
    monthly_before: Decimal = ZERO
    monthly_after: Decimal = ZERO
    increases: Sequence[TriedStep] | None = None

    @property
    def amount(self) -> Decimal:
        """By how much the clients pay more; negative for a credit."""
        return self.after - self.before

    @property
    def monthly(self) -> Decimal:
        """By how much their contracts come to more a month, for good."""
        return self.monthly_after - self.monthly_before

    @property
    def groups(self) -> list[DifferenceGroup]:
        """The differences line by line."""
        return grouped(self.differences)

    @property
    def is_nothing(self) -> bool:
        """Whether nothing that is due by then changes."""
        return not self.differences and not self.reason


def due_from(
    clients: Iterable[Client], entity: LegalEntity, as_of: date, lasting_on: date | None = None
) -> Due:
    """Return what is due from the clients as of the day, by what it rests on.

    ``lasting_on`` is the day on which to look what their contracts come to a month.
    """
    found: dict[Key, RatedCharge] = {}
    for client, evidence in zip(
        clients := list(clients), load_evidence(clients, entity, as_of).values(), strict=True
    ):
        try:
            rated = rate(evidence, as_of)
        except NotBillable as refusal:
            return Due({}, explain_hold(refusal))
        found |= {(client.pk, *_key(charge)): charge for charge in rated.charges}
    lines = lines_in_force(lasting_on or as_of).filter(contract__client__in=clients)
    monthly = round_money(worth_on(lines, lasting_on or as_of), entity.currency)
    return Due(found, monthly=monthly)


def effect_between(
    before: Due, after: Due, as_of: date, clients: Sequence[Client], currency: str
) -> Effect:
    """Return what the change causes, client by client where there are several."""
    parts = [_of_client(one, before.of(one), after.of(one)) for one in clients]
    return Effect(
        as_of=as_of,
        currency=currency,
        differences=[difference for part in parts for difference in part.differences],
        before=before.net,
        after=after.net,
        reason=after.reason or before.reason,
        clients=parts if len(parts) > 1 else (),
        monthly_before=before.monthly,
        monthly_after=after.monthly,
    )


def _of_client(client: Client, before: Due, after: Due) -> ClientEffect:
    """Return the lines that differ, in the order of the later state, those that go at the end."""
    differences = [
        Difference(_line(before.charges.get(key)), line_from(charge))
        for key, charge in after.charges.items()
        if not _is_same(before.charges.get(key), charge)
    ]
    differences += [
        Difference(line_from(charge), None)
        for key, charge in before.charges.items()
        if key not in after.charges
    ]
    return ClientEffect(client, differences, before.net, after.net)


def _line(charge: RatedCharge | None) -> UpcomingLine | None:
    return None if charge is None else line_from(charge)


def _is_same(before: RatedCharge | None, after: RatedCharge) -> bool:
    return before is not None and (before.amount, before.quantity, before.treatment) == (
        after.amount,
        after.quantity,
        after.treatment,
    )


def _key(charge: RatedCharge) -> Key:
    source = charge.source
    return (
        source.time_entry_id,
        source.part_used_id,
        source.flat_rate_item_id,
        source.time_taken_back_id,
        source.block_sold_id,
        source.contract_line_id,
        source.hand_line_id,
        source.period_on,
        source.portion,
        source.revision,
        charge.reach and charge.basis.get("agreed", charge.reach),
    )
