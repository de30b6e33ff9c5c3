"""Taking back one direct debit, whoever says so."""

from dataclasses import dataclass
from datetime import date

from accounts.models import User
from billing.models import Reversal, ReversalReason
from billing.operations._payments import Withdrawal
from billing.operations._withdrawing import withdraw_payment
from clients.models import MandateEnd
from payments.models import DirectDebit
from payments.operations._mandates import end
from payments.return_words import STOPS_THE_MANDATE


@dataclass(frozen=True)
class Return:
    """What the bank said when it sent a direct debit back."""

    returned_on: date
    code: str = ""
    note: str = ""


def take_back(debit: DirectDebit, said: Return, actor: User | None) -> Reversal | None:
    """Reverse the payment if there is one, write down the return, and stop a mandate for it."""
    reversal: Reversal | None = None
    if debit.payment_id:
        existing = Reversal.objects.filter(payment=debit.payment_id).first()
        note = " ".join(part for part in (said.code, said.note) if part)[:200]
        withdrawal = Withdrawal(said.returned_on, ReversalReason.BOUNCED, note)
        reversal = existing or withdraw_payment(debit.payment_id, withdrawal, actor)
    debit.returned_on, debit.return_code = said.returned_on, said.code
    debit.return_note = said.note[:200]
    debit.save(update_fields=["returned_on", "return_code", "return_note"])
    mandate = debit.mandate
    if said.code in STOPS_THE_MANDATE and mandate.ended_on is None:
        end(mandate, MandateEnd.RETURNED, said.returned_on, f"{said.code} {debit.end_to_end_id}")
    return reversal
