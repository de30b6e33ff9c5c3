"""The steps by which late charges are written down; nothing here opens a transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import HandLine, OutsideCode
from billing.operations._by_hand import rated_by_hand
from billing.operations._ledger import Drafting, write_bills
from clients.models import Client
from collecting.late_words import line_of_fee, line_of_interest
from collecting.models import LateCharge, LateChargeKind, LateStretch
from collecting.queries.late import LateAccount, LateInvoice


@dataclass(frozen=True, slots=True)
class By:
    """Who claims, when, and through which day."""

    actor: User | None
    now: datetime
    today: date
    through: date


def release_dead(client: Client, now: datetime) -> None:
    """Free the days and fees whose document was cancelled or whose line was credited in whole."""
    held = LateCharge.objects.filter(line__client=client, released_at=None)
    standing = LateCharge.objects.standing().filter(line__client=client)
    dead = list(held.exclude(pk__in=standing).values_list("pk", flat=True))
    if dead:
        LateCharge.objects.filter(pk__in=dead).update(released_at=now)
        LateStretch.objects.filter(charge__in=dead).update(counts=False)


def draft_of(account: LateAccount, chosen: Sequence[LateInvoice], by: By) -> int:
    """Make the draft of what is claimed and write down which days and fees stand on it."""
    charges = [_written(one, by) for late in chosen for one in _charges(account, late)]
    rows = [charge.line for charge in charges]
    bill = rated_by_hand(account.client, account.entity, rows)
    drafting = Drafting(account.entity, by.today, None)
    [draft_id] = [key for key in write_bills([(account.client, bill)], drafting) if key]
    return draft_id


@dataclass(frozen=True, slots=True)
class _Charge:
    """One line to be: what it claims of which invoice, in the words that the client reads."""

    client: Client
    late: LateInvoice
    kind: LateChargeKind
    amount: Decimal
    text: str


def _charges(account: LateAccount, late: LateInvoice) -> Iterator[_Charge]:
    client, language = account.client, account.client.language
    if late.interest:
        text = line_of_interest(late, language)
        yield _Charge(client, late, LateChargeKind.INTEREST, late.interest, text)
    if late.fee:
        text = line_of_fee(late, language)
        yield _Charge(client, late, LateChargeKind.FEE, late.fee, text)


def _written(one: _Charge, by: By) -> LateCharge:
    first, last = _days(one, by)
    is_fee = one.kind == LateChargeKind.FEE
    line = HandLine.objects.create(
        client=one.client,
        description=one.text,
        starts_on=first,
        last_day_on=last,
        quantity=1,
        unit_price=one.amount,
        tax_code=OutsideCode.RECOVERY_FEE if is_fee else OutsideCode.INTEREST,
        reason=_("worked out by the law's formula from the terms and rates of late payment"),
        entered_by=by.actor,
    )
    charge = LateCharge.objects.create(
        line=line,
        invoice=one.late.invoice,
        kind=one.kind,
        amount=one.amount,
        through_on=last,
        claimed_at=by.now,
        claimed_by=by.actor,
    )
    if not is_fee:
        _keep_days(charge, one.late)
    return charge


def _days(one: _Charge, by: By) -> tuple[date, date]:
    """Return the days that the line is about; the fee is owed with the first day late."""
    stretches = one.late.stretches
    if one.kind == LateChargeKind.INTEREST and stretches:
        return stretches[0].first_on, stretches[-1].last_on
    return by.through, by.through


def _keep_days(charge: LateCharge, late: LateInvoice) -> None:
    LateStretch.objects.bulk_create(
        LateStretch(
            charge=charge,
            invoice=late.invoice,
            first_on=one.first_on,
            last_on=one.last_on,
            open=one.open,
            percent=one.percent,
        )
        for one in late.stretches
    )
