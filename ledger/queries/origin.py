"""What an entry was made of, and where that is seen."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from billing.models import JournalEntry
from ledger.models import Entry


@dataclass(frozen=True)
class Origin:
    """Something an entry was made of: its name and its page."""

    label: str
    url: str


def origin_of(entry: Entry) -> list[Origin]:
    """Return the document and the payment that an entry is about, as far as it has them."""
    found = [_payment_of(entry.chain_entry)] if entry.chain_entry else []
    if entry.invoice:
        name = (
            _("Credit note %(number)s") if entry.invoice.is_credit_note else _("Invoice %(number)s")
        )
        found.append(
            Origin(name % {"number": entry.invoice.number}, entry.invoice.get_absolute_url())
        )
    return [one for one in found if one]


def _payment_of(event: JournalEntry) -> Origin | None:
    payment = event.payment or (event.reversal.payment if event.reversal else None)
    return Origin(_("Payment"), payment.get_absolute_url()) if payment else None
