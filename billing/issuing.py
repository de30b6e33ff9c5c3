"""What is known when drafts are issued, and the reasons why one of them cannot be."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from billing.domain.evidence import Buyer, Firm
from billing.domain.sealing import copy_digest, link_hash
from billing.domain.tax import situation_of
from billing.domain.terms import Situation
from billing.einvoice.missing import missing_of_parties, sentence_for
from billing.mentions import REPLACES, Mention, mention_of, mention_of_rate, mentions_for
from billing.models import NumberSeries
from billing.parties import (
    Party,
    missing_of_buyer,
    missing_of_seller,
    seller_as_issued,
    sentence_for_missing,
)
from billing.queries.closings import closed_words
from billing.queries.exchange import rate_on
from billing.queries.papers import Paper
from clients.models import LegalEntity
from core.display import day_text


class Link(NamedTuple):
    """A link of the chain."""

    position: int
    digest: str
    previous_hash: str
    hash: str


@dataclass
class Books:
    """The state of one legal entity's numbers and chain, moved on with each document."""

    entity: LegalEntity
    series: NumberSeries
    last_date: date | None
    position: int = 0
    head: str = ""
    closed_through: date | None = None
    issued_on: date | None = None
    rates: dict[tuple[str, str], "Mention | None"] = field(default_factory=dict)
    shared: dict[tuple[object, ...], "SharedCopies"] = field(default_factory=dict)

    def __post_init__(self) -> None:
        entity = self.entity
        self.missing = missing_of_seller(entity)
        self.seller: Party = seller_as_issued(entity)
        self.firm = Firm(entity.country, entity.currency, entity.is_small_business)

    def next_number(self, issued_on: date) -> str:
        """Count one document more and return its number."""
        self.series.last += 1
        self.series.last_issued_on = issued_on
        return f"{self.series.prefix}-{self.series.year}-{self.series.last:05d}"

    def link(self, event: str, digest: str) -> Link:
        """Put a link at the end of the chain and return it."""
        previous = self.head
        self.position += 1
        self.head = link_hash(previous, self.position, event, digest)
        return Link(self.position, digest, previous, self.head)

    def shared_copies(self, paper: Paper, own: Sequence[Mention] = ()) -> "SharedCopies":
        """Return seller and mentions, made once for each sort of document and its own mentions."""
        draft, kinds = paper.draft, paper.written.kinds
        rate = self.rate_for(paper)
        said = "".join(mention["text"] for mention in own) + (rate["text"] if rate else "")
        key = (draft.tax_situation, draft.language, kinds, paper.replaces, said)
        if key not in self.shared:
            situation, language = draft.tax_situation, draft.language
            mentions = mentions_for(
                self.entity, situation=situation, language=language, kinds=kinds
            )
            if rate:
                mentions.append(rate)
            if paper.replaces:
                number, day = paper.replaces
                mentions.append(mention_of(REPLACES, language=language, number=number, day=day))
            self.shared[key] = SharedCopies(self.seller, [*own, *mentions])
        return self.shared[key]

    def needs_rate(self, paper: Paper) -> bool:
        """Whether the draft's VAT has to be stated in euro as well."""
        is_ours = self.entity.country == "FR"
        return is_ours and paper.draft.currency != "EUR" and bool(paper.draft.tax)

    def rate_for(self, paper: Paper) -> "Mention | None":
        """Return the mention of the rate that holds on the day, looked up once a currency."""
        if self.issued_on is None or not self.needs_rate(paper):
            return None
        currency, language = key = (paper.draft.currency, paper.draft.language)
        if key not in self.rates:
            found = rate_on(currency, self.issued_on)
            self.rates[key] = None
            if found:
                self.rates[key] = mention_of_rate(
                    language=language, currency=currency, rate=found.rate, day=found.valid_from_on
                )
        return self.rates[key]


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


def reason_against(paper: Paper, books: Books, issued_on: date) -> str:
    """Return why this draft cannot be issued on this day, empty when it can."""
    return (
        _kept_by_a_person(paper)
        or _against_state(paper, books, issued_on)
        or _against_parties(paper, books)
        or _against_amounts(paper)
    )


def _kept_by_a_person(paper: Paper) -> str:
    draft, parked = paper.draft, paper.buyer.parked_as
    if draft.held_at is not None:
        return _("This draft is on hold: %(reason)s") % {"reason": draft.held_reason}
    if draft.is_draft and parked is not None:
        return _("Billing of this client is on hold (%(reason)s).") % {"reason": parked}
    return ""


def _against_state(paper: Paper, books: Books, issued_on: date) -> str:
    if not paper.draft.is_draft:
        return _("%(invoice)s has already been issued.") % {"invoice": paper.draft.number}
    if books.closed_through and issued_on <= books.closed_through:
        return closed_words(books.closed_through)
    if books.last_date and issued_on < books.last_date:
        return _(
            "The last invoice is dated %(last)s; a later number cannot have an earlier date."
        ) % {"last": day_text(books.last_date)}
    if paper.changed_ticket:
        return _("The work on %(ticket)s changed after this draft was made; refresh the draft.") % {
            "ticket": paper.changed_ticket
        }
    return ""


def _against_parties(paper: Paper, books: Books) -> str:
    if books.missing:
        return sentence_for_missing(_("The firm"), books.missing)
    missing = missing_of_buyer(paper.buyer.party)
    if missing:
        return sentence_for_missing(paper.buyer.name, missing)
    if reason := _against_machines(paper, books):
        return reason
    if paper.draft.tax_situation != _situation_of(paper, books):
        return _(
            "The tax situation of %(client)s changed after this draft was made; refresh the draft."
        ) % {"client": paper.buyer.name}
    return ""


def _against_machines(paper: Paper, books: Books) -> str:
    """Return what the firm's rule that all must be electronic misses in this draft."""
    if not books.entity.needs_electronic_invoice:
        return ""
    missing = missing_of_parties(books.seller, paper.buyer.party, paper.draft.client_id)
    if missing:
        return sentence_for(missing)
    if books.needs_rate(paper) and books.rate_for(paper) is None:
        return _("The VAT must be stated in euro as well: enter the exchange rate.")
    return ""


def _situation_of(paper: Paper, books: Books) -> str:
    draft, party = paper.draft, paper.buyer.party
    if draft.tax_situation == Situation.OUTSIDE_SCOPE:
        return draft.tax_situation
    buyer = Buyer(draft.client_id, party["country"], draft.currency, party["vat_number"])
    return situation_of(books.firm, buyer)


def _against_amounts(paper: Paper) -> str:
    if not paper.written.kinds:
        return _("There is nothing on this draft.")
    if fault := paper.written.fault:
        return _("This draft does not add up (%(fault)s); refresh it.") % {"fault": fault}
    if paper.draft.total < Decimal(0):
        return _("This draft comes to less than nothing; keep it until the next lines outweigh it.")
    return ""
