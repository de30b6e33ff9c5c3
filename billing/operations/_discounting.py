"""The steps that put discounts on a draft and carry them to the draft that takes its place.

Nothing here opens a transaction: each function works inside the one it finds, behind the lock of
the client and of the draft.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.utils import translation
from django.utils.translation import gettext as _

from billing.domain.discounts import Granted, Reducible, Reduction, reductions_of
from billing.models import Charge, Claim, Discount, Invoice, Reach, Treatment, Unit
from billing.queries.cancelling import SOURCE_FIELDS
from core.display import percent_text
from core.money import ZERO

_KEY = (*SOURCE_FIELDS, "portion", "revision")
_SAME = (
    "client_id", "run_id", "invoice_id", "kind", "starts_on", "last_day_on", "tax_code",
    "tax_category", "tax_rate", "ledger_account", "ticket_id", "contract_id", "purchase_order_id",
    "cost_centre",
)  # fmt: skip
RULE = "discount/1"


@dataclass(frozen=True)
class Carried:
    """A discount as it is granted again: ``evidence`` is what its line rests on."""

    is_on_line: bool
    fields: dict[str, Any]
    evidence: frozenset[tuple[object, ...]] = field(default_factory=frozenset)


def carried_of(draft: Invoice, **which: object) -> list[Carried]:
    """Return what was taken off the lines of a draft and off all of it."""
    found = Discount.objects.filter(invoice=draft, **which).order_by("pk")
    return [
        Carried(
            one.line_id is not None,
            {
                "percent": one.percent,
                "amount": one.amount,
                "reason": one.reason,
                "granted_by_id": one.granted_by_id,
            },
            frozenset(Claim.objects.filter(charge=one.line_id).values_list(*_KEY)),
        )
        for one in found
    ]


def lay_down(drafts: Iterable[Invoice], carried: Sequence[Carried]) -> list[Invoice]:
    """Grant discounts again, and return the drafts that have to be added up.

    What was taken off a whole document goes to the first of the drafts. What was taken off a line
    goes with the line's evidence; where nothing is billed of that, there is nothing to reduce.
    """
    places = list(drafts)
    if not places or not carried:
        return []
    lines = _lines_by_evidence(places)
    rows = []
    for one in carried:
        if not one.is_on_line:
            rows.append(Discount(invoice=places[0], **one.fields))
            continue
        line = next((lines[key] for key in sorted(one.evidence, key=repr) if key in lines), None)
        if line is not None:
            rows.append(Discount(invoice=line.invoice, line=line, **one.fields))
    Discount.objects.bulk_create(rows)
    reduced = {row.invoice_id for row in rows}
    return [draft for draft in places if draft.pk in reduced]


def _lines_by_evidence(drafts: Sequence[Invoice]) -> dict[tuple[object, ...], Charge]:
    claims = Claim.objects.filter(charge__invoice__in=drafts, charge__position__isnull=False)
    rows = claims.select_related("charge__invoice").order_by("-pk")
    return {tuple(getattr(row, name) for name in _attributes()): row.charge for row in rows}


def _attributes() -> list[str]:
    fields = {one.name: one.attname for one in Claim._meta.concrete_fields}
    return [fields[name] for name in _KEY]


def take_off(draft: Invoice) -> None:
    """Take what persons granted off the lines again, before they are added up anew."""
    Charge.objects.filter(invoice=draft, discount__isnull=False).delete()


def write_reductions(draft: Invoice) -> None:
    """Write what each discount takes off each line of a draft, behind its lines."""
    granted = {one.pk: one for one in Discount.objects.filter(invoice=draft).order_by("pk")}
    if not granted:
        return
    lines = {line.pk: line for line in reducible_lines(draft)}
    agreed = _agreed(draft)
    found = reductions_of(
        [
            Reducible(key, line.amount + agreed[key], (line.tax_category, line.tax_rate))
            for key, line in lines.items()
        ],
        [Granted(one.pk, one.line_id, one.percent, one.amount) for one in granted.values()],
        draft.currency,
    )
    last = draft.charges.aggregate(last=Max("position"))["last"] or 0
    with translation.override(draft.language):
        Charge.objects.bulk_create(
            _charge(last + n, lines[one.line_id], granted[one.discount_id], one)
            for n, one in enumerate(found, start=1)
        )


def reducible_lines(draft: Invoice) -> list[Charge]:
    """Return the lines of a draft that cost or take back something, in their order."""
    lines = Charge.objects.lines().filter(invoice=draft, treatment=Treatment.BILLED)
    return list(lines.exclude(amount=0).order_by("position"))


def _agreed(draft: Invoice) -> dict[int, Decimal]:
    """Return, by line, what agreements take off it already."""
    sums: dict[int, Decimal] = defaultdict(lambda: ZERO)
    for line_id, amount in Charge.objects.filter(
        invoice=draft, reduces__isnull=False, discount=None
    ).values_list("reduces_id", "amount"):
        sums[line_id or 0] += amount
    return sums


def _charge(position: int, line: Charge, granted: Discount, taken: Reduction) -> Charge:
    same: dict[str, Any] = {name: getattr(line, name) for name in _SAME}
    return Charge(
        **same,
        position=position,
        treatment=Treatment.BILLED,
        description=words_of(granted),
        quantity=Decimal(-1),
        unit=Unit.PIECE,
        unit_price=taken.amount,
        amount=-taken.amount,
        list_amount=-taken.amount,
        reduces=line,
        reach=Reach.LINE if granted.line_id else Reach.DOCUMENT,
        discount=granted,
        basis={"rule": RULE},
    )


def words_of(granted: Discount) -> str:
    """Return what the client reads of a discount, in the language of the moment."""
    if granted.percent is None:
        return _("Discount: %(reason)s") % {"reason": granted.reason}
    share = {"percent": percent_text(granted.percent), "reason": granted.reason}
    return _("Discount of %(percent)s: %(reason)s") % share
