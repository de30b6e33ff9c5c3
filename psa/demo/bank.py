"""The firm's bank account: one client paid too much, and a statement waits to be confirmed."""

from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256

from billing.domain.statement import Statement, StatementLine, identified
from billing.models import BankAccount, Invoice, Payment, PaymentMethod
from billing.operations.import_statement import StatementFile, import_statement
from billing.operations.record_payment import Receipt, record_payment
from billing.standing import balance_of
from clients.models import LegalEntity
from psa.demo.people import Staff

TOO_MUCH = Decimal("120.00")
ON_STATEMENT = 4


def leave_statement(entity: LegalEntity, staff: Staff, today: date) -> None:
    """Let a client pay too much, and read a statement of yesterday that nobody has confirmed."""
    account = BankAccount.objects.create(
        name="Compte courant", iban=entity.iban, currency=entity.currency
    )
    owed = Invoice.objects.open().select_related("client").order_by("due_on", "pk")
    invoices = list(owed[: ON_STATEMENT + 1])
    if len(invoices) <= ON_STATEMENT:
        return
    yesterday = today - timedelta(days=1)
    _pay_too_much(invoices.pop(), yesterday, staff)
    lines = [*_received(invoices, yesterday), *_others(yesterday)]
    statement = Statement("camt", account.iban, identified(lines))
    file = StatementFile(
        f"releve-{yesterday}.xml", sha256(str(lines).encode()).hexdigest(), statement
    )
    import_statement(account_id=account.pk, file=file, actor=staff.accountant)


def _pay_too_much(invoice: Invoice, day: date, staff: Staff) -> None:
    balance = balance_of(invoice)
    record_payment(
        client_id=invoice.client_id,
        receipt=Receipt(day, balance + TOO_MUCH, reference=f"VIR {invoice.number}"),
        allocations={invoice.pk: balance},
        actor=staff.accountant,
    )


def _received(invoices: list[Invoice], day: date) -> list[StatementLine]:
    """Return four receipts: named, named without separators, in part, and by amount alone."""
    first, second, third, fourth = invoices
    half = (balance_of(third) / 2).quantize(Decimal("0.01"))
    said = [
        (first, balance_of(first), f"Facture {first.number}"),
        (second, balance_of(second), f"vir {second.number.replace('-', '')} merci"),
        (third, half, f"acompte {third.number}"),
        (fourth, balance_of(fourth), "virement"),
    ]
    return [
        StatementLine(
            booked_on=day,
            amount=amount,
            currency=invoice.currency,
            name=invoice.client.name.upper(),
            text=text,
            bank_reference=f"{day:%y%m%d}{place:03d}",
        )
        for place, (invoice, amount, text) in enumerate(said, 1)
    ]


def _others(day: date) -> list[StatementLine]:
    """Return money of nobody we know, the bank's fee, and a direct debit that came back."""
    lines = [
        StatementLine(day, Decimal("250.00"), "EUR", "DUPONT PIERRE", text="loyer box"),
        StatementLine(day, Decimal("-18.40"), "EUR", text="frais de tenue de compte"),
    ]
    debits = Payment.objects.filter(method=PaymentMethod.DIRECT_DEBIT, received_on__lt=day)
    last = debits.order_by("-received_on", "-pk").first()
    if last:
        code = "AM04"
        lines.append(
            StatementLine(
                day,
                -last.amount,
                last.currency,
                last.client.name.upper(),
                text="rejet de prélèvement",
                return_code=code,
                is_return=True,
            )
        )
    return lines
