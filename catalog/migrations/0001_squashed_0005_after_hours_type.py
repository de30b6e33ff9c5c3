"""All steps of this room at once, for a database that has taken none of them."""

from django.conf import settings
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler

import catalog.models.tax_rate
from core.all_at_once import AllAtOnce


class Migration(AllAtOnce):

    replaces = [
        ('catalog', '0001_initial'),
        ('catalog', '0002_rate_cards'),
        ('catalog', '0003_four_tax_rates'),
        ('catalog', '0004_all_that_can_be_sold'),
        ('catalog', '0005_after_hours_type'),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('clients', '0001_squashed_0009_direct_debit'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('core', '0001_initial'),
    ]

    operations = [
                migrations.CreateModel(
                    name='Product',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=160, verbose_name='name')),
                        ('kind', models.CharField(choices=[('part', 'part'), ('recurring', 'recurring service'), ('flat_rate', 'flat-rate service')], max_length=12, verbose_name='kind')),
                        ('price', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='price')),
                        ('cost', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='cost')),
                        ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                        ('ledger_account', models.CharField(blank=True, max_length=16, verbose_name='ledger account')),
                        ('is_active', models.BooleanField(default=True, verbose_name='on sale')),
                    ],
                    options={
                        'verbose_name': 'product',
                        'verbose_name_plural': 'products',
                        'ordering': ['kind', 'name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='catalog_product_price_not_negative', violation_error_message='A price cannot be negative.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_productevent" ("code", "cost", "id", "is_active", "kind", "ledger_account", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "tax_code") VALUES (NEW."code", NEW."cost", NEW."id", NEW."is_active", NEW."kind", NEW."ledger_account", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."tax_code"); RETURN NULL;', hash='334e05b80d17c1c27cc07b7fbc13e6a63e1b5c88', operation='INSERT', pgid='pgtrigger_insert_insert_ae3fa', table='catalog_product', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_productevent" ("code", "cost", "id", "is_active", "kind", "ledger_account", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "tax_code") VALUES (NEW."code", NEW."cost", NEW."id", NEW."is_active", NEW."kind", NEW."ledger_account", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."tax_code"); RETURN NULL;', hash='71bbc2859983fff8e83b29662cb17da6db37bf55', operation='UPDATE', pgid='pgtrigger_update_update_580c5', table='catalog_product', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_productevent" ("code", "cost", "id", "is_active", "kind", "ledger_account", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "tax_code") VALUES (OLD."code", OLD."cost", OLD."id", OLD."is_active", OLD."kind", OLD."ledger_account", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price", OLD."tax_code"); RETURN NULL;', hash='192a1e100bed42ed98aba1c766b98c687d894200', operation='DELETE', pgid='pgtrigger_delete_delete_a763a', table='catalog_product', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='ProductEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.CharField(max_length=40, verbose_name='code')),
                        ('name', models.CharField(max_length=160, verbose_name='name')),
                        ('kind', models.CharField(choices=[('part', 'part'), ('recurring', 'recurring service'), ('flat_rate', 'flat-rate service')], max_length=12, verbose_name='kind')),
                        ('price', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='price')),
                        ('cost', models.DecimalField(blank=True, decimal_places=4, max_digits=14, null=True, verbose_name='cost')),
                        ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                        ('ledger_account', models.CharField(blank=True, max_length=16, verbose_name='ledger account')),
                        ('is_active', models.BooleanField(default=True, verbose_name='on sale')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.product')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='940e6199f2f19bd732620c5d3f2e10c3a68c0d21', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_582f1', table='catalog_productevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='RateCard',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('client', models.OneToOneField(blank=True, help_text="empty for the firm's own card", null=True, on_delete=django.db.models.deletion.CASCADE, related_name='rate_card', to='clients.client', verbose_name='client')),
                        ('grace_minutes', models.PositiveSmallIntegerField(blank=True, help_text='so many minutes of a further step are not billed', null=True, verbose_name='grace in minutes')),
                        ('rounding_order', models.CharField(blank=True, choices=[('minimum_first', 'minimum, then steps'), ('steps_first', 'steps, then minimum')], max_length=16, verbose_name='order of rounding')),
                        ('rounding_scope', models.CharField(blank=True, choices=[('entry', 'each time entry'), ('ticket', 'all work of a type on a ticket'), ('day', 'all work of a type on a ticket and day')], max_length=8, verbose_name='rounded over')),
                    ],
                    options={
                        'verbose_name': 'rate card',
                        'verbose_name_plural': 'rate cards',
                        'ordering': ['client__name', 'name'],
                        'constraints': [models.UniqueConstraint(models.ExpressionWrapper(models.Q(('client__isnull', True)), output_field=models.BooleanField()), condition=models.Q(('client__isnull', True)), name='catalog_ratecard_one_of_the_firm')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_ratecardevent" ("client_id", "grace_minutes", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounding_order", "rounding_scope") VALUES (NEW."client_id", NEW."grace_minutes", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rounding_order", NEW."rounding_scope"); RETURN NULL;', hash='772e121e4d67305b8a59f76a1c5e6c3664931377', operation='INSERT', pgid='pgtrigger_insert_insert_0df13', table='catalog_ratecard', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_ratecardevent" ("client_id", "grace_minutes", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounding_order", "rounding_scope") VALUES (NEW."client_id", NEW."grace_minutes", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rounding_order", NEW."rounding_scope"); RETURN NULL;', hash='4727695f553cb9a59fb9f8c495a1cb8cd088536a', operation='UPDATE', pgid='pgtrigger_update_update_43d0d', table='catalog_ratecard', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_ratecardevent" ("client_id", "grace_minutes", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rounding_order", "rounding_scope") VALUES (OLD."client_id", OLD."grace_minutes", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rounding_order", OLD."rounding_scope"); RETURN NULL;', hash='b5c2e0ea3fecb6602e9ef51b3a68d654b7c412db', operation='DELETE', pgid='pgtrigger_delete_delete_0c720', table='catalog_ratecard', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='WorkType',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                        ('ledger_account', models.CharField(blank=True, max_length=16, verbose_name='ledger account')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('multiplier', models.DecimalField(decimal_places=2, default=1, help_text='of the hourly rate; with a surcharge of the hour the higher one counts', max_digits=4, verbose_name='multiplier')),
                        ('takes_surcharges', models.BooleanField(default=True, help_text='off where the rate already is one for nights or weekends', verbose_name='takes surcharges')),
                        ('after_hours_type', models.ForeignKey(blank=True, help_text='the part of an entry with a start and an end; empty: as it is logged', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.worktype', verbose_name='outside business hours rated as')),
                    ],
                    options={
                        'verbose_name': 'work type',
                        'verbose_name_plural': 'work types',
                        'ordering': ['position', 'name'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('multiplier__gt', 0)), name='catalog_worktype_multiplier_positive', violation_error_message='A multiplier must be above nothing.'), models.CheckConstraint(condition=models.Q(('after_hours_type', models.F('id')), _negated=True), name='catalog_worktype_rated_as_another', violation_error_message='Name another work type, or none.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_worktypeevent" ("after_hours_type_id", "code", "id", "is_active", "ledger_account", "multiplier", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "takes_surcharges", "tax_code") VALUES (NEW."after_hours_type_id", NEW."code", NEW."id", NEW."is_active", NEW."ledger_account", NEW."multiplier", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."takes_surcharges", NEW."tax_code"); RETURN NULL;', hash='e2d17bc825c280be43fddcd1414ac5b6b1f764c0', operation='INSERT', pgid='pgtrigger_insert_insert_ff76f', table='catalog_worktype', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_worktypeevent" ("after_hours_type_id", "code", "id", "is_active", "ledger_account", "multiplier", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "takes_surcharges", "tax_code") VALUES (NEW."after_hours_type_id", NEW."code", NEW."id", NEW."is_active", NEW."ledger_account", NEW."multiplier", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."takes_surcharges", NEW."tax_code"); RETURN NULL;', hash='6d98e56658346b5edd2c326666f44f5c080b8501', operation='UPDATE', pgid='pgtrigger_update_update_e73bf', table='catalog_worktype', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_worktypeevent" ("after_hours_type_id", "code", "id", "is_active", "ledger_account", "multiplier", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "takes_surcharges", "tax_code") VALUES (OLD."after_hours_type_id", OLD."code", OLD."id", OLD."is_active", OLD."ledger_account", OLD."multiplier", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."takes_surcharges", OLD."tax_code"); RETURN NULL;', hash='b462f0efd7bdf9f782d6aa411f3b0ecd0268654e', operation='DELETE', pgid='pgtrigger_delete_delete_74ace', table='catalog_worktype', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='WorkRole',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ],
                    options={
                        'verbose_name': 'work role',
                        'verbose_name_plural': 'work roles',
                        'ordering': ['position', 'name'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_workroleevent" ("id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;', hash='343943f19f54737d2973a8d672d56388f05bfbc4', operation='INSERT', pgid='pgtrigger_insert_insert_e8d05', table='catalog_workrole', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_workroleevent" ("id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;', hash='2c22c107237716ddd3ef9b427336310a69397dc3', operation='UPDATE', pgid='pgtrigger_update_update_975a7', table='catalog_workrole', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_workroleevent" ("id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;', hash='76abaaf90643b49bdd9fc07c2bbce7595d7d4ad2', operation='DELETE', pgid='pgtrigger_delete_delete_0cace', table='catalog_workrole', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='Rate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('hourly_rate', models.DecimalField(decimal_places=4, max_digits=10, verbose_name='hourly rate')),
                        ('minimum_minutes', models.PositiveSmallIntegerField(blank=True, help_text="empty on a client's card: as the firm's card says", null=True, verbose_name='minimum minutes')),
                        ('step_minutes', models.PositiveSmallIntegerField(blank=True, help_text='rounded up to whole steps', null=True, verbose_name='step in minutes')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
                        ('rate_card', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rates', to='catalog.ratecard', verbose_name='rate card')),
                        ('work_type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rates', to='catalog.worktype', verbose_name='work type')),
                        ('work_role', models.ForeignKey(blank=True, help_text='empty: for all roles that have no rate of their own', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='rates', to='catalog.workrole', verbose_name='work role')),
                    ],
                    options={
                        'verbose_name': 'rate',
                        'verbose_name_plural': 'rates',
                        'ordering': ['work_type__position', 'work_type__name', '-starts_on'],
                        'constraints': [models.CheckConstraint(condition=models.Q(('hourly_rate__gte', 0)), name='catalog_rate_not_negative', violation_error_message='A rate cannot be negative.'), models.CheckConstraint(condition=models.Q(('last_day_on__isnull', True), ('last_day_on__gte', models.F('starts_on')), _connector='OR'), name='catalog_rate_ends_after_start', violation_error_message='The last day comes before the first.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('rate_card', '='), ('work_type', '='), (django.db.models.functions.comparison.Coalesce('work_role', 0), '='), (catalog.models.tax_rate.DateRange('starts_on', 'last_day_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='catalog_rate_one_a_day', violation_error_message='Another rate holds on some of these days.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_rateevent" ("hourly_rate", "id", "last_day_on", "minimum_minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_card_id", "starts_on", "step_minutes", "work_role_id", "work_type_id") VALUES (NEW."hourly_rate", NEW."id", NEW."last_day_on", NEW."minimum_minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate_card_id", NEW."starts_on", NEW."step_minutes", NEW."work_role_id", NEW."work_type_id"); RETURN NULL;', hash='663d96506cc5f867fcebe21944c163759d614aef', operation='INSERT', pgid='pgtrigger_insert_insert_0b382', table='catalog_rate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_rateevent" ("hourly_rate", "id", "last_day_on", "minimum_minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_card_id", "starts_on", "step_minutes", "work_role_id", "work_type_id") VALUES (NEW."hourly_rate", NEW."id", NEW."last_day_on", NEW."minimum_minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate_card_id", NEW."starts_on", NEW."step_minutes", NEW."work_role_id", NEW."work_type_id"); RETURN NULL;', hash='7cec2ec4f21cd5cab1b66d9a6ebaea2720ffe8fe', operation='UPDATE', pgid='pgtrigger_update_update_0e5ac', table='catalog_rate', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_rateevent" ("hourly_rate", "id", "last_day_on", "minimum_minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate_card_id", "starts_on", "step_minutes", "work_role_id", "work_type_id") VALUES (OLD."hourly_rate", OLD."id", OLD."last_day_on", OLD."minimum_minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rate_card_id", OLD."starts_on", OLD."step_minutes", OLD."work_role_id", OLD."work_type_id"); RETURN NULL;', hash='0559f257b0466074913687906bc9282c2200f735', operation='DELETE', pgid='pgtrigger_delete_delete_ee025', table='catalog_rate', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RateCardEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('client', models.ForeignKey(blank=True, db_constraint=False, help_text="empty for the firm's own card", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.client', verbose_name='client')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.ratecard')),
                        ('grace_minutes', models.PositiveSmallIntegerField(blank=True, help_text='so many minutes of a further step are not billed', null=True, verbose_name='grace in minutes')),
                        ('rounding_order', models.CharField(blank=True, choices=[('minimum_first', 'minimum, then steps'), ('steps_first', 'steps, then minimum')], max_length=16, verbose_name='order of rounding')),
                        ('rounding_scope', models.CharField(blank=True, choices=[('entry', 'each time entry'), ('ticket', 'all work of a type on a ticket'), ('day', 'all work of a type on a ticket and day')], max_length=8, verbose_name='rounded over')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9600415e791af7068480317e0f10720623417327', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_2c254', table='catalog_ratecardevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='RateEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('hourly_rate', models.DecimalField(decimal_places=4, max_digits=10, verbose_name='hourly rate')),
                        ('minimum_minutes', models.PositiveSmallIntegerField(blank=True, help_text="empty on a client's card: as the firm's card says", null=True, verbose_name='minimum minutes')),
                        ('step_minutes', models.PositiveSmallIntegerField(blank=True, help_text='rounded up to whole steps', null=True, verbose_name='step in minutes')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.rate')),
                        ('rate_card', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.ratecard', verbose_name='rate card')),
                        ('work_type', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.worktype', verbose_name='work type')),
                        ('work_role', models.ForeignKey(blank=True, db_constraint=False, help_text='empty: for all roles that have no rate of their own', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.workrole', verbose_name='work role')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5cdcbc127c2c17af5ba2e2bfb807568781f94278', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f0ca5', table='catalog_rateevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TaxRate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('country', models.CharField(max_length=2, verbose_name='country')),
                        ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], max_length=12, verbose_name='tax code')),
                        ('rate', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='rate in %')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
                    ],
                    options={
                        'verbose_name': 'tax rate',
                        'verbose_name_plural': 'tax rates',
                        'ordering': ['country', 'tax_code', '-starts_on'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('country', '='), ('tax_code', '='), (catalog.models.tax_rate.DateRange('starts_on', 'last_day_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='catalog_taxrate_one_a_day', violation_error_message='Another rate holds on some of these days.'), models.CheckConstraint(condition=models.Q(('last_day_on__isnull', True), ('last_day_on__gte', models.F('starts_on')), _connector='OR'), name='catalog_taxrate_ends_after_start', violation_error_message='The last day comes before the first.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_taxrateevent" ("country", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "starts_on", "tax_code") VALUES (NEW."country", NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rate", NEW."starts_on", NEW."tax_code"); RETURN NULL;', hash='b3e40b7807b04c2c2292830423f85b3bee1491f8', operation='INSERT', pgid='pgtrigger_insert_insert_a8630', table='catalog_taxrate', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_taxrateevent" ("country", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "starts_on", "tax_code") VALUES (NEW."country", NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rate", NEW."starts_on", NEW."tax_code"); RETURN NULL;', hash='8a631fc0dfbe1f9255643673fc53c01b3c614a3d', operation='UPDATE', pgid='pgtrigger_update_update_b93d8', table='catalog_taxrate', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_taxrateevent" ("country", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rate", "starts_on", "tax_code") VALUES (OLD."country", OLD."id", OLD."last_day_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."rate", OLD."starts_on", OLD."tax_code"); RETURN NULL;', hash='9a83ffa33911c6aa05fce07815b57ac5e568a6b0', operation='DELETE', pgid='pgtrigger_delete_delete_98d51', table='catalog_taxrate', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TaxRateEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('country', models.CharField(max_length=2, verbose_name='country')),
                        ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], max_length=12, verbose_name='tax code')),
                        ('rate', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='rate in %')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.taxrate')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b6746d05f8e2ead79e7d48c52f79d5e52d705b53', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0dd6', table='catalog_taxrateevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='WorkTypeEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('code', models.CharField(max_length=40, verbose_name='code')),
                        ('name', models.CharField(max_length=120, verbose_name='name')),
                        ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                        ('ledger_account', models.CharField(blank=True, max_length=16, verbose_name='ledger account')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.worktype')),
                        ('multiplier', models.DecimalField(decimal_places=2, default=1, help_text='of the hourly rate; with a surcharge of the hour the higher one counts', max_digits=4, verbose_name='multiplier')),
                        ('takes_surcharges', models.BooleanField(default=True, help_text='off where the rate already is one for nights or weekends', verbose_name='takes surcharges')),
                        ('after_hours_type', models.ForeignKey(blank=True, db_constraint=False, help_text='the part of an entry with a start and an end; empty: as it is logged', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.worktype', verbose_name='outside business hours rated as')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bac5a3644fdeb2fc33a39a3063bbe23403c12806', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4944c', table='catalog_worktypeevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Category',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                    ],
                    options={
                        'verbose_name': 'category',
                        'verbose_name_plural': 'categories',
                        'ordering': ['name'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_categoryevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='7077dd06cc87dbb4fadfad77e9319a1dfd98e0d9', operation='INSERT', pgid='pgtrigger_insert_insert_450cc', table='catalog_category', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_categoryevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='0f401619c583f3fc5eacb7bf1290437771be0b76', operation='UPDATE', pgid='pgtrigger_update_update_8b940', table='catalog_category', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_categoryevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='70383a3bfbb138df4ed0f037f8efb9e7360fcfcc', operation='DELETE', pgid='pgtrigger_delete_delete_5b72e', table='catalog_category', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='CategoryEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.category')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ae134e5f8d9ddf42ff64203faaa9d809a705d972', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_511e6', table='catalog_categoryevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='RoleAssignment',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='work_role_assignment', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('work_role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='catalog.workrole', verbose_name='work role')),
                    ],
                    options={
                        'verbose_name': 'role of a person',
                        'verbose_name_plural': 'roles of people',
                        'ordering': ['user'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_roleassignmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "work_role_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id", NEW."work_role_id"); RETURN NULL;', hash='6f0ebf22d92e9a431b0a65d5e7d8a6c0b3d2e910', operation='INSERT', pgid='pgtrigger_insert_insert_23186', table='catalog_roleassignment', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_roleassignmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "work_role_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id", NEW."work_role_id"); RETURN NULL;', hash='1e11af0b006277a9391d5b0c93c083fc86952a0f', operation='UPDATE', pgid='pgtrigger_update_update_f2bbe', table='catalog_roleassignment', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_roleassignmentevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "work_role_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id", OLD."work_role_id"); RETURN NULL;', hash='4f2918908f4f404b3b686f9c50480f2cbd9d6d92', operation='DELETE', pgid='pgtrigger_delete_delete_ef2bc', table='catalog_roleassignment', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='RoleAssignmentEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.roleassignment')),
                        ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                        ('work_role', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.workrole', verbose_name='work role')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6157b6a2203e76a71c535c612a5620627908aecc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_27312', table='catalog_roleassignmentevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TravelZone',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                    ],
                    options={
                        'verbose_name': 'travel zone',
                        'verbose_name_plural': 'travel zones',
                        'ordering': ['position', 'name'],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_travelzoneevent" ("id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;', hash='3031636edccb33bc6b7ee6bda8d41b635af62cac', operation='INSERT', pgid='pgtrigger_insert_insert_35b91', table='catalog_travelzone', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_travelzoneevent" ("id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;', hash='105986b247aef971a60fa2a22bcf633a0939079c', operation='UPDATE', pgid='pgtrigger_update_update_02996', table='catalog_travelzone', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_travelzoneevent" ("id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;', hash='0a9d769087443dbf85ed7a7b71adebd407daf388', operation='DELETE', pgid='pgtrigger_delete_delete_634a0', table='catalog_travelzone', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TravelZoneEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.travelzone')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='ac30ea1f9ae90ed1184deccd6d8a637b53cc3860', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c45e9', table='catalog_travelzoneevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TravelZonePrice',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('price', models.DecimalField(decimal_places=4, max_digits=10, verbose_name='price')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
                        ('zone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='catalog.travelzone', verbose_name='travel zone')),
                    ],
                    options={
                        'verbose_name': 'price of a travel zone',
                        'verbose_name_plural': 'prices of travel zones',
                        'ordering': ['zone', '-starts_on'],
                        'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('zone', '='), (catalog.models.tax_rate.DateRange('starts_on', 'last_day_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='catalog_travelzoneprice_one_a_day', violation_error_message='Another price holds on some of these days.'), models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='catalog_travelzoneprice_not_negative', violation_error_message='A price cannot be negative.')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_travelzonepriceevent" ("id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "starts_on", "zone_id") VALUES (NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."starts_on", NEW."zone_id"); RETURN NULL;', hash='b3ea7793d484844eb32a0a3a1a84472c2d6b54cf', operation='INSERT', pgid='pgtrigger_insert_insert_8fc40', table='catalog_travelzoneprice', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "catalog_travelzonepriceevent" ("id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "starts_on", "zone_id") VALUES (NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."starts_on", NEW."zone_id"); RETURN NULL;', hash='3226e9e275e4b047190bc395bc78bf0d0b680fc3', operation='UPDATE', pgid='pgtrigger_update_update_43caa', table='catalog_travelzoneprice', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "catalog_travelzonepriceevent" ("id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "starts_on", "zone_id") VALUES (OLD."id", OLD."last_day_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price", OLD."starts_on", OLD."zone_id"); RETURN NULL;', hash='1bc66a84062ede6a189166b7c6e9137ae19a3689', operation='DELETE', pgid='pgtrigger_delete_delete_50d59', table='catalog_travelzoneprice', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='TravelZonePriceEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('price', models.DecimalField(decimal_places=4, max_digits=10, verbose_name='price')),
                        ('starts_on', models.DateField(verbose_name='from')),
                        ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.travelzoneprice')),
                        ('zone', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.travelzone', verbose_name='travel zone')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c332d1f9d9029c0b4d8df79ec873ce3e23f2b553', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a1015', table='catalog_travelzonepriceevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='WorkRoleEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position in lists')),
                        ('is_active', models.BooleanField(default=True, verbose_name='in use')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='catalog.workrole')),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2e7df6ffe72fc2fa565d8c685e37f54eac47d750', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_18ffb', table='catalog_workroleevent', when='BEFORE'))],
                    },
                ),
    ]
