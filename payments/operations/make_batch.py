"""Making a batch of direct debits with its file for the bank."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from billing.models import Invoice
from clients.models import LegalEntity, Mandate
from core.bank_days import is_bank_day
from core.display import day_text
from core.doorbell import ring
from core.secret_box import SecretLost, seal, unseal
from payments.domain.pain import Creditor, Envelope, Order, debit_file
from payments.domain.sequence import sequence_of
from payments.models import DebitBatch, DebitNotice, DirectDebit
from payments.operations._batches import DebitRefused, lock_invoices
from payments.queries.proposals import Proposal, first_collection_day, proposed

__all__ = ["BatchOrder", "DebitRefused", "make_batch"]

DELIVERY = "payments.tasks.deliver_notices"


@dataclass(frozen=True)
class BatchOrder:
    """Who collects, under which rules, when, and what."""

    legal_entity_id: int
    scheme: str
    collect_on: date
    invoice_ids: Collection[int]


@transaction.atomic(durable=True)
def make_batch(*, order: BatchOrder, now: datetime, today: date, actor: User | None) -> DebitBatch:
    """Write what is collected and the file that says so; the bank has nothing yet.

    The invoices are locked first, so that of two people who collect the same one is refused.

    :raises DebitRefused: an invoice cannot be collected, or the firm or the day is not ready
    """
    chosen = _chosen(order, today)
    entity = LegalEntity.objects.select_for_update(no_key=True).get(pk=order.legal_entity_id)
    _guard(entity, order, today)
    batch = _batch(entity, order, chosen, now, actor)
    drawn = _debits(batch, chosen)
    content = debit_file(_envelope(batch), _creditor(entity), [_order(one) for one in drawn])
    batch.file_sealed, batch.file_sha256 = seal(content.decode()), sha256(content).hexdigest()
    batch.save()
    try:
        with transaction.atomic():
            DirectDebit.objects.bulk_create(drawn)
    except IntegrityError as error:
        raise DebitRefused(_("Somebody collects one of these invoices already.")) from error
    Mandate.objects.filter(pk__in={one.mandate_id for one in drawn}).update(
        last_collected_on=order.collect_on
    )
    _announce(drawn, chosen)
    return batch


def _chosen(order: BatchOrder, today: date) -> list[Proposal]:
    """Lock the invoices, then see what speaks against each as things stand now."""
    keys = lock_invoices(order.invoice_ids)
    if not keys or len(keys) != len(set(order.invoice_ids)):
        raise DebitRefused(_("Choose at least one open invoice."))
    taken = DirectDebit.objects.live().filter(invoice__in=keys).select_related("invoice", "batch")
    for debit in taken:
        raise DebitRefused(
            _("%(invoice)s is collected in %(batch)s already.")
            % {"invoice": debit.invoice, "batch": debit.batch}
        )
    rows = Invoice.objects.open().filter(
        pk__in=keys, legal_entity=order.legal_entity_id, currency="EUR"
    )
    found = proposed(
        rows.select_related("client").order_by("pk"), order.scheme, order.collect_on, today
    )
    for one in found:
        if one.reason:
            raise DebitRefused(f"{one.invoice}: {one.reason}")
    if len(found) != len(keys):
        raise DebitRefused(_("One of the invoices is paid, or cannot be collected in this batch."))
    return found


def _guard(entity: LegalEntity, order: BatchOrder, today: date) -> None:
    if not entity.creditor_identifier or not entity.iban:
        raise DebitRefused(_("The firm's settings lack the SEPA creditor identifier or the IBAN."))
    if not is_bank_day(order.collect_on):
        raise DebitRefused(_("On this day banks move no money."), "collect_on")
    first = first_collection_day(entity, today)
    if order.collect_on < first:
        raise DebitRefused(
            _("The bank needs the file earlier; the first day is %(day)s.")
            % {"day": day_text(first)},
            "collect_on",
        )


def _batch(
    entity: LegalEntity,
    order: BatchOrder,
    chosen: list[Proposal],
    now: datetime,
    actor: User | None,
) -> DebitBatch:
    """Number the batch; who holds the firm's row counts alone."""
    stem = f"DD{entity.pk}-{order.collect_on.year}-"
    count = DebitBatch.objects.filter(reference__startswith=stem).count() + 1
    return DebitBatch(
        legal_entity=entity,
        reference=f"{stem}{count:05d}",
        scheme=order.scheme,
        collect_on=order.collect_on,
        debit_count=len(chosen),
        total=sum((one.amount for one in chosen), Decimal(0)),
        made_at=now,
        made_by=actor,
    )


def _debits(batch: DebitBatch, chosen: list[Proposal]) -> list[DirectDebit]:
    """Return the direct debits; of several by one mandate the first is the first, the last last."""
    mandates = {one.mandate.pk: one.mandate for one in chosen if one.mandate}
    used = _used(mandates)
    left = Counter(one.mandate.pk for one in chosen if one.mandate)
    drawn = []
    for place, one in enumerate(chosen, 1):
        mandate = one.mandate
        if mandate is None:
            continue
        left[mandate.pk] -= 1
        lost_on = one.invoice.client.lost_on
        sequence = sequence_of(
            is_one_off=mandate.is_one_off,
            was_collected=mandate.pk in used,
            is_last=lost_on is not None and lost_on <= batch.collect_on and not left[mandate.pk],
        )
        used.add(mandate.pk)
        drawn.append(
            DirectDebit(
                batch=batch,
                invoice=one.invoice,
                mandate=mandate,
                amount=one.amount,
                sequence=sequence,
                end_to_end_id=f"{batch.reference}-{place:05d}",
            )
        )
    return drawn


def _used(mandates: Collection[int]) -> set[int]:
    """Return the mandates by which money came or is on its way."""
    before = DirectDebit.objects.filter(mandate__in=mandates, released_at=None)
    settled = before.exclude(payment=None, returned_on__isnull=False)
    return set(settled.values_list("mandate", flat=True))


def _envelope(batch: DebitBatch) -> Envelope:
    return Envelope(batch.reference, batch.scheme, batch.collect_on, batch.made_at)


def _creditor(entity: LegalEntity) -> Creditor:
    return Creditor(entity.name, entity.iban, entity.bic, entity.creditor_identifier)


def _order(debit: DirectDebit) -> Order:
    mandate = debit.mandate
    try:
        iban = unseal(mandate.iban_sealed)
    except SecretLost as error:
        raise DebitRefused(
            _("The account of mandate %(mandate)s can no longer be read; record the mandate anew.")
            % {"mandate": mandate}
        ) from error
    return Order(
        end_to_end_id=debit.end_to_end_id,
        debtor=mandate.debtor,
        iban=iban,
        bic=mandate.bic,
        mandate=mandate.reference,
        signed_on=mandate.signed_on,
        sequence=debit.sequence,
        amount=debit.amount,
        text=debit.invoice.number,
    )


def _announce(drawn: list[DirectDebit], chosen: list[Proposal]) -> None:
    """Put into the outbox a mail for each that its invoice did not announce."""
    told = {one.invoice.pk for one in chosen if one.is_announced}
    DebitNotice.objects.bulk_create(
        DebitNotice(key=f"debit notice:{one.pk}", debit=one)
        for one in drawn
        if one.invoice_id not in told
    )
    ring(DELIVERY)
