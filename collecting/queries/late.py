"""Who owes interest and recovery costs for paying late, invoice by invoice."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum

from accounts.models import User
from billing.models import Allocation, Invoice, TaxSituation, WriteOff
from clients.models import Client, ClientKind, LegalEntity
from collecting.domain.interest import Change, Claimed, Days, Lateness, RateMissing, Stretch
from collecting.domain.late import LateFacts, LateReason, LateVerdict, judge_late
from collecting.domain.late_rates import Basis, RateKind, Terms
from collecting.domain.promises import PromiseState
from collecting.models import (
    Dispute,
    LateCharge,
    LateChargeKind,
    LateRate,
    LateStretch,
    LateTerms,
    PaymentPromise,
)
from collecting.queries.disputed import lines_with_tax
from collecting.queries.promises import standing_promises
from collecting.queries.reminders import collected_of, held_of
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class LateInvoice:
    """An invoice that was or is late, with what is claimed of it or why nothing is."""

    invoice: Invoice
    balance: Decimal
    claimed: Decimal
    verdict: LateVerdict

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """The days that nobody has claimed."""
        return self.verdict.stretches

    @property
    def interest(self) -> Decimal:
        """The interest that is claimed now."""
        return self.verdict.interest

    @property
    def correction(self) -> Decimal:
        """What of the interest is about days claimed before."""
        return self.verdict.correction

    @property
    def fee(self) -> Decimal:
        """The recovery costs that are claimed now."""
        return self.verdict.fee

    @property
    def total(self) -> Decimal:
        """Both together."""
        return self.verdict.total

    @property
    def reason(self) -> LateReason | None:
        """Why nothing is claimed."""
        return self.verdict.reason

    @property
    def missing(self) -> RateMissing | None:
        """The rate that has to be entered first."""
        return self.verdict.missing

    @property
    def days(self) -> int:
        """How many days are claimed now."""
        return sum(one.days for one in self.stretches)


@dataclass(frozen=True, slots=True)
class LateAccount:
    """What one client owes one company of the firm's for paying late, through a day."""

    client: Client
    entity: LegalEntity
    invoices: list[LateInvoice]

    @property
    def claimable(self) -> list[LateInvoice]:
        """The invoices of which something is claimed."""
        return [one for one in self.invoices if one.total > 0]

    @property
    def stays(self) -> list[LateInvoice]:
        """The invoices of which nothing is claimed, without those where nothing is left to say."""
        return [one for one in self.invoices if one.reason not in (None, LateReason.NOTHING)]

    @property
    def currency(self) -> str:
        """The currency of its document."""
        return self.entity.currency

    @property
    def interest(self) -> Decimal:
        """All interest."""
        return sum((one.interest for one in self.claimable), ZERO)

    @property
    def fees(self) -> Decimal:
        """All recovery costs."""
        return sum((one.fee for one in self.claimable), ZERO)

    @property
    def total(self) -> Decimal:
        """All that is claimed."""
        return self.interest + self.fees


def late_accounts(
    through: date,
    today: date,
    client_ids: Collection[int] | None = None,
    user: User | None = None,
) -> list[LateAccount]:
    """Return the clients that owe something for paying late, by name, through a day.

    The number of queries does not depend on how many there are.
    """
    rows = _late_invoices(through)
    if client_ids is not None:
        rows = rows.filter(client__in=list(client_ids))
    if user is not None:
        rows = rows.filter(pk__in=Invoice.objects.visible_to(user))
    found: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in rows:
        found[row.client_id, row.legal_entity_id].append(row)
    known = _Known([row for some in found.values() for row in some], today)
    accounts = [
        LateAccount(
            some[0].client, some[0].legal_entity, [known.late(row, through) for row in some]
        )
        for some in found.values()
    ]
    return sorted(accounts, key=lambda one: (one.client.name, one.client.pk, one.entity.pk))


def _late_invoices(through: date) -> Any:  # noqa: ANN401  (invoices with their balance)
    """Return what was not paid by its due day, also where it is paid since.

    What was issued before any terms were agreed is left out.
    """
    came_late = Allocation.objects.standing().filter(
        invoice=OuterRef("pk"), payment__received_on__gt=OuterRef("due_on")
    )
    claimed = LateCharge.objects.filter(invoice=OuterRef("pk"), released_at=None)
    first = LateTerms.objects.order_by("starts_on").values("starts_on")[:1]
    rows = Invoice.objects.issued().invoices_only().filter(due_on__lt=through)
    begun = rows.filter(issued_on__gte=Subquery(first))
    taxable = begun.exclude(tax_situation=TaxSituation.OUTSIDE_SCOPE)
    late = Q(balance__gt=0) | Q(Exists(came_late)) | Q(Exists(claimed))
    found = taxable.with_balance().filter(late).select_related("client", "legal_entity")
    return found.order_by("due_on", "pk")


class _Known:
    """All that is known of these invoices and their clients, read at once."""

    def __init__(self, rows: list[Any], today: date) -> None:
        ids = [row.pk for row in rows]
        clients = list({row.client_id for row in rows})
        self.rates = {
            (RateKind(one.kind), one.starts_on): one.percent for one in LateRate.objects.all()
        }
        self.terms = _terms(clients)
        self.paid = _paid(ids)
        self.disputed = _disputed(ids)
        self.days, self.sums, self.with_fee = _claimed(ids)
        self.held, self.held_invoices = held_of(clients, today)
        self.collected = collected_of(rows, today)
        self.promised = _promised(rows, clients, today)

    def late(self, row: Any, through: date) -> LateInvoice:  # noqa: ANN401  (as above)
        claimed = Claimed(self.days.get(row.pk, ()), self.sums.get(row.pk, ZERO))
        return LateInvoice(row, row.balance, claimed.amount, self._verdict(row, claimed, through))

    def _verdict(self, row: Any, claimed: Claimed, through: date) -> LateVerdict:  # noqa: ANN401
        terms = self._terms_of(row)
        reason = self._kept_back(row)
        if reason is not None or terms is None:
            return LateVerdict(reason=reason or LateReason.NO_TERMS)
        disputed = self.disputed.get(row.pk, ZERO)
        facts = LateFacts(
            Lateness(row.due_on, row.total - row.credited - disputed, self.paid.get(row.pk, ())),
            claimed,
            Terms(Basis(terms.basis), terms.number, is_french=row.legal_entity.country == "FR"),
            ZERO if row.pk in self.with_fee else terms.fee,
            is_disputed=disputed > 0,
            currency=row.currency,
        )
        return judge_late(facts, self.rates, through)

    def _kept_back(self, row: Any) -> LateReason | None:  # noqa: ANN401  (as above)
        if row.client.kind == ClientKind.PERSON:
            return LateReason.PERSON
        if row.currency != row.legal_entity.currency:
            return LateReason.CURRENCY
        if row.pk in self.collected:
            return LateReason.COLLECTED
        if row.client_id in self.held or row.pk in self.held_invoices:
            return LateReason.HELD
        return LateReason.PROMISED if row.pk in self.promised else None

    def _terms_of(self, row: Invoice) -> LateTerms | None:
        """Return the latest terms that the invoice was issued under, the client's own first."""
        for some in (self.terms.get(row.client_id, []), self.terms.get(None, [])):
            agreed = [one for one in some if row.issued_on and one.starts_on <= row.issued_on]
            if agreed:
                return max(agreed, key=lambda one: one.starts_on)
        return None


def _terms(clients: list[int]) -> dict[int | None, list[LateTerms]]:
    found: dict[int | None, list[LateTerms]] = defaultdict(list)
    for one in LateTerms.objects.filter(Q(client=None) | Q(client__in=clients)):
        found[one.client_id].append(one)
    return found


def _paid(ids: list[int]) -> dict[int, list[Change]]:
    """Return what came in for each invoice on which day, and what was given up of it."""
    found: dict[int, list[Change]] = defaultdict(list)
    uses = Allocation.objects.standing().filter(invoice__one_of=ids).order_by()
    lost = WriteOff.objects.filter(invoice__one_of=ids).order_by()
    for pk, day, amount in uses.values_list("invoice_id", "payment__received_on", "amount"):
        found[pk].append(Change(day, amount))
    for pk, day, amount in lost.values_list("invoice_id", "written_off_on", "amount"):
        found[pk].append(Change(day, amount))
    return found


def _disputed(ids: list[int]) -> dict[int, Decimal]:
    """Return what of each invoice is disputed, also where it is paid meanwhile."""
    lines: dict[int, set[int]] = defaultdict(set)
    open_ones = Dispute.objects.open().filter(invoice__one_of=ids)
    for invoice_id, line_id in open_ones.order_by().values_list("invoice_id", "line_id"):
        lines[invoice_id].add(line_id)
    if not lines:
        return {}
    gross = lines_with_tax(lines)
    return {
        pk: sum((gross[pk].get(line, ZERO) for line in some), ZERO) for pk, some in lines.items()
    }


def _claimed(ids: list[int]) -> tuple[dict[int, list[Days]], dict[int, Decimal], set[int]]:
    """Return the days that were claimed, the interest, and the invoices whose fee was."""
    standing = LateCharge.objects.standing().filter(invoice__one_of=ids).order_by()
    days: dict[int, list[Days]] = defaultdict(list)
    stretches = LateStretch.objects.filter(charge__in=standing).order_by("first_on")
    for pk, first, last in stretches.values_list("invoice_id", "first_on", "last_on"):
        days[pk].append(Days(first, last))
    interest = standing.filter(kind=LateChargeKind.INTEREST).values_list("invoice_id")
    fees = standing.filter(kind=LateChargeKind.FEE).values_list("invoice_id", flat=True)
    return days, dict(interest.annotate(Sum("amount"))), set(fees)


def _promised(rows: Iterable[Any], clients: list[int], today: date) -> set[int]:
    """Return the open invoices that promises answer for, the oldest first."""
    live = PaymentPromise.objects.filter(
        client__in=clients, withdrawn_at=None, pay_by_on__gte=today
    )
    pots: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    for one in standing_promises(live, today):
        if one.state == PromiseState.OPEN:
            pots[one.row.client_id, one.row.currency] += one.rest
    found = set()
    for row in rows:
        pot = (row.client_id, row.currency)
        if row.balance > 0 and pots[pot] > 0:
            pots[pot] -= row.balance
            found.add(row.pk)
    return found


def late_charges_of(client: Client, user: User) -> list[LateCharge]:
    """Return what was claimed of a client, the latest first, with the document it stands on."""
    rows = LateCharge.objects.visible_to(user).filter(line__client=client)
    standing = Exists(LateCharge.objects.standing().filter(pk=OuterRef("pk")))
    rows = rows.annotate(is_standing=standing, number=F("invoice__number"))
    carried = rows.prefetch_related("stretches", "line__claims__charge__invoice")
    return list(carried.select_related("invoice", "line"))


def has_late_terms() -> bool:
    """Whether the firm has said what is agreed about paying late."""
    return LateTerms.objects.exists()
