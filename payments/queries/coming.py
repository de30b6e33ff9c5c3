"""What a client is told of direct debits: their mandates, and what is collected next."""

from datetime import date

from django.db.models import QuerySet

from accounts.models import User
from billing.models import Invoice
from clients.models import Mandate
from payments.models import DirectDebit

MOST = 50


def mandates_of(user: User, today: date) -> QuerySet[Mandate]:
    """Return the mandates of this person's company by which may be collected today."""
    rows = (
        Mandate.objects.visible_to(user).in_force(today).filter(client__pays_by_direct_debit=True)
    )
    return rows.select_related("legal_entity").order_by("pk")


def coming(user: User) -> QuerySet[DirectDebit]:
    """Return what will be collected from this person's company, the soonest first."""
    rows = DirectDebit.objects.visible_to(user).live()
    return rows.select_related("invoice", "batch", "mandate").order_by("batch__collect_on", "pk")[
        :MOST
    ]


def collection_of(invoice: Invoice) -> DirectDebit | None:
    """Return the direct debit that is under way for an invoice, if there is one."""
    rows = DirectDebit.objects.live().filter(invoice=invoice)
    return rows.select_related("batch", "mandate").first()
