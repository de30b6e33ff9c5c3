"""What clients have to their credit: money that came in and is used for nothing yet."""

from decimal import Decimal

from django.db.models import Sum

from billing.models import Payment


def credit_of(client_id: int) -> dict[str, Decimal]:
    """Return a client's credit by currency; a currency without any is left out."""
    own = Payment.objects.filter(client=client_id).with_credit().order_by()
    sums = own.values("currency").annotate(credit=Sum("rest")).order_by("currency")
    return {row["currency"]: row["credit"] for row in sums}
