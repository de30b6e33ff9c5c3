"""A small firm that a seed decides: clients of every sort, and what became due in three months.

All is written by the operations that people use. The months before March 2025 are billed already,
and most of that is issued; since then evidence came late, prices and quantities were corrected back
into billed months, and March was worked. Whatever is billed as of the first of April rests on this.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from django.core.management import call_command

from accounts.models import User
from accounts.tests.factories import UserFactory
from billing.models import Invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.firm import open_firm
from catalog.models import Product, WorkType
from catalog.tests.factories import ClientRateCardFactory, ClientRateFactory, ProductFactory
from clients.models import Client
from clients.tests.factories import ClientFactory, french_vat_number, siren
from tests.torture.agreements import Agreements
from tickets.domain.work import FlatRatePerformed, PartTaken, Response, TimeWorked
from tickets.models import BillingMode, TicketStatus
from tickets.operations.open_ticket import NewTicket, open_ticket

BILLED_BEFORE = date(2025, 3, 1)
ISSUED_BEFORE = date(2025, 3, 3)
AS_OF = date(2025, 4, 1)
BILL = ("bill", "--as-of", AS_OF.isoformat(), "--issue", "--json", "--skip-checks")
# One of eleven clients is held, one is drafted and refused, one owes nothing at all.
ODD_ONES, IN_ANOTHER_CURRENCY, WITHOUT_ADDRESS, QUIET = 11, 5, 7, 9


def make_firm(seed: int, count: int) -> None:
    """Make the firm with so many clients, bill it through February, and let March happen."""
    maker = _Maker(Random(f"firm {seed}"))  # noqa: S311  (dice, not a secret)
    for n in range(1, count + 1):
        maker.win_client(n)
    maker.work_in(1)
    maker.work_in(2)
    maker.bill_february()
    maker.work_late()
    maker.agreements.correct()
    maker.work_in(3)


class _Maker:
    """Rolls the dice and makes what they say."""

    def __init__(self, dice: Random) -> None:
        self.dice = dice
        open_firm()
        self.actor: User = UserFactory.create(
            role="manager", email="torture@firm.example", first_name="Ada", last_name="Roux"
        )
        self.part: Product = ProductFactory.create(code="RAM-16")
        self.cable: Product = ProductFactory.create(
            code="RJ45", name="Cable by the metre", price=Decimal("0.0350")
        )
        self.job: Product = ProductFactory.create(code="VIRUS", flat_rate=True)
        self.work_types = list(WorkType.objects.order_by("code"))
        self.closed = TicketStatus.objects.get(code="closed").pk
        self.clients: list[Client] = []
        self.agreements = Agreements(dice)

    def win_client(self, n: int) -> None:
        """Win a client: most of them French, some abroad, a few whom nobody can bill yet."""
        sort = self.dice.choices(["french", "german", "swiss"], weights=[16, 2, 2])[0]
        abroad = {sort: True} if sort != "french" else {}
        number = {"registration_number": siren(n), "vat_number": french_vat_number(siren(n))}
        client: Client = ClientFactory.create(
            code=f"T{n:04d}",
            name=f"Client {n}",
            currency="CHF" if n % ODD_ONES == IN_ANOTHER_CURRENCY else "EUR",
            language=self.dice.choice(["fr", "en"]),
            payment_days=self.dice.choice([0, 14, 30, 45]),
            purchase_order=self.dice.choice(["", "", f"PO-{n}"]),
            street="" if n % ODD_ONES == WITHOUT_ADDRESS else "157 rue du Général-Leclerc",
            **(abroad or number),
        )
        if n % ODD_ONES == QUIET:
            return
        self.clients.append(client)
        if self.chance(1, 5):
            card = ClientRateCardFactory.create(client=client, name=f"Rates of T{n:04d}")
            ClientRateFactory.create(rate_card=card, work_type=self.work_types[-1])
        self._agree(client, n)

    def work_in(self, month: int) -> None:
        """Let every client call now and then in a month of 2025."""
        for client in self.clients:
            for _ in range(self.dice.choice([0, 1, 1, 2])):
                self._repair(client, date(2025, month, self.dice.randint(1, 28)))

    def work_late(self) -> None:
        """Note, after February is billed, what was done in January and February as well."""
        for client in self.clients:
            if self.chance(1, 3):
                self._repair(client, date(2025, self.dice.choice([1, 2]), self.dice.randint(1, 28)))

    def bill_february(self) -> None:
        """Bill through February and issue three drafts in four, so that the rest waits."""
        call_command("bill", "--as-of", BILLED_BEFORE.isoformat(), "--json", stdout=_Nowhere())
        drafts = list(Invoice.objects.drafts().order_by("pk").values_list("pk", flat=True))
        chosen = [pk for pk in drafts if self.chance(3, 4)]
        issue_invoices(invoice_ids=chosen, issued_on=ISSUED_BEFORE, actor=self.actor)
        trusted = [client.pk for client in self.clients if self.chance(1, 5)]
        Client.objects.filter(pk__in=trusted).update(issues_without_review=True)

    def chance(self, times: int, out_of: int) -> bool:
        """Whether the dice fall this way."""
        return self.dice.randrange(out_of) < times

    def _agree(self, client: Client, n: int) -> None:
        """Sign one contract or none, seldom two, so that nobody knows which one covers the work."""
        for number in range(self.dice.choices([0, 1, 2], weights=[5, 10, 1])[0]):
            covered = [self.work_types[-1].pk] if self.chance(1, 2) else []
            self.agreements.sign_contract(client.pk, f"K{n:04d}-{number}", covered)
        if self.chance(1, 6):
            self.agreements.sell_hours(client.pk)

    def _repair(self, client: Client, day: date) -> None:
        """Open a ticket and do one to three things on it; some stay open."""
        kind = self.dice.choices([BillingMode.HOURLY, BillingMode.FREE], weights=[9, 1])[0]
        job = self._job() if self.chance(1, 6) else None
        closed = self.closed if self.chance(4, 5) else None
        new = NewTicket(client_id=client.pk, subject="Laptop does not start", billing_mode=kind)
        response = Response(
            time=self._time(day), part=self._part(day), flat_rate=job, status_id=closed
        )
        open_ticket(new=new, actor=self.actor, now=_evening_of(day), response=response)

    def _time(self, day: date) -> TimeWorked:
        is_billable = self.chance(9, 10)
        return TimeWorked(
            work_type_id=self.dice.choice(self.work_types).pk,
            minutes=self.dice.randint(4, 190),
            worked_on=day,
            is_billable=is_billable,
            not_billable_reason="" if is_billable else "A favour",
        )

    def _part(self, day: date) -> PartTaken | None:
        if self.chance(2, 3):
            return None
        product = self.dice.choice([self.part, self.cable])
        quantity = Decimal(self.dice.randint(1, 91))
        return PartTaken(used_on=day, product_id=product.pk, quantity=quantity)

    def _job(self) -> FlatRatePerformed:
        return FlatRatePerformed(product_id=self.job.pk, includes_time=self.chance(1, 2))


def _evening_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


class _Nowhere:
    """Where nobody reads what a command prints."""

    def write(self, text: str) -> int:
        """Forget the text."""
        return len(text)
