"""What a client's next invoice would say: the engine of the run, writing nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _

from billing.domain.charge import HeldEvidence, RatedCharge
from billing.domain.evidence import ClientEvidence
from billing.domain.rating import rate
from billing.domain.terms import Kind, NotBillable, Treatment
from billing.domain.totals import totals_of
from billing.explain import explain, explain_hold
from billing.models import Treatment as TreatmentShown
from billing.paper import price_text, quantity_text
from billing.queries.billing_days import next_billing_day
from billing.queries.evidence import load_evidence
from billing.queries.holds import parked
from billing.wording import description_of
from clients.models import Client, LegalEntity
from core.money import ZERO


@dataclass(frozen=True)
class UpcomingLine:
    """A line that is not written down yet, with the sentence that explains it."""

    charge: RatedCharge
    description: str
    quantity: str
    price: str
    explanation: str

    @property
    def treatment(self) -> str:
        """Why nothing is asked for it, where that is so: covered, drawn from hours, waived."""
        if self.charge.treatment == Treatment.BILLED:
            return ""
        return str(TreatmentShown(self.charge.treatment).label)

    @property
    def amount(self) -> Decimal:
        """What the line comes to."""
        return self.charge.amount


@dataclass(frozen=True)
class UpcomingSection:
    """Lines of one contract, of one ticket, or corrections."""

    title: str
    lines: Sequence[UpcomingLine]

    @property
    def amount(self) -> Decimal:
        """What the section comes to."""
        return sum((line.amount for line in self.lines), ZERO)


@dataclass(frozen=True)
class Upcoming:
    """The next invoice so far; ``reason`` says why there would be none."""

    as_of: date
    currency: str
    sections: Sequence[UpcomingSection] = ()
    net: Decimal = ZERO
    tax: Decimal = ZERO
    reason: str = ""
    held: Sequence[str] = ()

    @property
    def total(self) -> Decimal:
        """Net and tax together."""
        return self.net + self.tax


def next_invoice(client: Client, entity: LegalEntity, as_of: date) -> Upcoming:
    """Return what would be billed to the client as of the day, as things are now."""
    evidence = load_evidence([client], entity, as_of)[client.pk]
    return upcoming_from(evidence, as_of)


def next_invoice_shown(client: Client, entity: LegalEntity, today: date) -> Upcoming | None:
    """Return a client's next invoice as its own people may see it; None unless the firm shows it.

    Why work waits, or why nothing can be billed right now, is the firm's own matter.
    """
    if not entity.shows_next_invoice:
        return None
    as_of = next_billing_day(client, today)
    found = next_invoice(client, entity, as_of)
    if found.reason or client.pk in parked([client.pk]):
        return Upcoming(as_of, entity.currency, reason=_("It cannot be worked out right now."))
    return replace(found, held=())


def upcoming_from(evidence: ClientEvidence, as_of: date) -> Upcoming:
    """Return what the evidence comes to as of the day, in sections as an invoice has them."""
    currency = evidence.firm.currency
    try:
        rated = rate(evidence, as_of)
    except NotBillable as refusal:
        return Upcoming(as_of, currency, reason=explain_hold(refusal))
    printed = [charge for charge in rated.charges if charge.is_printed]
    totals = totals_of(printed, currency)
    return Upcoming(
        as_of=as_of,
        currency=currency,
        sections=sections_from(printed),
        net=totals.net,
        tax=totals.tax,
        held=[_held_sentence(one) for one in rated.held],
    )


def sections_from(charges: Iterable[RatedCharge]) -> list[UpcomingSection]:
    """Return the charges in sections, in the order in which they are given."""
    return [
        UpcomingSection(title, [_within(title, line_from(charge)) for charge in group])
        for title, group in groupby(charges, _title_of)
    ]


def line_from(charge: RatedCharge) -> UpcomingLine:
    """Return a charge as people read it."""
    return UpcomingLine(
        charge=charge,
        description=description_of(charge),
        quantity=quantity_text(charge),
        price=price_text(charge),
        explanation=explain(charge),
    )


def _within(title: str, line: UpcomingLine) -> UpcomingLine:
    """Return the line without the ticket that the section's title already names."""
    short = line.description.removeprefix(title).lstrip(" \u00a0\u202f:")  # as French spaces it
    return replace(line, description=short or line.description)


def _title_of(charge: RatedCharge) -> str:
    if charge.kind == Kind.ADJUSTMENT:
        return _("Corrections")
    if charge.ticket is not None:
        return f"{charge.ticket.number} {charge.ticket.subject}"
    if charge.contract is not None:
        return f"{charge.contract.number} {charge.contract.name}"
    return _("Other")


def _held_sentence(held: HeldEvidence) -> str:
    return explain_hold(held)
