"""What clients' purchase orders have paid for, and what is left of them."""

from django.db.models import DecimalField, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from billing.models import Charge, Invoice, InvoiceStatus
from clients.models import PurchaseOrder
from core.money import ZERO

MONEY = DecimalField(max_digits=14, decimal_places=2)


def with_spending(orders: QuerySet[PurchaseOrder]) -> QuerySet[PurchaseOrder]:
    """Add, without tax, what issued invoices and drafts take from each order, and what is left."""
    return orders.annotate(
        issued=_sum_of(Q(invoice__status=InvoiceStatus.ISSUED)),
        drafted=_sum_of(Q(invoice__status=InvoiceStatus.DRAFT)),
    ).annotate(left=F("limit_amount") - F("issued") - F("drafted"))


def _sum_of(which: Q) -> Coalesce:
    lines = Charge.objects.signed().filter(which, purchase_order=OuterRef("pk")).order_by()
    sums = lines.values("purchase_order").annotate(sum=Sum("signed_amount")).values("sum")
    return Coalesce(Subquery(sums), Value(ZERO), output_field=MONEY)


def invoices_of(order: PurchaseOrder) -> QuerySet[Invoice]:
    """Return the invoices and drafts that have lines of the order, with what they take from it."""
    own = Charge.objects.signed().filter(invoice=OuterRef("pk"), purchase_order=order).order_by()
    taken = own.values("invoice").annotate(sum=Sum("signed_amount")).values("sum")
    invoices = Invoice.objects.filter(charges__purchase_order=order).distinct()
    return invoices.annotate(taken=Subquery(taken)).select_related("client")
