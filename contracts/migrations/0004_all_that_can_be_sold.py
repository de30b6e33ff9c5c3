import catalog.models.tax_rate
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0004_all_that_can_be_sold'),
        ('clients', '0002_all_that_can_be_sold'),
        ('contracts', '0003_coverage_says_more'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes a month')),
                ('overage_rate', models.DecimalField(blank=True, decimal_places=4, help_text="an hour; empty: the client's rate", max_digits=10, null=True, verbose_name='rate beyond it')),
                ('rollover', models.CharField(choices=[('none', 'they expire'), ('oldest_first', 'carried on, the oldest used first')], default='none', max_length=12, verbose_name='hours left over')),
                ('cap_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='carried at most, in minutes')),
                ('age_months', models.PositiveSmallIntegerField(default=1, verbose_name='carried for months')),
                ('prorates_stub', models.BooleanField(default=False, verbose_name='prorated in a first part month')),
                ('low_balance_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='warn at minutes left')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
            ],
            options={
                'verbose_name': 'allowance',
                'verbose_name_plural': 'allowances',
                'ordering': ['contract', 'starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='AllowanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes a month')),
                ('overage_rate', models.DecimalField(blank=True, decimal_places=4, help_text="an hour; empty: the client's rate", max_digits=10, null=True, verbose_name='rate beyond it')),
                ('rollover', models.CharField(choices=[('none', 'they expire'), ('oldest_first', 'carried on, the oldest used first')], default='none', max_length=12, verbose_name='hours left over')),
                ('cap_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='carried at most, in minutes')),
                ('age_months', models.PositiveSmallIntegerField(default=1, verbose_name='carried for months')),
                ('prorates_stub', models.BooleanField(default=False, verbose_name='prorated in a first part month')),
                ('low_balance_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='warn at minutes left')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='BusinessCalendar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('time_zone', models.CharField(default='Europe/Paris', max_length=48, verbose_name='time zone')),
                ('country', models.CharField(blank=True, help_text='empty: none', max_length=2, verbose_name='holidays of country')),
                ('region', models.CharField(blank=True, max_length=8, verbose_name='holidays of region')),
                ('is_default', models.BooleanField(default=False, verbose_name="the firm's own")),
            ],
            options={
                'verbose_name': 'business calendar',
                'verbose_name_plural': 'business calendars',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='BusinessCalendarEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('time_zone', models.CharField(default='Europe/Paris', max_length=48, verbose_name='time zone')),
                ('country', models.CharField(blank=True, help_text='empty: none', max_length=2, verbose_name='holidays of country')),
                ('region', models.CharField(blank=True, max_length=8, verbose_name='holidays of region')),
                ('is_default', models.BooleanField(default=False, verbose_name="the firm's own")),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('is_holiday', models.BooleanField(default=False, verbose_name='counts as a holiday')),
                ('opens_at', models.TimeField(blank=True, help_text='empty: closed', null=True, verbose_name='opens')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='closes')),
            ],
            options={
                'verbose_name': 'day unlike others',
                'verbose_name_plural': 'days unlike others',
                'ordering': ['calendar', 'day', 'opens_at'],
            },
        ),
        migrations.CreateModel(
            name='CalendarDayEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('day', models.DateField(verbose_name='day')),
                ('name', models.CharField(blank=True, max_length=120, verbose_name='name')),
                ('is_holiday', models.BooleanField(default=False, verbose_name='counts as a holiday')),
                ('opens_at', models.TimeField(blank=True, help_text='empty: closed', null=True, verbose_name='opens')),
                ('closes_at', models.TimeField(blank=True, null=True, verbose_name='closes')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='CalendarWindow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='weekday')),
                ('opens_at', models.TimeField(verbose_name='opens')),
                ('closes_at', models.TimeField(help_text='00:00 for midnight', verbose_name='closes')),
            ],
            options={
                'verbose_name': 'open hours',
                'verbose_name_plural': 'open hours',
                'ordering': ['calendar', 'weekday', 'opens_at'],
            },
        ),
        migrations.CreateModel(
            name='CalendarWindowEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='weekday')),
                ('opens_at', models.TimeField(verbose_name='opens')),
                ('closes_at', models.TimeField(help_text='00:00 for midnight', verbose_name='closes')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContractPause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(verbose_name='from')),
                ('last_day_on', models.DateField(blank=True, help_text='inclusive; empty: until further notice', null=True, verbose_name='through')),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
            ],
            options={
                'verbose_name': 'pause of a contract',
                'verbose_name_plural': 'pauses of contracts',
                'ordering': ['contract', 'starts_on'],
            },
        ),
        migrations.CreateModel(
            name='ContractPauseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('starts_on', models.DateField(verbose_name='from')),
                ('last_day_on', models.DateField(blank=True, help_text='inclusive; empty: until further notice', null=True, verbose_name='through')),
                ('reason', models.CharField(max_length=200, verbose_name='why')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='DrawWeight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('factor', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='counts')),
            ],
            options={
                'verbose_name': 'weight of hours',
                'verbose_name_plural': 'weights of hours',
                'ordering': ['contract', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='DrawWeightEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('factor', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='counts')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Indexation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('effective_on', models.DateField(verbose_name='from')),
                ('is_applied', models.BooleanField(default=True, verbose_name='applied')),
                ('factor', models.DecimalField(decimal_places=8, max_digits=12, verbose_name='factor')),
                ('basis', models.JSONField(default=dict, verbose_name='arithmetic')),
                ('decided_at', models.DateTimeField(auto_now_add=True, verbose_name='decided')),
            ],
            options={
                'verbose_name': 'indexation',
                'verbose_name_plural': 'indexations',
                'ordering': ['contract', '-effective_on'],
            },
        ),
        migrations.CreateModel(
            name='IndexationClause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('percent', 'fixed percentage'), ('index', 'price index')], default='percent', max_length=8, verbose_name='prices rise by')),
                ('percent', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='percentage')),
                ('is_compound', models.BooleanField(default=True, help_text='off: always on the first price', verbose_name='on the price before')),
                ('base_month_on', models.DateField(blank=True, null=True, verbose_name='base month')),
                ('base_value', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='base value')),
                ('lag_months', models.PositiveSmallIntegerField(default=0, help_text="which month's value a step takes", verbose_name='value of so many months before')),
                ('cap_percent', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='at most %')),
                ('floor_percent', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='at least %')),
                ('decimals', models.PositiveSmallIntegerField(default=2, verbose_name='rounded to decimals')),
                ('first_on', models.DateField(verbose_name='first step on')),
                ('every_months', models.PositiveSmallIntegerField(default=12, verbose_name='then every months')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='holds through')),
            ],
            options={
                'verbose_name': 'indexation clause',
                'verbose_name_plural': 'indexation clauses',
                'ordering': ['contract', 'first_on'],
            },
        ),
        migrations.CreateModel(
            name='IndexationClauseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('percent', 'fixed percentage'), ('index', 'price index')], default='percent', max_length=8, verbose_name='prices rise by')),
                ('percent', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='percentage')),
                ('is_compound', models.BooleanField(default=True, help_text='off: always on the first price', verbose_name='on the price before')),
                ('base_month_on', models.DateField(blank=True, null=True, verbose_name='base month')),
                ('base_value', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='base value')),
                ('lag_months', models.PositiveSmallIntegerField(default=0, help_text="which month's value a step takes", verbose_name='value of so many months before')),
                ('cap_percent', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='at most %')),
                ('floor_percent', models.DecimalField(blank=True, decimal_places=3, max_digits=6, null=True, verbose_name='at least %')),
                ('decimals', models.PositiveSmallIntegerField(default=2, verbose_name='rounded to decimals')),
                ('first_on', models.DateField(verbose_name='first step on')),
                ('every_months', models.PositiveSmallIntegerField(default=12, verbose_name='then every months')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='holds through')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndexationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('effective_on', models.DateField(verbose_name='from')),
                ('is_applied', models.BooleanField(default=True, verbose_name='applied')),
                ('factor', models.DecimalField(decimal_places=8, max_digits=12, verbose_name='factor')),
                ('basis', models.JSONField(default=dict, verbose_name='arithmetic')),
                ('decided_at', models.DateTimeField(auto_now_add=True, verbose_name='decided')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndexTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='published by')),
            ],
            options={
                'verbose_name': 'price index',
                'verbose_name_plural': 'price indexes',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='IndexTableEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('source', models.CharField(blank=True, max_length=200, verbose_name='published by')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='IndexValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month_on', models.DateField(verbose_name='month')),
                ('value', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='value')),
            ],
            options={
                'verbose_name': 'value of an index',
                'verbose_name_plural': 'values of indexes',
                'ordering': ['table', '-month_on'],
            },
        ),
        migrations.CreateModel(
            name='IndexValueEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('month_on', models.DateField(verbose_name='month')),
                ('value', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='value')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ManagedPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='what it promises')),
                ('is_active', models.BooleanField(default=True, verbose_name='on sale')),
            ],
            options={
                'verbose_name': 'managed plan',
                'verbose_name_plural': 'managed plans',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='ManagedPlanEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=40, verbose_name='code')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='what it promises')),
                ('is_active', models.BooleanField(default=True, verbose_name='on sale')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanAllowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes a month')),
                ('overage_rate', models.DecimalField(blank=True, decimal_places=4, help_text="an hour; empty: the client's rate", max_digits=10, null=True, verbose_name='rate beyond it')),
                ('rollover', models.CharField(choices=[('none', 'they expire'), ('oldest_first', 'carried on, the oldest used first')], default='none', max_length=12, verbose_name='hours left over')),
                ('cap_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='carried at most, in minutes')),
                ('age_months', models.PositiveSmallIntegerField(default=1, verbose_name='carried for months')),
                ('prorates_stub', models.BooleanField(default=False, verbose_name='prorated in a first part month')),
                ('low_balance_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='warn at minutes left')),
            ],
            options={
                'verbose_name': 'allowance of a plan',
                'verbose_name_plural': 'allowances of plans',
                'ordering': ['revision', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanAllowanceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('minutes', models.PositiveIntegerField(verbose_name='minutes a month')),
                ('overage_rate', models.DecimalField(blank=True, decimal_places=4, help_text="an hour; empty: the client's rate", max_digits=10, null=True, verbose_name='rate beyond it')),
                ('rollover', models.CharField(choices=[('none', 'they expire'), ('oldest_first', 'carried on, the oldest used first')], default='none', max_length=12, verbose_name='hours left over')),
                ('cap_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='carried at most, in minutes')),
                ('age_months', models.PositiveSmallIntegerField(default=1, verbose_name='carried for months')),
                ('prorates_stub', models.BooleanField(default=False, verbose_name='prorated in a first part month')),
                ('low_balance_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='warn at minutes left')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanCoverage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asset_group', models.CharField(blank=True, help_text='empty: all', max_length=60, verbose_name='group of devices')),
                ('effect', models.CharField(choices=[('included', 'included'), ('at_rate', "at the contract's rate"), ('excluded', 'excluded')], default='included', max_length=8, verbose_name='is')),
                ('hourly_rate', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True, verbose_name='hourly rate')),
            ],
            options={
                'verbose_name': 'coverage of a plan',
                'verbose_name_plural': 'coverage of plans',
                'ordering': ['revision', 'work_type__position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanCoverageEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('asset_group', models.CharField(blank=True, help_text='empty: all', max_length=60, verbose_name='group of devices')),
                ('effect', models.CharField(choices=[('included', 'included'), ('at_rate', "at the contract's rate"), ('excluded', 'excluded')], default='included', max_length=8, verbose_name='is')),
                ('hourly_rate', models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True, verbose_name='hourly rate')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('description', models.CharField(max_length=200, verbose_name='description')),
                ('unit', models.CharField(choices=[('flat', 'flat price'), ('device', 'device'), ('user', 'user'), ('site', 'site'), ('piece', 'piece')], default='flat', max_length=8, verbose_name='priced per')),
                ('rhythm_months', models.PositiveSmallIntegerField(choices=[(0, 'once'), (1, 'monthly'), (3, 'quarterly'), (6, 'half-yearly'), (12, 'yearly')], default=1, verbose_name='rhythm')),
                ('anchor', models.CharField(choices=[('calendar', 'calendar months'), ('anniversary', "from the contract's day")], default='calendar', max_length=12, verbose_name='periods')),
                ('timing', models.CharField(choices=[('advance', 'in advance'), ('arrears', 'in arrears')], default='advance', max_length=8, verbose_name='billed')),
                ('stub_rule', models.CharField(choices=[('prorated', 'their share, at once'), ('joined', 'their share, with the first whole period'), ('full', 'a whole period'), ('free', 'nothing')], default='prorated', max_length=8, verbose_name='first days cost')),
                ('proration', models.CharField(choices=[('actual_days', 'the days of the period'), ('thirty_days', '30 days a month')], default='actual_days', max_length=12, verbose_name='part of a period')),
                ('pricing', models.CharField(choices=[('per_unit', 'quantity × price'), ('package', 'package with included quantity'), ('volume', "volume: all units at the tier's price"), ('graduated', 'graduated: each tier at its own price')], default='per_unit', max_length=12, verbose_name='pricing')),
                ('quantity_rule', models.CharField(choices=[('daily', 'by day'), ('snapshot', 'as counted on the billing day'), ('high_water', 'the highest of the period'), ('next_period', 'from the next period on')], default='daily', max_length=12, verbose_name='changes of quantity')),
                ('counts', models.CharField(blank=True, choices=[('assets', 'devices looked after'), ('contacts', 'people who count'), ('sites', 'sites that count')], max_length=8, verbose_name='counts')),
                ('count_kind', models.CharField(blank=True, help_text='for devices; empty: all', max_length=16, verbose_name='only of kind')),
                ('count_role', models.CharField(blank=True, help_text='for people; empty: all', max_length=60, verbose_name='only with role')),
                ('count_group', models.CharField(blank=True, help_text='for devices; empty: all', max_length=60, verbose_name='only of group')),
                ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                ('is_indexed', models.BooleanField(default=True, help_text='price increases of the contract apply', verbose_name='follows indexation')),
                ('quantity', models.DecimalField(decimal_places=4, default=1, max_digits=12, verbose_name='quantity')),
                ('unit_price', models.DecimalField(decimal_places=4, default=0, help_text='for a whole period, without VAT', max_digits=14, verbose_name='unit price')),
                ('included_quantity', models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name='included quantity')),
                ('overage_price', models.DecimalField(decimal_places=4, default=0, max_digits=14, verbose_name='price of each further one')),
                ('tiers', models.JSONField(blank=True, default=list, verbose_name='tiers')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'verbose_name': 'line of a plan',
                'verbose_name_plural': 'lines of plans',
                'ordering': ['revision', 'position', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PlanLineEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('description', models.CharField(max_length=200, verbose_name='description')),
                ('unit', models.CharField(choices=[('flat', 'flat price'), ('device', 'device'), ('user', 'user'), ('site', 'site'), ('piece', 'piece')], default='flat', max_length=8, verbose_name='priced per')),
                ('rhythm_months', models.PositiveSmallIntegerField(choices=[(0, 'once'), (1, 'monthly'), (3, 'quarterly'), (6, 'half-yearly'), (12, 'yearly')], default=1, verbose_name='rhythm')),
                ('anchor', models.CharField(choices=[('calendar', 'calendar months'), ('anniversary', "from the contract's day")], default='calendar', max_length=12, verbose_name='periods')),
                ('timing', models.CharField(choices=[('advance', 'in advance'), ('arrears', 'in arrears')], default='advance', max_length=8, verbose_name='billed')),
                ('stub_rule', models.CharField(choices=[('prorated', 'their share, at once'), ('joined', 'their share, with the first whole period'), ('full', 'a whole period'), ('free', 'nothing')], default='prorated', max_length=8, verbose_name='first days cost')),
                ('proration', models.CharField(choices=[('actual_days', 'the days of the period'), ('thirty_days', '30 days a month')], default='actual_days', max_length=12, verbose_name='part of a period')),
                ('pricing', models.CharField(choices=[('per_unit', 'quantity × price'), ('package', 'package with included quantity'), ('volume', "volume: all units at the tier's price"), ('graduated', 'graduated: each tier at its own price')], default='per_unit', max_length=12, verbose_name='pricing')),
                ('quantity_rule', models.CharField(choices=[('daily', 'by day'), ('snapshot', 'as counted on the billing day'), ('high_water', 'the highest of the period'), ('next_period', 'from the next period on')], default='daily', max_length=12, verbose_name='changes of quantity')),
                ('counts', models.CharField(blank=True, choices=[('assets', 'devices looked after'), ('contacts', 'people who count'), ('sites', 'sites that count')], max_length=8, verbose_name='counts')),
                ('count_kind', models.CharField(blank=True, help_text='for devices; empty: all', max_length=16, verbose_name='only of kind')),
                ('count_role', models.CharField(blank=True, help_text='for people; empty: all', max_length=60, verbose_name='only with role')),
                ('count_group', models.CharField(blank=True, help_text='for devices; empty: all', max_length=60, verbose_name='only of group')),
                ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                ('is_indexed', models.BooleanField(default=True, help_text='price increases of the contract apply', verbose_name='follows indexation')),
                ('quantity', models.DecimalField(decimal_places=4, default=1, max_digits=12, verbose_name='quantity')),
                ('unit_price', models.DecimalField(decimal_places=4, default=0, help_text='for a whole period, without VAT', max_digits=14, verbose_name='unit price')),
                ('included_quantity', models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name='included quantity')),
                ('overage_price', models.DecimalField(decimal_places=4, default=0, max_digits=14, verbose_name='price of each further one')),
                ('tiers', models.JSONField(blank=True, default=list, verbose_name='tiers')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='position')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PlanRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='revision')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what is new')),
                ('other_work', models.CharField(choices=[('bill', "billed at the client's rates"), ('ask', 'a person decides')], default='bill', max_length=4, verbose_name='work not named')),
                ('renewal_kind', models.CharField(choices=[('none', 'no term, runs on'), ('automatic', 'renews by itself'), ('manual', 'ends unless it is renewed')], default='none', max_length=12, verbose_name='renewal')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='term in months')),
                ('notice_days', models.PositiveSmallIntegerField(default=0, verbose_name='notice in days')),
                ('renewal_uplift', models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='increase at renewal in %')),
            ],
            options={
                'verbose_name': 'revision of a plan',
                'verbose_name_plural': 'revisions of plans',
                'ordering': ['plan', '-number'],
            },
        ),
        migrations.CreateModel(
            name='PlanRevisionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.PositiveSmallIntegerField(verbose_name='revision')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='what is new')),
                ('other_work', models.CharField(choices=[('bill', "billed at the client's rates"), ('ask', 'a person decides')], default='bill', max_length=4, verbose_name='work not named')),
                ('renewal_kind', models.CharField(choices=[('none', 'no term, runs on'), ('automatic', 'renews by itself'), ('manual', 'ends unless it is renewed')], default='none', max_length=12, verbose_name='renewal')),
                ('term_months', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='term in months')),
                ('notice_days', models.PositiveSmallIntegerField(default=0, verbose_name='notice in days')),
                ('renewal_uplift', models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='increase at renewal in %')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PrepaidBlock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('unit', models.CharField(choices=[('minutes', 'hours'), ('money', 'money'), ('incidents', 'incidents')], default='minutes', max_length=10, verbose_name='holds')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='quantity')),
                ('price', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='price')),
                ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                ('sold_on', models.DateField(verbose_name='sold on')),
                ('starts_on', models.DateField(verbose_name='valid from')),
                ('last_day_on', models.DateField(blank=True, help_text='empty: it does not expire', null=True, verbose_name='valid through')),
                ('low_balance', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='warn at')),
                ('tops_up', models.BooleanField(default=False, help_text='another one is sold when what is left comes to the warning', verbose_name='tops up by itself')),
                ('billed_elsewhere', models.BooleanField(default=False, verbose_name='billed by another system')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='cancelled on')),
            ],
            options={
                'verbose_name': 'prepaid block',
                'verbose_name_plural': 'prepaid blocks',
                'ordering': ['client', 'starts_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PrepaidBlockEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('unit', models.CharField(choices=[('minutes', 'hours'), ('money', 'money'), ('incidents', 'incidents')], default='minutes', max_length=10, verbose_name='holds')),
                ('quantity', models.DecimalField(decimal_places=4, max_digits=12, verbose_name='quantity')),
                ('price', models.DecimalField(decimal_places=4, max_digits=14, verbose_name='price')),
                ('tax_code', models.CharField(choices=[('standard', 'standard rate'), ('intermediate', 'intermediate rate'), ('reduced', 'reduced rate'), ('special', 'special rate'), ('zero', 'zero rate')], default='standard', max_length=12, verbose_name='tax code')),
                ('sold_on', models.DateField(verbose_name='sold on')),
                ('starts_on', models.DateField(verbose_name='valid from')),
                ('last_day_on', models.DateField(blank=True, help_text='empty: it does not expire', null=True, verbose_name='valid through')),
                ('low_balance', models.DecimalField(blank=True, decimal_places=4, max_digits=12, null=True, verbose_name='warn at')),
                ('tops_up', models.BooleanField(default=False, help_text='another one is sold when what is left comes to the warning', verbose_name='tops up by itself')),
                ('billed_elsewhere', models.BooleanField(default=False, verbose_name='billed by another system')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='cancelled on')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Renewal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('term_ended_on', models.DateField(verbose_name='term ended')),
                ('decision', models.CharField(choices=[('renewed', 'renewed'), ('automatic', 'renewed by itself'), ('ended', 'ended')], max_length=10, verbose_name='decision')),
                ('next_term_ends_on', models.DateField(blank=True, null=True, verbose_name='next term ends')),
                ('uplift', models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='increase in %')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('decided_on', models.DateField(verbose_name='decided on')),
            ],
            options={
                'verbose_name': 'renewal',
                'verbose_name_plural': 'renewals',
                'ordering': ['contract', '-term_ended_on'],
            },
        ),
        migrations.CreateModel(
            name='RenewalEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('term_ended_on', models.DateField(verbose_name='term ended')),
                ('decision', models.CharField(choices=[('renewed', 'renewed'), ('automatic', 'renewed by itself'), ('ended', 'ended')], max_length=10, verbose_name='decision')),
                ('next_term_ends_on', models.DateField(blank=True, null=True, verbose_name='next term ends')),
                ('uplift', models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='increase in %')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('decided_on', models.DateField(verbose_name='decided on')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SLAPolicy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'verbose_name': 'SLA policy',
                'verbose_name_plural': 'SLA policies',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SLAPolicyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('is_active', models.BooleanField(default=True, verbose_name='in use')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='SLATarget',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('priority', models.CharField(choices=[('1_urgent', 'urgent'), ('2_high', 'high'), ('3_normal', 'normal'), ('4_low', 'low')], max_length=12, verbose_name='priority')),
                ('response_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='first answer within minutes')),
                ('resolution_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='solved within minutes')),
            ],
            options={
                'verbose_name': 'target of an SLA policy',
                'verbose_name_plural': 'targets of SLA policies',
                'ordering': ['policy', 'priority'],
            },
        ),
        migrations.CreateModel(
            name='SLATargetEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('priority', models.CharField(choices=[('1_urgent', 'urgent'), ('2_high', 'high'), ('3_normal', 'normal'), ('4_low', 'low')], max_length=12, verbose_name='priority')),
                ('response_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='first answer within minutes')),
                ('resolution_minutes', models.PositiveIntegerField(blank=True, null=True, verbose_name='solved within minutes')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Surcharge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, unique=True, verbose_name='name')),
                ('multiplier', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='multiplier')),
                ('applies', models.CharField(choices=[('outside', 'outside business hours'), ('holidays', 'on holidays'), ('window', 'on these weekdays and times')], max_length=8, verbose_name='counts')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')]), blank=True, default=list, size=None, verbose_name='weekdays')),
                ('from_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('until_at', models.TimeField(blank=True, null=True, verbose_name='until')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from day')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through day')),
            ],
            options={
                'verbose_name': 'surcharge',
                'verbose_name_plural': 'surcharges',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='SurchargeEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('multiplier', models.DecimalField(decimal_places=2, max_digits=4, verbose_name='multiplier')),
                ('applies', models.CharField(choices=[('outside', 'outside business hours'), ('holidays', 'on holidays'), ('window', 'on these weekdays and times')], max_length=8, verbose_name='counts')),
                ('weekdays', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')]), blank=True, default=list, size=None, verbose_name='weekdays')),
                ('from_at', models.TimeField(blank=True, null=True, verbose_name='from')),
                ('until_at', models.TimeField(blank=True, null=True, verbose_name='until')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='from day')),
                ('last_day_on', models.DateField(blank=True, null=True, verbose_name='through day')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AlterModelOptions(
            name='coveragerule',
            options={'ordering': ['contract', 'work_type__position', 'pk'], 'verbose_name': 'coverage rule', 'verbose_name_plural': 'coverage rules'},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contract',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contractline',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contractline',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='contractline',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='coveragerule',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='coveragerule',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='coveragerule',
            name='delete_delete',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lineversion',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lineversion',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lineversion',
            name='delete_delete',
        ),
        migrations.RemoveConstraint(
            model_name='lineversion',
            name='contracts_lineversion_not_negative',
        ),
        migrations.AddField(
            model_name='contract',
            name='cost_centre',
            field=models.CharField(blank=True, max_length=60, verbose_name='cost centre'),
        ),
        migrations.AddField(
            model_name='contract',
            name='end_kind',
            field=models.CharField(blank=True, choices=[('churned', 'the client left'), ('not_renewed', 'not renewed'), ('replaced', 'replaced by another contract'), ('transferred', 'transferred to another client'), ('firm', 'ended by the firm')], max_length=12, verbose_name='end'),
        ),
        migrations.AddField(
            model_name='contract',
            name='grace_minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='so many minutes of a further step are not billed', null=True, verbose_name='grace in minutes'),
        ),
        migrations.AddField(
            model_name='contract',
            name='minimum_minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='empty: as the rate card says', null=True, verbose_name='minimum minutes'),
        ),
        migrations.AddField(
            model_name='contract',
            name='notice_days',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='notice in days'),
        ),
        migrations.AddField(
            model_name='contract',
            name='notice_received_on',
            field=models.DateField(blank=True, null=True, verbose_name='notice received'),
        ),
        migrations.AddField(
            model_name='contract',
            name='other_work',
            field=models.CharField(choices=[('bill', "billed at the client's rates"), ('ask', 'a person decides')], default='bill', max_length=4, verbose_name='work not named'),
        ),
        migrations.AddField(
            model_name='contract',
            name='purchase_order',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='clients.purchaseorder', verbose_name='purchase order'),
        ),
        migrations.AddField(
            model_name='contract',
            name='renewal_kind',
            field=models.CharField(choices=[('none', 'no term, runs on'), ('automatic', 'renews by itself'), ('manual', 'ends unless it is renewed')], default='none', max_length=12, verbose_name='renewal'),
        ),
        migrations.AddField(
            model_name='contract',
            name='renewal_uplift',
            field=models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='increase at renewal in %'),
        ),
        migrations.AddField(
            model_name='contract',
            name='rounding_order',
            field=models.CharField(blank=True, choices=[('minimum_first', 'minimum, then steps'), ('steps_first', 'steps, then minimum')], max_length=16, verbose_name='order of rounding'),
        ),
        migrations.AddField(
            model_name='contract',
            name='rounding_scope',
            field=models.CharField(blank=True, choices=[('entry', 'each time entry'), ('ticket', 'all work of a type on a ticket'), ('day', 'all work of a type on a ticket and day')], max_length=8, verbose_name='rounded over'),
        ),
        migrations.AddField(
            model_name='contract',
            name='site',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='contract',
            name='step_minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='empty: as the rate card says', null=True, verbose_name='step in minutes'),
        ),
        migrations.AddField(
            model_name='contract',
            name='term_ends_on',
            field=models.DateField(blank=True, help_text='last day of the term that runs now', null=True, verbose_name='term ends'),
        ),
        migrations.AddField(
            model_name='contract',
            name='term_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='term in months'),
        ),
        migrations.AddField(
            model_name='contract',
            name='transferred_from',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='transferred_to', to='contracts.contract', verbose_name='transferred from'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='cost_centre',
            field=models.CharField(blank=True, max_length=60, verbose_name='cost centre'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='end_kind',
            field=models.CharField(blank=True, choices=[('churned', 'the client left'), ('not_renewed', 'not renewed'), ('replaced', 'replaced by another contract'), ('transferred', 'transferred to another client'), ('firm', 'ended by the firm')], max_length=12, verbose_name='end'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='grace_minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='so many minutes of a further step are not billed', null=True, verbose_name='grace in minutes'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='minimum_minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='empty: as the rate card says', null=True, verbose_name='minimum minutes'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='notice_days',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='notice in days'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='notice_received_on',
            field=models.DateField(blank=True, null=True, verbose_name='notice received'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='other_work',
            field=models.CharField(choices=[('bill', "billed at the client's rates"), ('ask', 'a person decides')], default='bill', max_length=4, verbose_name='work not named'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='purchase_order',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.purchaseorder', verbose_name='purchase order'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='renewal_kind',
            field=models.CharField(choices=[('none', 'no term, runs on'), ('automatic', 'renews by itself'), ('manual', 'ends unless it is renewed')], default='none', max_length=12, verbose_name='renewal'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='renewal_uplift',
            field=models.DecimalField(decimal_places=2, default=0, max_digits=5, verbose_name='increase at renewal in %'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='rounding_order',
            field=models.CharField(blank=True, choices=[('minimum_first', 'minimum, then steps'), ('steps_first', 'steps, then minimum')], max_length=16, verbose_name='order of rounding'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='rounding_scope',
            field=models.CharField(blank=True, choices=[('entry', 'each time entry'), ('ticket', 'all work of a type on a ticket'), ('day', 'all work of a type on a ticket and day')], max_length=8, verbose_name='rounded over'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='site',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='step_minutes',
            field=models.PositiveSmallIntegerField(blank=True, help_text='empty: as the rate card says', null=True, verbose_name='step in minutes'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='term_ends_on',
            field=models.DateField(blank=True, help_text='last day of the term that runs now', null=True, verbose_name='term ends'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='term_months',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='term in months'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='transferred_from',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='transferred from'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='anchor',
            field=models.CharField(choices=[('calendar', 'calendar months'), ('anniversary', "from the contract's day")], default='calendar', max_length=12, verbose_name='periods'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='anchor_on',
            field=models.DateField(blank=True, help_text="empty: the contract's first day", null=True, verbose_name='periods counted from'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='cost_centre',
            field=models.CharField(blank=True, help_text="empty: the contract's", max_length=60, verbose_name='cost centre'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='count_group',
            field=models.CharField(blank=True, help_text='for devices; empty: all', max_length=60, verbose_name='only of group'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='count_kind',
            field=models.CharField(blank=True, help_text='for devices; empty: all', max_length=16, verbose_name='only of kind'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='count_role',
            field=models.CharField(blank=True, help_text='for people; empty: all', max_length=60, verbose_name='only with role'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='count_site',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.site', verbose_name='only at site'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='counts',
            field=models.CharField(blank=True, choices=[('assets', 'devices looked after'), ('contacts', 'people who count'), ('sites', 'sites that count')], max_length=8, verbose_name='counts'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='is_indexed',
            field=models.BooleanField(default=True, help_text='price increases of the contract apply', verbose_name='follows indexation'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='pricing',
            field=models.CharField(choices=[('per_unit', 'quantity × price'), ('package', 'package with included quantity'), ('volume', "volume: all units at the tier's price"), ('graduated', 'graduated: each tier at its own price')], default='per_unit', max_length=12, verbose_name='pricing'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='proration',
            field=models.CharField(choices=[('actual_days', 'the days of the period'), ('thirty_days', '30 days a month')], default='actual_days', max_length=12, verbose_name='part of a period'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='purchase_order',
            field=models.ForeignKey(blank=True, help_text="empty: the contract's", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.purchaseorder', verbose_name='purchase order'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='quantity_rule',
            field=models.CharField(choices=[('daily', 'by day'), ('snapshot', 'as counted on the billing day'), ('high_water', 'the highest of the period'), ('next_period', 'from the next period on')], default='daily', max_length=12, verbose_name='changes of quantity'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='rhythm_months',
            field=models.PositiveSmallIntegerField(choices=[(0, 'once'), (1, 'monthly'), (3, 'quarterly'), (6, 'half-yearly'), (12, 'yearly')], default=1, verbose_name='rhythm'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='site',
            field=models.ForeignKey(blank=True, help_text="for invoices by site; empty: the contract's", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='stub_rule',
            field=models.CharField(choices=[('prorated', 'their share, at once'), ('joined', 'their share, with the first whole period'), ('full', 'a whole period'), ('free', 'nothing')], default='prorated', max_length=8, verbose_name='first days cost'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='anchor',
            field=models.CharField(choices=[('calendar', 'calendar months'), ('anniversary', "from the contract's day")], default='calendar', max_length=12, verbose_name='periods'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='anchor_on',
            field=models.DateField(blank=True, help_text="empty: the contract's first day", null=True, verbose_name='periods counted from'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='cost_centre',
            field=models.CharField(blank=True, help_text="empty: the contract's", max_length=60, verbose_name='cost centre'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='count_group',
            field=models.CharField(blank=True, help_text='for devices; empty: all', max_length=60, verbose_name='only of group'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='count_kind',
            field=models.CharField(blank=True, help_text='for devices; empty: all', max_length=16, verbose_name='only of kind'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='count_role',
            field=models.CharField(blank=True, help_text='for people; empty: all', max_length=60, verbose_name='only with role'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='count_site',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.site', verbose_name='only at site'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='counts',
            field=models.CharField(blank=True, choices=[('assets', 'devices looked after'), ('contacts', 'people who count'), ('sites', 'sites that count')], max_length=8, verbose_name='counts'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='is_indexed',
            field=models.BooleanField(default=True, help_text='price increases of the contract apply', verbose_name='follows indexation'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='pricing',
            field=models.CharField(choices=[('per_unit', 'quantity × price'), ('package', 'package with included quantity'), ('volume', "volume: all units at the tier's price"), ('graduated', 'graduated: each tier at its own price')], default='per_unit', max_length=12, verbose_name='pricing'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='proration',
            field=models.CharField(choices=[('actual_days', 'the days of the period'), ('thirty_days', '30 days a month')], default='actual_days', max_length=12, verbose_name='part of a period'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='purchase_order',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text="empty: the contract's", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.purchaseorder', verbose_name='purchase order'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='quantity_rule',
            field=models.CharField(choices=[('daily', 'by day'), ('snapshot', 'as counted on the billing day'), ('high_water', 'the highest of the period'), ('next_period', 'from the next period on')], default='daily', max_length=12, verbose_name='changes of quantity'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='rhythm_months',
            field=models.PositiveSmallIntegerField(choices=[(0, 'once'), (1, 'monthly'), (3, 'quarterly'), (6, 'half-yearly'), (12, 'yearly')], default=1, verbose_name='rhythm'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='site',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text="for invoices by site; empty: the contract's", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='stub_rule',
            field=models.CharField(choices=[('prorated', 'their share, at once'), ('joined', 'their share, with the first whole period'), ('full', 'a whole period'), ('free', 'nothing')], default='prorated', max_length=8, verbose_name='first days cost'),
        ),
        migrations.AddField(
            model_name='coveragerule',
            name='asset_group',
            field=models.CharField(blank=True, help_text='empty: all', max_length=60, verbose_name='group of devices'),
        ),
        migrations.AddField(
            model_name='coveragerule',
            name='category',
            field=models.ForeignKey(blank=True, help_text='empty: all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AddField(
            model_name='coveragerule',
            name='effect',
            field=models.CharField(choices=[('included', 'included'), ('at_rate', "at the contract's rate"), ('excluded', 'excluded')], default='included', max_length=8, verbose_name='is'),
        ),
        migrations.AddField(
            model_name='coveragerule',
            name='hourly_rate',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True, verbose_name='hourly rate'),
        ),
        migrations.AddField(
            model_name='coveragerule',
            name='last_day_on',
            field=models.DateField(blank=True, help_text='empty: with the contract', null=True, verbose_name='through'),
        ),
        migrations.AddField(
            model_name='coveragerule',
            name='site',
            field=models.ForeignKey(blank=True, help_text='empty: all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='clients.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='coveragerule',
            name='starts_on',
            field=models.DateField(blank=True, help_text='empty: with the contract', null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='coverageruleevent',
            name='asset_group',
            field=models.CharField(blank=True, help_text='empty: all', max_length=60, verbose_name='group of devices'),
        ),
        migrations.AddField(
            model_name='coverageruleevent',
            name='category',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: all', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AddField(
            model_name='coverageruleevent',
            name='effect',
            field=models.CharField(choices=[('included', 'included'), ('at_rate', "at the contract's rate"), ('excluded', 'excluded')], default='included', max_length=8, verbose_name='is'),
        ),
        migrations.AddField(
            model_name='coverageruleevent',
            name='hourly_rate',
            field=models.DecimalField(blank=True, decimal_places=4, max_digits=10, null=True, verbose_name='hourly rate'),
        ),
        migrations.AddField(
            model_name='coverageruleevent',
            name='last_day_on',
            field=models.DateField(blank=True, help_text='empty: with the contract', null=True, verbose_name='through'),
        ),
        migrations.AddField(
            model_name='coverageruleevent',
            name='site',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: all', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.site', verbose_name='site'),
        ),
        migrations.AddField(
            model_name='coverageruleevent',
            name='starts_on',
            field=models.DateField(blank=True, help_text='empty: with the contract', null=True, verbose_name='from'),
        ),
        migrations.AddField(
            model_name='lineversion',
            name='effect',
            field=models.CharField(choices=[('immediate', 'from this very day'), ('next_period', 'from the next period on')], default='immediate', max_length=12, verbose_name='counts'),
        ),
        migrations.AddField(
            model_name='lineversion',
            name='included_quantity',
            field=models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name='included quantity'),
        ),
        migrations.AddField(
            model_name='lineversion',
            name='overage_price',
            field=models.DecimalField(decimal_places=4, default=0, max_digits=14, verbose_name='price of each further one'),
        ),
        migrations.AddField(
            model_name='lineversion',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='lineversion',
            name='tiers',
            field=models.JSONField(blank=True, default=list, verbose_name='tiers'),
        ),
        migrations.AddField(
            model_name='lineversionevent',
            name='effect',
            field=models.CharField(choices=[('immediate', 'from this very day'), ('next_period', 'from the next period on')], default='immediate', max_length=12, verbose_name='counts'),
        ),
        migrations.AddField(
            model_name='lineversionevent',
            name='included_quantity',
            field=models.DecimalField(decimal_places=4, default=0, max_digits=12, verbose_name='included quantity'),
        ),
        migrations.AddField(
            model_name='lineversionevent',
            name='overage_price',
            field=models.DecimalField(decimal_places=4, default=0, max_digits=14, verbose_name='price of each further one'),
        ),
        migrations.AddField(
            model_name='lineversionevent',
            name='reason',
            field=models.CharField(blank=True, max_length=200, verbose_name='why'),
        ),
        migrations.AddField(
            model_name='lineversionevent',
            name='tiers',
            field=models.JSONField(blank=True, default=list, verbose_name='tiers'),
        ),
        migrations.AlterField(
            model_name='contractline',
            name='unit',
            field=models.CharField(choices=[('flat', 'flat price'), ('device', 'device'), ('user', 'user'), ('site', 'site'), ('piece', 'piece')], default='flat', max_length=8, verbose_name='priced per'),
        ),
        migrations.AlterField(
            model_name='contractlineevent',
            name='unit',
            field=models.CharField(choices=[('flat', 'flat price'), ('device', 'device'), ('user', 'user'), ('site', 'site'), ('piece', 'piece')], default='flat', max_length=8, verbose_name='priced per'),
        ),
        migrations.AlterField(
            model_name='coveragerule',
            name='work_type',
            field=models.ForeignKey(blank=True, help_text='empty: all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.worktype', verbose_name='work type'),
        ),
        migrations.AlterField(
            model_name='coverageruleevent',
            name='work_type',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: all', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.worktype', verbose_name='work type'),
        ),
        migrations.AlterField(
            model_name='lineversion',
            name='quantity',
            field=models.DecimalField(decimal_places=4, default=1, max_digits=12, verbose_name='quantity'),
        ),
        migrations.AlterField(
            model_name='lineversion',
            name='unit_price',
            field=models.DecimalField(decimal_places=4, default=0, help_text='for a whole period, without VAT', max_digits=14, verbose_name='unit price'),
        ),
        migrations.AlterField(
            model_name='lineversionevent',
            name='quantity',
            field=models.DecimalField(decimal_places=4, default=1, max_digits=12, verbose_name='quantity'),
        ),
        migrations.AlterField(
            model_name='lineversionevent',
            name='unit_price',
            field=models.DecimalField(decimal_places=4, default=0, help_text='for a whole period, without VAT', max_digits=14, verbose_name='unit price'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_contractevent" ("calendar_id", "client_id", "cost_centre", "end_kind", "end_reason", "grace_minutes", "id", "last_day_on", "minimum_minutes", "name", "notes", "notice_days", "notice_received_on", "number", "other_work", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_revision_id", "purchase_order_id", "renewal_kind", "renewal_uplift", "rounding_order", "rounding_scope", "site_id", "sla_policy_id", "starts_on", "step_minutes", "term_ends_on", "term_months", "transferred_from_id") VALUES (NEW."calendar_id", NEW."client_id", NEW."cost_centre", NEW."end_kind", NEW."end_reason", NEW."grace_minutes", NEW."id", NEW."last_day_on", NEW."minimum_minutes", NEW."name", NEW."notes", NEW."notice_days", NEW."notice_received_on", NEW."number", NEW."other_work", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_revision_id", NEW."purchase_order_id", NEW."renewal_kind", NEW."renewal_uplift", NEW."rounding_order", NEW."rounding_scope", NEW."site_id", NEW."sla_policy_id", NEW."starts_on", NEW."step_minutes", NEW."term_ends_on", NEW."term_months", NEW."transferred_from_id"); RETURN NULL;', hash='3858e57c7f7b0df75e76a563c2ee238376944d07', operation='INSERT', pgid='pgtrigger_insert_insert_5fe2a', table='contracts_contract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_contractevent" ("calendar_id", "client_id", "cost_centre", "end_kind", "end_reason", "grace_minutes", "id", "last_day_on", "minimum_minutes", "name", "notes", "notice_days", "notice_received_on", "number", "other_work", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_revision_id", "purchase_order_id", "renewal_kind", "renewal_uplift", "rounding_order", "rounding_scope", "site_id", "sla_policy_id", "starts_on", "step_minutes", "term_ends_on", "term_months", "transferred_from_id") VALUES (NEW."calendar_id", NEW."client_id", NEW."cost_centre", NEW."end_kind", NEW."end_reason", NEW."grace_minutes", NEW."id", NEW."last_day_on", NEW."minimum_minutes", NEW."name", NEW."notes", NEW."notice_days", NEW."notice_received_on", NEW."number", NEW."other_work", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_revision_id", NEW."purchase_order_id", NEW."renewal_kind", NEW."renewal_uplift", NEW."rounding_order", NEW."rounding_scope", NEW."site_id", NEW."sla_policy_id", NEW."starts_on", NEW."step_minutes", NEW."term_ends_on", NEW."term_months", NEW."transferred_from_id"); RETURN NULL;', hash='acfd216f6e6701e285e2c483a328fce9bd969bad', operation='UPDATE', pgid='pgtrigger_update_update_3acc9', table='contracts_contract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contract',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_contractevent" ("calendar_id", "client_id", "cost_centre", "end_kind", "end_reason", "grace_minutes", "id", "last_day_on", "minimum_minutes", "name", "notes", "notice_days", "notice_received_on", "number", "other_work", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_revision_id", "purchase_order_id", "renewal_kind", "renewal_uplift", "rounding_order", "rounding_scope", "site_id", "sla_policy_id", "starts_on", "step_minutes", "term_ends_on", "term_months", "transferred_from_id") VALUES (OLD."calendar_id", OLD."client_id", OLD."cost_centre", OLD."end_kind", OLD."end_reason", OLD."grace_minutes", OLD."id", OLD."last_day_on", OLD."minimum_minutes", OLD."name", OLD."notes", OLD."notice_days", OLD."notice_received_on", OLD."number", OLD."other_work", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_revision_id", OLD."purchase_order_id", OLD."renewal_kind", OLD."renewal_uplift", OLD."rounding_order", OLD."rounding_scope", OLD."site_id", OLD."sla_policy_id", OLD."starts_on", OLD."step_minutes", OLD."term_ends_on", OLD."term_months", OLD."transferred_from_id"); RETURN NULL;', hash='f09d21ea07e38365fb5cb10976541416c2ba69db', operation='DELETE', pgid='pgtrigger_delete_delete_6ed57', table='contracts_contract', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_contractlineevent" ("anchor", "anchor_on", "billed_through_on", "contract_id", "cost_centre", "count_group", "count_kind", "count_role", "count_site_id", "counts", "description", "id", "is_indexed", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_line_id", "pricing", "product_id", "proration", "purchase_order_id", "quantity_rule", "rhythm_months", "site_id", "starts_on", "stub_rule", "tax_code", "timing", "unit") VALUES (NEW."anchor", NEW."anchor_on", NEW."billed_through_on", NEW."contract_id", NEW."cost_centre", NEW."count_group", NEW."count_kind", NEW."count_role", NEW."count_site_id", NEW."counts", NEW."description", NEW."id", NEW."is_indexed", NEW."last_day_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_line_id", NEW."pricing", NEW."product_id", NEW."proration", NEW."purchase_order_id", NEW."quantity_rule", NEW."rhythm_months", NEW."site_id", NEW."starts_on", NEW."stub_rule", NEW."tax_code", NEW."timing", NEW."unit"); RETURN NULL;', hash='3081c9099b0f8c6ba545b70500ae880554dbe688', operation='INSERT', pgid='pgtrigger_insert_insert_46f9b', table='contracts_contractline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_contractlineevent" ("anchor", "anchor_on", "billed_through_on", "contract_id", "cost_centre", "count_group", "count_kind", "count_role", "count_site_id", "counts", "description", "id", "is_indexed", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_line_id", "pricing", "product_id", "proration", "purchase_order_id", "quantity_rule", "rhythm_months", "site_id", "starts_on", "stub_rule", "tax_code", "timing", "unit") VALUES (NEW."anchor", NEW."anchor_on", NEW."billed_through_on", NEW."contract_id", NEW."cost_centre", NEW."count_group", NEW."count_kind", NEW."count_role", NEW."count_site_id", NEW."counts", NEW."description", NEW."id", NEW."is_indexed", NEW."last_day_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_line_id", NEW."pricing", NEW."product_id", NEW."proration", NEW."purchase_order_id", NEW."quantity_rule", NEW."rhythm_months", NEW."site_id", NEW."starts_on", NEW."stub_rule", NEW."tax_code", NEW."timing", NEW."unit"); RETURN NULL;', hash='2ce919758289db9403d84359e937836fa350db55', operation='UPDATE', pgid='pgtrigger_update_update_cf67e', table='contracts_contractline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_contractlineevent" ("anchor", "anchor_on", "billed_through_on", "contract_id", "cost_centre", "count_group", "count_kind", "count_role", "count_site_id", "counts", "description", "id", "is_indexed", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_line_id", "pricing", "product_id", "proration", "purchase_order_id", "quantity_rule", "rhythm_months", "site_id", "starts_on", "stub_rule", "tax_code", "timing", "unit") VALUES (OLD."anchor", OLD."anchor_on", OLD."billed_through_on", OLD."contract_id", OLD."cost_centre", OLD."count_group", OLD."count_kind", OLD."count_role", OLD."count_site_id", OLD."counts", OLD."description", OLD."id", OLD."is_indexed", OLD."last_day_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_line_id", OLD."pricing", OLD."product_id", OLD."proration", OLD."purchase_order_id", OLD."quantity_rule", OLD."rhythm_months", OLD."site_id", OLD."starts_on", OLD."stub_rule", OLD."tax_code", OLD."timing", OLD."unit"); RETURN NULL;', hash='6d4f458b1ed53f828cb942e147639dbc1a9a8c31', operation='DELETE', pgid='pgtrigger_delete_delete_43442', table='contracts_contractline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coveragerule',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_coverageruleevent" ("asset_group", "category_id", "contract_id", "effect", "hourly_rate", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "starts_on", "work_type_id") VALUES (NEW."asset_group", NEW."category_id", NEW."contract_id", NEW."effect", NEW."hourly_rate", NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."site_id", NEW."starts_on", NEW."work_type_id"); RETURN NULL;', hash='19d2091142c90cba2746cea1340a5434d83bedff', operation='INSERT', pgid='pgtrigger_insert_insert_4de18', table='contracts_coveragerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coveragerule',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_coverageruleevent" ("asset_group", "category_id", "contract_id", "effect", "hourly_rate", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "starts_on", "work_type_id") VALUES (NEW."asset_group", NEW."category_id", NEW."contract_id", NEW."effect", NEW."hourly_rate", NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."site_id", NEW."starts_on", NEW."work_type_id"); RETURN NULL;', hash='d1d1e56f7c05da9bac8cebb8f566a69c22327b29', operation='UPDATE', pgid='pgtrigger_update_update_e91f8', table='contracts_coveragerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='coveragerule',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_coverageruleevent" ("asset_group", "category_id", "contract_id", "effect", "hourly_rate", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "site_id", "starts_on", "work_type_id") VALUES (OLD."asset_group", OLD."category_id", OLD."contract_id", OLD."effect", OLD."hourly_rate", OLD."id", OLD."last_day_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."site_id", OLD."starts_on", OLD."work_type_id"); RETURN NULL;', hash='b7ce9f7dfbe71902ebc7a8e5469c4d6a39817bf4', operation='DELETE', pgid='pgtrigger_delete_delete_157ce', table='contracts_coveragerule', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_lineversionevent" ("effect", "id", "included_quantity", "line_id", "overage_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "reason", "starts_on", "tiers", "unit_price") VALUES (NEW."effect", NEW."id", NEW."included_quantity", NEW."line_id", NEW."overage_price", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quantity", NEW."reason", NEW."starts_on", NEW."tiers", NEW."unit_price"); RETURN NULL;', hash='ec1413c82ee161290e2d6b4a6c70b88a05ad770a', operation='INSERT', pgid='pgtrigger_insert_insert_acfe6', table='contracts_lineversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_lineversionevent" ("effect", "id", "included_quantity", "line_id", "overage_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "reason", "starts_on", "tiers", "unit_price") VALUES (NEW."effect", NEW."id", NEW."included_quantity", NEW."line_id", NEW."overage_price", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quantity", NEW."reason", NEW."starts_on", NEW."tiers", NEW."unit_price"); RETURN NULL;', hash='df9bc19d9d0c3e9d25ea8e8a79ee0fb46e2cb319', operation='UPDATE', pgid='pgtrigger_update_update_493b3', table='contracts_lineversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_lineversionevent" ("effect", "id", "included_quantity", "line_id", "overage_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quantity", "reason", "starts_on", "tiers", "unit_price") VALUES (OLD."effect", OLD."id", OLD."included_quantity", OLD."line_id", OLD."overage_price", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quantity", OLD."reason", OLD."starts_on", OLD."tiers", OLD."unit_price"); RETURN NULL;', hash='03379138cddd7cb12cc9e8edb02ce65ef748f5b2', operation='DELETE', pgid='pgtrigger_delete_delete_e55dd', table='contracts_lineversion', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='coveragerule',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('contract', '='), (django.db.models.functions.comparison.Coalesce('work_type', 0), '='), (django.db.models.functions.comparison.Coalesce('category', 0), '='), (django.db.models.functions.comparison.Coalesce('site', 0), '='), ('asset_group', '='), (catalog.models.tax_rate.DateRange('starts_on', 'last_day_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='contracts_coveragerule_one_a_day', violation_error_message='Another rule says something about the same work.'),
        ),
        migrations.AddConstraint(
            model_name='coveragerule',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('effect', 'at_rate'), ('hourly_rate__gte', 0)), models.Q(models.Q(('effect', 'at_rate'), _negated=True), ('hourly_rate', None)), _connector='OR'), name='contracts_coveragerule_rate_where_priced', violation_error_message="A rate belongs to work at the contract's rate."),
        ),
        migrations.AddConstraint(
            model_name='lineversion',
            constraint=models.CheckConstraint(condition=models.Q(('included_quantity__gte', 0), ('overage_price__gte', 0), ('quantity__gte', 0), ('unit_price__gte', 0)), name='contracts_lineversion_not_negative', violation_error_message='Quantity and price cannot be negative.'),
        ),
        migrations.AddField(
            model_name='allowance',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allowances', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='allowance',
            name='work_types',
            field=models.ManyToManyField(blank=True, help_text='none: for all work that the contract includes', related_name='+', to='catalog.worktype', verbose_name='for'),
        ),
        migrations.AddField(
            model_name='allowanceevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='allowanceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='allowanceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.allowance'),
        ),
        migrations.AddConstraint(
            model_name='businesscalendar',
            constraint=models.UniqueConstraint(condition=models.Q(('is_default', True)), fields=('is_default',), name='contracts_businesscalendar_one_default', violation_error_message="Another calendar already is the firm's own."),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businesscalendar',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_businesscalendarevent" ("country", "id", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "time_zone") VALUES (NEW."country", NEW."id", NEW."is_default", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region", NEW."time_zone"); RETURN NULL;', hash='46bbe9fda1f1f33af742dc69feb3c6b7ec094d7b', operation='INSERT', pgid='pgtrigger_insert_insert_b1443', table='contracts_businesscalendar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businesscalendar',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_businesscalendarevent" ("country", "id", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "time_zone") VALUES (NEW."country", NEW."id", NEW."is_default", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region", NEW."time_zone"); RETURN NULL;', hash='e59ee8c5d302be41a72ac741567149a21c0ae1a0', operation='UPDATE', pgid='pgtrigger_update_update_2e598', table='contracts_businesscalendar', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businesscalendar',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_businesscalendarevent" ("country", "id", "is_default", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region", "time_zone") VALUES (OLD."country", OLD."id", OLD."is_default", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region", OLD."time_zone"); RETURN NULL;', hash='565a8d55c996a48dc0edc8c670c00ee8b9edded8', operation='DELETE', pgid='pgtrigger_delete_delete_f5c4f', table='contracts_businesscalendar', when='AFTER')),
        ),
        migrations.AddField(
            model_name='contract',
            name='calendar',
            field=models.ForeignKey(blank=True, help_text="for surcharges; empty: the firm's", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.businesscalendar', verbose_name='business hours'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='calendar',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text="for surcharges; empty: the firm's", null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.businesscalendar', verbose_name='business hours'),
        ),
        migrations.AddField(
            model_name='businesscalendarevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='businesscalendarevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.businesscalendar'),
        ),
        migrations.AddField(
            model_name='calendarday',
            name='calendar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='days', to='contracts.businesscalendar', verbose_name='calendar'),
        ),
        migrations.AddField(
            model_name='calendardayevent',
            name='calendar',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.businesscalendar', verbose_name='calendar'),
        ),
        migrations.AddField(
            model_name='calendardayevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='calendardayevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.calendarday'),
        ),
        migrations.AddField(
            model_name='calendarwindow',
            name='calendar',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='windows', to='contracts.businesscalendar', verbose_name='calendar'),
        ),
        migrations.AddField(
            model_name='calendarwindowevent',
            name='calendar',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.businesscalendar', verbose_name='calendar'),
        ),
        migrations.AddField(
            model_name='calendarwindowevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='calendarwindowevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.calendarwindow'),
        ),
        migrations.AddField(
            model_name='contractpause',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='pauses', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='contractpauseevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='contractpauseevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='contractpauseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.contractpause'),
        ),
        migrations.AddField(
            model_name='drawweight',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='draw_weights', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='drawweight',
            name='work_role',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.workrole', verbose_name='work role'),
        ),
        migrations.AddField(
            model_name='drawweight',
            name='work_type',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.worktype', verbose_name='work type'),
        ),
        migrations.AddField(
            model_name='drawweightevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='drawweightevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='drawweightevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.drawweight'),
        ),
        migrations.AddField(
            model_name='drawweightevent',
            name='work_role',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.workrole', verbose_name='work role'),
        ),
        migrations.AddField(
            model_name='drawweightevent',
            name='work_type',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.worktype', verbose_name='work type'),
        ),
        migrations.AddField(
            model_name='indexation',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indexations', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='indexation',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='indexationclause',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='indexation_clauses', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='indexation',
            name='clause',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='contracts.indexationclause', verbose_name='clause'),
        ),
        migrations.AddField(
            model_name='indexationclauseevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='indexationclauseevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='indexationclauseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.indexationclause'),
        ),
        migrations.AddField(
            model_name='indexationevent',
            name='clause',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.indexationclause', verbose_name='clause'),
        ),
        migrations.AddField(
            model_name='indexationevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='indexationevent',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='indexationevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='indexationevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.indexation'),
        ),
        migrations.AddField(
            model_name='indexationclauseevent',
            name='table',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.indextable', verbose_name='price index'),
        ),
        migrations.AddField(
            model_name='indexationclause',
            name='table',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.indextable', verbose_name='price index'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indextable',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indextableevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."source"); RETURN NULL;', hash='4cfb3765a8c552f8b34456fc1ab3fd97b8b8cb11', operation='INSERT', pgid='pgtrigger_insert_insert_d29d2', table='contracts_indextable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indextable',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_indextableevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."source"); RETURN NULL;', hash='78812393b44c2b53618a87238b40815cc6639191', operation='UPDATE', pgid='pgtrigger_update_update_f3f6b', table='contracts_indextable', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indextable',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indextableevent" ("id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "source") VALUES (OLD."id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."source"); RETURN NULL;', hash='cf6807e442c7ea15fc4402d218bfc39855a2da21', operation='DELETE', pgid='pgtrigger_delete_delete_60aa3', table='contracts_indextable', when='AFTER')),
        ),
        migrations.AddField(
            model_name='indextableevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='indextableevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.indextable'),
        ),
        migrations.AddField(
            model_name='indexvalue',
            name='table',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='values', to='contracts.indextable', verbose_name='price index'),
        ),
        migrations.AddField(
            model_name='indexvalueevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='indexvalueevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.indexvalue'),
        ),
        migrations.AddField(
            model_name='indexvalueevent',
            name='table',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.indextable', verbose_name='price index'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='managedplan',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_managedplanevent" ("code", "description", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."description", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='4d0b4af573c034edd9fdd4ef69006fdec4dc481b', operation='INSERT', pgid='pgtrigger_insert_insert_36de7', table='contracts_managedplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='managedplan',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_managedplanevent" ("code", "description", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."description", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='59dde5589bbca24698f741f8405efc05e083f782', operation='UPDATE', pgid='pgtrigger_update_update_05cfb', table='contracts_managedplan', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='managedplan',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_managedplanevent" ("code", "description", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."description", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='d8939df3f6b0a496a17c1013b80b53a17f7bdeee', operation='DELETE', pgid='pgtrigger_delete_delete_c1bfc', table='contracts_managedplan', when='AFTER')),
        ),
        migrations.AddField(
            model_name='managedplanevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='managedplanevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.managedplan'),
        ),
        migrations.AddField(
            model_name='planallowance',
            name='work_types',
            field=models.ManyToManyField(blank=True, help_text='none: for all work that the contract includes', related_name='+', to='catalog.worktype', verbose_name='for'),
        ),
        migrations.AddField(
            model_name='planallowanceevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='planallowanceevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.planallowance'),
        ),
        migrations.AddField(
            model_name='plancoverage',
            name='category',
            field=models.ForeignKey(blank=True, help_text='empty: all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AddField(
            model_name='plancoverage',
            name='work_type',
            field=models.ForeignKey(blank=True, help_text='empty: all', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='catalog.worktype', verbose_name='work type'),
        ),
        migrations.AddField(
            model_name='plancoverageevent',
            name='category',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: all', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.category', verbose_name='category'),
        ),
        migrations.AddField(
            model_name='plancoverageevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='plancoverageevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.plancoverage'),
        ),
        migrations.AddField(
            model_name='plancoverageevent',
            name='work_type',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: all', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.worktype', verbose_name='work type'),
        ),
        migrations.AddField(
            model_name='planline',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='catalog.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='contractline',
            name='plan_line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contract_lines', to='contracts.planline', verbose_name='line of the plan'),
        ),
        migrations.AddField(
            model_name='contractlineevent',
            name='plan_line',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.planline', verbose_name='line of the plan'),
        ),
        migrations.AddField(
            model_name='planlineevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='planlineevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.planline'),
        ),
        migrations.AddField(
            model_name='planlineevent',
            name='product',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='planrevision',
            name='plan',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='contracts.managedplan', verbose_name='managed plan'),
        ),
        migrations.AddField(
            model_name='planlineevent',
            name='revision',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.planrevision', verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='planline',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='contracts.planrevision', verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='plancoverageevent',
            name='revision',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.planrevision', verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='plancoverage',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coverage', to='contracts.planrevision', verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='planallowanceevent',
            name='revision',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.planrevision', verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='planallowance',
            name='revision',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='allowances', to='contracts.planrevision', verbose_name='revision'),
        ),
        migrations.AddField(
            model_name='contract',
            name='plan_revision',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='contracts.planrevision', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='plan_revision',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.planrevision', verbose_name='plan'),
        ),
        migrations.AddField(
            model_name='planrevisionevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='planrevisionevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.planrevision'),
        ),
        migrations.AddField(
            model_name='planrevisionevent',
            name='plan',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.managedplan', verbose_name='managed plan'),
        ),
        migrations.AddField(
            model_name='prepaidblock',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prepaid_blocks', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='prepaidblock',
            name='contract',
            field=models.ForeignKey(blank=True, help_text='empty: for work that no contract covers', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='prepaid_blocks', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='prepaidblock',
            name='follows',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='contracts.prepaidblock', verbose_name='tops up'),
        ),
        migrations.AddField(
            model_name='prepaidblock',
            name='product',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='catalog.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='prepaidblock',
            name='work_types',
            field=models.ManyToManyField(blank=True, help_text='none: for all types of work', related_name='+', to='catalog.worktype', verbose_name='for'),
        ),
        migrations.AddField(
            model_name='prepaidblockevent',
            name='client',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='clients.client', verbose_name='client'),
        ),
        migrations.AddField(
            model_name='prepaidblockevent',
            name='contract',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: for work that no contract covers', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='prepaidblockevent',
            name='follows',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.prepaidblock', verbose_name='tops up'),
        ),
        migrations.AddField(
            model_name='prepaidblockevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='prepaidblockevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.prepaidblock'),
        ),
        migrations.AddField(
            model_name='prepaidblockevent',
            name='product',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='catalog.product', verbose_name='product'),
        ),
        migrations.AddField(
            model_name='renewal',
            name='contract',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='renewals', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='renewal',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='renewalevent',
            name='contract',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.contract', verbose_name='contract'),
        ),
        migrations.AddField(
            model_name='renewalevent',
            name='decided_by',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='renewalevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='renewalevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.renewal'),
        ),
        migrations.AddField(
            model_name='slapolicy',
            name='calendar',
            field=models.ForeignKey(blank=True, help_text='empty: around the clock', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sla_policies', to='contracts.businesscalendar', verbose_name='business hours'),
        ),
        migrations.AddField(
            model_name='planrevisionevent',
            name='sla_policy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.slapolicy', verbose_name='SLA policy'),
        ),
        migrations.AddField(
            model_name='planrevision',
            name='sla_policy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.slapolicy', verbose_name='SLA policy'),
        ),
        migrations.AddField(
            model_name='contract',
            name='sla_policy',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contracts', to='contracts.slapolicy', verbose_name='SLA policy'),
        ),
        migrations.AddField(
            model_name='contractevent',
            name='sla_policy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.slapolicy', verbose_name='SLA policy'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('step_minutes__isnull', True), ('step_minutes__gte', 1), _connector='OR'), name='contracts_contract_step_positive', violation_error_message='A step has at least one minute.'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('renewal_kind', 'none'), models.Q(('term_ends_on__isnull', False), ('term_months__gte', 1)), _connector='OR'), name='contracts_contract_renewal_has_term', violation_error_message='A contract that renews needs a term and its end.'),
        ),
        migrations.AddField(
            model_name='slapolicyevent',
            name='calendar',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: around the clock', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.businesscalendar', verbose_name='business hours'),
        ),
        migrations.AddField(
            model_name='slapolicyevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='slapolicyevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.slapolicy'),
        ),
        migrations.AddField(
            model_name='slatarget',
            name='policy',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='targets', to='contracts.slapolicy', verbose_name='SLA policy'),
        ),
        migrations.AddField(
            model_name='slatargetevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='slatargetevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.slatarget'),
        ),
        migrations.AddField(
            model_name='slatargetevent',
            name='policy',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.slapolicy', verbose_name='SLA policy'),
        ),
        migrations.AddField(
            model_name='surcharge',
            name='calendar',
            field=models.ForeignKey(blank=True, help_text='empty: whichever calendar the contract or the firm has', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='surcharges', to='contracts.businesscalendar', verbose_name='only with calendar'),
        ),
        migrations.AddField(
            model_name='surchargeevent',
            name='calendar',
            field=models.ForeignKey(blank=True, db_constraint=False, help_text='empty: whichever calendar the contract or the firm has', null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contracts.businesscalendar', verbose_name='only with calendar'),
        ),
        migrations.AddField(
            model_name='surchargeevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='surchargeevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contracts.surcharge'),
        ),
        migrations.AddConstraint(
            model_name='allowance',
            constraint=models.CheckConstraint(condition=models.Q(('last_day_on__isnull', True), ('last_day_on__gte', models.F('starts_on')), _connector='OR'), name='contracts_allowance_ends_after_start', violation_error_message='The last day comes before the first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allowance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_allowanceevent" ("age_months", "cap_minutes", "contract_id", "id", "last_day_on", "low_balance_minutes", "minutes", "name", "overage_rate", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prorates_stub", "rollover", "starts_on") VALUES (NEW."age_months", NEW."cap_minutes", NEW."contract_id", NEW."id", NEW."last_day_on", NEW."low_balance_minutes", NEW."minutes", NEW."name", NEW."overage_rate", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prorates_stub", NEW."rollover", NEW."starts_on"); RETURN NULL;', hash='cd4522812146278c52579af32c36da488413a018', operation='INSERT', pgid='pgtrigger_insert_insert_9d4a2', table='contracts_allowance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allowance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_allowanceevent" ("age_months", "cap_minutes", "contract_id", "id", "last_day_on", "low_balance_minutes", "minutes", "name", "overage_rate", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prorates_stub", "rollover", "starts_on") VALUES (NEW."age_months", NEW."cap_minutes", NEW."contract_id", NEW."id", NEW."last_day_on", NEW."low_balance_minutes", NEW."minutes", NEW."name", NEW."overage_rate", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prorates_stub", NEW."rollover", NEW."starts_on"); RETURN NULL;', hash='d1e798015f48d0679107a77be212e76c77c64374', operation='UPDATE', pgid='pgtrigger_update_update_88705', table='contracts_allowance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allowance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_allowanceevent" ("age_months", "cap_minutes", "contract_id", "id", "last_day_on", "low_balance_minutes", "minutes", "name", "overage_rate", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prorates_stub", "rollover", "starts_on") VALUES (OLD."age_months", OLD."cap_minutes", OLD."contract_id", OLD."id", OLD."last_day_on", OLD."low_balance_minutes", OLD."minutes", OLD."name", OLD."overage_rate", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prorates_stub", OLD."rollover", OLD."starts_on"); RETURN NULL;', hash='7f9c8d212ae2ced1d4a828358895c7c08d1d1e5a', operation='DELETE', pgid='pgtrigger_delete_delete_8f781', table='contracts_allowance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='allowanceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='305f72c67f1a03cb42af38834d9e6332d2e39a2e', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_50c32', table='contracts_allowanceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='businesscalendarevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='13538dda198367494c792c3e233cc06ae60b719f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b2282', table='contracts_businesscalendarevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='calendarday',
            constraint=models.UniqueConstraint(fields=('calendar', 'day', 'opens_at'), name='contracts_calendarday_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='calendarday',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closes_at', None), ('opens_at', None)), models.Q(('closes_at__isnull', False), ('opens_at__isnull', False)), _connector='OR'), name='contracts_calendarday_both_times', violation_error_message='Name both times, or none for a closed day.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarday',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_calendardayevent" ("calendar_id", "closes_at", "day", "id", "is_holiday", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."calendar_id", NEW."closes_at", NEW."day", NEW."id", NEW."is_holiday", NEW."name", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='e6d2fed3c4c9e2f823638dff74743732d6af8449', operation='INSERT', pgid='pgtrigger_insert_insert_8b3b6', table='contracts_calendarday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarday',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_calendardayevent" ("calendar_id", "closes_at", "day", "id", "is_holiday", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."calendar_id", NEW."closes_at", NEW."day", NEW."id", NEW."is_holiday", NEW."name", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='3d06ef749f36e212f21334bdfe53b73d4cdb9fe7', operation='UPDATE', pgid='pgtrigger_update_update_07445', table='contracts_calendarday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarday',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_calendardayevent" ("calendar_id", "closes_at", "day", "id", "is_holiday", "name", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."calendar_id", OLD."closes_at", OLD."day", OLD."id", OLD."is_holiday", OLD."name", OLD."opens_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='05b6113792bf14406869908082e572498fb38d00', operation='DELETE', pgid='pgtrigger_delete_delete_8341a', table='contracts_calendarday', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendardayevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bd111b7a25a03200e2bc503371989ef5298f42e6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_91f35', table='contracts_calendardayevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='calendarwindow',
            constraint=models.UniqueConstraint(fields=('calendar', 'weekday', 'opens_at'), name='contracts_calendarwindow_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarwindow',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_calendarwindowevent" ("calendar_id", "closes_at", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekday") VALUES (NEW."calendar_id", NEW."closes_at", NEW."id", NEW."opens_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."weekday"); RETURN NULL;', hash='e41f434fa09b15ecf702d62a2c14e3b03a574519', operation='INSERT', pgid='pgtrigger_insert_insert_84248', table='contracts_calendarwindow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarwindow',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_calendarwindowevent" ("calendar_id", "closes_at", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekday") VALUES (NEW."calendar_id", NEW."closes_at", NEW."id", NEW."opens_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."weekday"); RETURN NULL;', hash='34374613cff9db5223e106fde4154f17b849225f', operation='UPDATE', pgid='pgtrigger_update_update_76831', table='contracts_calendarwindow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarwindow',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_calendarwindowevent" ("calendar_id", "closes_at", "id", "opens_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekday") VALUES (OLD."calendar_id", OLD."closes_at", OLD."id", OLD."opens_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."weekday"); RETURN NULL;', hash='fbc4f97bbd2a8e057215596a8f6cdef5cb45a192', operation='DELETE', pgid='pgtrigger_delete_delete_5977b', table='contracts_calendarwindow', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='calendarwindowevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='61e266812a5951fa20ffb47622437e52d3460fb4', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_09426', table='contracts_calendarwindowevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='contractpause',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('contract', '='), (catalog.models.tax_rate.DateRange('starts_on', 'last_day_on', django.contrib.postgres.fields.ranges.RangeBoundary(inclusive_lower=True, inclusive_upper=True)), '&&')], name='contracts_contractpause_one_a_day', violation_error_message='The contract already rests on some of these days.'),
        ),
        migrations.AddConstraint(
            model_name='contractpause',
            constraint=models.CheckConstraint(condition=models.Q(('last_day_on__isnull', True), ('last_day_on__gte', models.F('starts_on')), _connector='OR'), name='contracts_contractpause_ends_after_start', violation_error_message='The last day comes before the first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractpause',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_contractpauseevent" ("contract_id", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."contract_id", NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;', hash='35ba5a7ce0443648102cb74cb1ceb79fd553e651', operation='INSERT', pgid='pgtrigger_insert_insert_0934c', table='contracts_contractpause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractpause',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_contractpauseevent" ("contract_id", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (NEW."contract_id", NEW."id", NEW."last_day_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_on"); RETURN NULL;', hash='14f525e853aad866967fbc27250b09f5a1be5c9d', operation='UPDATE', pgid='pgtrigger_update_update_e2800', table='contracts_contractpause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractpause',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_contractpauseevent" ("contract_id", "id", "last_day_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_on") VALUES (OLD."contract_id", OLD."id", OLD."last_day_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."starts_on"); RETURN NULL;', hash='32efedfaea04eb0fff7dc65485fa4951a4acf512', operation='DELETE', pgid='pgtrigger_delete_delete_2b87b', table='contracts_contractpause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contractpauseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c32fe61c1eea234c59b27e8cee2d90957b5b3301', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_99f54', table='contracts_contractpauseevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='drawweight',
            constraint=models.UniqueConstraint(fields=('contract', 'work_type', 'work_role'), name='contracts_drawweight_once', nulls_distinct=False, violation_error_message='This work already has a weight.'),
        ),
        migrations.AddConstraint(
            model_name='drawweight',
            constraint=models.CheckConstraint(condition=models.Q(('factor__gt', 0)), name='contracts_drawweight_positive', violation_error_message='A weight must be above nothing.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawweight',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_drawweightevent" ("contract_id", "factor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "work_role_id", "work_type_id") VALUES (NEW."contract_id", NEW."factor", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."work_role_id", NEW."work_type_id"); RETURN NULL;', hash='a791bb36a3ec50daf8e7b6d2098c42d7a4b48582', operation='INSERT', pgid='pgtrigger_insert_insert_2f525', table='contracts_drawweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawweight',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_drawweightevent" ("contract_id", "factor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "work_role_id", "work_type_id") VALUES (NEW."contract_id", NEW."factor", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."work_role_id", NEW."work_type_id"); RETURN NULL;', hash='8c8d8ec60bf87233f181c42ed8cca24f17ed4759', operation='UPDATE', pgid='pgtrigger_update_update_06fae', table='contracts_drawweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawweight',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_drawweightevent" ("contract_id", "factor", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "work_role_id", "work_type_id") VALUES (OLD."contract_id", OLD."factor", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."work_role_id", OLD."work_type_id"); RETURN NULL;', hash='759816a3816236b22ea835c934b3722323de6a78', operation='DELETE', pgid='pgtrigger_delete_delete_788ea', table='contracts_drawweight', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='drawweightevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e828638aa977942c9509f6a02e1dff1556ea9497', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cfebf', table='contracts_drawweightevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='indexation',
            constraint=models.UniqueConstraint(fields=('clause', 'effective_on'), name='contracts_indexation_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indexationevent" ("basis", "clause_id", "contract_id", "decided_at", "decided_by_id", "effective_on", "factor", "id", "is_applied", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."basis", NEW."clause_id", NEW."contract_id", NEW."decided_at", NEW."decided_by_id", NEW."effective_on", NEW."factor", NEW."id", NEW."is_applied", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='1aa0e18df63659ba2f55725ac63e25b8e888f5d4', operation='INSERT', pgid='pgtrigger_insert_insert_6d859', table='contracts_indexation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_indexationevent" ("basis", "clause_id", "contract_id", "decided_at", "decided_by_id", "effective_on", "factor", "id", "is_applied", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."basis", NEW."clause_id", NEW."contract_id", NEW."decided_at", NEW."decided_by_id", NEW."effective_on", NEW."factor", NEW."id", NEW."is_applied", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='3bf5b7f0947fd017b02fbe43b681d3d36a3a35e9', operation='UPDATE', pgid='pgtrigger_update_update_789c5', table='contracts_indexation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indexationevent" ("basis", "clause_id", "contract_id", "decided_at", "decided_by_id", "effective_on", "factor", "id", "is_applied", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."basis", OLD."clause_id", OLD."contract_id", OLD."decided_at", OLD."decided_by_id", OLD."effective_on", OLD."factor", OLD."id", OLD."is_applied", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='8b861c486cce90c192654fb04984b6ae63ad59e8', operation='DELETE', pgid='pgtrigger_delete_delete_7e14f', table='contracts_indexation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexationevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5fb2f21dcaff646c9e1643daaf42bfed5bc06dbf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c3330', table='contracts_indexationevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexationclauseevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='74f01538d5c56a714e51c95e90521cdcdb6d91a2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_ca76c', table='contracts_indexationclauseevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='indexationclause',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'percent'), ('percent__isnull', False)), models.Q(('base_value__gt', 0), ('kind', 'index'), ('table__isnull', False)), _connector='OR'), name='contracts_indexationclause_complete', violation_error_message='Name the percentage, or the index and its base value.'),
        ),
        migrations.AddConstraint(
            model_name='indexationclause',
            constraint=models.CheckConstraint(condition=models.Q(('decimals__lte', 4), ('every_months__gte', 1)), name='contracts_indexationclause_steps', violation_error_message='Steps are at least a month apart.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexationclause',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indexationclauseevent" ("base_month_on", "base_value", "cap_percent", "contract_id", "decimals", "every_months", "first_on", "floor_percent", "id", "is_compound", "kind", "lag_months", "last_day_on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id") VALUES (NEW."base_month_on", NEW."base_value", NEW."cap_percent", NEW."contract_id", NEW."decimals", NEW."every_months", NEW."first_on", NEW."floor_percent", NEW."id", NEW."is_compound", NEW."kind", NEW."lag_months", NEW."last_day_on", NEW."percent", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."table_id"); RETURN NULL;', hash='658b8f87b06e78a288f21a84ff06eaaafefc0be0', operation='INSERT', pgid='pgtrigger_insert_insert_10936', table='contracts_indexationclause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexationclause',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_indexationclauseevent" ("base_month_on", "base_value", "cap_percent", "contract_id", "decimals", "every_months", "first_on", "floor_percent", "id", "is_compound", "kind", "lag_months", "last_day_on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id") VALUES (NEW."base_month_on", NEW."base_value", NEW."cap_percent", NEW."contract_id", NEW."decimals", NEW."every_months", NEW."first_on", NEW."floor_percent", NEW."id", NEW."is_compound", NEW."kind", NEW."lag_months", NEW."last_day_on", NEW."percent", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."table_id"); RETURN NULL;', hash='c41ccdfe0dea8527e1b1d548316b87f0005d4c88', operation='UPDATE', pgid='pgtrigger_update_update_4b868', table='contracts_indexationclause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexationclause',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indexationclauseevent" ("base_month_on", "base_value", "cap_percent", "contract_id", "decimals", "every_months", "first_on", "floor_percent", "id", "is_compound", "kind", "lag_months", "last_day_on", "percent", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id") VALUES (OLD."base_month_on", OLD."base_value", OLD."cap_percent", OLD."contract_id", OLD."decimals", OLD."every_months", OLD."first_on", OLD."floor_percent", OLD."id", OLD."is_compound", OLD."kind", OLD."lag_months", OLD."last_day_on", OLD."percent", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."table_id"); RETURN NULL;', hash='e73da746ef7020c78bfcf5326fcc474bdfff6f14', operation='DELETE', pgid='pgtrigger_delete_delete_95537', table='contracts_indexationclause', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indextableevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7743514c200ccadaf690ae7be5252a57f9c19672', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_52f4a', table='contracts_indextableevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='indexvalue',
            constraint=models.UniqueConstraint(fields=('table', 'month_on'), name='contracts_indexvalue_once'),
        ),
        migrations.AddConstraint(
            model_name='indexvalue',
            constraint=models.CheckConstraint(condition=models.Q(('value__gt', 0)), name='contracts_indexvalue_positive', violation_error_message='The value of an index is above nothing.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexvalue',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indexvalueevent" ("id", "month_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id", "value") VALUES (NEW."id", NEW."month_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."table_id", NEW."value"); RETURN NULL;', hash='7ea62300f2a6d2620af24033ede1225d898b5190', operation='INSERT', pgid='pgtrigger_insert_insert_71bdf', table='contracts_indexvalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexvalue',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_indexvalueevent" ("id", "month_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id", "value") VALUES (NEW."id", NEW."month_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."table_id", NEW."value"); RETURN NULL;', hash='904388266e658d88b395e8e793791a4893f0234a', operation='UPDATE', pgid='pgtrigger_update_update_f69b8', table='contracts_indexvalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexvalue',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_indexvalueevent" ("id", "month_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "table_id", "value") VALUES (OLD."id", OLD."month_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."table_id", OLD."value"); RETURN NULL;', hash='c7273966382464fd406379b2afd91cc8cdd1e49b', operation='DELETE', pgid='pgtrigger_delete_delete_8b82a', table='contracts_indexvalue', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='indexvalueevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='2c3a2b17baa46b59f369f09fd433a4ec0783494f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9424d', table='contracts_indexvalueevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='managedplanevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='88dbc2bf0c07b3574adb5aecc2169ceed1b6adcc', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_92eed', table='contracts_managedplanevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planlineevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f0a01be3e864200ac3c8fabc246f2854632764bd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bae49', table='contracts_planlineevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planline',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_planlineevent" ("anchor", "count_group", "count_kind", "count_role", "counts", "description", "id", "included_quantity", "is_indexed", "overage_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "pricing", "product_id", "proration", "quantity", "quantity_rule", "revision_id", "rhythm_months", "stub_rule", "tax_code", "tiers", "timing", "unit", "unit_price") VALUES (NEW."anchor", NEW."count_group", NEW."count_kind", NEW."count_role", NEW."counts", NEW."description", NEW."id", NEW."included_quantity", NEW."is_indexed", NEW."overage_price", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."pricing", NEW."product_id", NEW."proration", NEW."quantity", NEW."quantity_rule", NEW."revision_id", NEW."rhythm_months", NEW."stub_rule", NEW."tax_code", NEW."tiers", NEW."timing", NEW."unit", NEW."unit_price"); RETURN NULL;', hash='c874685cb40bc1c134501c9ab1eace6c40a04726', operation='INSERT', pgid='pgtrigger_insert_insert_1395d', table='contracts_planline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planline',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_planlineevent" ("anchor", "count_group", "count_kind", "count_role", "counts", "description", "id", "included_quantity", "is_indexed", "overage_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "pricing", "product_id", "proration", "quantity", "quantity_rule", "revision_id", "rhythm_months", "stub_rule", "tax_code", "tiers", "timing", "unit", "unit_price") VALUES (NEW."anchor", NEW."count_group", NEW."count_kind", NEW."count_role", NEW."counts", NEW."description", NEW."id", NEW."included_quantity", NEW."is_indexed", NEW."overage_price", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."pricing", NEW."product_id", NEW."proration", NEW."quantity", NEW."quantity_rule", NEW."revision_id", NEW."rhythm_months", NEW."stub_rule", NEW."tax_code", NEW."tiers", NEW."timing", NEW."unit", NEW."unit_price"); RETURN NULL;', hash='d8334e2dfcb6c14bee2d73117f8eb594565c6ff4', operation='UPDATE', pgid='pgtrigger_update_update_7e735', table='contracts_planline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planline',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_planlineevent" ("anchor", "count_group", "count_kind", "count_role", "counts", "description", "id", "included_quantity", "is_indexed", "overage_price", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "pricing", "product_id", "proration", "quantity", "quantity_rule", "revision_id", "rhythm_months", "stub_rule", "tax_code", "tiers", "timing", "unit", "unit_price") VALUES (OLD."anchor", OLD."count_group", OLD."count_kind", OLD."count_role", OLD."counts", OLD."description", OLD."id", OLD."included_quantity", OLD."is_indexed", OLD."overage_price", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."pricing", OLD."product_id", OLD."proration", OLD."quantity", OLD."quantity_rule", OLD."revision_id", OLD."rhythm_months", OLD."stub_rule", OLD."tax_code", OLD."tiers", OLD."timing", OLD."unit", OLD."unit_price"); RETURN NULL;', hash='dee6fe4ffdadd133cc7b196281acc5e5ecd02d1d', operation='DELETE', pgid='pgtrigger_delete_delete_af4a4', table='contracts_planline', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancoverageevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='f38d2ba6fb0577aee2fdb40ea2233b298046799c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5e19a', table='contracts_plancoverageevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancoverage',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_plancoverageevent" ("asset_group", "category_id", "effect", "hourly_rate", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "work_type_id") VALUES (NEW."asset_group", NEW."category_id", NEW."effect", NEW."hourly_rate", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision_id", NEW."work_type_id"); RETURN NULL;', hash='ae36a1121ddc24dd7f8094ab8ed6fa7d5f50a00a', operation='INSERT', pgid='pgtrigger_insert_insert_a692c', table='contracts_plancoverage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancoverage',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_plancoverageevent" ("asset_group", "category_id", "effect", "hourly_rate", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "work_type_id") VALUES (NEW."asset_group", NEW."category_id", NEW."effect", NEW."hourly_rate", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision_id", NEW."work_type_id"); RETURN NULL;', hash='d545b337bd1c0915c74f6ee69b9faf19fed7243e', operation='UPDATE', pgid='pgtrigger_update_update_e4ba9', table='contracts_plancoverage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancoverage',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_plancoverageevent" ("asset_group", "category_id", "effect", "hourly_rate", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision_id", "work_type_id") VALUES (OLD."asset_group", OLD."category_id", OLD."effect", OLD."hourly_rate", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revision_id", OLD."work_type_id"); RETURN NULL;', hash='c818abb6423f97d6f7da9c96742bc0308c5c6e8c', operation='DELETE', pgid='pgtrigger_delete_delete_24e58', table='contracts_plancoverage', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planallowanceevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7059b9290b963d03573b883f8d5fd0c7ebfea8dd', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f27e9', table='contracts_planallowanceevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planallowance',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_planallowanceevent" ("age_months", "cap_minutes", "id", "low_balance_minutes", "minutes", "name", "overage_rate", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prorates_stub", "revision_id", "rollover") VALUES (NEW."age_months", NEW."cap_minutes", NEW."id", NEW."low_balance_minutes", NEW."minutes", NEW."name", NEW."overage_rate", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prorates_stub", NEW."revision_id", NEW."rollover"); RETURN NULL;', hash='cb0289ad2fb507d24e0e1b6ac727f104925d579d', operation='INSERT', pgid='pgtrigger_insert_insert_92bbb', table='contracts_planallowance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planallowance',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_planallowanceevent" ("age_months", "cap_minutes", "id", "low_balance_minutes", "minutes", "name", "overage_rate", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prorates_stub", "revision_id", "rollover") VALUES (NEW."age_months", NEW."cap_minutes", NEW."id", NEW."low_balance_minutes", NEW."minutes", NEW."name", NEW."overage_rate", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prorates_stub", NEW."revision_id", NEW."rollover"); RETURN NULL;', hash='794067059010a4981c58820fc2de1436276ef328', operation='UPDATE', pgid='pgtrigger_update_update_d2cf3', table='contracts_planallowance', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planallowance',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_planallowanceevent" ("age_months", "cap_minutes", "id", "low_balance_minutes", "minutes", "name", "overage_rate", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prorates_stub", "revision_id", "rollover") VALUES (OLD."age_months", OLD."cap_minutes", OLD."id", OLD."low_balance_minutes", OLD."minutes", OLD."name", OLD."overage_rate", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prorates_stub", OLD."revision_id", OLD."rollover"); RETURN NULL;', hash='772e6d927beab4b2f1ef3b0284edf05c67bebce1', operation='DELETE', pgid='pgtrigger_delete_delete_4aa8b', table='contracts_planallowance', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='prepaidblock',
            constraint=models.CheckConstraint(condition=models.Q(('price__gte', 0), ('quantity__gt', 0)), name='contracts_prepaidblock_positive', violation_error_message='Quantity must be positive and the price not negative.'),
        ),
        migrations.AddConstraint(
            model_name='prepaidblock',
            constraint=models.CheckConstraint(condition=models.Q(('last_day_on__isnull', True), ('last_day_on__gte', models.F('starts_on')), _connector='OR'), name='contracts_prepaidblock_ends_after_start', violation_error_message='The last day comes before the first.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prepaidblock',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_prepaidblockevent" ("billed_elsewhere", "cancelled_on", "client_id", "contract_id", "follows_id", "id", "last_day_on", "low_balance", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "product_id", "quantity", "sold_on", "starts_on", "tax_code", "tops_up", "unit") VALUES (NEW."billed_elsewhere", NEW."cancelled_on", NEW."client_id", NEW."contract_id", NEW."follows_id", NEW."id", NEW."last_day_on", NEW."low_balance", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."price", NEW."product_id", NEW."quantity", NEW."sold_on", NEW."starts_on", NEW."tax_code", NEW."tops_up", NEW."unit"); RETURN NULL;', hash='d576ceaa738039e06b7b93723422dfffb088640a', operation='INSERT', pgid='pgtrigger_insert_insert_19a38', table='contracts_prepaidblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prepaidblock',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_prepaidblockevent" ("billed_elsewhere", "cancelled_on", "client_id", "contract_id", "follows_id", "id", "last_day_on", "low_balance", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "product_id", "quantity", "sold_on", "starts_on", "tax_code", "tops_up", "unit") VALUES (NEW."billed_elsewhere", NEW."cancelled_on", NEW."client_id", NEW."contract_id", NEW."follows_id", NEW."id", NEW."last_day_on", NEW."low_balance", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."price", NEW."product_id", NEW."quantity", NEW."sold_on", NEW."starts_on", NEW."tax_code", NEW."tops_up", NEW."unit"); RETURN NULL;', hash='1557df8e13ca4f322a09628c47d596d97bdb0e04', operation='UPDATE', pgid='pgtrigger_update_update_60a07', table='contracts_prepaidblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prepaidblock',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_prepaidblockevent" ("billed_elsewhere", "cancelled_on", "client_id", "contract_id", "follows_id", "id", "last_day_on", "low_balance", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "price", "product_id", "quantity", "sold_on", "starts_on", "tax_code", "tops_up", "unit") VALUES (OLD."billed_elsewhere", OLD."cancelled_on", OLD."client_id", OLD."contract_id", OLD."follows_id", OLD."id", OLD."last_day_on", OLD."low_balance", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."price", OLD."product_id", OLD."quantity", OLD."sold_on", OLD."starts_on", OLD."tax_code", OLD."tops_up", OLD."unit"); RETURN NULL;', hash='bcc1800f4727b731eea98f853f27ffe8476e10fa', operation='DELETE', pgid='pgtrigger_delete_delete_01018', table='contracts_prepaidblock', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='prepaidblockevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a6011017fe528f99cf4f8ef530669aa36b200ff6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a0c45', table='contracts_prepaidblockevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='renewal',
            constraint=models.UniqueConstraint(fields=('contract', 'term_ended_on'), name='contracts_renewal_once'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='renewal',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_renewalevent" ("contract_id", "decided_by_id", "decided_on", "decision", "id", "next_term_ends_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_ended_on", "uplift") VALUES (NEW."contract_id", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."id", NEW."next_term_ends_on", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."term_ended_on", NEW."uplift"); RETURN NULL;', hash='0a13e4073cc94c1812cf361f1ebc3b198e37ad0f', operation='INSERT', pgid='pgtrigger_insert_insert_97d2d', table='contracts_renewal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='renewal',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_renewalevent" ("contract_id", "decided_by_id", "decided_on", "decision", "id", "next_term_ends_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_ended_on", "uplift") VALUES (NEW."contract_id", NEW."decided_by_id", NEW."decided_on", NEW."decision", NEW."id", NEW."next_term_ends_on", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."term_ended_on", NEW."uplift"); RETURN NULL;', hash='89ef8f156737490fcfe88b4a671af96b07814ec6', operation='UPDATE', pgid='pgtrigger_update_update_c3b99', table='contracts_renewal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='renewal',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_renewalevent" ("contract_id", "decided_by_id", "decided_on", "decision", "id", "next_term_ends_on", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "term_ended_on", "uplift") VALUES (OLD."contract_id", OLD."decided_by_id", OLD."decided_on", OLD."decision", OLD."id", OLD."next_term_ends_on", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."term_ended_on", OLD."uplift"); RETURN NULL;', hash='5b33b50ca3d5ee37d128e3009e715101a60729e6', operation='DELETE', pgid='pgtrigger_delete_delete_e8c01', table='contracts_renewal', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='renewalevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='76366e8797bec502cec2e62f568bfeaca44fe4eb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_b5085', table='contracts_renewalevent', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slapolicy',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_slapolicyevent" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."calendar_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='c9d568fed87e58491036b82d845f2f86abf4280a', operation='INSERT', pgid='pgtrigger_insert_insert_cc130', table='contracts_slapolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slapolicy',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_slapolicyevent" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."calendar_id", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='7229acb3aaa0dfce3a2e9dd4a2a5e53462f9cebd', operation='UPDATE', pgid='pgtrigger_update_update_b36d0', table='contracts_slapolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slapolicy',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_slapolicyevent" ("calendar_id", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."calendar_id", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='f408f1223eb2f3db517930b904f3b7dc5798f8ad', operation='DELETE', pgid='pgtrigger_delete_delete_b2c78', table='contracts_slapolicy', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrevisionevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='b8079c85e149d99d0a594a0a03aa45cfc409130f', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f84a0', table='contracts_planrevisionevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='planrevision',
            constraint=models.UniqueConstraint(fields=('plan', 'number'), name='contracts_planrevision_once'),
        ),
        migrations.AddConstraint(
            model_name='planrevision',
            constraint=models.UniqueConstraint(condition=models.Q(('published_on', None)), fields=('plan',), name='contracts_planrevision_one_draft', violation_error_message='The plan already has a revision in preparation.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrevision',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_planrevisionevent" ("id", "note", "notice_days", "number", "other_work", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published_on", "renewal_kind", "renewal_uplift", "sla_policy_id", "term_months") VALUES (NEW."id", NEW."note", NEW."notice_days", NEW."number", NEW."other_work", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."plan_id", NEW."published_on", NEW."renewal_kind", NEW."renewal_uplift", NEW."sla_policy_id", NEW."term_months"); RETURN NULL;', hash='7e3b2b088966dddc437ba1536473f641e2eb3f2f', operation='INSERT', pgid='pgtrigger_insert_insert_36b2e', table='contracts_planrevision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrevision',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_planrevisionevent" ("id", "note", "notice_days", "number", "other_work", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published_on", "renewal_kind", "renewal_uplift", "sla_policy_id", "term_months") VALUES (NEW."id", NEW."note", NEW."notice_days", NEW."number", NEW."other_work", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."plan_id", NEW."published_on", NEW."renewal_kind", NEW."renewal_uplift", NEW."sla_policy_id", NEW."term_months"); RETURN NULL;', hash='b02876f2dc1ac61537bec92ddb8be7c441c2f7d6', operation='UPDATE', pgid='pgtrigger_update_update_cbda6', table='contracts_planrevision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='planrevision',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_planrevisionevent" ("id", "note", "notice_days", "number", "other_work", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "plan_id", "published_on", "renewal_kind", "renewal_uplift", "sla_policy_id", "term_months") VALUES (OLD."id", OLD."note", OLD."notice_days", OLD."number", OLD."other_work", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."plan_id", OLD."published_on", OLD."renewal_kind", OLD."renewal_uplift", OLD."sla_policy_id", OLD."term_months"); RETURN NULL;', hash='2a440f6bc13da60cd31c10c8f70b0c122be2fde3', operation='DELETE', pgid='pgtrigger_delete_delete_f2788', table='contracts_planrevision', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slapolicyevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='17a7d73e305f32e171cd626ddd9c042fee808f46', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_737b0', table='contracts_slapolicyevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='slatarget',
            constraint=models.UniqueConstraint(fields=('policy', 'priority'), name='contracts_slatarget_once'),
        ),
        migrations.AddConstraint(
            model_name='slatarget',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('response_minutes', 0), _negated=True), models.Q(('resolution_minutes', 0), _negated=True)), name='contracts_slatarget_some_minutes', violation_error_message='A promise needs at least one minute.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slatarget',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_slatargetevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "priority", "resolution_minutes", "response_minutes") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."policy_id", NEW."priority", NEW."resolution_minutes", NEW."response_minutes"); RETURN NULL;', hash='134bc135c17cb71ce21edd9019cdcb6a20921fba', operation='INSERT', pgid='pgtrigger_insert_insert_08be9', table='contracts_slatarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slatarget',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_slatargetevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "priority", "resolution_minutes", "response_minutes") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."policy_id", NEW."priority", NEW."resolution_minutes", NEW."response_minutes"); RETURN NULL;', hash='a7d83c8258311341f4948a0ec731913d6d28e95b', operation='UPDATE', pgid='pgtrigger_update_update_aa464', table='contracts_slatarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slatarget',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_slatargetevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "policy_id", "priority", "resolution_minutes", "response_minutes") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."policy_id", OLD."priority", OLD."resolution_minutes", OLD."response_minutes"); RETURN NULL;', hash='4dd3151d3c9c6c6b0b493b738ce14e44bb0a79b9', operation='DELETE', pgid='pgtrigger_delete_delete_7b189', table='contracts_slatarget', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='slatargetevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='764db889e177ef0ef3986b9e6385cea5031861b5', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28896', table='contracts_slatargetevent', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='surcharge',
            constraint=models.CheckConstraint(condition=models.Q(('multiplier__gt', 0)), name='contracts_surcharge_positive', violation_error_message='A multiplier must be above nothing.'),
        ),
        migrations.AddConstraint(
            model_name='surcharge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('applies', 'window'), _negated=True), models.Q(('from_at__isnull', False), ('until_at__isnull', False)), _connector='OR'), name='contracts_surcharge_window_has_times', violation_error_message='Name the times between which it counts.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='surcharge',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_surchargeevent" ("applies", "calendar_id", "from_at", "id", "last_day_on", "multiplier", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "until_at", "weekdays") VALUES (NEW."applies", NEW."calendar_id", NEW."from_at", NEW."id", NEW."last_day_on", NEW."multiplier", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."until_at", NEW."weekdays"); RETURN NULL;', hash='2d9f3c32c633bcbc485ef7050c73e1c1c412feae', operation='INSERT', pgid='pgtrigger_insert_insert_6e9f9', table='contracts_surcharge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='surcharge',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contracts_surchargeevent" ("applies", "calendar_id", "from_at", "id", "last_day_on", "multiplier", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "until_at", "weekdays") VALUES (NEW."applies", NEW."calendar_id", NEW."from_at", NEW."id", NEW."last_day_on", NEW."multiplier", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."until_at", NEW."weekdays"); RETURN NULL;', hash='60bba4cd5a204afc62d950b679668b53d8d71c17', operation='UPDATE', pgid='pgtrigger_update_update_e039e', table='contracts_surcharge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='surcharge',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contracts_surchargeevent" ("applies", "calendar_id", "from_at", "id", "last_day_on", "multiplier", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "until_at", "weekdays") VALUES (OLD."applies", OLD."calendar_id", OLD."from_at", OLD."id", OLD."last_day_on", OLD."multiplier", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."until_at", OLD."weekdays"); RETURN NULL;', hash='9e3009d22d5fad274b9dc6ecc87dc40b067925c7', operation='DELETE', pgid='pgtrigger_delete_delete_ce703', table='contracts_surcharge', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='surchargeevent',
            trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='20ecfc3f84f9e1d632aa50ff12e22fcb73b79884', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_17e42', table='contracts_surchargeevent', when='BEFORE')),
        ),
    ]
