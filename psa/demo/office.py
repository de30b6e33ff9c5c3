"""The back office of the demonstration firm: billing on the first, money when it comes."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from billing.by_hand import Written
from billing.domain.credits import Asked, Wish
from billing.models import AgreedDiscount, Invoice, PaymentMethod
from billing.operations.cancel_invoice import CancelNotPossible, cancel_invoice
from billing.operations.credit_invoice import credit_invoice
from billing.operations.draft_by_hand import draft_by_hand
from billing.operations.grant_discount import Concession, grant_discount
from billing.operations.issue_invoices import issue_invoices
from billing.operations.record_payment import Receipt, record_payment
from billing.operations.start_run import start_run
from billing.queries.runs import unfinished_batches
from billing.running import work_on
from contracts.models import Contract
from psa.demo.companies import Company
from psa.demo.people import Staff

LEFT_TO_REVIEW = 6
CONCEDED_ABOVE = 300
TRIES = 10
MOVE = "Déménagement de bureau : débranchement, transport, remise en service (jours)"
TAKEN_BACK = "Câble livré en trop, repris"
TRAINING = "Formation des nouveaux arrivants (demi-journées)"
METHODS = (
    PaymentMethod.TRANSFER,
    PaymentMethod.TRANSFER,
    PaymentMethod.TRANSFER,
    PaymentMethod.CARD,
    PaymentMethod.DIRECT_DEBIT,
)


@dataclass(frozen=True, slots=True)
class Promise:
    """An invoice and the day on which its client will pay it."""

    invoice: Invoice
    paid_on: date


@dataclass(slots=True)
class Office:
    """Bills each month and books what clients pay."""

    staff: Staff
    chance: Random
    promises: list[Promise] = field(default_factory=list)

    def bill(self, first: date, companies: dict[int, Company], *, leaves_drafts: bool) -> int:
        """Run the billing of a month's first day and issue its drafts; return how many."""
        run = start_run(as_of_on=first, is_handed_out=False, actor=self.staff.accountant)
        for batch_id in unfinished_batches(run.pk):
            work_on(batch_id)
        drafts = list(run.invoices.order_by("pk").values_list("pk", flat=True))
        if leaves_drafts:
            drafts = drafts[LEFT_TO_REVIEW:]
        result = issue_invoices(invoice_ids=drafts, issued_on=first, actor=self.staff.accountant)
        for invoice in result.issued:
            self._promise(invoice, companies[invoice.client_id])
        return len(result.issued)

    def bank(self, until: date) -> None:
        """Book the payments that have come in before a day, in their order."""
        due = sorted(
            (promise for promise in self.promises if promise.paid_on < until),
            key=lambda promise: (promise.paid_on, promise.invoice.pk),
        )
        self.promises = [promise for promise in self.promises if promise.paid_on >= until]
        for promise in due:
            self._book(promise)

    def write_by_hand(self, today: date) -> None:
        """Bill a move of offices that nobody logged, and leave an agreed training as a draft."""
        older = Invoice.objects.issued().invoices_only().order_by("pk")
        first, second = older.values_list("client_id", flat=True).distinct()[:2]
        moved = Written(Decimal("1.5"), today, description=MOVE, unit_price=Decimal(620))
        cable = Written(Decimal(-1), today, description=TAKEN_BACK, unit_price=Decimal("48.90"))
        taught = Written(Decimal(2), today, description=TRAINING, unit_price=Decimal(540))
        draft = self._written(first, [moved, cable], "Devis accepté par mail", today)
        issue_invoices(invoice_ids=[draft.pk], issued_on=today, actor=self.staff.accountant)
        draft = self._written(second, [taught], "Convenu au téléphone avec la direction", today)
        grant_discount(
            invoice_id=draft.pk,
            concession=Concession("Deuxième session de l'année", percent=Decimal(10)),
            actor=self.staff.accountant,
        )

    def agree(self, today: date) -> None:
        """Agree with a client of long standing that its contracts cost less for a year."""
        contract = Contract.objects.filter(last_day_on=None).order_by("starts_on", "pk")[0]
        AgreedDiscount.objects.create(
            client_id=contract.client_id,
            percent=Decimal(5),
            reason="Fidélité",
            starts_on=today.replace(day=1),
            last_day_on=today.replace(day=1) + timedelta(days=364),
        )

    def _written(self, client_id: int, lines: list[Written], why: str, today: date) -> Invoice:
        return draft_by_hand(
            client_id=client_id,
            lines=lines,
            reason=why,
            as_of_on=today,
            actor=self.staff.accountant,
        )

    def cancel(self, today: date) -> None:
        """Cancel an invoice that went to the wrong department, and draft it again."""
        unpaid = Invoice.objects.open().invoices_only().filter(credit_notes=None, allocations=None)
        for invoice in unpaid.order_by("pk")[:TRIES]:
            try:
                cancel_invoice(
                    invoice_id=invoice.pk,
                    reason="Adressée au mauvais service",
                    cancelled_on=today,
                    drafts_again=True,
                    actor=self.staff.accountant,
                )
            except CancelNotPossible:
                continue
            return

    def concede(self, today: date) -> None:
        """Credit a little of one of the latest invoices, and a whole line of another."""
        notes = (
            ("Geste commercial, intervention reportée deux fois", Asked(amount=Decimal(60))),
            ("Facturé en double avec le mois précédent", None),
        )
        large = Invoice.objects.issued().filter(net__gt=CONCEDED_ABOVE)
        for invoice, (reason, asked) in zip(
            large.order_by("-issued_on", "pk")[:2], notes, strict=False
        ):
            line = invoice.charges.lines().filter(amount__gt=0).order_by("-position")[0]
            credit_invoice(
                invoice_id=invoice.pk,
                asked=asked or Asked(wishes=(Wish(line.pk),)),
                reason=reason,
                issued_on=today,
                actor=self.staff.accountant,
            )

    def _promise(self, invoice: Invoice, company: Company) -> None:
        due_on = invoice.due_on or invoice.as_of_on
        days = max(-20, company.pays_late + self.chance.randint(-5, 5))
        self.promises.append(Promise(invoice, due_on + timedelta(days=days)))

    def _book(self, promise: Promise) -> None:
        invoice = promise.invoice
        amount = invoice.total
        if self.chance.random() < 0.03:  # noqa: PLR2004  (few pay in two parts)
            amount = (amount / 2).quantize(Decimal("0.01"))
        method = self.chance.choice(METHODS)
        record_payment(
            client_id=invoice.client_id,
            receipt=Receipt(
                received_on=promise.paid_on,
                amount=amount,
                method=method,
                reference=f"VIR {invoice.number}" if method == PaymentMethod.TRANSFER else "",
            ),
            allocations={invoice.pk: amount},
            actor=self.staff.accountant,
            accepts_repeat=True,
        )
