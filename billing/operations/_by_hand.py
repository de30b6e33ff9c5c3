"""The steps that put lines by hand on a draft and take them off it.

Nothing here opens a transaction: each function works inside the one it finds, behind the lock of
the client and of the draft.
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from billing.by_hand import WholeLine, Written, faults_of, made_whole
from billing.domain.bill import Bill, draw_up_by_hand
from billing.domain.terms import NotBillable
from billing.domain.totals import totals_of
from billing.explain import explain_hold
from billing.models import Charge, Claim, HandLine, Invoice, TaxLine, TaxSituation
from billing.operations._discounting import Carried, lay_down, take_off, write_reductions
from billing.operations._ledger import write_charges
from billing.operations._outcomes import recount
from billing.queries.evidence import load_prices
from billing.queries.hand_lines import rated_from
from clients.models import Client, LegalEntity

LONGEST_REASON = HandLine._meta.get_field("reason").max_length or 0


class HandLineRefused(Exception):
    """The line cannot stand on an invoice like this; the message says why, nothing has changed."""


def whole_lines(lines: Sequence[Written]) -> list[WholeLine]:
    """Return the lines made whole.

    :raises HandLineRefused: there is none, or one of them is faulty
    """
    if not lines:
        raise HandLineRefused(_("Write at least one line."))
    for line in lines:
        for fault in faults_of(line):
            raise HandLineRefused(fault.sentence)
    return [made_whole(line) for line in lines]


def write_rows(
    client: Client,
    lines: Sequence[WholeLine],
    reason: str,
    actor: User | None,
    order_id: int | None,
) -> list[HandLine]:
    """Write down what was agreed, by whom and why.

    :raises HandLineRefused: no reason is given, or the client pays only with an order
    """
    words = reason.strip()
    if not words:
        raise HandLineRefused(_("Say why it is charged: who agreed to it, and where."))
    if len(words) > LONGEST_REASON:
        raise HandLineRefused(_("Say why in %(n)d characters at most.") % {"n": LONGEST_REASON})
    if client.requires_purchase_order and not (order_id or client.purchase_order):
        raise HandLineRefused(_("The client pays only with a purchase order: name one."))
    return [
        HandLine.objects.create(
            client=client,
            reason=words,
            entered_by=actor,
            purchase_order_id=order_id,
            **_fields_of(line),
        )
        for line in lines
    ]


def change_row(row: HandLine, line: WholeLine) -> None:
    """Let a line say what it is changed to; who entered it and why stays."""
    fields = _fields_of(line)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def _fields_of(line: WholeLine) -> dict[str, object]:
    return {**asdict(replace(line, product=None)), "product": line.product}


def rated_by_hand(client: Client, entity: LegalEntity, rows: Collection[HandLine]) -> Bill:
    """Return what the lines come to, with the tax of the client as it is now.

    :raises HandLineRefused: something of the client's must be put right first
    """
    prices = load_prices([client], entity)[client.pk]
    evidence = replace(prices, hand_lines=[rated_from(row) for row in rows])
    try:
        return draw_up_by_hand(evidence)
    except NotBillable as refusal:
        raise HandLineRefused(explain_hold(refusal)) from refusal


def put_on_draft(
    draft: Invoice,
    rows: Sequence[HandLine],
    at: int | None = None,
    carried: Sequence[Carried] = (),
) -> None:
    """Put lines at the end of a draft, or in one place of it, and add it up again.

    ``carried`` are discounts that belong on these lines.

    :raises HandLineRefused: the client's tax changed since the draft was made
    """
    bill = rated_by_hand(draft.client, draft.legal_entity, rows)
    if bill.situation != draft.tax_situation:
        raise HandLineRefused(_why_apart({str(bill.situation), draft.tax_situation}))
    take_off(draft)
    last = draft.charges.aggregate(last=Max("position"))["last"] or 0
    write_charges(draft, bill.charges, at or last + 1)
    lay_down([draft], carried)
    add_up(draft)


def _why_apart(situations: Collection[str]) -> str:
    if TaxSituation.OUTSIDE_SCOPE in situations:
        return _("What is outside the scope of VAT stands on a document of its own.")
    return _("The tax situation of the client changed after this draft was made; refresh it.")


def take_off_draft(draft: Invoice, row: HandLine) -> int:
    """Take a line off its draft and return its place."""
    claim = Claim.objects.select_related("charge").get(hand_line=row, charge__invoice=draft)
    charge = claim.charge
    charge.delete()
    return charge.position or 0


def add_up(draft: Invoice) -> None:
    """Compute discounts, tax per rate and totals of a draft from the lines that it has now."""
    take_off(draft)
    write_reductions(draft)
    printed = Charge.objects.printed().filter(invoice=draft)
    totals = totals_of(printed, draft.currency)
    TaxLine.objects.filter(invoice=draft).delete()
    TaxLine.objects.bulk_create(
        TaxLine(invoice=draft, category=tax.category, rate=tax.rate, base=tax.base, tax=tax.tax)
        for tax in totals.taxes
    )
    draft.net, draft.tax, draft.total = totals.net, totals.tax, totals.total
    draft.save(update_fields=["net", "tax", "total"])
    recount(draft.run, draft.client)


def rows_of_draft_by_hand(draft: Invoice) -> list[HandLine]:
    """Return the lines of a draft that holds nothing else, none where anything else is on it."""
    claims = Claim.objects.filter(charge__invoice=draft)
    if claims.filter(hand_line=None).exists() or draft.run_id is not None:
        return []
    return list(HandLine.objects.on_draft(draft))
