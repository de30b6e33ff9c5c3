"""One of everything, all of the client ALPHA, made when a row of the access ladder needs it."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from accounts.models import User
from accounts.operations.make_token import make_token
from accounts.tests.factories import UserFactory
from billing.domain.credits import Asked
from billing.models import (
    Allocation,
    BankAccount,
    BankEntry,
    BankStatement,
    BillingRun,
    Charge,
    ClientHold,
    HeldItem,
    Invoice,
    Payment,
    Refund,
    RunOutcome,
)
from billing.operations.credit_invoice import credit_invoice
from billing.operations.issue_invoices import issue_invoices
from billing.tests.drawn import drawn
from billing.tests.factories import DraftFactory
from catalog.models import RoleAssignment, TravelZone, WorkRole
from catalog.tests.factories import (
    ClientRateCardFactory,
    ProductFactory,
    RateFactory,
    TaxRateFactory,
    WorkTypeFactory,
)
from clients.models import PurchaseOrder
from clients.tests.factories import AssetFactory, ContactFactory, LegalEntityFactory, SiteFactory
from contracts.models import (
    BusinessCalendar,
    CalendarDay,
    ContractLine,
    ContractPause,
    DrawWeight,
    Indexation,
    IndexationClause,
    IndexTable,
    LineVersion,
    PlanRevision,
    Renewal,
    SLAPolicy,
    Surcharge,
)
from contracts.tests.factories import (
    AllowanceFactory,
    ContractFactory,
    ContractLineFactory,
    CoverageRuleFactory,
    PlanAllowanceFactory,
    PlanCoverageFactory,
    PlanLineFactory,
    PlanRevisionFactory,
    PrepaidBlockFactory,
    published,
)
from contracts.tests.indexing import five_percent, index_of
from core.models import KeptMail
from tests.architecture.access_desk import DeskWorld
from tickets.models import TimeCorrection
from tickets.tests.factories import (
    MaintenancePlanFactory,
)

DAY = date(2026, 4, 1)


class World(DeskWorld):
    """The cast, and what belongs to the client whose contact is in it."""

    def __init__(self, cast: dict[str, User]) -> None:
        super().__init__(cast)
        TaxRateFactory.create()
        LegalEntityFactory.create(shows_next_invoice=True)

    @cached_property
    def mightiest(self) -> User:
        """Somebody who may do everything."""
        person: User = UserFactory.create(is_superuser=True)
        return person

    @cached_property
    def contact(self) -> Any:
        """A colleague who has no access yet."""
        return ContactFactory.create(client=self.company)

    @cached_property
    def site(self) -> Any:
        """An office."""
        return SiteFactory.create(client=self.company)

    @cached_property
    def asset(self) -> Any:
        """A laptop."""
        return AssetFactory.create(client=self.company)

    @cached_property
    def product(self) -> Any:
        """A part on sale."""
        return ProductFactory.create()

    @cached_property
    def work_type(self) -> Any:
        """A kind of work."""
        return WorkTypeFactory.create()

    @cached_property
    def rate_card(self) -> Any:
        """The client's own rates."""
        return ClientRateCardFactory.create(client=self.company)

    @cached_property
    def rate(self) -> Any:
        """One of them."""
        return RateFactory.create(rate_card=self.rate_card)

    @cached_property
    def tax_rate(self) -> Any:
        """What the state takes."""
        return TaxRateFactory.create()

    @cached_property
    def contract(self) -> Any:
        """A contract."""
        return ContractFactory.create(client=self.company)

    @cached_property
    def line(self) -> ContractLine:
        """A line of it, with a price."""
        line: ContractLine = ContractLineFactory.create(contract=self.contract)
        return line

    @cached_property
    def version(self) -> LineVersion:
        """Its price."""
        return self.line.versions.earliest("pk")

    @cached_property
    def allowance(self) -> Any:
        """Hours that the contract includes."""
        return AllowanceFactory.create(contract=self.contract)

    @cached_property
    def block(self) -> Any:
        """Hours bought in advance."""
        return PrepaidBlockFactory.create(client=self.company)

    @cached_property
    def weight(self) -> Any:
        """How much work counts when it draws from the contract's hours."""
        return DrawWeight.objects.create(contract=self.contract, factor=Decimal(2))

    @cached_property
    def draw(self) -> Charge:
        """Work that the block paid for, on the issued invoice."""
        drawn(self.block, 60, DAY, invoice=self.draft)
        return self.invoice.charges.latest("position")

    @cached_property
    def coverage(self) -> Any:
        """A rule of what the contract covers."""
        return CoverageRuleFactory.create(contract=self.contract)

    @cached_property
    def work_role(self) -> Any:
        """A role with rates of its own."""
        return WorkRole.objects.create(name="Senior")

    @cached_property
    def role_assignment(self) -> Any:
        """Somebody's role."""
        person = self.cast["technician"]
        return RoleAssignment.objects.create(user=person, work_role=self.work_role)

    @cached_property
    def zone(self) -> Any:
        """A travel zone."""
        return TravelZone.objects.create(name="Lyon")

    @cached_property
    def calendar_day(self) -> Any:
        """A day unlike others of a calendar."""
        calendar = BusinessCalendar.objects.create(name="Office")
        return CalendarDay.objects.create(calendar=calendar, day=DAY)

    @cached_property
    def calendar(self) -> Any:
        """Its calendar."""
        return self.calendar_day.calendar

    @cached_property
    def plan(self) -> Any:
        """A plan that is sold."""
        return self.revision.plan

    @cached_property
    def surcharge(self) -> Any:
        """What hours on holidays cost more."""
        return Surcharge.objects.create(name="Holidays", multiplier=2, applies="holidays")

    @cached_property
    def policy(self) -> Any:
        """A service level."""
        return SLAPolicy.objects.create(name="Silver")

    @cached_property
    def draft_revision(self) -> Any:
        """A plan in preparation."""
        return PlanRevisionFactory.create()

    @cached_property
    def plan_line(self) -> Any:
        """A line of it."""
        return PlanLineFactory.create(revision=self.draft_revision)

    @cached_property
    def plan_coverage(self) -> Any:
        """What it says about some work."""
        return PlanCoverageFactory.create(revision=self.draft_revision)

    @cached_property
    def plan_allowance(self) -> Any:
        """Its hours."""
        return PlanAllowanceFactory.create(revision=self.draft_revision)

    @cached_property
    def revision(self) -> PlanRevision:
        """A plan on sale."""
        return published(PlanLineFactory.create().revision)

    @cached_property
    def pause(self) -> Any:
        """Days on which the contract rests."""
        return ContractPause.objects.create(contract=self.contract, starts_on=DAY, reason="Closed")

    @cached_property
    def renewal(self) -> Renewal:
        """Its last term was decided."""
        return Renewal.objects.create(
            contract=self.contract, term_ended_on=DAY, decision="ended", decided_on=DAY
        )

    @cached_property
    def clause(self) -> IndexationClause:
        """Its prices rise by 5 % a year."""
        return five_percent(self.contract)

    @cached_property
    def step(self) -> Indexation:
        """A year that was left out."""
        return Indexation.objects.create(
            contract=self.contract,
            clause=self.clause,
            effective_on=self.clause.first_on,
            is_applied=False,
            factor=1,
        )

    @cached_property
    def index(self) -> IndexTable:
        """A price index with a value."""
        return index_of({DAY: "114.25"})

    @cached_property
    def correction(self) -> TimeCorrection:
        """Minutes of it that are taken back."""
        return TimeCorrection.objects.create(
            time_entry=self.time_entry, minutes=5, reason="Lunch", found_on=DAY
        )

    @cached_property
    def maintenance(self) -> Any:
        """Preventive work that comes round."""
        return MaintenancePlanFactory.create(client=self.company)

    @cached_property
    def draft(self) -> Invoice:
        """A draft with two lines."""
        draft: Invoice = DraftFactory.create(client=self.company)
        return draft

    @cached_property
    def order(self) -> PurchaseOrder:
        """An order of the client's."""
        return PurchaseOrder.objects.create(client=self.company, number="4500012")

    @cached_property
    def hold(self) -> ClientHold:
        """A hold of the client."""
        return ClientHold.objects.create(client=self.company, reason="Disputed")

    @cached_property
    def held_item(self) -> HeldItem:
        """Evidence of the client's that the run left out."""
        return HeldItem.objects.create(run=self.run, client=self.company, hold="order_missing")

    @cached_property
    def run(self) -> BillingRun:
        """A billing run."""
        return BillingRun.objects.create(as_of_on=DAY, scope="all")

    @cached_property
    def invoice(self) -> Invoice:
        """The same, issued."""
        issuing = issue_invoices(
            invoice_ids=[self.draft.pk], issued_on=DAY, actor=self.cast["accountant"]
        )
        return issuing.issued[0]

    @cached_property
    def credit_note(self) -> Invoice:
        """What takes the invoice back."""
        whole: dict[str, Any] = {"asked": Asked(), "reason": "Twice", "actor": None}
        return credit_invoice(invoice_id=self.invoice.pk, issued_on=DAY, **whole)

    @cached_property
    def outcome(self) -> RunOutcome:
        """What the run did for the client."""
        return RunOutcome.objects.create(run=self.run, client=self.company, outcome="nothing_due")

    @cached_property
    def charge(self) -> Charge:
        """A line of the issued invoice."""
        return self.invoice.charges.earliest("pk")

    @cached_property
    def payment(self) -> Payment:
        """Money that came in."""
        return Payment.objects.create(
            client=self.company, received_on=DAY, amount=Decimal(10), currency="EUR"
        )

    @cached_property
    def allocation(self) -> Allocation:
        """A part of it that pays the issued invoice."""
        return Allocation.objects.create(
            payment=self.payment, invoice=self.invoice, amount=Decimal(1)
        )

    @cached_property
    def refund(self) -> Refund:
        """A part of it that went back."""
        refund = Refund.objects.create(
            client=self.company, paid_on=DAY, amount=Decimal(2), currency="EUR"
        )
        Allocation.objects.create(payment=self.payment, refund=refund, amount=Decimal(2))
        return refund

    @cached_property
    def bank_account(self) -> BankAccount:
        """An account of the firm."""
        return BankAccount.objects.create(name="Bank", iban="FR7630006000011234567890189")

    @cached_property
    def bank_entry(self) -> BankEntry:
        """A line of its statement."""
        statement = BankStatement.objects.create(
            account=self.bank_account, file_name="may.xml", kind="camt", line_count=1, new_count=1
        )
        return BankEntry.objects.create(
            account=self.bank_account,
            statement=statement,
            booked_on=DAY,
            amount=Decimal(5),
            currency="EUR",
            fingerprint="1",
        )

    @cached_property
    def mail(self) -> KeptMail:
        """A mail kept in the app."""
        return KeptMail.objects.create(
            sender="firm@firm.example", recipients="a@b.example", subject="Hello", body="Hello"
        )

    @cached_property
    def token(self) -> Any:
        """The technician's API token."""
        person = self.cast["technician"]
        return make_token(person_id=person.pk, name="script", lifetime=None)[0]
