import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_all_that_can_be_sold'),
        ('clients', '0002_all_that_can_be_sold'),
        ('contracts', '0004_all_that_can_be_sold'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('tickets', '0005_categories_move'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='TimeCorrection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes taken back')),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
                ('found_on', models.DateField(verbose_name='found on')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
            ],
            options={
                'verbose_name': 'correction of time',
                'verbose_name_plural': 'corrections of time',
                'ordering': ['time_entry', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='TimeCorrectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes taken back')),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
                ('found_on', models.DateField(verbose_name='found on')),
                ('entered_at', models.DateTimeField(auto_now_add=True, verbose_name='entered')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.RemoveField(
            model_name='categoryevent',
            name='pgh_obj',
        ),
        migrations.AlterField(
            model_name='ticketevent',
            name='category',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, to='catalog.category', verbose_name='category'),
        ),
        migrations.RemoveField(
            model_name='categoryevent',
            name='pgh_context',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partused',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partused',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partused',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ticket',
            name='rating_version',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ticket',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ticket',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='ticket',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='timeentry',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='timeentry',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='timeentry',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='partused',
            name='waiver',
            field=models.CharField(blank=True, choices=[('goodwill', 'goodwill'), ('internal', 'internal work'), ('warranty', 'warranty'), ('rework', 'rework'), ('training', 'training'), ('other', 'another reason')], max_length=8, verbose_name='waived as'),
        ),
        migrations.AddField(
            model_name='partusedevent',
            name='waiver',
            field=models.CharField(blank=True, choices=[('goodwill', 'goodwill'), ('internal', 'internal work'), ('warranty', 'warranty'), ('rework', 'rework'), ('training', 'training'), ('other', 'another reason')], max_length=8, verbose_name='waived as'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='contract',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='contract_choice',
            field=models.CharField(choices=[('automatic', "by the contracts' rules"), ('contract', 'this contract'), ('none', "no contract: the client's rates")], default='automatic', max_length=10, verbose_name='paid by'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='hourly_rate',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='agreed for this ticket; empty: by contract and rate card', max_digits=10, null=True, verbose_name='hourly rate'),
        ),
        migrations.AddField(
            model_name='ticket',
            name='purchase_order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='clients.purchaseorder', verbose_name='purchase order'),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='contract',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='contract_choice',
            field=models.CharField(choices=[('automatic', "by the contracts' rules"), ('contract', 'this contract'), ('none', "no contract: the client's rates")], default='automatic', max_length=10, verbose_name='paid by'),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='hourly_rate',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='agreed for this ticket; empty: by contract and rate card', max_digits=10, null=True, verbose_name='hourly rate'),
        ),
        migrations.AddField(
            model_name='ticketevent',
            name='purchase_order',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.purchaseorder', verbose_name='purchase order'),
        ),
        migrations.AddField(
            model_name='timeentry',
            name='billable_minutes',
            field=models.PositiveIntegerField(blank=True, help_text='instead of those worked; empty: the same', null=True, verbose_name='billable minutes'),
        ),
        migrations.AddField(
            model_name='timeentry',
            name='contract',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='timeentry',
            name='contract_choice',
            field=models.CharField(choices=[('automatic', "by the contracts' rules"), ('contract', 'this contract'), ('none', "no contract: the client's rates")], default='automatic', max_length=10, verbose_name='paid by'),
        ),
        migrations.AddField(
            model_name='timeentry',
            name='hourly_rate',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='agreed for this work; empty: by ticket, contract and rate card', max_digits=10, null=True, verbose_name='hourly rate'),
        ),
        migrations.AddField(
            model_name='timeentry',
            name='travel_zone',
            field=models.ForeignKey(blank=True, help_text="the journey costs the zone's price instead of its time", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.travelzone', verbose_name='travel zone'),
        ),
        migrations.AddField(
            model_name='timeentry',
            name='waiver',
            field=models.CharField(blank=True, choices=[('goodwill', 'goodwill'), ('internal', 'internal work'), ('warranty', 'warranty'), ('rework', 'rework'), ('training', 'training'), ('other', 'another reason')], max_length=8, verbose_name='waived as'),
        ),
        migrations.AddField(
            model_name='timeentry',
            name='work_role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.workrole', verbose_name='work role'),
        ),
        migrations.AddField(
            model_name='timeentryevent',
            name='billable_minutes',
            field=models.PositiveIntegerField(blank=True, help_text='instead of those worked; empty: the same', null=True, verbose_name='billable minutes'),
        ),
        migrations.AddField(
            model_name='timeentryevent',
            name='contract',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='timeentryevent',
            name='contract_choice',
            field=models.CharField(choices=[('automatic', "by the contracts' rules"), ('contract', 'this contract'), ('none', "no contract: the client's rates")], default='automatic', max_length=10, verbose_name='paid by'),
        ),
        migrations.AddField(
            model_name='timeentryevent',
            name='hourly_rate',
            field=models.DecimalField(blank=True, decimal_places=4, help_text='agreed for this work; empty: by ticket, contract and rate card', max_digits=10, null=True, verbose_name='hourly rate'),
        ),
        migrations.AddField(
            model_name='timeentryevent',
            name='travel_zone',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text="the journey costs the zone's price instead of its time", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.travelzone', verbose_name='travel zone'),
        ),
        migrations.AddField(
            model_name='timeentryevent',
            name='waiver',
            field=models.CharField(blank=True, choices=[('goodwill', 'goodwill'), ('internal', 'internal work'), ('warranty', 'warranty'), ('rework', 'rework'), ('training', 'training'), ('other', 'another reason')], max_length=8, verbose_name='waived as'),
        ),
        migrations.AddField(
            model_name='timeentryevent',
            name='work_role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.workrole', verbose_name='work role'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partused',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_partusedevent" ("billed_elsewhere", "description", "entered_at", "external_ref", "id", "is_billable", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "quantity", "reference", "tax_code", "ticket_id", "unit_cost", "unit_price", "used_on", "waiver") VALUES (NEW."billed_elsewhere", NEW."description", NEW."entered_at", NEW."external_ref", NEW."id", NEW."is_billable", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."quantity", NEW."reference", NEW."tax_code", NEW."ticket_id", NEW."unit_cost", NEW."unit_price", NEW."used_on", NEW."waiver"); RETURN NULL;', hash='ce66250905451eb0f6bb95f26f6fbb4e8917c6b8', operation='INSERT', pgid='pgtrigger_insert_insert_987a8', table='tickets_partused', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partused',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."billed_elsewhere" IS DISTINCT FROM (NEW."billed_elsewhere") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."external_ref" IS DISTINCT FROM (NEW."external_ref") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_billable" IS DISTINCT FROM (NEW."is_billable") OR OLD."product_id" IS DISTINCT FROM (NEW."product_id") OR OLD."quantity" IS DISTINCT FROM (NEW."quantity") OR OLD."reference" IS DISTINCT FROM (NEW."reference") OR OLD."tax_code" IS DISTINCT FROM (NEW."tax_code") OR OLD."ticket_id" IS DISTINCT FROM (NEW."ticket_id") OR OLD."unit_cost" IS DISTINCT FROM (NEW."unit_cost") OR OLD."unit_price" IS DISTINCT FROM (NEW."unit_price") OR OLD."used_on" IS DISTINCT FROM (NEW."used_on") OR OLD."waiver" IS DISTINCT FROM (NEW."waiver"))', func='INSERT INTO "tickets_partusedevent" ("billed_elsewhere", "description", "entered_at", "external_ref", "id", "is_billable", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "quantity", "reference", "tax_code", "ticket_id", "unit_cost", "unit_price", "used_on", "waiver") VALUES (NEW."billed_elsewhere", NEW."description", NEW."entered_at", NEW."external_ref", NEW."id", NEW."is_billable", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."quantity", NEW."reference", NEW."tax_code", NEW."ticket_id", NEW."unit_cost", NEW."unit_price", NEW."used_on", NEW."waiver"); RETURN NULL;', hash='973c0e5e0717eccbfe62749fb38c31c54005c83d', operation='UPDATE', pgid='pgtrigger_update_update_360a6', table='tickets_partused', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partused',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_partusedevent" ("billed_elsewhere", "description", "entered_at", "external_ref", "id", "is_billable", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "quantity", "reference", "tax_code", "ticket_id", "unit_cost", "unit_price", "used_on", "waiver") VALUES (OLD."billed_elsewhere", OLD."description", OLD."entered_at", OLD."external_ref", OLD."id", OLD."is_billable", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."quantity", OLD."reference", OLD."tax_code", OLD."ticket_id", OLD."unit_cost", OLD."unit_price", OLD."used_on", OLD."waiver"); RETURN NULL;', hash='a8f703e4cfe758e7ea906ee6e38a4b9d48a5657e', operation='DELETE', pgid='pgtrigger_delete_delete_1725e', table='tickets_partused', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='rating_version', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."billing_mode" IS DISTINCT FROM (NEW."billing_mode") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."contract_id" IS DISTINCT FROM (NEW."contract_id") OR OLD."contract_choice" IS DISTINCT FROM (NEW."contract_choice") OR OLD."hourly_rate" IS DISTINCT FROM (NEW."hourly_rate") OR OLD."purchase_order_id" IS DISTINCT FROM (NEW."purchase_order_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id"))', func='NEW.rating_version = OLD.rating_version + 1; RETURN NEW;', hash='daa891ab89ec51643d35f5002c31753ff86d93fc', operation='UPDATE', pgid='pgtrigger_rating_version_a5a5d', table='tickets_ticket', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_ticketevent" ("asset_id", "assignee_id", "billing_mode", "board_id", "category_id", "client_id", "closed_at", "contact_id", "contract_choice", "contract_id", "description", "hourly_rate", "id", "number", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "purchase_order_id", "site_id", "status_id", "subject") VALUES (NEW."asset_id", NEW."assignee_id", NEW."billing_mode", NEW."board_id", NEW."category_id", NEW."client_id", NEW."closed_at", NEW."contact_id", NEW."contract_choice", NEW."contract_id", NEW."description", NEW."hourly_rate", NEW."id", NEW."number", NEW."opened_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."purchase_order_id", NEW."site_id", NEW."status_id", NEW."subject"); RETURN NULL;', hash='b9f3b94df90bef946671887dcad577ef76908385', operation='INSERT', pgid='pgtrigger_insert_insert_2d01a', table='tickets_ticket', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."asset_id" IS DISTINCT FROM (NEW."asset_id") OR OLD."assignee_id" IS DISTINCT FROM (NEW."assignee_id") OR OLD."billing_mode" IS DISTINCT FROM (NEW."billing_mode") OR OLD."board_id" IS DISTINCT FROM (NEW."board_id") OR OLD."category_id" IS DISTINCT FROM (NEW."category_id") OR OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."closed_at" IS DISTINCT FROM (NEW."closed_at") OR OLD."contact_id" IS DISTINCT FROM (NEW."contact_id") OR OLD."contract_id" IS DISTINCT FROM (NEW."contract_id") OR OLD."contract_choice" IS DISTINCT FROM (NEW."contract_choice") OR OLD."description" IS DISTINCT FROM (NEW."description") OR OLD."hourly_rate" IS DISTINCT FROM (NEW."hourly_rate") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."opened_at" IS DISTINCT FROM (NEW."opened_at") OR OLD."priority" IS DISTINCT FROM (NEW."priority") OR OLD."purchase_order_id" IS DISTINCT FROM (NEW."purchase_order_id") OR OLD."site_id" IS DISTINCT FROM (NEW."site_id") OR OLD."status_id" IS DISTINCT FROM (NEW."status_id") OR OLD."subject" IS DISTINCT FROM (NEW."subject"))', func='INSERT INTO "tickets_ticketevent" ("asset_id", "assignee_id", "billing_mode", "board_id", "category_id", "client_id", "closed_at", "contact_id", "contract_choice", "contract_id", "description", "hourly_rate", "id", "number", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "purchase_order_id", "site_id", "status_id", "subject") VALUES (NEW."asset_id", NEW."assignee_id", NEW."billing_mode", NEW."board_id", NEW."category_id", NEW."client_id", NEW."closed_at", NEW."contact_id", NEW."contract_choice", NEW."contract_id", NEW."description", NEW."hourly_rate", NEW."id", NEW."number", NEW."opened_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."purchase_order_id", NEW."site_id", NEW."status_id", NEW."subject"); RETURN NULL;', hash='912c2bd0c4700fc829fd2c2dcbfdefb595e0c394', operation='UPDATE', pgid='pgtrigger_update_update_c6bd0', table='tickets_ticket', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='ticket',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_ticketevent" ("asset_id", "assignee_id", "billing_mode", "board_id", "category_id", "client_id", "closed_at", "contact_id", "contract_choice", "contract_id", "description", "hourly_rate", "id", "number", "opened_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "purchase_order_id", "site_id", "status_id", "subject") VALUES (OLD."asset_id", OLD."assignee_id", OLD."billing_mode", OLD."board_id", OLD."category_id", OLD."client_id", OLD."closed_at", OLD."contact_id", OLD."contract_choice", OLD."contract_id", OLD."description", OLD."hourly_rate", OLD."id", OLD."number", OLD."opened_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."priority", OLD."purchase_order_id", OLD."site_id", OLD."status_id", OLD."subject"); RETURN NULL;', hash='651b6d2801a68f9ac8ed2b5c29a91eae093f6b1f', operation='DELETE', pgid='pgtrigger_delete_delete_84422', table='tickets_ticket', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeentry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_timeentryevent" ("billable_minutes", "billed_elsewhere", "contract_choice", "contract_id", "ended_at", "entered_at", "external_ref", "hourly_rate", "id", "is_approved", "is_billable", "is_out_of_scope", "minutes", "not_billable_reason", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "technician_id", "ticket_id", "travel_zone_id", "waiver", "work_role_id", "work_type_id", "worked_on") VALUES (NEW."billable_minutes", NEW."billed_elsewhere", NEW."contract_choice", NEW."contract_id", NEW."ended_at", NEW."entered_at", NEW."external_ref", NEW."hourly_rate", NEW."id", NEW."is_approved", NEW."is_billable", NEW."is_out_of_scope", NEW."minutes", NEW."not_billable_reason", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."started_at", NEW."technician_id", NEW."ticket_id", NEW."travel_zone_id", NEW."waiver", NEW."work_role_id", NEW."work_type_id", NEW."worked_on"); RETURN NULL;', hash='2a101ee5eea69299b89250561c526b244d543108', operation='INSERT', pgid='pgtrigger_insert_insert_065dc', table='tickets_timeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeentry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."billable_minutes" IS DISTINCT FROM (NEW."billable_minutes") OR OLD."billed_elsewhere" IS DISTINCT FROM (NEW."billed_elsewhere") OR OLD."contract_id" IS DISTINCT FROM (NEW."contract_id") OR OLD."contract_choice" IS DISTINCT FROM (NEW."contract_choice") OR OLD."ended_at" IS DISTINCT FROM (NEW."ended_at") OR OLD."entered_at" IS DISTINCT FROM (NEW."entered_at") OR OLD."external_ref" IS DISTINCT FROM (NEW."external_ref") OR OLD."hourly_rate" IS DISTINCT FROM (NEW."hourly_rate") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_approved" IS DISTINCT FROM (NEW."is_approved") OR OLD."is_billable" IS DISTINCT FROM (NEW."is_billable") OR OLD."is_out_of_scope" IS DISTINCT FROM (NEW."is_out_of_scope") OR OLD."minutes" IS DISTINCT FROM (NEW."minutes") OR OLD."not_billable_reason" IS DISTINCT FROM (NEW."not_billable_reason") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."started_at" IS DISTINCT FROM (NEW."started_at") OR OLD."technician_id" IS DISTINCT FROM (NEW."technician_id") OR OLD."ticket_id" IS DISTINCT FROM (NEW."ticket_id") OR OLD."travel_zone_id" IS DISTINCT FROM (NEW."travel_zone_id") OR OLD."waiver" IS DISTINCT FROM (NEW."waiver") OR OLD."work_role_id" IS DISTINCT FROM (NEW."work_role_id") OR OLD."work_type_id" IS DISTINCT FROM (NEW."work_type_id") OR OLD."worked_on" IS DISTINCT FROM (NEW."worked_on"))', func='INSERT INTO "tickets_timeentryevent" ("billable_minutes", "billed_elsewhere", "contract_choice", "contract_id", "ended_at", "entered_at", "external_ref", "hourly_rate", "id", "is_approved", "is_billable", "is_out_of_scope", "minutes", "not_billable_reason", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "technician_id", "ticket_id", "travel_zone_id", "waiver", "work_role_id", "work_type_id", "worked_on") VALUES (NEW."billable_minutes", NEW."billed_elsewhere", NEW."contract_choice", NEW."contract_id", NEW."ended_at", NEW."entered_at", NEW."external_ref", NEW."hourly_rate", NEW."id", NEW."is_approved", NEW."is_billable", NEW."is_out_of_scope", NEW."minutes", NEW."not_billable_reason", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."started_at", NEW."technician_id", NEW."ticket_id", NEW."travel_zone_id", NEW."waiver", NEW."work_role_id", NEW."work_type_id", NEW."worked_on"); RETURN NULL;', hash='d526b76fa21772399ea633fabbc21d1628ce6d8f', operation='UPDATE', pgid='pgtrigger_update_update_11034', table='tickets_timeentry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timeentry',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_timeentryevent" ("billable_minutes", "billed_elsewhere", "contract_choice", "contract_id", "ended_at", "entered_at", "external_ref", "hourly_rate", "id", "is_approved", "is_billable", "is_out_of_scope", "minutes", "not_billable_reason", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_at", "technician_id", "ticket_id", "travel_zone_id", "waiver", "work_role_id", "work_type_id", "worked_on") VALUES (OLD."billable_minutes", OLD."billed_elsewhere", OLD."contract_choice", OLD."contract_id", OLD."ended_at", OLD."entered_at", OLD."external_ref", OLD."hourly_rate", OLD."id", OLD."is_approved", OLD."is_billable", OLD."is_out_of_scope", OLD."minutes", OLD."not_billable_reason", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."started_at", OLD."technician_id", OLD."ticket_id", OLD."travel_zone_id", OLD."waiver", OLD."work_role_id", OLD."work_type_id", OLD."worked_on"); RETURN NULL;', hash='a8d706f582533ffe22707b746342d2af02a1f0e5', operation='DELETE', pgid='pgtrigger_delete_delete_bf3f1', table='tickets_timeentry', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='ticket',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contract__isnull', False), ('contract_choice', 'contract')), models.Q(models.Q(('contract_choice', 'contract'), _negated=True), ('contract', None)), _connector='OR'), name='tickets_ticket_contract_where_chosen', violation_error_message='Name the contract that pays.'),
        ),
        migrations.AddConstraint(
            model_name='timeentry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('contract__isnull', False), ('contract_choice', 'contract')), models.Q(models.Q(('contract_choice', 'contract'), _negated=True), ('contract', None)), _connector='OR'), name='tickets_timeentry_contract_where_chosen', violation_error_message='Name the contract that pays.'),
        ),
        migrations.AddField(
            model_name='timecorrection',
            name='corrected_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrected by'),
        ),
        migrations.AddField(
            model_name='timecorrection',
            name='time_entry',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='corrections', to='tickets.timeentry', verbose_name='time entry'),
        ),
        migrations.AddField(
            model_name='timecorrectionevent',
            name='corrected_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='corrected by'),
        ),
        migrations.AddField(
            model_name='timecorrectionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='timecorrectionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='tickets.timecorrection'),
        ),
        migrations.AddField(
            model_name='timecorrectionevent',
            name='time_entry',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='tickets.timeentry', verbose_name='time entry'),
        ),
        migrations.DeleteModel(
            name='Category',
        ),
        migrations.DeleteModel(
            name='CategoryEvent',
        ),
        migrations.AddConstraint(
            model_name='timecorrection',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__gt', 0)), name='tickets_timecorrection_some_minutes', violation_error_message='A correction takes back at least one minute.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timecorrection',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_timecorrectionevent" ("corrected_by_id", "entered_at", "found_on", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "time_entry_id") VALUES (NEW."corrected_by_id", NEW."entered_at", NEW."found_on", NEW."id", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."time_entry_id"); RETURN NULL;', hash='53c24066d24faa47aac6377d764e3b2c7473421f', operation='INSERT', pgid='pgtrigger_insert_insert_b494b', table='tickets_timecorrection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timecorrection',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "tickets_timecorrectionevent" ("corrected_by_id", "entered_at", "found_on", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "time_entry_id") VALUES (NEW."corrected_by_id", NEW."entered_at", NEW."found_on", NEW."id", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."time_entry_id"); RETURN NULL;', hash='b50ca53b4dac7b16c162f61ebd55fae286abb117', operation='UPDATE', pgid='pgtrigger_update_update_51405', table='tickets_timecorrection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timecorrection',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "tickets_timecorrectionevent" ("corrected_by_id", "entered_at", "found_on", "id", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "time_entry_id") VALUES (OLD."corrected_by_id", OLD."entered_at", OLD."found_on", OLD."id", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."time_entry_id"); RETURN NULL;', hash='28e873e218589a45e0d47ff77136e6948d7dedec', operation='DELETE', pgid='pgtrigger_delete_delete_b70de', table='tickets_timecorrection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timecorrectionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c562a786f2e89307f5487f212cc14a440a4889bb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ca986', table='tickets_timecorrectionevent', when='BEFORE')),
        ),
    ]
