"""All steps of this room at once, for a database that has taken none of them."""

from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler

from core.all_at_once import AllAtOnce


class Migration(AllAtOnce):

    replaces = [
        ('collecting', '0001_disputes'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('billing', '0001_squashed_0037_exchange_rates'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('core', '0001_initial'),
    ]

    operations = [
                migrations.CreateModel(
                    name='Dispute',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ground', models.CharField(choices=[('not_delivered', 'was not done or not delivered'), ('not_ordered', 'was not ordered'), ('covered', 'is covered by our contract'), ('quantity', 'time or quantity is wrong'), ('price', 'price is wrong'), ('other', 'something else')], max_length=16, verbose_name='what is wrong')),
                        ('state', models.CharField(choices=[('open', 'in dispute'), ('credited', 'settled by a credit note'), ('released', 'released: it is to be paid'), ('withdrawn', 'withdrawn by the client')], default='open', max_length=10, verbose_name='state')),
                        ('opened_at', models.DateTimeField(verbose_name='opened')),
                        ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                        ('closed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                        ('credit_note', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice', verbose_name='credit note')),
                        ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='billing.invoice', verbose_name='invoice')),
                        ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='billing.charge', verbose_name='line')),
                        ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                    ],
                    options={
                        'verbose_name': 'dispute',
                        'verbose_name_plural': 'disputes',
                        'ordering': ['-opened_at', '-pk'],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('line',), name='collecting_dispute_one_open_a_line'), models.CheckConstraint(condition=models.Q(models.Q(('closed_at', None), ('credit_note', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('closed_at__isnull', False)), _connector='OR'), name='collecting_dispute_ended_on_a_day'), models.CheckConstraint(condition=models.Q(('credit_note', None), ('state', 'credited'), _connector='OR'), name='collecting_dispute_note_where_credited')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "collecting_disputeevent" ("closed_at", "closed_by_id", "credit_note_id", "ground", "id", "invoice_id", "line_id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."credit_note_id", NEW."ground", NEW."id", NEW."invoice_id", NEW."line_id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;', hash='0a691feff48088f12bd6fc8c9632238b220e6893', operation='INSERT', pgid='pgtrigger_insert_insert_d32ff', table='collecting_dispute', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "collecting_disputeevent" ("closed_at", "closed_by_id", "credit_note_id", "ground", "id", "invoice_id", "line_id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."closed_at", NEW."closed_by_id", NEW."credit_note_id", NEW."ground", NEW."id", NEW."invoice_id", NEW."line_id", NEW."opened_at", NEW."opened_by_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;', hash='bf70810caef663b5438e1e075c9071f237e38d52', operation='UPDATE', pgid='pgtrigger_update_update_34f67', table='collecting_dispute', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "collecting_disputeevent" ("closed_at", "closed_by_id", "credit_note_id", "ground", "id", "invoice_id", "line_id", "opened_at", "opened_by_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."closed_at", OLD."closed_by_id", OLD."credit_note_id", OLD."ground", OLD."id", OLD."invoice_id", OLD."line_id", OLD."opened_at", OLD."opened_by_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;', hash='6f5bc525c5ad17ee93d1beb55bf59c4604a242f8', operation='DELETE', pgid='pgtrigger_delete_delete_71fa5', table='collecting_dispute', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='DisputeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('ground', models.CharField(choices=[('not_delivered', 'was not done or not delivered'), ('not_ordered', 'was not ordered'), ('covered', 'is covered by our contract'), ('quantity', 'time or quantity is wrong'), ('price', 'price is wrong'), ('other', 'something else')], max_length=16, verbose_name='what is wrong')),
                        ('state', models.CharField(choices=[('open', 'in dispute'), ('credited', 'settled by a credit note'), ('released', 'released: it is to be paid'), ('withdrawn', 'withdrawn by the client')], default='open', max_length=10, verbose_name='state')),
                        ('opened_at', models.DateTimeField(verbose_name='opened')),
                        ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                        ('closed_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='ended by')),
                        ('credit_note', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.invoice', verbose_name='credit note')),
                        ('invoice', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.invoice', verbose_name='invoice')),
                        ('line', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.charge', verbose_name='line')),
                        ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='opened by')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='collecting.dispute')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e9abd7f029354ef9645df7dd9654cbd71f1941ef', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_315cf', table='collecting_disputeevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DisputeMessage',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('body', models.TextField(max_length=10000, verbose_name='message')),
                        ('is_from_client', models.BooleanField(verbose_name='from the client')),
                        ('written_at', models.DateTimeField(verbose_name='written')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                        ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='collecting.dispute', verbose_name='dispute')),
                    ],
                    options={
                        'verbose_name': 'message about a dispute',
                        'verbose_name_plural': 'messages about disputes',
                        'ordering': ['written_at', 'pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='689cf4006b57bebf0d9522e55e11806d2c7fc862', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_95a88', table='collecting_disputemessage', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='CollectingMail',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.CharField(max_length=80, unique=True, verbose_name='key')),
                        ('state', models.CharField(choices=[('waiting', 'waiting'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=8, verbose_name='state')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                        ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='next attempt')),
                        ('last_error', models.TextField(blank=True, verbose_name='last error')),
                        ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                        ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                        ('kind', models.CharField(choices=[('dispute_opened', 'a line is disputed'), ('dispute_answered', 'an answer in a dispute'), ('dispute_ended', 'the end of a dispute')], max_length=20, verbose_name='kind')),
                        ('is_to_client', models.BooleanField(verbose_name='to the client')),
                        ('dispute', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mails', to='collecting.dispute', verbose_name='dispute')),
                        ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='collecting.disputemessage', verbose_name='message')),
                    ],
                    options={
                        'verbose_name': 'mail about money owed',
                        'verbose_name_plural': 'mails about money owed',
                        'ordering': ['-created_at', '-pk'],
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='collecting_mail_waiting')],
                    },
                ),
    ]
