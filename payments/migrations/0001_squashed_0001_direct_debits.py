"""All steps of this room at once, for a database that has taken none of them."""

from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler

from core.all_at_once import AllAtOnce


class Migration(AllAtOnce):

    replaces = [
        ('payments', '0001_direct_debits'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('billing', '0001_squashed_0037_exchange_rates'),
        ('clients', '0001_squashed_0009_direct_debit'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('core', '0001_initial'),
    ]

    operations = [
                migrations.CreateModel(
                    name='DebitBatch',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reference', models.CharField(max_length=20, unique=True, verbose_name='reference')),
                        ('scheme', models.CharField(choices=[('CORE', 'CORE: everybody; comes back within 8 weeks without a reason'), ('B2B', 'B2B: companies whose bank knows the mandate; does not come back')], max_length=4, verbose_name='scheme')),
                        ('collect_on', models.DateField(verbose_name='collection')),
                        ('debit_count', models.PositiveIntegerField(verbose_name='direct debits')),
                        ('total', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='total')),
                        ('file_sealed', models.TextField(verbose_name='file, sealed')),
                        ('file_sha256', models.CharField(max_length=64, verbose_name='checksum of the file')),
                        ('made_at', models.DateTimeField(verbose_name='made')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='handed to the bank')),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                        ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.legalentity', verbose_name='collected by')),
                        ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('sent_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'direct debit batch',
                        'verbose_name_plural': 'direct debit batches',
                        'ordering': ['-collect_on', '-pk'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('debit_count__gt', 0), ('total__gt', 0)), name='payments_debitbatch_collects_something')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_debitbatchevent" ("cancelled_at", "collect_on", "debit_count", "file_sha256", "id", "legal_entity_id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "scheme", "sent_at", "sent_by_id", "total") VALUES (NEW."cancelled_at", NEW."collect_on", NEW."debit_count", NEW."file_sha256", NEW."id", NEW."legal_entity_id", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reference", NEW."scheme", NEW."sent_at", NEW."sent_by_id", NEW."total"); RETURN NULL;', hash='3ceb59354155896cb22090e8f44d4ac82c6e943b', operation='INSERT', pgid='pgtrigger_insert_insert_4979d', table='payments_debitbatch', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."cancelled_at" IS DISTINCT FROM (NEW."cancelled_at") OR OLD."collect_on" IS DISTINCT FROM (NEW."collect_on") OR OLD."debit_count" IS DISTINCT FROM (NEW."debit_count") OR OLD."file_sha256" IS DISTINCT FROM (NEW."file_sha256") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."legal_entity_id" IS DISTINCT FROM (NEW."legal_entity_id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by_id" IS DISTINCT FROM (NEW."made_by_id") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."scheme" IS DISTINCT FROM (NEW."scheme") OR OLD."sent_at" IS DISTINCT FROM (NEW."sent_at") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."total" IS DISTINCT FROM (NEW."total"))', func='INSERT INTO "payments_debitbatchevent" ("cancelled_at", "collect_on", "debit_count", "file_sha256", "id", "legal_entity_id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "scheme", "sent_at", "sent_by_id", "total") VALUES (NEW."cancelled_at", NEW."collect_on", NEW."debit_count", NEW."file_sha256", NEW."id", NEW."legal_entity_id", NEW."made_at", NEW."made_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reference", NEW."scheme", NEW."sent_at", NEW."sent_by_id", NEW."total"); RETURN NULL;', hash='fa995b29b7b3075a8dbc0f2bb6d40bcfe1f1256a', operation='UPDATE', pgid='pgtrigger_update_update_345fa', table='payments_debitbatch', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_debitbatchevent" ("cancelled_at", "collect_on", "debit_count", "file_sha256", "id", "legal_entity_id", "made_at", "made_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reference", "scheme", "sent_at", "sent_by_id", "total") VALUES (OLD."cancelled_at", OLD."collect_on", OLD."debit_count", OLD."file_sha256", OLD."id", OLD."legal_entity_id", OLD."made_at", OLD."made_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reference", OLD."scheme", OLD."sent_at", OLD."sent_by_id", OLD."total"); RETURN NULL;', hash='e9357b098d25a6bf65f96d0210370d384eb43f9f', operation='DELETE', pgid='pgtrigger_delete_delete_bfcaa', table='payments_debitbatch', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DebitBatchEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('reference', models.CharField(max_length=20, verbose_name='reference')),
                        ('scheme', models.CharField(choices=[('CORE', 'CORE: everybody; comes back within 8 weeks without a reason'), ('B2B', 'B2B: companies whose bank knows the mandate; does not come back')], max_length=4, verbose_name='scheme')),
                        ('collect_on', models.DateField(verbose_name='collection')),
                        ('debit_count', models.PositiveIntegerField(verbose_name='direct debits')),
                        ('total', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='total')),
                        ('file_sha256', models.CharField(max_length=64, verbose_name='checksum of the file')),
                        ('made_at', models.DateTimeField(verbose_name='made')),
                        ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='handed to the bank')),
                        ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled')),
                        ('legal_entity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.legalentity', verbose_name='collected by')),
                        ('made_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.debitbatch')),
                        ('sent_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5b9b079dd73be393e46fe73e6860991024427548', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1fd3e', table='payments_debitbatchevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DirectDebit',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount')),
                        ('sequence', models.CharField(choices=[('FRST', 'first'), ('RCUR', 'recurrent'), ('OOFF', 'only one'), ('FNAL', 'last')], max_length=4, verbose_name='sequence')),
                        ('end_to_end_id', models.CharField(max_length=35, unique=True, verbose_name='end-to-end reference')),
                        ('returned_on', models.DateField(blank=True, null=True, verbose_name='came back on')),
                        ('return_code', models.CharField(blank=True, max_length=4, verbose_name='reason code')),
                        ('return_note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                        ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='let go')),
                        ('bank_entry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='direct_debits', to='billing.bankentry')),
                        ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='debits', to='payments.debitbatch', verbose_name='batch')),
                        ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='direct_debits', to='billing.invoice', verbose_name='invoice')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='direct_debits', to='clients.mandate', verbose_name='mandate')),
                        ('payment', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='direct_debit', to='billing.payment')),
                    ],
                    options={
                        'verbose_name': 'direct debit',
                        'verbose_name_plural': 'direct debits',
                        'ordering': ['batch', 'pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('payment', None), ('released_at', None), ('returned_on', None)), fields=('invoice',), name='payments_directdebit_one_live'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payments_directdebit_positive'), models.CheckConstraint(condition=models.Q(('released_at', None), models.Q(('payment', None), ('returned_on', None)), _connector='OR'), name='payments_directdebit_one_end')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_directdebitevent" ("amount", "bank_entry_id", "batch_id", "end_to_end_id", "id", "invoice_id", "mandate_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "return_code", "return_note", "returned_on", "sequence") VALUES (NEW."amount", NEW."bank_entry_id", NEW."batch_id", NEW."end_to_end_id", NEW."id", NEW."invoice_id", NEW."mandate_id", NEW."payment_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."released_at", NEW."return_code", NEW."return_note", NEW."returned_on", NEW."sequence"); RETURN NULL;', hash='471a2f18dbedd2f8eb8ff61a3266ad0349b6c776', operation='INSERT', pgid='pgtrigger_insert_insert_22c7d', table='payments_directdebit', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "payments_directdebitevent" ("amount", "bank_entry_id", "batch_id", "end_to_end_id", "id", "invoice_id", "mandate_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "return_code", "return_note", "returned_on", "sequence") VALUES (NEW."amount", NEW."bank_entry_id", NEW."batch_id", NEW."end_to_end_id", NEW."id", NEW."invoice_id", NEW."mandate_id", NEW."payment_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."released_at", NEW."return_code", NEW."return_note", NEW."returned_on", NEW."sequence"); RETURN NULL;', hash='340f15b18c094bbad6d6c89eea9d29eee85f2448', operation='UPDATE', pgid='pgtrigger_update_update_a05c6', table='payments_directdebit', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "payments_directdebitevent" ("amount", "bank_entry_id", "batch_id", "end_to_end_id", "id", "invoice_id", "mandate_id", "payment_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "released_at", "return_code", "return_note", "returned_on", "sequence") VALUES (OLD."amount", OLD."bank_entry_id", OLD."batch_id", OLD."end_to_end_id", OLD."id", OLD."invoice_id", OLD."mandate_id", OLD."payment_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."released_at", OLD."return_code", OLD."return_note", OLD."returned_on", OLD."sequence"); RETURN NULL;', hash='e79de7617886f4f78b50e956e3775bdfb1e39faa', operation='DELETE', pgid='pgtrigger_delete_delete_8ccab', table='payments_directdebit', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DebitNotice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=80, unique=True, verbose_name='key')),
                        ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=8, verbose_name='state')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                        ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                        ('last_error', models.TextField(blank=True, verbose_name='last error')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                        ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                        ('debit', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notice', to='payments.directdebit', verbose_name='direct debit')),
                    ],
                    options={
                        'verbose_name': 'announcement of a direct debit',
                        'verbose_name_plural': 'announcements of direct debits',
                        'ordering': ['-created_at', '-pk'],
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='payments_notice_waiting')],
                    },
                ),
                migrations.CreateModel(
                    name='DirectDebitEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount')),
                        ('sequence', models.CharField(choices=[('FRST', 'first'), ('RCUR', 'recurrent'), ('OOFF', 'only one'), ('FNAL', 'last')], max_length=4, verbose_name='sequence')),
                        ('end_to_end_id', models.CharField(max_length=35, verbose_name='end-to-end reference')),
                        ('returned_on', models.DateField(blank=True, null=True, verbose_name='came back on')),
                        ('return_code', models.CharField(blank=True, max_length=4, verbose_name='reason code')),
                        ('return_note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                        ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='let go')),
                        ('bank_entry', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.bankentry')),
                        ('batch', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='payments.debitbatch', verbose_name='batch')),
                        ('invoice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.invoice', verbose_name='invoice')),
                        ('mandate', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.mandate', verbose_name='mandate')),
                        ('payment', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.payment')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='payments.directdebit')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='72bb42e159c74741f620bbc5b1fcbf7185a1d663', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_53966', table='payments_directdebitevent', when='BEFORE'))],
                    },
                ),
    ]
