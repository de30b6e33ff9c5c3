"""Entering what invoices say of late payment."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Client, LegalEntity
from collecting.domain.late_rates import LEAST_TIMES_LEGAL
from collecting.models import LateBasis, LateTerms
from collecting.operations._terms import CollectingRefused

__all__ = ["AgreedLate", "CollectingRefused", "set_late_terms"]

MOST = 100


@dataclass(frozen=True, slots=True)
class AgreedLate:
    """What is agreed with all clients, or with one, about invoices from a day on."""

    starts_on: date
    basis: LateBasis
    number: Decimal
    fee: Decimal
    client_id: int | None = None


@transaction.atomic(durable=True)
def set_late_terms(*, agreed: AgreedLate) -> LateTerms:
    """Write terms down; those that begin on the same day for the same clients are put right.

    :raises CollectingRefused: it is no rate, or less than the law allows to agree on
    """
    if not 0 <= agreed.number <= MOST or agreed.fee < 0:
        raise CollectingRefused(_("Rates, points and recovery costs are not below nothing."))
    is_french = LegalEntity.objects.current().country == "FR"
    is_times = agreed.basis == LateBasis.TIMES_LEGAL
    if is_french and is_times and agreed.number < LEAST_TIMES_LEGAL:
        raise CollectingRefused(
            _("In France no less than three times the legal rate can be agreed (art. L441-10).")
        )
    terms, _made = LateTerms.objects.update_or_create(
        client=Client.objects.get(pk=agreed.client_id) if agreed.client_id else None,
        starts_on=agreed.starts_on,
        defaults={"basis": agreed.basis, "number": agreed.number, "fee": agreed.fee},
    )
    return terms
