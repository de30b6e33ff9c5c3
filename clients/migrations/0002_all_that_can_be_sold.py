import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('clients', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PurchaseOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='valid through')),
                ('limit_amount', models.DecimalField(blank=True, decimal_places=2, help_text='without VAT; empty where the order names none', max_digits=14, null=True, verbose_name='limit')),
                ('is_closed', models.BooleanField(default=False, verbose_name='closed')),
                ('notes', models.CharField(blank=True, max_length=200, verbose_name='internal notes')),
            ],
            options={
                'verbose_name': 'purchase order',
                'verbose_name_plural': 'purchase orders',
                'ordering': ['client', '-starts_on', 'number'],
            },
        ),
        migrations.CreateModel(
            name='PurchaseOrderEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=60, verbose_name='number')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='valid through')),
                ('limit_amount', models.DecimalField(blank=True, decimal_places=2, help_text='without VAT; empty where the order names none', max_digits=14, null=True, verbose_name='limit')),
                ('is_closed', models.BooleanField(default=False, verbose_name='closed')),
                ('notes', models.CharField(blank=True, max_length=200, verbose_name='internal notes')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='asset',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='asset',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='asset',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='client',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='client',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='client',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contact',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='site',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='site',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='site',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='asset',
            name='group',
            field=models.CharField(blank=True, help_text='a word of your own by which contracts can tell devices apart', max_length=60, verbose_name='group'),
        ),
        migrations.AddField(
            model_name='assetevent',
            name='group',
            field=models.CharField(blank=True, help_text='a word of your own by which contracts can tell devices apart', max_length=60, verbose_name='group'),
        ),
        migrations.AddField(
            model_name='client',
            name='billing_day',
            field=models.PositiveSmallIntegerField(blank=True, help_text="day of the month, 31 for its last; empty: the firm's day", null=True, verbose_name='billing day'),
        ),
        migrations.AddField(
            model_name='client',
            name='invoice_grouping',
            field=models.CharField(choices=[('client', 'one invoice for everything'), ('contract', 'one for each contract'), ('site', 'one for each site'), ('cost_centre', 'one for each cost centre'), ('purchase_order', 'one for each purchase order')], default='client', max_length=16, verbose_name='invoices'),
        ),
        migrations.AddField(
            model_name='client',
            name='requires_purchase_order',
            field=models.BooleanField(default=False, help_text='what no order pays for waits until one is named', verbose_name='pays only with a purchase order'),
        ),
        migrations.AddField(
            model_name='clientevent',
            name='billing_day',
            field=models.PositiveSmallIntegerField(blank=True, help_text="day of the month, 31 for its last; empty: the firm's day", null=True, verbose_name='billing day'),
        ),
        migrations.AddField(
            model_name='clientevent',
            name='invoice_grouping',
            field=models.CharField(choices=[('client', 'one invoice for everything'), ('contract', 'one for each contract'), ('site', 'one for each site'), ('cost_centre', 'one for each cost centre'), ('purchase_order', 'one for each purchase order')], default='client', max_length=16, verbose_name='invoices'),
        ),
        migrations.AddField(
            model_name='clientevent',
            name='requires_purchase_order',
            field=models.BooleanField(default=False, help_text='what no order pays for waits until one is named', verbose_name='pays only with a purchase order'),
        ),
        migrations.AddField(
            model_name='contact',
            name='covered_since_on',
            field=models.DateField(blank=True, help_text='for contracts priced per user', null=True, verbose_name='counts since'),
        ),
        migrations.AddField(
            model_name='contact',
            name='covered_until_on',
            field=models.DateField(blank=True, null=True, verbose_name='counts until'),
        ),
        migrations.AddField(
            model_name='contact',
            name='role',
            field=models.CharField(blank=True, help_text='a word of your own by which contracts can tell people apart', max_length=60, verbose_name='role'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='covered_since_on',
            field=models.DateField(blank=True, help_text='for contracts priced per user', null=True, verbose_name='counts since'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='covered_until_on',
            field=models.DateField(blank=True, null=True, verbose_name='counts until'),
        ),
        migrations.AddField(
            model_name='contactevent',
            name='role',
            field=models.CharField(blank=True, help_text='a word of your own by which contracts can tell people apart', max_length=60, verbose_name='role'),
        ),
        migrations.AddField(
            model_name='site',
            name='cost_centre',
            field=models.CharField(blank=True, max_length=60, verbose_name='cost centre'),
        ),
        migrations.AddField(
            model_name='site',
            name='covered_since_on',
            field=models.DateField(blank=True, help_text='for contracts priced per site', null=True, verbose_name='counts since'),
        ),
        migrations.AddField(
            model_name='site',
            name='covered_until_on',
            field=models.DateField(blank=True, null=True, verbose_name='counts until'),
        ),
        migrations.AddField(
            model_name='siteevent',
            name='cost_centre',
            field=models.CharField(blank=True, max_length=60, verbose_name='cost centre'),
        ),
        migrations.AddField(
            model_name='siteevent',
            name='covered_since_on',
            field=models.DateField(blank=True, help_text='for contracts priced per site', null=True, verbose_name='counts since'),
        ),
        migrations.AddField(
            model_name='siteevent',
            name='covered_until_on',
            field=models.DateField(blank=True, null=True, verbose_name='counts until'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='asset',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_assetevent" ("client_id", "contact_id", "covered_since_on", "covered_until_on", "group", "id", "kind", "name", "operating_system", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "serial_number", "site_id", "warranty_ends_on") VALUES (NEW."client_id", NEW."contact_id", NEW."covered_since_on", NEW."covered_until_on", NEW."group", NEW."id", NEW."kind", NEW."name", NEW."operating_system", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."serial_number", NEW."site_id", NEW."warranty_ends_on"); RETURN NULL;', hash='279432da0c37c6fd47196717e01d7ae262d14851', operation='INSERT', pgid='pgtrigger_insert_insert_51c47', table='clients_asset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='asset',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clients_assetevent" ("client_id", "contact_id", "covered_since_on", "covered_until_on", "group", "id", "kind", "name", "operating_system", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "serial_number", "site_id", "warranty_ends_on") VALUES (NEW."client_id", NEW."contact_id", NEW."covered_since_on", NEW."covered_until_on", NEW."group", NEW."id", NEW."kind", NEW."name", NEW."operating_system", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."serial_number", NEW."site_id", NEW."warranty_ends_on"); RETURN NULL;', hash='04c72e6de6330d8634efdee41ad346533c217aca', operation='UPDATE', pgid='pgtrigger_update_update_af6b2', table='clients_asset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='asset',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_assetevent" ("client_id", "contact_id", "covered_since_on", "covered_until_on", "group", "id", "kind", "name", "operating_system", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "serial_number", "site_id", "warranty_ends_on") VALUES (OLD."client_id", OLD."contact_id", OLD."covered_since_on", OLD."covered_until_on", OLD."group", OLD."id", OLD."kind", OLD."name", OLD."operating_system", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."serial_number", OLD."site_id", OLD."warranty_ends_on"); RETURN NULL;', hash='1596becb59c9d0094afaa94ec7d9f21e5c3f6e9e', operation='DELETE', pgid='pgtrigger_delete_delete_02a1b', table='clients_asset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='client',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_clientevent" ("account_manager_id", "billing_day", "city", "client_since_on", "code", "country", "currency", "id", "invoice_email", "invoice_grouping", "issues_without_review", "language", "lost_on", "lost_reason", "name", "notes", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "purchase_order", "registration_number", "requires_purchase_order", "street", "vat_number") VALUES (NEW."account_manager_id", NEW."billing_day", NEW."city", NEW."client_since_on", NEW."code", NEW."country", NEW."currency", NEW."id", NEW."invoice_email", NEW."invoice_grouping", NEW."issues_without_review", NEW."language", NEW."lost_on", NEW."lost_reason", NEW."name", NEW."notes", NEW."payment_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."purchase_order", NEW."registration_number", NEW."requires_purchase_order", NEW."street", NEW."vat_number"); RETURN NULL;', hash='81285b972087f4181a3819780f2c6a743b7f3f8b', operation='INSERT', pgid='pgtrigger_insert_insert_a5391', table='clients_client', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='client',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clients_clientevent" ("account_manager_id", "billing_day", "city", "client_since_on", "code", "country", "currency", "id", "invoice_email", "invoice_grouping", "issues_without_review", "language", "lost_on", "lost_reason", "name", "notes", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "purchase_order", "registration_number", "requires_purchase_order", "street", "vat_number") VALUES (NEW."account_manager_id", NEW."billing_day", NEW."city", NEW."client_since_on", NEW."code", NEW."country", NEW."currency", NEW."id", NEW."invoice_email", NEW."invoice_grouping", NEW."issues_without_review", NEW."language", NEW."lost_on", NEW."lost_reason", NEW."name", NEW."notes", NEW."payment_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."purchase_order", NEW."registration_number", NEW."requires_purchase_order", NEW."street", NEW."vat_number"); RETURN NULL;', hash='df6fdc32a98c63d13e4d15e5a3d79baf36ed87bd', operation='UPDATE', pgid='pgtrigger_update_update_757e7', table='clients_client', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='client',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_clientevent" ("account_manager_id", "billing_day", "city", "client_since_on", "code", "country", "currency", "id", "invoice_email", "invoice_grouping", "issues_without_review", "language", "lost_on", "lost_reason", "name", "notes", "payment_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "purchase_order", "registration_number", "requires_purchase_order", "street", "vat_number") VALUES (OLD."account_manager_id", OLD."billing_day", OLD."city", OLD."client_since_on", OLD."code", OLD."country", OLD."currency", OLD."id", OLD."invoice_email", OLD."invoice_grouping", OLD."issues_without_review", OLD."language", OLD."lost_on", OLD."lost_reason", OLD."name", OLD."notes", OLD."payment_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."purchase_order", OLD."registration_number", OLD."requires_purchase_order", OLD."street", OLD."vat_number"); RETURN NULL;', hash='215b53739965b3d77618a8ff3595238b9c787602', operation='DELETE', pgid='pgtrigger_delete_delete_f8895', table='clients_client', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_contactevent" ("client_id", "covered_since_on", "covered_until_on", "email", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal_scope", "role", "site_id", "user_id") VALUES (NEW."client_id", NEW."covered_since_on", NEW."covered_until_on", NEW."email", NEW."first_name", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."portal_scope", NEW."role", NEW."site_id", NEW."user_id"); RETURN NULL;', hash='e439905918c9ab7ed3c7df6f7b2d38fe71c4a205', operation='INSERT', pgid='pgtrigger_insert_insert_4640e', table='clients_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clients_contactevent" ("client_id", "covered_since_on", "covered_until_on", "email", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal_scope", "role", "site_id", "user_id") VALUES (NEW."client_id", NEW."covered_since_on", NEW."covered_until_on", NEW."email", NEW."first_name", NEW."id", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."portal_scope", NEW."role", NEW."site_id", NEW."user_id"); RETURN NULL;', hash='7c362a264c3f1d5c9c6f6d3470874ebbca8b840b', operation='UPDATE', pgid='pgtrigger_update_update_9f71b', table='clients_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_contactevent" ("client_id", "covered_since_on", "covered_until_on", "email", "first_name", "id", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal_scope", "role", "site_id", "user_id") VALUES (OLD."client_id", OLD."covered_since_on", OLD."covered_until_on", OLD."email", OLD."first_name", OLD."id", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."portal_scope", OLD."role", OLD."site_id", OLD."user_id"); RETURN NULL;', hash='b5704b5dd13b4f2c792e3446763178816a27c919', operation='DELETE', pgid='pgtrigger_delete_delete_cfeb4', table='clients_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_siteevent" ("city", "client_id", "cost_centre", "country", "covered_since_on", "covered_until_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "street", "time_zone") VALUES (NEW."city", NEW."client_id", NEW."cost_centre", NEW."country", NEW."covered_since_on", NEW."covered_until_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode", NEW."street", NEW."time_zone"); RETURN NULL;', hash='57b051800b126132bc3a741ef809a5c04d9363f4', operation='INSERT', pgid='pgtrigger_insert_insert_f7019', table='clients_site', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clients_siteevent" ("city", "client_id", "cost_centre", "country", "covered_since_on", "covered_until_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "street", "time_zone") VALUES (NEW."city", NEW."client_id", NEW."cost_centre", NEW."country", NEW."covered_since_on", NEW."covered_until_on", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode", NEW."street", NEW."time_zone"); RETURN NULL;', hash='d841142834361f82ee0a4fb650a1bd0eb7fa7f52', operation='UPDATE', pgid='pgtrigger_update_update_f9c96', table='clients_site', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='site',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_siteevent" ("city", "client_id", "cost_centre", "country", "covered_since_on", "covered_until_on", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode", "street", "time_zone") VALUES (OLD."city", OLD."client_id", OLD."cost_centre", OLD."country", OLD."covered_since_on", OLD."covered_until_on", OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postcode", OLD."street", OLD."time_zone"); RETURN NULL;', hash='c30ef35924928a5674e654bcb0d2f9980474fa3e', operation='DELETE', pgid='pgtrigger_delete_delete_57c79', table='clients_site', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(('billing_day__isnull', True), models.Q(('billing_day__gte', 1), ('billing_day__lte', 31)), _connector='OR'), name='clients_client_billing_day_exists', violation_error_message='A day of the month is from 1 to 31.'),
        ),
        migrations.AddField(
            model_name='purchaseorder',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='purchase_orders', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='purchaseorderevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='purchaseorderevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='purchaseorderevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='clients.purchaseorder'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorder',
            constraint=models.UniqueConstraint(fields=('client', 'number'), name='clients_purchaseorder_number_once', violation_error_message='The client already has an order with this number.'),
        ),
        migrations.AddConstraint(
            model_name='purchaseorder',
            constraint=models.CheckConstraint(condition=models.Q(('last_day_on__isnull', True), ('starts_on__isnull', True), ('last_day_on__gte', models.F('starts_on')), _connector='OR'), name='clients_purchaseorder_ends_after_start', violation_error_message='The last day comes before the first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorder',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_purchaseorderevent" ("client_id", "id", "is_closed", "last_day_on", "limit_amount", "notes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."client_id", NEW."id", NEW."is_closed", NEW."last_day_on", NEW."limit_amount", NEW."notes", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='2f48410e7ab88425061c25b4b52f0f3e0617ed35', operation='INSERT', pgid='pgtrigger_insert_insert_214e5', table='clients_purchaseorder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorder',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "clients_purchaseorderevent" ("client_id", "id", "is_closed", "last_day_on", "limit_amount", "notes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."client_id", NEW."id", NEW."is_closed", NEW."last_day_on", NEW."limit_amount", NEW."notes", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='ac0dba05b26d59051eb098f78eb3071a46950892', operation='UPDATE', pgid='pgtrigger_update_update_5ae33', table='clients_purchaseorder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorder',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "clients_purchaseorderevent" ("client_id", "id", "is_closed", "last_day_on", "limit_amount", "notes", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."client_id", OLD."id", OLD."is_closed", OLD."last_day_on", OLD."limit_amount", OLD."notes", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;', hash='3a6df66f73185cf40d7ad26488ee54b1e061878a', operation='DELETE', pgid='pgtrigger_delete_delete_e786e', table='clients_purchaseorder', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='purchaseorderevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='32705ed96dc4e587da1dddddc2aa45b4c9544e4e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_666db', table='clients_purchaseorderevent', when='BEFORE')),
        ),
    ]
