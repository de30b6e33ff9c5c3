"""Paying invoices with what a client has to their credit."""

from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.domain.spread import drawn_from
from billing.models import Allocation, Payment
from billing.operations._payments import (
    PaymentRefused,
    currency_of,
    lock_credit,
    lock_invoices,
    lock_payments,
    rest_of,
)
from clients.models import Client
from core.display import money_text

__all__ = ["PaymentRefused", "allocate_credit"]


@transaction.atomic(durable=True)
def allocate_credit(
    *,
    client_id: int,
    allocations: Mapping[int, Decimal],
    actor: User | None,
    payment_id: int | None = None,
) -> list[Allocation]:
    """Pay invoices with a client's credit, the oldest first, or with what is left of one payment.

    :raises PaymentRefused: there is less credit than that, or an invoice asks for less
    """
    client = Client.objects.get(pk=client_id)
    if not allocations:
        raise PaymentRefused(_("Say which invoice is to be paid."))
    payments = _lock(client, allocations, payment_id)
    invoices = lock_invoices(client, allocations)
    currency = currency_of(client, invoices.values())
    usable = [(one.pk, rest_of(one)) for one in payments if one.currency == currency]
    _guard_credit(usable, allocations, currency)
    shares = drawn_from(usable, sorted(allocations.items()))
    return Allocation.objects.bulk_create(
        Allocation(payment_id=source, invoice=invoices[pk], amount=amount, recorded_by=actor)
        for source, pk, amount in shares
    )


def _lock(
    client: Client, allocations: Mapping[int, Decimal], payment_id: int | None
) -> list[Payment]:
    if payment_id is not None:
        return [one for one in lock_payments([payment_id]) if one.client_id == client.pk]
    wanted = client.invoices.filter(pk__in=allocations)
    return lock_credit(client.pk, currency_of(client, wanted))


def _guard_credit(
    usable: list[tuple[int, Decimal]], allocations: Mapping[int, Decimal], currency: str
) -> None:
    credit = sum((rest for _key, rest in usable), Decimal(0))
    wanted = sum(allocations.values(), Decimal(0))
    if wanted > credit:
        raise PaymentRefused(
            _("%(wanted)s is to be used, but there is only %(credit)s of credit.")
            % {
                "wanted": money_text(wanted, currency),
                "credit": money_text(credit, currency),
            }
        )
