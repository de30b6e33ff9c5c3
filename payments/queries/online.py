"""What can be paid online, and what is on its way."""

from billing.models import Invoice
from payments.models import OnlinePayment, StripeAccount


def is_payable_online(invoice: Invoice) -> bool:
    """Whether the company that issued the invoice lets its clients pay online."""
    if invoice.is_credit_note:
        return False
    return StripeAccount.objects.offered().filter(legal_entity=invoice.legal_entity_id).exists()


def coming_online(invoice: Invoice) -> OnlinePayment | None:
    """Return the payment that was made online and is not booked yet, if there is one."""
    return OnlinePayment.objects.coming().filter(invoice=invoice).first()
