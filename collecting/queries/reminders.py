"""Who is due for a reminder, and what keeps the others from one."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Max, Sum

from accounts.models import User
from billing.mentions import is_collected
from billing.models import Allocation, Invoice, Payment
from clients.models import Client, Mandate
from collecting.domain.promises import PromiseState
from collecting.domain.reminders import (
    Cover,
    Facts,
    Overdue,
    Plan,
    Reason,
    Verdict,
    judge,
    letter_of,
)
from collecting.models import (
    CollectingTerms,
    LeftOut,
    Level,
    NoticeLine,
    PaymentPromise,
    ReminderHold,
    ReminderNotice,
    ReminderPlan,
)
from collecting.queries.disputed import disputed_amounts
from collecting.queries.promises import standing_promises
from core.money import ZERO


@dataclass(frozen=True, slots=True)
class Judged:
    """An overdue invoice with what is decided about it today."""

    invoice: Invoice
    verdict: Verdict
    balance: Decimal
    disputed: Decimal
    reached: int

    @property
    def level(self) -> str:
        """The level that is due, in words."""
        return str(Level(self.verdict.level).label) if self.verdict.level else ""

    @property
    def why_not(self) -> str:
        """Why it is not asked for now; empty where it is."""
        reason = self.verdict.reason
        return str(LeftOut(reason.value).label) if reason else ""


@dataclass(frozen=True, slots=True)
class Account:
    """What is overdue at one client, and what a reminder sent today would ask for."""

    client: Client
    plan: ReminderPlan | None
    judged: list[Judged]

    @property
    def letter(self) -> list[Judged]:
        """What the reminder asks for; nothing where none is due."""
        going = {one.invoice_id for one in letter_of(row.verdict for row in self.judged)}
        return [row for row in self.judged if row.invoice.pk in going]

    @property
    def level(self) -> int:
        """The highest level that is due, 0 for none."""
        return max((one.verdict.level for one in self.letter), default=0)

    @property
    def level_text(self) -> str:
        """The highest level that is due, in words."""
        return str(Level(self.level).label) if self.level else ""

    @property
    def stays(self) -> list[Judged]:
        """What is not asked for."""
        return [row for row in self.judged if row.verdict.reason is not None]


def accounts(
    today: date,
    zone: ZoneInfo,
    client_ids: Collection[int] | None = None,
    user: User | None = None,
) -> list[Account]:
    """Return the clients with overdue invoices, by name, each judged as of today.

    The number of queries does not depend on how many there are.
    """
    rows = Invoice.objects.overdue(today).select_related("client").order_by("due_on", "pk")
    if client_ids is not None:
        rows = rows.filter(client__in=list(client_ids))
    if user is not None:
        rows = rows.filter(pk__in=Invoice.objects.visible_to(user))
    by_client: dict[int, list[Invoice]] = defaultdict(list)
    for row in rows:
        by_client[row.client_id].append(row)
    known = _Known(by_client, today, zone)
    found = [known.account(invoices) for invoices in by_client.values()]
    return sorted(found, key=lambda one: (one.client.name, one.client.pk))


class _Known:
    """All that is known of these clients, read at once."""

    def __init__(self, invoices: dict[int, list[Invoice]], today: date, zone: ZoneInfo) -> None:
        clients = list(invoices)
        all_of_them = [row for rows in invoices.values() for row in rows]
        ids = [row.pk for row in all_of_them]
        self.today = today
        self.disputed = disputed_amounts(ids)
        self.reached = _reached(ids)
        self.held, self.held_invoices = held_of(clients, today)
        self.collected = collected_of(all_of_them, today)
        self.covers = _covers(clients, today)
        self.last_sent = _last_sent(clients, zone)
        self.terms = {
            one.client_id: one for one in CollectingTerms.objects.filter(client__in=clients)
        }
        self.plans = {
            one.pk: one for one in ReminderPlan.objects.prefetch_related("steps", "words")
        }
        self.default = next((one for one in self.plans.values() if one.is_default), None)

    def account(self, invoices: list[Invoice]) -> Account:
        client = invoices[0].client
        plan = self._plan(client)
        facts = Facts(
            plan=plan_value(plan) if plan else None,
            overdue=[self._overdue(row) for row in invoices],
            covers=self.covers.get(client.pk, ()),
            last_sent_on=self.last_sent.get(client.pk),
        )
        rows = {row.pk: row for row in invoices}
        owed = {one.invoice_id: one for one in facts.overdue}
        judged = [
            _judged(rows[one.invoice_id], owed[one.invoice_id], one)
            for one in judge(facts, self.today)
        ]
        return Account(client, plan, judged)

    def _plan(self, client: Client) -> ReminderPlan | None:
        terms = self.terms.get(client.pk)
        own = self.plans.get(terms.plan_id) if terms and terms.plan_id else None
        return own or self.default

    def _overdue(self, row: Any) -> Overdue:  # noqa: ANN401  (an invoice with its balance)
        return Overdue(
            row.pk,
            row.currency,
            row.due_on,
            row.balance,
            self.disputed.get(row.pk, ZERO),
            self.reached.get(row.pk, 0),
            self._kept_back(row),
        )

    def _kept_back(self, row: Invoice) -> Reason | None:
        terms = self.terms.get(row.client_id)
        if terms and not terms.gets_reminders:
            return Reason.NO_REMINDERS
        if row.client_id in self.held or row.pk in self.held_invoices:
            return Reason.HELD
        return Reason.COLLECTED if row.pk in self.collected else None


def _judged(row: Invoice, owed: Overdue, verdict: Verdict) -> Judged:
    return Judged(row, verdict, owed.balance, owed.disputed, owed.reached)


def plan_value(plan: ReminderPlan) -> Plan:
    """Return a plan as the rules take it."""
    return Plan(
        {step.level: step.days for step in plan.steps.all()},
        plan.grace_days,
        plan.days_between,
        plan.smallest_amount,
    )


def _reached(ids: list[int]) -> dict[int, int]:
    sent = NoticeLine.objects.filter(
        invoice__in=ids, left_out="", notice__sent_at__isnull=False
    ).order_by()
    return dict(sent.values_list("invoice_id").annotate(Max("level")))


def held_of(clients: list[int], today: date) -> tuple[set[int], set[int]]:
    """Return the clients and the single invoices whose reminders are on hold today."""
    rows = ReminderHold.objects.in_force(today).filter(client__in=clients)
    pairs = list(rows.values_list("client_id", "invoice_id"))
    whole = {client for client, invoice in pairs if not invoice}
    return whole, {invoice for _client, invoice in pairs if invoice}


def collected_of(invoices: Iterable[Invoice], today: date) -> set[int]:
    """Return what is announced as collected by a mandate in force, and has not come back."""
    announced = {
        row.pk: row.client_id
        for row in invoices
        if row.client.pays_by_direct_debit and is_collected(row.mentions)
    }
    if not announced:
        return set()
    mandates = Mandate.objects.in_force(today).filter(client__in=announced.values())
    signed = set(mandates.values_list("client_id", flat=True))
    returned = Allocation.objects.filter(invoice__in=announced, releases__isnull=False)
    came_back = set(returned.values_list("invoice_id", flat=True))
    return {pk for pk, client in announced.items() if client in signed and pk not in came_back}


def _covers(clients: list[int], today: date) -> dict[int, list[Cover]]:
    """Return the credit of the clients, then what they promised and has not come in."""
    found: dict[int, list[Cover]] = defaultdict(list)
    credit = Payment.objects.filter(client__in=clients).with_credit().order_by()
    for row in credit.values("client_id", "currency").annotate(credit=Sum("rest")):
        found[row["client_id"]].append(Cover(row["currency"], row["credit"], Reason.CREDIT))
    live = PaymentPromise.objects.filter(
        client__in=clients, withdrawn_at=None, pay_by_on__gte=today
    )
    for one in standing_promises(live, today):
        if one.state == PromiseState.OPEN:
            cover = Cover(one.row.currency, one.rest, Reason.PROMISED)
            found[one.row.client_id].append(cover)
    return found


def _last_sent(clients: list[int], zone: ZoneInfo) -> dict[int, date]:
    sent = ReminderNotice.objects.filter(client__in=clients, sent_at__isnull=False).order_by()
    moments = sent.values_list("client_id").annotate(Max("sent_at"))
    return {client: moment.astimezone(zone).date() for client, moment in moments}


def would_go(found: Iterable[Account]) -> dict[str, Decimal]:
    """Return what the reminders of these clients would ask for, currency by currency."""
    sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for account in found:
        for one in account.letter:
            sums[one.verdict.currency] += one.verdict.amount
    return dict(sums)
