"""The tax report as lists: what counts by situation and rate, and each document and payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from core.listing import Column, Empty, Listing
from ledger.domain.vat import Part
from ledger.queries.vat import Movement, Report
from ledger.vat_words import REASONS, SITUATIONS, nature_of, rate_of


@dataclass(frozen=True)
class VatRow:
    """What counts in one situation at one rate, and where its documents are listed."""

    part: Part
    currency: str
    url: str

    @property
    def situation(self) -> str:
        """Whose tax it is, in words."""
        return str(SITUATIONS[self.part.sort.situation])

    @property
    def rate(self) -> str:
        """The rate, nothing where none applies."""
        return rate_of(self.part.sort)

    @property
    def nature(self) -> str:
        """Goods or services."""
        return str(nature_of(self.part.sort))

    @property
    def base(self) -> Decimal:
        """The amount without tax."""
        return self.part.base

    @property
    def tax(self) -> Decimal:
        """The tax."""
        return self.part.tax

    @property
    def gross(self) -> Decimal:
        """Both together."""
        return self.base + self.tax


@dataclass(frozen=True)
class MovementRow(VatRow):
    """What counts by one happening: its document and its payment."""

    movement: Movement

    @property
    def why(self) -> str | Promise:
        """What happened, in words."""
        return REASONS[self.movement.why]

    @property
    def payment_url(self) -> str:
        """The page of the payment, where it is about one."""
        key = self.movement.payment_id
        return reverse("billing:payment", args=[key]) if key else ""


def rows_of(report: Report) -> list[VatRow]:
    """Return the report's rows; each opens what it consists of."""
    span = report.span
    days = {"since": span.since.isoformat(), "until": span.until.isoformat()}
    asked = {**days, "basis": report.basis.value, "company": report.entity.pk}
    page = reverse("ledger:vat-documents")
    return [
        VatRow(part, report.entity.currency, f"{page}?{urlencode({**asked, 'row': part.sort.key})}")
        for part in report.rows
    ]


def movements_of(report: Report, key: str) -> list[MovementRow]:
    """Return the documents and payments of a row, or of the whole report."""
    return [
        MovementRow(
            one.part,
            report.entity.currency,
            reverse("billing:invoice", args=[one.document.id]),
            one,
        )
        for one in report.of(key)
    ]


# What the report is about, in its address.
ABOUT = ("company", "since", "until", "basis", "row")


def _address(row: VatRow) -> str:
    return row.url


def _amounts() -> Sequence[Column[VatRow]]:
    return [
        Column("base", _("Base"), kind="money", total=True),
        Column("tax", _("VAT"), kind="money", total=True, phone="side"),
        Column("gross", _("With VAT"), kind="money", total=True, phone="hidden"),
    ]


VAT = Listing[VatRow](
    name="vat",
    columns=[
        Column("situation", _("Situation"), link=True),
        Column("rate", _("Rate")),
        Column("nature", _("Kind")),
        *_amounts(),
    ],
    currency="currency",
    row_url=_address,
    about=ABOUT,
    empty=Empty(_("Nothing counts in these days"), "", "receipt-tax"),
)

MOVEMENTS = Listing[VatRow](
    name="vat-documents",
    columns=[
        Column("day", _("Date"), "movement.day", kind="day", sort=True),
        Column("document", _("Document"), "movement.document.number", link=True, sort=True),
        Column("client", _("Client"), "movement.document.client", sort=True),
        Column("why", _("By"), cell="ledger/cells.html#why"),
        Column("situation", _("Situation"), phone="hidden"),
        Column("rate", _("Rate"), phone="hidden"),
        Column("nature", _("Kind"), phone="hidden"),
        *_amounts(),
    ],
    order="day",
    search=["movement.document.number", "movement.document.client"],
    currency="currency",
    row_url=_address,
    about=ABOUT,
    empty=Empty(_("Nothing counts in these days"), "", "receipt-tax"),
)
