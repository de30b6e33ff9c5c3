"""Making revenue of what was deferred, once its month is over."""

from datetime import date, timedelta
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext as _

from ledger.domain.posting import lines_of_recognition
from ledger.domain.service_months import last_day_of, month_of
from ledger.models import Journal, RevenuePart
from ledger.operations._posting import Draft, OpenBook, Posted
from ledger.queries.sources import revenue_due
from ledger.wording import language_of


@transaction.atomic(durable=True)
def post_revenue(*, entity_id: int, today: date, count: int = 200) -> Posted:
    """Book the deferred revenue of months that are over, an entry for each document and month."""
    book = OpenBook(entity_id)
    before = month_of(today + timedelta(days=1))
    documents = revenue_due(entity_id, before).values_list("month", "invoice_id").distinct()
    wanted = list(documents.order_by("month", "invoice_id")[:count])
    parts = revenue_due(entity_id, before).filter(
        invoice__in={invoice_id for _month, invoice_id in wanted}
    )
    with language_of(book.entity):
        drafts = [
            _draft_of(list(some), book)
            for key, some in groupby(parts, key=lambda one: (one.month, one.invoice_id))
            if key in set(wanted)
        ]
    return Posted(count=book.write(drafts))


def _draft_of(parts: list[RevenuePart], book: OpenBook) -> Draft:
    document, month = parts[0].invoice, parts[0].month
    day = last_day_of(month)
    lines = lines_of_recognition(
        [(part.account.number, part.amount) for part in parts], day, book.rules
    )
    return Draft(
        journal=Journal.MISCELLANEOUS,
        day=day,
        piece=document.number,
        piece_on=document.issued_on or day,
        text=_("Revenue of %(month)s, %(number)s %(client)s")
        % {
            "month": f"{month:%m/%Y}",
            "number": document.number,
            "client": document.client.name,
        },
        source=f"revenue:{document.pk}:{month:%Y-%m}",
        client_id=document.client_id,
        currency=book.entity.currency,
        lines=lines,
        invoice_id=document.pk,
    )
