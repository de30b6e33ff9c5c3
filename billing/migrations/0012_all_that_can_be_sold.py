"""Time in portions, hours drawn, blocks sold, corrections, orders, holds."""

from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0011_claims_of_periods'),
        ('clients', '0002_all_that_can_be_sold'),
        ('contracts', '0004_all_that_can_be_sold'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('tickets', '0006_all_that_can_be_sold'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ClientHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='held because')),
                ('held_at', models.DateTimeField(auto_now_add=True, verbose_name='held since')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='released')),
            ],
            options={
                'verbose_name': 'hold of a client',
                'verbose_name_plural': 'holds of clients',
                'ordering': ['-held_at'],
            },
        ),
        migrations.CreateModel(
            name='ClientHoldEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reason', models.CharField(max_length=200, verbose_name='held because')),
                ('held_at', models.DateTimeField(auto_now_add=True, verbose_name='held since')),
                ('released_at', models.DateTimeField(blank=True, null=True, verbose_name='released')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='HeldItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hold', models.CharField(max_length=24, verbose_name='reason')),
                ('facts', models.JSONField(default=dict, verbose_name='facts')),
                ('period_on', models.DateField(null=True)),
                ('minutes', models.PositiveIntegerField(null=True, verbose_name='minutes')),
            ],
            options={
                'verbose_name': 'held item',
                'verbose_name_plural': 'held items',
                'ordering': ['run', 'client', 'pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='claim',
            name='billing_claim_time_once',
        ),
        migrations.AddField(
            model_name='charge',
            name='cost_centre',
            field=models.CharField(blank=True, max_length=60, verbose_name='cost centre'),
        ),
        migrations.AddField(
            model_name='charge',
            name='purchase_order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='charges', to='clients.purchaseorder', verbose_name='purchase order'),
        ),
        migrations.AddField(
            model_name='claim',
            name='allowance',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='contracts.allowance'),
        ),
        migrations.AddField(
            model_name='claim',
            name='billed_minutes',
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='bucket_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='claim',
            name='drawn_block',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='contracts.prepaidblock'),
        ),
        migrations.AddField(
            model_name='claim',
            name='drawn_quantity',
            field=models.DecimalField(decimal_places=4, default=0, max_digits=12),
        ),
        migrations.AddField(
            model_name='claim',
            name='portion',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='claim',
            name='prepaid_block',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='contracts.prepaidblock'),
        ),
        migrations.AddField(
            model_name='claim',
            name='time_correction',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tickets.timecorrection'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='covering_order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='invoices', to='clients.purchaseorder', verbose_name='paid by the order'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='group_label',
            field=models.CharField(blank=True, help_text='the contract, site or cost centre', max_length=200, verbose_name='for'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='held_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='held since'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='held_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='held by'),
        ),
        migrations.AddField(
            model_name='invoice',
            name='held_reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='held because'),
        ),
        migrations.AlterField(
            model_name='charge',
            name='kind',
            field=models.CharField(choices=[('recurring', 'contract'), ('adjustment', 'correction'), ('time', 'work'), ('flat', 'flat rate'), ('part', 'part'), ('prepaid', 'prepaid')], max_length=12, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='charge',
            name='treatment',
            field=models.CharField(choices=[('billed', 'billed'), ('covered', 'covered by the contract'), ('drawn', 'drawn from hours paid for'), ('flat', 'included in the flat rate'), ('waived', 'waived')], max_length=8, verbose_name='treatment'),
        ),
        migrations.AlterField(
            model_name='charge',
            name='unit',
            field=models.CharField(choices=[('minute', 'min'), ('piece', 'pc.'), ('month', 'month'), ('quarter', 'quarter'), ('half_year', 'half-year'), ('year', 'year'), ('pro_rata', 'pro rata')], max_length=10, verbose_name='unit'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='minutes',
            field=models.IntegerField(null=True),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contract_line__isnull', True), ('flat_rate_item__isnull', True), ('part_used__isnull', True), ('period_on__isnull', True), ('prepaid_block__isnull', True), ('time_correction__isnull', True), ('time_entry__isnull', False)), models.Q(('contract_line__isnull', True), ('flat_rate_item__isnull', True), ('part_used__isnull', False), ('period_on__isnull', True), ('prepaid_block__isnull', True), ('time_correction__isnull', True), ('time_entry__isnull', True)), models.Q(('contract_line__isnull', True), ('flat_rate_item__isnull', False), ('part_used__isnull', True), ('period_on__isnull', True), ('prepaid_block__isnull', True), ('time_correction__isnull', True), ('time_entry__isnull', True)), models.Q(('contract_line__isnull', True), ('flat_rate_item__isnull', True), ('part_used__isnull', True), ('period_on__isnull', True), ('prepaid_block__isnull', True), ('time_correction__isnull', False), ('time_entry__isnull', True)), models.Q(('contract_line__isnull', True), ('flat_rate_item__isnull', True), ('part_used__isnull', True), ('period_on__isnull', True), ('prepaid_block__isnull', False), ('time_correction__isnull', True), ('time_entry__isnull', True)), models.Q(('contract_line__isnull', False), ('flat_rate_item__isnull', True), ('part_used__isnull', True), ('period_on__isnull', False), ('prepaid_block__isnull', True), ('time_correction__isnull', True), ('time_entry__isnull', True)), _connector='OR'), name='billing_claim_one_source'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('allowance', None), ('bucket_on', None)), models.Q(('allowance__isnull', False), ('bucket_on__isnull', False), ('drawn_block', None)), _connector='OR'), name='billing_claim_one_draw'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None), ('time_entry__isnull', False)), fields=('time_entry', 'portion'), name='billing_claim_time_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None), ('time_correction__isnull', False)), fields=('time_correction', 'portion'), name='billing_claim_taken_back_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('prepaid_block__isnull', False), ('released_at', None)), fields=('prepaid_block',), name='billing_claim_block_once'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.UniqueConstraint(condition=models.Q(('contract_line__isnull', False), ('released_at', None)), fields=('contract_line', 'period_on', 'revision'), name='billing_claim_period_once'),
        ),
        migrations.AddConstraint(
            model_name='invoice',
            constraint=models.CheckConstraint(condition=models.Q(('status', 'draft'), ('held_at', None), _connector='OR'), name='billing_invoice_held_only_as_draft'),
        ),
        migrations.AddField(
            model_name='clienthold',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='billing_holds', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='clienthold',
            name='held_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='held by'),
        ),
        migrations.AddField(
            model_name='clienthold',
            name='released_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by'),
        ),
        migrations.AddField(
            model_name='clientholdevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='clientholdevent',
            name='held_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='held by'),
        ),
        migrations.AddField(
            model_name='clientholdevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='clientholdevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='billing.clienthold'),
        ),
        migrations.AddField(
            model_name='clientholdevent',
            name='released_by',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='released by'),
        ),
        migrations.AddField(
            model_name='helditem',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='helditem',
            name='contract_line',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='held_items', to='contracts.contractline'),
        ),
        migrations.AddField(
            model_name='helditem',
            name='flat_rate_item',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='held_items', to='tickets.flatrateitem'),
        ),
        migrations.AddField(
            model_name='helditem',
            name='part_used',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='held_items', to='tickets.partused'),
        ),
        migrations.AddField(
            model_name='helditem',
            name='run',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='held_items', to='billing.billingrun', verbose_name='run'),
        ),
        migrations.AddField(
            model_name='helditem',
            name='time_entry',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='held_items', to='tickets.timeentry'),
        ),
        migrations.AddConstraint(
            model_name='clienthold',
            constraint=models.UniqueConstraint(condition=models.Q(('released_at', None)), fields=('client',), name='billing_clienthold_one_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clienthold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_clientholdevent" ("client_id", "held_at", "held_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "released_at", "released_by_id") VALUES (NEW."client_id", NEW."held_at", NEW."held_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."released_at", NEW."released_by_id"); RETURN NULL;', hash='4f78980a560ed2f720d13e259368f6c394fc2d10', operation='INSERT', pgid='pgtrigger_insert_insert_cf769', table='billing_clienthold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clienthold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "billing_clientholdevent" ("client_id", "held_at", "held_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "released_at", "released_by_id") VALUES (NEW."client_id", NEW."held_at", NEW."held_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."released_at", NEW."released_by_id"); RETURN NULL;', hash='575935fed8accf8972deabaa46c818ce95be28eb', operation='UPDATE', pgid='pgtrigger_update_update_84ad9', table='billing_clienthold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clienthold',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "billing_clientholdevent" ("client_id", "held_at", "held_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "released_at", "released_by_id") VALUES (OLD."client_id", OLD."held_at", OLD."held_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."released_at", OLD."released_by_id"); RETURN NULL;', hash='1152feed81a001c00979c87956cc96bc3b97ac96', operation='DELETE', pgid='pgtrigger_delete_delete_9c76a', table='billing_clienthold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clientholdevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='35cf3d520863c76186d499bbb67f8d2c0a7d3805', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_64a1b', table='billing_clientholdevent', when='BEFORE')),
        ),
    ]
