"""What the books say in words: titles of journals, names of accounts, texts of entries.

They are written in the language of the country whose books they are, whoever posts them.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from django.utils.translation import gettext as _

from billing.models import Invoice, JournalEntry
from clients.models import LegalEntity
from ledger.models import Journal

# The French chart (plan comptable général); purpose, number, name, and what the rule is for.
FRENCH_CHART: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    ("receivable", "411000", "Clients", {}),
    ("client_credit", "419100", "Clients - Avances et acomptes reçus", {}),
    ("deposit", "419100", "Clients - Avances et acomptes reçus", {}),
    ("services", "706000", "Prestations de services", {}),
    ("goods", "707000", "Ventes de marchandises", {}),
    ("late_interest", "763000", "Revenus des autres créances", {}),
    ("recovery_fee", "758800", "Autres produits divers de gestion courante", {}),
    ("deferred", "487000", "Produits constatés d'avance", {}),
    ("tax", "445710", "TVA collectée", {}),
    ("tax", "445711", "TVA collectée 20 %", {"tax_rate": "20.00"}),
    ("tax", "445712", "TVA collectée 10 %", {"tax_rate": "10.00"}),
    ("tax", "445713", "TVA collectée 5,5 %", {"tax_rate": "5.50"}),
    ("tax", "445714", "TVA collectée 2,1 %", {"tax_rate": "2.10"}),
    ("bank", "512000", "Banque", {}),
    ("bank", "530000", "Caisse", {"method": "cash"}),
    ("loss", "654000", "Pertes sur créances irrécouvrables", {}),
    ("exchange_loss", "666000", "Pertes de change", {}),
    ("exchange_gain", "766000", "Gains de change", {}),
)
FRENCH_JOURNALS = {
    Journal.SALES: "Ventes",
    Journal.BANK: "Banque",
    Journal.MISCELLANEOUS: "Opérations diverses",
}


@contextmanager
def language_of(entity: LegalEntity) -> Iterator[None]:
    """Speak the language of the books: French in France, else English."""
    with translation.override("fr" if entity.country == "FR" else "en"):
        yield


def journal_name(entity: LegalEntity, code: str) -> str:
    """Return the title of a journal in the language of the books."""
    journal = Journal(code)
    return FRENCH_JOURNALS[journal] if entity.country == "FR" else str(journal.label).title()


def text_of_document(document: Invoice) -> str:
    """Say which document it is and whose."""
    words = {"number": document.number, "client": document.client.name}
    if document.is_credit_note:
        return _("Credit note %(number)s %(client)s") % words
    return _("Invoice %(number)s %(client)s") % words


def text_of_money(entry: JournalEntry, client: str) -> str:
    """Say how money came, went or came back."""
    if entry.payment:
        words = {"how": entry.payment.get_method_display(), "client": client}
        return _("Payment by %(how)s %(client)s") % words
    if entry.refund:
        return _("Refund %(client)s") % {"client": client}
    reversal = entry.reversal
    if reversal is not None and reversal.refund_id:
        return _("Refund returned %(client)s") % {"client": client}
    return _("Payment returned %(client)s") % {"client": client}
