"""All steps of this room at once, for a database that has taken none of them."""

from decimal import Decimal

import django.core.validators
from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler

from core.all_at_once import AllAtOnce


class Migration(AllAtOnce):

    replaces = [
        ('ledger', '0001_books'),
        ('ledger', '0002_rates_of_billing'),
        ('ledger', '0003_seals_of_entries'),
        ('ledger', '0004_seal_what_is_booked'),
        ('ledger', '0005_keys_of_archives'),
    ]

    dependencies = [
        ('billing', '0001_squashed_0037_exchange_rates'),
        ('clients', '0001_squashed_0009_direct_debit'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('core', '0001_initial'),
    ]

    operations = [
                migrations.CreateModel(
                    name='Entry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('journal', models.CharField(choices=[('VE', 'sales'), ('BQ', 'bank'), ('OD', 'miscellaneous')], max_length=2, verbose_name='journal')),
                        ('year', models.PositiveSmallIntegerField(verbose_name='fiscal year')),
                        ('number', models.PositiveIntegerField(verbose_name='number')),
                        ('day', models.DateField(verbose_name='date')),
                        ('piece', models.CharField(max_length=60, verbose_name='piece')),
                        ('piece_on', models.DateField(verbose_name='date of the piece')),
                        ('text', models.CharField(max_length=200, verbose_name='text')),
                        ('source', models.CharField(max_length=60, unique=True, verbose_name='source')),
                        ('currency', models.CharField(max_length=3, verbose_name='currency')),
                        ('posted_at', models.DateTimeField(auto_now_add=True, verbose_name='posted')),
                        ('chain_entry', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_entry', to='billing.journalentry')),
                        ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client', verbose_name='client')),
                        ('invoice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='ledger_entries', to='billing.invoice', verbose_name='document')),
                        ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='clients.legalentity', verbose_name='company')),
                    ],
                    options={
                        'verbose_name': 'entry',
                        'verbose_name_plural': 'entries',
                        'ordering': ['-day', '-pk'],
                        'indexes': [models.Index(fields=['legal_entity', 'day', 'id'], name='ledger_entry_of_days'), models.Index(fields=['-day', '-id'], name='ledger_entry_latest')],
                        'constraints': [models.UniqueConstraint(fields=('legal_entity', 'journal', 'year', 'number'), name='ledger_entry_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bd80cdea55986d8dc4a873a0796f1dd071e72f1d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_af900', table='ledger_entry', when='BEFORE')), pgtrigger.compiler.Trigger(name='balanced', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF (SELECT coalesce(sum(debit - credit), 0) <> 0 OR count(*) < 2\n    FROM ledger_entryline WHERE entry_id = NEW.id) THEN\n    RAISE EXCEPTION 'entry % does not balance', NEW.id USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='0ae62732b27ce54c27806d4193cf3e137ef71234', operation='INSERT', pgid='pgtrigger_balanced_ea973', table='ledger_entry', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')), pgtrigger.compiler.Trigger(name='follows', sql=pgtrigger.compiler.UpsertTriggerSql(func="\nIF NEW.number <> 1 + coalesce((\n    SELECT max(number) FROM ledger_entry\n    WHERE legal_entity_id = NEW.legal_entity_id AND journal = NEW.journal AND year = NEW.year\n), 0) THEN\n    RAISE EXCEPTION 'entry % of journal % does not follow the last one', NEW.number, NEW.journal\n        USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NEW;\n", hash='cb29bd908c78f9a7c0043953367972eaabd879b6', operation='INSERT', pgid='pgtrigger_follows_f58ac', table='ledger_entry', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PostedAllocation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('allocation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='posted', to='billing.allocation')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='ledger.entry')),
                    ],
                    options={
                        'verbose_name': 'posted allocation',
                        'verbose_name_plural': 'posted allocations',
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='355fb2cb62607d2b29e31ce4d689c7e34c322b2b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28836', table='ledger_postedallocation', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Account',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^[1-7][0-9]{2,11}$', 'An account has at least three digits and belongs to classes 1 to 7.')], verbose_name='number')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accounts', to='clients.legalentity', verbose_name='company')),
                    ],
                    options={
                        'verbose_name': 'account',
                        'verbose_name_plural': 'accounts',
                        'ordering': ['legal_entity', 'number'],
                        'constraints': [models.UniqueConstraint(fields=('legal_entity', 'number'), name='ledger_account_once', violation_error_message='This account is in the chart already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_accountevent" ("id", "legal_entity_id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."legal_entity_id", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='e8c907aae56baf2ad42fdb503ea66a73ef8e1aef', operation='INSERT', pgid='pgtrigger_insert_insert_75e84', table='ledger_account', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "ledger_accountevent" ("id", "legal_entity_id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."legal_entity_id", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='556b5b3c2c9bc5bec7ecd090195f3b68ee556e82', operation='UPDATE', pgid='pgtrigger_update_update_ea942', table='ledger_account', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_accountevent" ("id", "legal_entity_id", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."legal_entity_id", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='4522493bbaa50097c0f5cfb252165fc7ec9c6e61', operation='DELETE', pgid='pgtrigger_delete_delete_52d82', table='ledger_account', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RevenuePart',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('month', models.DateField(verbose_name='month')),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='amount')),
                        ('is_deferred', models.BooleanField(verbose_name='deferred')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='ledger.account', verbose_name='account')),
                        ('charge', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revenue_parts', to='billing.charge', verbose_name='line')),
                        ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='revenue_parts', to='billing.invoice', verbose_name='document')),
                        ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.legalentity')),
                    ],
                    options={
                        'verbose_name': 'part of revenue',
                        'verbose_name_plural': 'parts of revenue',
                        'ordering': ['invoice', 'charge', 'month'],
                        'indexes': [models.Index(condition=models.Q(('is_deferred', True)), fields=['legal_entity', 'month'], name='ledger_revenuepart_deferred')],
                        'constraints': [models.UniqueConstraint(fields=('charge', 'month'), name='ledger_revenuepart_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e3cf647d0386f77b7d9194521acc5346412a3a22', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1b48f', table='ledger_revenuepart', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='AccountEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('number', models.CharField(max_length=12, validators=[django.core.validators.RegexValidator('^[1-7][0-9]{2,11}$', 'An account has at least three digits and belongs to classes 1 to 7.')], verbose_name='number')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('legal_entity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.legalentity', verbose_name='company')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.account')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f5bf2874a902945030d1f414bbf217e2a0255dd6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a5fd6', table='ledger_accountevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='AccountRule',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('purpose', models.CharField(choices=[('receivable', 'what clients owe'), ('client_credit', 'credit of clients'), ('deposit', 'deposits invoiced'), ('services', 'sales of services'), ('goods', 'sales of goods'), ('deferred', 'deferred revenue'), ('tax', 'VAT on sales'), ('bank', 'money received and paid'), ('loss', 'losses on clients'), ('exchange_loss', 'exchange losses'), ('exchange_gain', 'exchange gains')], max_length=16, verbose_name='for')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('tax_code', models.CharField(blank=True, choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='', max_length=12, verbose_name='tax code')),
                        ('tax_category', models.CharField(blank=True, choices=[('S', 'S: with VAT'), ('AE', 'AE: reverse charge'), ('K', 'K: goods within the EU'), ('G', 'G: export'), ('E', 'E: exempt'), ('O', 'O: outside the scope'), ('Z', 'Z: zero rate')], default='', max_length=2, verbose_name='tax category')),
                        ('tax_rate', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='tax rate in %')),
                        ('method', models.CharField(blank=True, choices=[('transfer', 'bank transfer'), ('card', 'card'), ('direct_debit', 'direct debit'), ('cheque', 'cheque'), ('cash', 'cash')], default='', max_length=12, verbose_name='method')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rules', to='ledger.account', verbose_name='account')),
                        ('bank_account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.bankaccount', verbose_name='bank account')),
                        ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='account_rules', to='clients.legalentity', verbose_name='company')),
                    ],
                    options={
                        'verbose_name': 'account rule',
                        'verbose_name_plural': 'account rules',
                        'ordering': ['legal_entity', 'purpose', 'tax_code', 'method', '-starts_on'],
                        'constraints': [models.UniqueConstraint(fields=('legal_entity', 'purpose', 'starts_on', 'tax_code', 'tax_category', 'tax_rate', 'method', 'bank_account'), name='ledger_accountrule_once', nulls_distinct=False, violation_error_message='A rule for the same from the same day exists already.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_accountruleevent" ("account_id", "bank_account_id", "id", "legal_entity_id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "starts_on", "tax_category", "tax_code", "tax_rate") VALUES (NEW."account_id", NEW."bank_account_id", NEW."id", NEW."legal_entity_id", NEW."method", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."starts_on", NEW."tax_category", NEW."tax_code", NEW."tax_rate"); RETURN NULL;', hash='2561e43ad4a41f51c828562df3525dad63d7a5b4', operation='INSERT', pgid='pgtrigger_insert_insert_97cb8', table='ledger_accountrule', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "ledger_accountruleevent" ("account_id", "bank_account_id", "id", "legal_entity_id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "starts_on", "tax_category", "tax_code", "tax_rate") VALUES (NEW."account_id", NEW."bank_account_id", NEW."id", NEW."legal_entity_id", NEW."method", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."starts_on", NEW."tax_category", NEW."tax_code", NEW."tax_rate"); RETURN NULL;', hash='c4ecd61e2d4c4f5192a730a4bd649654f60e5009', operation='UPDATE', pgid='pgtrigger_update_update_05f92', table='ledger_accountrule', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "ledger_accountruleevent" ("account_id", "bank_account_id", "id", "legal_entity_id", "method", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "starts_on", "tax_category", "tax_code", "tax_rate") VALUES (OLD."account_id", OLD."bank_account_id", OLD."id", OLD."legal_entity_id", OLD."method", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."starts_on", OLD."tax_category", OLD."tax_code", OLD."tax_rate"); RETURN NULL;', hash='e442d300fb4cd79a1f278f216d33d1ee49d78ea0', operation='DELETE', pgid='pgtrigger_delete_delete_fe149', table='ledger_accountrule', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='AccountRuleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('purpose', models.CharField(choices=[('receivable', 'what clients owe'), ('client_credit', 'credit of clients'), ('deposit', 'deposits invoiced'), ('services', 'sales of services'), ('goods', 'sales of goods'), ('deferred', 'deferred revenue'), ('tax', 'VAT on sales'), ('bank', 'money received and paid'), ('loss', 'losses on clients'), ('exchange_loss', 'exchange losses'), ('exchange_gain', 'exchange gains')], max_length=16, verbose_name='for')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('tax_code', models.CharField(blank=True, choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='', max_length=12, verbose_name='tax code')),
                        ('tax_category', models.CharField(blank=True, choices=[('S', 'S: with VAT'), ('AE', 'AE: reverse charge'), ('K', 'K: goods within the EU'), ('G', 'G: export'), ('E', 'E: exempt'), ('O', 'O: outside the scope'), ('Z', 'Z: zero rate')], default='', max_length=2, verbose_name='tax category')),
                        ('tax_rate', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name='tax rate in %')),
                        ('method', models.CharField(blank=True, choices=[('transfer', 'bank transfer'), ('card', 'card'), ('direct_debit', 'direct debit'), ('cheque', 'cheque'), ('cash', 'cash')], default='', max_length=12, verbose_name='method')),
                        ('account', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='ledger.account', verbose_name='account')),
                        ('bank_account', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='billing.bankaccount', verbose_name='bank account')),
                        ('legal_entity', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.legalentity', verbose_name='company')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='ledger.accountrule')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b1144f86341ca54f73995949ada8ff2c5e52f38c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_8167a', table='ledger_accountruleevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Book',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('first_month', models.PositiveSmallIntegerField(db_default=1, default=1, verbose_name='first month of the fiscal year')),
                        ('defers_revenue', models.BooleanField(db_default=True, default=True, help_text='what contracts bill in advance becomes revenue month by month', verbose_name='revenue of later months is deferred')),
                        ('legal_entity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='book', to='clients.legalentity', verbose_name='company')),
                    ],
                    options={
                        'verbose_name': 'book',
                        'verbose_name_plural': 'books',
                        'constraints': [models.CheckConstraint(condition=models.Q(('first_month__gte', 1), ('first_month__lte', 12)), name='ledger_book_first_month', violation_error_message='A month is a number from 1 to 12.')],
                    },
                ),
                migrations.CreateModel(
                    name='EntryLine',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                        ('debit', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=14, verbose_name='debit')),
                        ('credit', models.DecimalField(decimal_places=2, default=Decimal('0'), max_digits=14, verbose_name='credit')),
                        ('foreign', models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True, verbose_name='in its currency')),
                        ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.account', verbose_name='account')),
                        ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client', verbose_name='client')),
                        ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='ledger.entry', verbose_name='entry')),
                        ('invoice', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='billing.invoice', verbose_name='invoice')),
                    ],
                    options={
                        'verbose_name': 'line of an entry',
                        'verbose_name_plural': 'lines of entries',
                        'ordering': ['entry', 'position'],
                        'constraints': [models.UniqueConstraint(fields=('entry', 'position'), name='ledger_entryline_once'), models.CheckConstraint(condition=models.Q(models.Q(('credit', 0), ('debit__gte', 0)), models.Q(('credit__gte', 0), ('debit', 0)), _connector='OR'), name='ledger_entryline_one_side')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='98c58abc4e7c603cf464d8e133185d6145ce3591', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_7e5d0', table='ledger_entryline', when='BEFORE')), pgtrigger.compiler.Trigger(name='balanced', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', func="\nIF (SELECT coalesce(sum(debit - credit), 0) <> 0 OR count(*) < 2\n    FROM ledger_entryline WHERE entry_id = NEW.entry_id) THEN\n    RAISE EXCEPTION 'entry % does not balance', NEW.entry_id USING ERRCODE = 'check_violation';\nEND IF;\nRETURN NULL;\n", hash='f11b64110fd4100d1e165e69de8747b3537d9e1c', operation='INSERT', pgid='pgtrigger_balanced_ee691', table='ledger_entryline', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='EntrySeal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64, verbose_name='digest')),
                        ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='seal', to='ledger.entry')),
                    ],
                    options={
                        'verbose_name': 'seal of an entry',
                        'verbose_name_plural': 'seals of entries',
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='989895dc6dbb59c744a3924e84b9e2868c111167', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_1ee01', table='ledger_entryseal', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ArchiveKey',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('public_key', models.CharField(max_length=64, unique=True, verbose_name='public key')),
                        ('sealed_key', models.CharField(max_length=400, verbose_name='private key')),
                        ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                        ('legal_entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='archive_keys', to='clients.legalentity', verbose_name='company')),
                    ],
                    options={
                        'verbose_name': 'key of archives',
                        'verbose_name_plural': 'keys of archives',
                        'ordering': ['-pk'],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='83a3ccb2a5e119a169af74abf38bbf4d9b238b6b', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0b44e', table='ledger_archivekey', when='BEFORE'))],
                    },
                ),
    ]
