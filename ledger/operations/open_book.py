"""Beginning the books of a legal entity."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from clients.models import LegalEntity
from ledger.models import Account, AccountRule, Book
from ledger.wording import FRENCH_CHART

FROM_THE_START = date(2000, 1, 1)


@transaction.atomic(durable=True)
def open_book(*, entity_id: int) -> Book:
    """Give a legal entity its book with the accounts of the French chart, unless it has one."""
    entity = LegalEntity.objects.select_for_update(no_key=True).get(pk=entity_id)
    known = Book.objects.filter(legal_entity=entity).first()
    if known is not None:
        return known
    for purpose, number, name, facts in FRENCH_CHART:
        account, _ = Account.objects.get_or_create(
            legal_entity=entity, number=number, defaults={"name": name}
        )
        rate = facts.get("tax_rate")
        AccountRule.objects.create(
            legal_entity=entity,
            purpose=purpose,
            account=account,
            starts_on=FROM_THE_START,
            tax_rate=Decimal(rate) if rate else None,
            method=facts.get("method", ""),
        )
    return Book.objects.create(legal_entity=entity)
