"""What is known when drafts are issued, and the reasons why one of them cannot be."""

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from billing.domain.evidence import Buyer, Firm
from billing.domain.proof import fault_of
from billing.domain.sealing import SealedLine, SealedTax, copy_digest
from billing.domain.tax import situation_of
from billing.mentions import Mention, mentions_for
from billing.models import Invoice, NumberSeries
from billing.parties import (
    Party,
    missing_of_buyer,
    missing_of_seller,
    seller_as_issued,
    sentence_for_missing,
)
from clients.models import Client, LegalEntity
from core.display import day_text
from core.money import smallest_unit


@dataclass
class Books:
    """The state of one legal entity's numbers and chain, moved on with each document."""

    entity: LegalEntity
    series: NumberSeries
    last_date: date | None
    position: int = 0
    head: str = ""
    shared: dict[tuple[str, str, frozenset[str]], "SharedCopies"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.missing = missing_of_seller(self.entity)
        self.seller: Party = seller_as_issued(self.entity)

    def next_number(self) -> str:
        """Count one document more and return its number."""
        self.series.last += 1
        return f"{self.series.prefix}-{self.series.year}-{self.series.last:05d}"

    def shared_copies(self, paper: "Paper") -> "SharedCopies":
        """Return seller and mentions, made once for each sort of document."""
        invoice = paper.invoice
        key = (invoice.tax_situation, invoice.language, paper.kinds)
        if key not in self.shared:
            mentions = mentions_for(
                self.entity,
                situation=invoice.tax_situation,
                language=invoice.language,
                kinds=paper.kinds,
            )
            self.shared[key] = SharedCopies(self.seller, mentions)
        return self.shared[key]


@dataclass(frozen=True, eq=False)
class SharedCopies:
    """Seller and mentions as many invoices carry them, written and sealed once."""

    seller: Party
    mentions: list[Mention]

    @cached_property
    def as_json(self) -> tuple[str, str]:
        """Both as the database takes them."""
        return json.dumps(self.seller), json.dumps(self.mentions)

    @cached_property
    def digests(self) -> tuple[str, str]:
        """Both as the seal takes them."""
        return copy_digest(self.seller), copy_digest(self.mentions)


@dataclass(frozen=True)
class Paper:
    """A draft with all that is printed on it."""

    invoice: Invoice
    lines: tuple[SealedLine, ...]
    tax_lines: tuple[SealedTax, ...]
    changed_ticket: str = ""

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Which sorts of line are printed."""
        return frozenset(line.kind for line in self.lines if line.position is not None)


def reason_against(paper: Paper, books: Books, issued_on: date) -> str:
    """Return why this draft cannot be issued on this day, empty when it can."""
    return (
        _against_state(paper, books, issued_on)
        or _against_parties(paper.invoice, books)
        or _against_amounts(paper)
    )


def _against_state(paper: Paper, books: Books, issued_on: date) -> str:
    if not paper.invoice.is_draft:
        return _("%(invoice)s has already been issued.") % {"invoice": paper.invoice}
    if books.last_date and issued_on < books.last_date:
        return _(
            "The last invoice is dated %(last)s; a later number cannot have an earlier date."
        ) % {"last": day_text(books.last_date)}
    if paper.changed_ticket:
        return _("The work on %(ticket)s changed after this draft was made; refresh the draft.") % {
            "ticket": paper.changed_ticket
        }
    return ""


def _against_parties(invoice: Invoice, books: Books) -> str:
    if books.missing:
        return sentence_for_missing(_("The firm"), books.missing)
    client = invoice.client
    missing = missing_of_buyer(client)
    if missing:
        return sentence_for_missing(client.name or client.code, missing)
    if invoice.tax_situation != _situation_of(books.entity, client):
        return _(
            "The tax situation of %(client)s changed after this draft was made; refresh the draft."
        ) % {"client": client.name}
    return ""


def _situation_of(entity: LegalEntity, client: Client) -> str:
    firm = Firm(entity.country, entity.currency, entity.is_small_business)
    buyer = Buyer(client.pk, client.country, client.currency, client.vat_number)
    return situation_of(firm, buyer)


def _against_amounts(paper: Paper) -> str:
    invoice = paper.invoice
    if not paper.kinds:
        return _("There is nothing on this draft.")
    totals = (invoice.net, invoice.tax, invoice.total)
    fault = fault_of(paper.lines, paper.tax_lines, totals, smallest_unit(invoice.currency))
    if fault:
        return _("This draft does not add up (%(fault)s); refresh it.") % {"fault": fault.value}
    if invoice.total < Decimal(0):
        return _("This draft comes to less than nothing; keep it until the next lines outweigh it.")
    return ""
