"""What an invoice lacks to become an electronic one, each with the page to fill it in."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.einvoice.sides import address_of, completed, is_french, parties_of, rate_of, siren_of
from billing.models import Invoice
from billing.parties import Party, seller_as_issued
from clients.models import ClientKind, LegalEntity


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact that an electronic invoice needs and that nobody has filled in yet."""

    field: str
    owner: str
    url: str

    def __str__(self) -> str:
        return _("%(owner)s: %(field)s") % {"owner": self.owner, "field": self.field}


class NotElectronic(Exception):
    """The invoice cannot be written for machines; ``missing`` says what it lacks."""

    def __init__(self, missing: list[Missing]) -> None:
        self.missing = missing
        super().__init__(sentence_for(missing))


def sentence_for(missing: Iterable[Missing]) -> str:
    """Return the sentence that names what is to be filled in."""
    return _("An electronic invoice also needs: %(facts)s.") % {
        "facts": ", ".join(str(one) for one in missing)
    }


def missing_for(invoice: Invoice) -> list[Missing]:
    """Return what the invoice lacks to be written for machines."""
    seller, buyer = parties_of(invoice)
    return [
        *_missing_of(seller, seller["name"], reverse("clients:firm")),
        *_missing_of(
            buyer, buyer["name"], reverse("clients:client-edit", args=[invoice.client_id])
        ),
        *_missing_rate(invoice, seller),
    ]


def missing_of_firm(entity: LegalEntity) -> list[Missing]:
    """Return what the firm lacks before any of its documents can be written for machines."""
    seller = seller_as_issued(entity)
    return list(_missing_of(completed(seller, seller), seller["name"], reverse("clients:firm")))


def missing_of_parties(seller: Party, buyer: Party, client_id: int) -> list[Missing]:
    """Return what two parties lack before anything is issued."""
    return [
        *_missing_of(completed(seller, seller), seller["name"], reverse("clients:firm")),
        *_missing_of(buyer, buyer["name"], reverse("clients:client-edit", args=[client_id])),
    ]


def _missing_of(party: Party, owner: str, url: str) -> Iterable[Missing]:
    is_ours, is_person = is_french(party), party["kind"] == ClientKind.PERSON
    if is_ours and not is_person and not siren_of(party):
        yield Missing(_("SIREN"), owner, url)
    elif not address_of(party).value:
        yield Missing(_("electronic address"), owner, url)


def _missing_rate(invoice: Invoice, seller: Party) -> Iterable[Missing]:
    """Tell of an issued document only: the rate of a draft is looked up when it is issued."""
    is_needed = invoice.currency != "EUR" and seller["country"] == "FR" and not invoice.is_draft
    if is_needed and invoice.tax and rate_of(invoice) is None:
        what = _("exchange rate of %(currency)s on the invoice's date") % {
            "currency": invoice.currency
        }
        yield Missing(what, seller["name"], reverse("billing:exchange-rates"))
