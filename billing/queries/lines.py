"""An invoice's lines as people read them: in sections, each with its explanation and evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from billing.explain import explain
from billing.explain_lines import counted_units
from billing.explain_time import NamedRate, named_rates
from billing.models import Charge, ChargeKind, Claim, Invoice
from billing.paper import description_in_section, price_text, quantity_text
from billing.reductions import Reductions, parted
from core.money import ZERO


@dataclass(frozen=True)
class Section:
    """Lines that belong together: of a contract, of a ticket, corrections, or without charge."""

    title: str
    url: str
    lines: list["Line"]

    @property
    def amount(self) -> Decimal:
        """What the section comes to, discounts on its lines taken off."""
        return sum((line.net for line in self.lines), ZERO)


@dataclass(frozen=True)
class Line:
    """A line with what explains it."""

    charge: Charge
    description: str
    quantity: str
    price: str
    explanation: str
    claims: list[Claim]
    rates: list[NamedRate]
    counted: list[str]
    discounts: list[Charge] = field(default_factory=list)

    @property
    def net(self) -> Decimal:
        """What the line asks for, its discounts taken off."""
        return sum((one.amount for one in self.discounts), self.charge.amount)


def charges_with_evidence() -> "Prefetch[str]":
    """Return what to prefetch so that an invoice's lines cost a fixed number of queries."""
    claims = Claim.objects.select_related(
        "time_entry__technician",
        "time_entry__work_type",
        "part_used",
        "flat_rate_item",
        "time_correction__time_entry__work_type",
        "contract_line__contract",
        "hand_line__entered_by",
    ).order_by("pk")
    charges = Charge.objects.select_related("ticket", "contract").order_by("position", "pk")
    return Prefetch("charges", charges.prefetch_related(Prefetch("claims", claims)))


def sections_of(invoice: Invoice) -> list[Section]:
    """Return the sections in the order of the paper, what is not printed at the end."""
    charges = list(invoice.charges.all())
    known = parted(charges)
    sections = [_section(key, group, known) for key, group in groupby(known.lines, _key)]
    silent = [line_of(charge) for charge in charges if charge.position is None]
    if silent:
        sections.append(Section(_("Settled without charge"), "", silent))
    return sections


def line_of(charge: Charge, known: Reductions | None = None) -> Line:
    """Return a charge with its explanation, its evidence and its discounts."""
    return Line(
        charge=charge,
        description=description_in_section(charge),
        quantity=quantity_text(charge),
        price=price_text(charge),
        explanation=explain(charge),
        claims=list(charge.claims.all()),
        counted=counted_units(charge.basis),
        rates=named_rates(charge),
        discounts=known.of(charge) if known else [],
    )


def _key(charge: Charge) -> tuple[str, int]:
    if charge.kind == ChargeKind.ADJUSTMENT:
        return ("correction", 0)
    if charge.ticket_id:
        return ("ticket", charge.ticket_id)
    return ("contract", charge.contract_id or 0)


def _section(key: tuple[str, int], charges: Iterable[Charge], known: Reductions) -> Section:
    lines = [line_of(charge, known) for charge in charges]
    first = lines[0].charge
    if key[0] == "contract" and first.contract:
        return Section(str(first.contract), first.contract.get_absolute_url(), lines)
    if key[0] == "ticket" and first.ticket:
        return Section(str(first.ticket), first.ticket.get_absolute_url(), lines)
    if key[0] == "correction":
        return Section(_("Corrections of earlier periods"), "", lines)
    return Section(_("Other"), "", lines)


def service_days(invoice: Invoice) -> tuple[date, date] | None:
    """Return the first and last day of what is printed, None where nothing is."""
    days = [(charge.starts_on, charge.last_day_on) for charge in _printed(invoice)]
    return (min(first for first, _ in days), max(last for _, last in days)) if days else None


def _printed(invoice: Invoice) -> Iterator[Charge]:
    return (charge for charge in invoice.charges.all() if charge.position is not None)
