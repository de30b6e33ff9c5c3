"""All steps of this room at once, for a database that has taken none of them."""

from importlib import import_module
import uuid

from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler

from core.all_at_once import AllAtOnce

by_hand = [
    operation
    for step in (
        '0003_role_triggers',
    )
    for operation in import_module(f'accounts.migrations.{step}').Migration.operations
]


class Migration(AllAtOnce):

    replaces = [
        ('accounts', '0001_initial'),
        ('accounts', '0002_tokens_sign_ins_and_setup'),
        ('accounts', '0003_role_triggers'),
    ]

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('core', '0001_initial'),
    ]

    operations = [
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('email', models.EmailField(max_length=254, unique=True, verbose_name='e-mail address')),
                        ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                        ('last_name', models.CharField(blank=True, max_length=80, verbose_name='last name')),
                        ('kind', models.CharField(choices=[('staff', 'staff'), ('portal', 'portal')], default='staff', max_length=8, verbose_name='kind')),
                        ('language', models.CharField(choices=[('en', 'English'), ('fr', 'French')], default='en', max_length=8, verbose_name='language')),
                        ('theme', models.CharField(choices=[('auto', 'as the device'), ('light', 'light'), ('dark', 'dark')], default='auto', max_length=5, verbose_name='appearance')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='joined')),
                        ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                        ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                    ],
                    options={
                        'ordering': ['last_name', 'first_name', 'email'],
                        'permissions': [('use_desk', 'Can use the desk'), ('use_portal', 'Can use the portal'), ('use_portal_invoices', 'Can see invoices and contracts in the portal'), ('view_dashboards', 'Can see the dashboards'), ('view_audit_trail', 'Can see who changed what'), ('view_costs', 'Can see what things cost the firm'), ('change_firm', "Can change the firm's own settings")],
                        'verbose_name': 'person',
                        'verbose_name_plural': 'people',
                        'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_user_email_unique')],
                        'triggers': [pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("email", "first_name", "id", "is_active", "is_superuser", "joined_at", "kind", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme") VALUES (NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_superuser", NEW."joined_at", NEW."kind", NEW."language", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."theme"); RETURN NULL;', hash='33f7aec6354c45c6c860f276844ac6d00776edee', operation='INSERT', pgid='pgtrigger_insert_insert_3867c', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."joined_at" IS DISTINCT FROM (NEW."joined_at") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."theme" IS DISTINCT FROM (NEW."theme"))', func='INSERT INTO "accounts_userevent" ("email", "first_name", "id", "is_active", "is_superuser", "joined_at", "kind", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme") VALUES (NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_superuser", NEW."joined_at", NEW."kind", NEW."language", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."theme"); RETURN NULL;', hash='47c5c7008ff7d19a2828f54f701ba30e3f24faf5', operation='UPDATE', pgid='pgtrigger_update_update_0e890', table='accounts_user', when='AFTER')), pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_userevent" ("email", "first_name", "id", "is_active", "is_superuser", "joined_at", "kind", "language", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "theme") VALUES (OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_superuser", OLD."joined_at", OLD."kind", OLD."language", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."theme"); RETURN NULL;', hash='04d325cebc3d1e6ff45ca9872684883bf0691e92', operation='DELETE', pgid='pgtrigger_delete_delete_19f14', table='accounts_user', when='AFTER'))],
                    },
                ),
                migrations.CreateModel(
                    name='UserEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                        ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                        ('first_name', models.CharField(blank=True, max_length=80, verbose_name='first name')),
                        ('last_name', models.CharField(blank=True, max_length=80, verbose_name='last name')),
                        ('kind', models.CharField(choices=[('staff', 'staff'), ('portal', 'portal')], default='staff', max_length=8, verbose_name='kind')),
                        ('language', models.CharField(choices=[('en', 'English'), ('fr', 'French')], default='en', max_length=8, verbose_name='language')),
                        ('theme', models.CharField(choices=[('auto', 'as the device'), ('light', 'light'), ('dark', 'dark')], default='auto', max_length=5, verbose_name='appearance')),
                        ('is_active', models.BooleanField(default=True, verbose_name='may sign in')),
                        ('joined_at', models.DateTimeField(auto_now_add=True, verbose_name='joined')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e9498e73f6fbdf2642fb33fa14189f1ad2382c8', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_45b21', table='accounts_userevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SetupLink',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                        ('made_at', models.DateTimeField(auto_now_add=True, verbose_name='made')),
                        ('expires_at', models.DateTimeField(verbose_name='expires')),
                        ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used')),
                    ],
                    options={
                        'verbose_name': 'set-up link',
                        'verbose_name_plural': 'set-up links',
                    },
                ),
                migrations.CreateModel(
                    name='ApiToken',
                    fields=[
                        ('digest', models.CharField(max_length=128, primary_key=True, serialize=False)),
                        ('token_key', models.CharField(db_index=True, max_length=25)),
                        ('created', models.DateTimeField(auto_now_add=True)),
                        ('expiry', models.DateTimeField(blank=True, null=True)),
                        ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                        ('name', models.CharField(max_length=80, verbose_name='name')),
                        ('last_used_at', models.DateTimeField(blank=True, null=True, verbose_name='last used')),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='auth_token_set', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'API token',
                        'verbose_name_plural': 'API tokens',
                        'ordering': ['-created'],
                    },
                ),
                migrations.CreateModel(
                    name='GroupMembershipEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('group', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='auth.group')),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('user', models.ForeignKey(db_constraint=False, db_tablespace='', on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'verbose_name': 'role given or taken',
                        'verbose_name_plural': 'roles given or taken',
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='fa367a1294d075cec4378fd627bf27b658b257c5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_63df3', table='accounts_groupmembershipevent', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='SignIn',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                        ('email', models.CharField(blank=True, max_length=254, verbose_name='e-mail address')),
                        ('succeeded', models.BooleanField(verbose_name='succeeded')),
                        ('address', models.GenericIPAddressField(blank=True, null=True, verbose_name='network address')),
                        ('browser', models.CharField(blank=True, max_length=200, verbose_name='browser')),
                        ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='sign_ins', to=settings.AUTH_USER_MODEL, verbose_name='person')),
                    ],
                    options={
                        'verbose_name': 'attempt to sign in',
                        'verbose_name_plural': 'attempts to sign in',
                        'ordering': ['-at'],
                        'indexes': [models.Index(fields=['user', '-at'], name='accounts_signin_of_person')],
                    },
                ),
        *by_hand,
    ]
