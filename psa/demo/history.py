"""The two years of the demonstration firm, month by month."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from catalog.operations.assign_roles import assign_roles
from clients.models import LegalEntity
from contracts.models import PlanRevision
from contracts.operations.change_line import change_line
from contracts.operations.end_contract import end_contract
from core.periods import Period, nth_period
from psa.demo import firm as firm_of_demo
from psa.demo import plans as plans_of_demo
from psa.demo.automation import let_rules_act, write_rules
from psa.demo.bank import leave_statement
from psa.demo.books import keep_books
from psa.demo.companies import COMPANIES, CONVERTED, GROWING, Company
from psa.demo.debits import collect_and_sign
from psa.demo.desk import Desk, working_days
from psa.demo.disputes import leave_disputes
from psa.demo.extras import Extras
from psa.demo.hours import hand_in_time, start_the_day
from psa.demo.late import leave_late_charges
from psa.demo.letters import write_letters
from psa.demo.office import Office
from psa.demo.parties import Account, agree_own_rate, sell, take_on
from psa.demo.people import hire, roles_of
from psa.demo.reminders import remind_some
from psa.demo.schedule import plan_week
from psa.demo.today import leave_open
from psa.demo.upkeep import maintain
from tickets.models import TicketStatus

SEED = 20_250
MONTHS = 24
GROWTH_MONTH = 17
Say = Callable[[str], None]


class FirmExists(Exception):
    """The database holds a firm already, and the demonstration never mixes with it."""


@dataclass(slots=True)
class History:
    """The state of the demonstration while it is told."""

    today: date
    months: list[Period]
    desk: Desk
    office: Office
    chance: Random
    plans: dict[str, PlanRevision]
    extras: Extras
    accounts: list[Account] = field(default_factory=list)

    def live(self, n: int) -> None:
        """Live through the n-th month: newcomers, billing, work, payments, farewells."""
        month = self.months[n]
        self._welcome(n, month)
        self._sign(n, month)
        is_last = n == len(self.months) - 1
        self.extras.agree(len(self.months) - 1 - n, month, self.current(n))
        companies = {account.client.pk: account.company for account in self.accounts}
        self.office.bill(month.start, companies, leaves_drafts=is_last)
        end = min(month.end, self.today)
        self._work(Period(month.start, max(month.start, end)), n)
        self._grow(n, month)
        self.office.bank(min(month.end, self.today + timedelta(days=1)))
        if is_last:
            self.office.concede(self.today)
            self.office.write_by_hand(self.today)
            self.office.cancel(self.today)
            self.office.agree(self.today)
        self._part(n, month)

    def current(self, n: int) -> list[Account]:
        """Return the clients who are with the firm in the n-th month."""
        return [one for one in self.accounts if one.company.lost is None or n <= one.company.lost]

    def _welcome(self, n: int, month: Period) -> None:
        for serial, company in enumerate(COMPANIES, start=1):
            if company.since != n:
                continue
            manager = self.desk.staff.manager
            account = take_on(company, serial, month.start, self.chance, manager)
            if company.own_rate:
                agree_own_rate(account, self.desk.shop, month.start)
            self.accounts.append(account)

    def _sign(self, n: int, month: Period) -> None:
        for account in self.accounts:
            deal = account.company.deal
            if deal is not None and deal.month == n:
                number = f"K{account.client.code[1:]}"
                sell(account, deal, number, month.start, self.desk.shop, self.plans)

    def _work(self, month: Period, n: int) -> None:
        days = working_days(month.start, month.end)
        for account in self.current(n) if days else ():
            calls = _calls(account.company, n)
            whole, rest = divmod(calls, 1)
            count = int(whole) + (self.chance.random() < rest)
            for _ in range(count):
                self.desk.solve(account, self.chance.choice(days))

    def _grow(self, n: int, month: Period) -> None:
        """Add seats in the middle of a month that is billed already."""
        day = month.start.replace(day=12)
        if n != GROWTH_MONTH or day >= self.today:
            return
        account = next(one for one in self.accounts if one.company is GROWING)
        line = account.contract.lines.earliest("pk") if account.contract else None
        if line is not None:
            change_line(
                line_id=line.pk, starts_on=day, quantity=Decimal(22), unit_price=Decimal("45.00")
            )

    def _part(self, n: int, month: Period) -> None:
        for account in self.accounts:
            company = account.company
            if company.lost != n:
                continue
            if account.contract is not None:
                end_contract(
                    contract_id=account.contract.pk,
                    last_day_on=month.last_day,
                    reason=company.why_lost,
                )
            account.client.lost_on = month.last_day
            account.client.lost_reason = company.why_lost
            account.client.save(update_fields=["lost_on", "lost_reason"])


def tell(today: date, *, months: int = MONTHS, say: Say) -> History:
    """Found the firm and live its history up to today.

    :raises FirmExists: the database holds a firm
    """
    if LegalEntity.objects.exists():
        raise FirmExists(
            "This database holds a firm already; the demonstration needs an empty one."
        )
    chance = Random(SEED)  # noqa: S311  (dice of a story, not secrets)
    entity = firm_of_demo.found()
    staff, shop = hire(), firm_of_demo.stock()
    assign_roles(roles=roles_of(staff, shop.roles))
    statuses = {status.code: status for status in TicketStatus.objects.all()}
    first = nth_period(today.replace(day=1), 1 - months).start
    desk = Desk(shop, staff, statuses, entity.zone, chance)
    history = History(
        today=today,
        months=[nth_period(first, n) for n in range(months)],
        desk=desk,
        office=Office(staff, chance),
        chance=chance,
        plans=plans_of_demo.offer(shop, first),
        extras=Extras(desk, today),
    )
    plans_of_demo.promise_to_everybody(staff.manager, history.desk.at(first, 8, 0))
    for n, month in enumerate(history.months):
        say(f"{month.start:%B %Y}: {len(history.accounts)} clients")
        history.live(n)
    plans_of_demo.raise_price(history.plans["device"], today)
    _come_to_today(history, entity)
    return history


def _come_to_today(history: History, entity: LegalEntity) -> None:
    """Leave on everybody's desk what lies there this morning."""
    desk, today = history.desk, history.today
    accounts = history.current(len(history.months))
    write_rules(desk, today)
    leave_open(desk, accounts, today)
    plan_week(desk, today)
    maintain(desk, accounts, today)
    history.extras.leave_undecided(accounts)
    write_letters(desk, today)
    leave_disputes(desk, today)
    hand_in_time(desk, today)
    start_the_day(desk, today)
    leave_statement(entity, desk.staff, today)
    collect_and_sign(entity, desk, today)
    remind_some(desk, today)
    leave_late_charges(desk, today)
    let_rules_act(desk.at(today, 8, 45))
    keep_books(entity, desk.staff, today)


def _calls(company: Company, n: int) -> float:
    """Return how many calls a client makes in a month: fewer once it is looked after."""
    is_managed = company.deal is not None and n > company.deal.month
    return company.tickets * (0.6 if is_managed and company is CONVERTED else 1.0)
