"""Put the payments that were recorded before into the chain, in the order they were recorded."""

from django.db import migrations

from billing.domain.sealing import link_hash
from billing.domain.sealing_money import digest_of_receipt

EVENT = 'payment'


def seal(apps, _schema_editor):
    payments = apps.get_model('billing', 'Payment').objects.order_by('pk')
    entries = apps.get_model('billing', 'JournalEntry').objects
    default = apps.get_model('clients', 'LegalEntity').objects.filter(is_default=True).first()
    heads = {}
    for payment in payments.filter(journal_entries=None).iterator():
        share = payment.allocations.select_related('invoice').order_by('pk').first()
        entity_id = share.invoice.legal_entity_id if share else default.pk
        if entity_id not in heads:
            last = entries.filter(legal_entity=entity_id).order_by('-position').first()
            heads[entity_id] = (last.position, last.hash) if last else (0, '')
        position, head = heads[entity_id]
        receipt = (
            payment.received_on, payment.amount, payment.currency, payment.method,
            payment.reference,
        )
        digest = digest_of_receipt(payment.pk, payment.client_id, receipt)
        link = link_hash(head, position + 1, EVENT, digest)
        entries.create(
            legal_entity_id=entity_id, position=position + 1, event=EVENT, payment=payment,
            digest=digest, previous_hash=head, hash=link, recorded_by_id=payment.recorded_by_id,
        )
        heads[entity_id] = (position + 1, link)


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0022_payments_that_stay'),
    ]

    operations = [
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
