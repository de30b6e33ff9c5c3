"""Writing bills down: invoices, charges, claims and tax lines, each table in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db import IntegrityError, connection
from django.utils import translation

from billing.domain.bill import Bill
from billing.domain.charge import RatedCharge, Source
from billing.models import BillingRun, Charge, Claim, Invoice, InvoiceStatus, TaxLine
from billing.queries.destinations import names_of
from billing.queries.freshness import has_changed_since_read
from billing.wording import description_of
from clients.models import Client, LegalEntity
from core.bulk import copy_rows, reserve_ids

Row = tuple[object, ...]
INVOICE_COLUMNS = (
    "id",
    "client_id",
    "legal_entity_id",
    "run_id",
    "status",
    "as_of_on",
    "currency",
    "language",
    "tax_situation",
    "purchase_order",
    "covering_order_id",
    "group_label",
    "net",
    "tax",
    "total",
)
CHARGE_COLUMNS = (
    "id",
    "client_id",
    "run_id",
    "invoice_id",
    "position",
    "kind",
    "treatment",
    "description",
    "starts_on",
    "last_day_on",
    "quantity",
    "unit",
    "unit_price",
    "price_base",
    "amount",
    "list_amount",
    "tax_code",
    "tax_category",
    "tax_rate",
    "ledger_account",
    "ticket_id",
    "contract_id",
    "purchase_order_id",
    "cost_centre",
    "reduces_id",
    "reach",
    "basis",
)
CLAIM_COLUMNS = (
    "charge_id",
    "time_entry_id",
    "part_used_id",
    "flat_rate_item_id",
    "time_correction_id",
    "prepaid_block_id",
    "contract_line_id",
    "hand_line_id",
    "period_on",
    "portion",
    "revision",
    "minutes",
    "billed_minutes",
    "allowance_id",
    "bucket_on",
    "drawn_block_id",
    "drawn_quantity",
    "evidence_version",
    "ticket_version",
)
TAX_COLUMNS = ("invoice_id", "category", "rate", "base", "tax")


class EvidenceChanged(IntegrityError):
    """Somebody changed evidence between its reading and its settling; rate it again."""


@dataclass(frozen=True, slots=True)
class Drafting:
    """What the drafts of one batch have in common."""

    entity: LegalEntity
    as_of: date
    run: BillingRun | None

    @property
    def run_id(self) -> int | None:
        """The key of the run, None for a draft that no run made."""
        return self.run.pk if self.run else None


def write_bills(bills: Sequence[tuple[Client, Bill]], drafting: Drafting) -> Sequence[int | None]:
    """Write the bills down and return the new draft of each.

    Charges of a bill without totals are settled: they have no invoice and no position.

    :raises EvidenceChanged: what would be settled is no longer what was rated
    """
    _look_up_by_index()
    invoice_ids = _write_invoices(bills, drafting)
    keys = iter(reserve_ids(Charge, sum(len(bill.charges) for _, bill in bills)))
    charges: list[Row] = []
    claims: list[Row] = []
    settled: list[int] = []
    known = zip(bills, invoice_ids, strict=True)
    for language, some in groupby(known, key=lambda one: one[0][0].language):
        with translation.override(language):
            for (client, bill), invoice_id in some:
                place = (client.pk, drafting.run_id, invoice_id)
                written = [(next(keys), *line) for line in bill.lines()]
                lines = {one.source: key for key, _, one in written if not one.reach}
                charges.extend(
                    (key, *place, at, *_charge_row(one, lines[one.source] if one.reach else None))
                    for key, at, one in written
                )
                claims.extend(
                    (key, *_claim_row(one.source)) for key, _, one in written if not one.reach
                )
                if bill.totals is None:
                    settled.extend(key for key, _, _ in written)
    copy_rows(Charge, CHARGE_COLUMNS, charges)
    copy_rows(Claim, CLAIM_COLUMNS, claims)
    if settled and has_changed_since_read(settled):
        raise EvidenceChanged("the work was changed at the same moment")
    return invoice_ids


def write_charges(draft: Invoice, charges: Sequence[RatedCharge], first: int) -> None:
    """Write charges onto a draft that exists already, from a place on."""
    place = (draft.client_id, draft.run_id, draft.pk)
    keys = reserve_ids(Charge, len(charges))
    with translation.override(draft.language):
        written = list(zip(keys, range(first, first + len(charges)), charges, strict=True))
        rows = [(key, *place, at, *_charge_row(one)) for key, at, one in written]
    copy_rows(Charge, CHARGE_COLUMNS, rows)
    copy_rows(Claim, CLAIM_COLUMNS, ((key, *_claim_row(one.source)) for key, _, one in written))


def _look_up_by_index() -> None:
    """Let the checks of foreign keys use indexes until the transaction ends.

    PostgreSQL keeps their plans for as long as the connection lives. Made while the tables were
    empty, they would read whole tables and slow down with every batch of a firm's first run.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")


def _write_invoices(
    bills: Sequence[tuple[Client, Bill]], drafting: Drafting
) -> Sequence[int | None]:
    names = names_of(bill for _, bill in bills)
    keys = iter(reserve_ids(Invoice, sum(1 for _, bill in bills if bill.totals)))
    invoices: list[Row] = []
    taxes: list[Row] = []
    found: list[int | None] = []
    for client, bill in bills:
        key = next(keys) if bill.totals else None
        found.append(key)
        if bill.totals is None:
            continue
        totals = bill.totals
        invoices.append(
            (
                key,
                client.pk,
                drafting.entity.pk,
                drafting.run_id,
                InvoiceStatus.DRAFT,
                drafting.as_of,
                client.currency,
                client.language,
                bill.situation,
                names.printed_order(bill) or client.purchase_order,
                names.covering_order(bill),
                names.label_of(bill),
                totals.net,
                totals.tax,
                totals.total,
            )
        )
        taxes.extend((key, tax.category, tax.rate, tax.base, tax.tax) for tax in totals.taxes)
    copy_rows(Invoice, INVOICE_COLUMNS, invoices)
    copy_rows(TaxLine, TAX_COLUMNS, taxes)
    return found


def _charge_row(charge: RatedCharge, reduces: int | None = None) -> Row:
    return (
        charge.kind,
        charge.treatment,
        description_of(charge),
        charge.period.start,
        charge.period.last_day,
        charge.quantity,
        charge.unit,
        charge.unit_price,
        charge.price_base,
        charge.amount,
        charge.list_amount,
        charge.tax_code,
        charge.tax_category,
        charge.tax_rate,
        charge.ledger_account,
        charge.ticket.id if charge.ticket else None,
        charge.contract.id if charge.contract else None,
        charge.destination.purchase_order_id,
        charge.destination.cost_centre,
        reduces,
        charge.reach,
        charge.basis,
    )


def _claim_row(source: Source) -> Row:
    return (
        source.time_entry_id,
        source.part_used_id,
        source.flat_rate_item_id,
        source.time_taken_back_id,
        source.block_sold_id,
        source.contract_line_id,
        source.hand_line_id,
        source.period_on,
        source.portion,
        source.revision,
        source.minutes,
        source.billed_minutes,
        source.allowance_id,
        source.bucket_on,
        source.drawn_block_id,
        source.drawn_quantity,
        source.evidence_version,
        source.ticket_version,
    )
