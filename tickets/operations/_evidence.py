"""Steps for time, parts and flat rates that several operations share; they open no transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from django.db import DatabaseError, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from accounts.models import User
from catalog.models import Product, ProductKind
from clients.models import LegalEntity
from tickets.domain.work import FlatRatePerformed, PartTaken
from tickets.models import BillingMode, FlatRateItem, PartUsed, Ticket
from tickets.operations._tickets import require_firm_staff, require_open
from tickets.refusals import (
    EvidenceBilled,
    ImpossibleTime,
    PartIncomplete,
    PriceNegative,
    ProductNotOnSale,
    QuantityNotPositive,
)

RESTRICT_VIOLATION = "23001"


@contextmanager
def refusing_billed() -> Iterator[None]:
    """Turn the database's refusal to touch billed evidence into a sentence.

    :raises EvidenceBilled: the evidence is on an invoice or a draft, or was settled for nothing
    """
    try:
        with transaction.atomic():
            yield
    except ProtectedError as error:
        raise EvidenceBilled(_why_kept(error)) from error
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", "") != RESTRICT_VIOLATION:
            raise
        raise EvidenceBilled(_where_billed(str(error.__cause__))) from error


def _why_kept(error: ProtectedError) -> str:
    """Return why evidence with claims is not deleted: of a draft, or of a cancelled invoice."""
    if all(getattr(claim, "released_at", None) for claim in error.protected_objects):
        return _("This was on an invoice that is cancelled and stays on record: waive it instead.")
    return _("This is on a draft invoice. Discard the draft first.")


def _where_billed(told: str) -> str:
    """Return the sentence for what the database tells: "billed evidence: F-2026-00001"."""
    number = told.partition(":")[2].split("\n")[0].strip()
    if number in {"", "settled"}:
        return _("This has been settled already; correct it by a further entry.")
    return _("This is on invoice %(number)s; correct it by a further entry.") % {"number": number}


def add_part(ticket: Ticket, part: PartTaken, *, actor: User, now: datetime) -> PartUsed:
    """Note a part on a locked ticket.

    :raises Refusal: the ticket is closed, or the part is not one that can be used
    """
    require_firm_staff(actor)
    require_open(ticket)
    used = PartUsed(ticket=ticket)
    describe_part(used, part, now)
    used.save()
    return used


def describe_part(used: PartUsed, part: PartTaken, now: datetime) -> None:
    """Write what was taken into the row, without saving it.

    :raises Refusal: the part is not one that can be used
    """
    require_positive(part.quantity)
    if part.used_on > now.astimezone(LegalEntity.objects.current().zone).date():
        raise ImpossibleTime(_("This day has not come yet."), "used_on")
    if part.product_id is not None and part.product_id != used.product_id:
        product = _find_product(part.product_id, ProductKind.PART)
        used.product = product
        used.reference, used.tax_code = product.code, product.tax_code
        used.unit_cost = product.cost
        used.description, used.unit_price = product.name, product.price
    elif part.product_id is None:
        _take_out_product(used, part)
    used.description = part.description or used.description
    used.unit_price = used.unit_price if part.unit_price is None else part.unit_price
    used.quantity, used.used_on, used.is_billable = part.quantity, part.used_on, part.is_billable
    if used.unit_price < 0:
        raise PriceNegative(_("A price cannot be negative."))


def add_flat_rate(ticket: Ticket, performed: FlatRatePerformed, *, actor: User) -> FlatRateItem:
    """Note a flat-rate service on a locked ticket.

    :raises Refusal: the ticket is closed, or the service is not sold
    """
    require_firm_staff(actor)
    require_open(ticket)
    require_positive(performed.quantity)
    product = _find_product(performed.product_id, ProductKind.FLAT_RATE)
    if performed.includes_time and ticket.billing_mode != BillingMode.FLAT_RATE:
        ticket.billing_mode = BillingMode.FLAT_RATE
        ticket.save(update_fields=["billing_mode"])
    return FlatRateItem.objects.create(
        ticket=ticket,
        product=product,
        description=product.name,
        quantity=performed.quantity,
        price=product.price,
        tax_code=product.tax_code,
    )


def require_positive(quantity: Decimal) -> None:
    """Refuse nothing and less than nothing.

    :raises QuantityNotPositive: the quantity is not above zero
    """
    if quantity <= 0:
        raise QuantityNotPositive(_("The quantity must be more than nothing."))


def _take_out_product(used: PartUsed, part: PartTaken) -> None:
    """Make the row one that stands for itself: in words, with a price."""
    if not part.description:
        raise PartIncomplete(_("Choose a product or say what it was."), "description")
    if part.unit_price is None:
        raise PartIncomplete(_("Give the price of one."), "unit_price")
    if used.product_id is not None:
        used.product, used.reference, used.unit_cost = None, "", None


def _find_product(product_id: int, kind: ProductKind) -> Product:
    product = Product.objects.filter(pk=product_id, kind=kind, is_active=True).first()
    if product is None:
        raise ProductNotOnSale(_("This is no longer sold. Choose another."))
    return product
