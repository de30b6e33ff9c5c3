"""All steps of this room at once, for a database that has taken none of them."""

from importlib import import_module

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

from core.all_at_once import AllAtOnce

by_hand = [
    operation
    for step in (
        '0003_keep_search_entries',
        '0004_tags_in_search_entries',
    )
    for operation in import_module(f'psa.migrations.{step}').Migration.operations
]


class Migration(AllAtOnce):

    replaces = [
        ('psa', '0001_legacy_rows'),
        ('psa', '0002_search'),
        ('psa', '0003_keep_search_entries'),
        ('psa', '0004_tags_in_search_entries'),
    ]

    dependencies = [
        ('clients', '0001_squashed_0009_direct_debit'),
        ('contracts', '0001_squashed_0012_bases_move_along'),
        ('tickets', '0001_squashed_0027_followers'),
        ('core', '0001_initial'),
    ]

    operations = [
                migrations.CreateModel(
                    name='LegacyRow',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('file', models.CharField(max_length=24, verbose_name='file')),
                        ('key', models.CharField(max_length=320, verbose_name='key')),
                        ('target_id', models.BigIntegerField(verbose_name='row it became')),
                        ('content', models.JSONField(verbose_name='content')),
                        ('imported_at', models.DateTimeField(auto_now=True, verbose_name='imported')),
                    ],
                    options={
                        'verbose_name': 'imported row',
                        'verbose_name_plural': 'imported rows',
                        'ordering': ['file', 'key'],
                        'constraints': [models.UniqueConstraint(fields=('file', 'key'), name='psa_legacyrow_once')],
                    },
                ),
                migrations.CreateModel(
                    name='LearntUpTo',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('changed_at', models.DateTimeField(null=True, verbose_name='changed')),
                        ('entry_id', models.BigIntegerField(default=0, verbose_name='entry')),
                    ],
                    options={
                        'verbose_name': 'state of the search words',
                        'verbose_name_plural': 'states of the search words',
                    },
                ),
                migrations.CreateModel(
                    name='SearchEntry',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('ticket', 'Tickets'), ('note', 'Notes'), ('time', 'Time entries'), ('client', 'Clients'), ('contact', 'Contacts'), ('asset', 'Assets'), ('contract', 'Contracts')], max_length=10, verbose_name='kind')),
                        ('target_id', models.BigIntegerField(verbose_name='row it leads to')),
                        ('shown_id', models.BigIntegerField(verbose_name='row whose page shows it')),
                        ('name', models.TextField(blank=True, verbose_name='names and numbers, in small letters without accents')),
                        ('document', django.contrib.postgres.search.SearchVectorField(verbose_name='words')),
                        ('changed_at', models.DateTimeField(verbose_name='changed')),
                    ],
                    options={
                        'verbose_name': 'search entry',
                        'verbose_name_plural': 'search entries',
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['document'], name='psa_searchentry_words'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('name', name='gin_trgm_ops'), condition=models.Q(('name', ''), _negated=True), name='psa_searchentry_names'), models.Index(fields=['changed_at', 'id'], name='psa_searchentry_changed')],
                        'constraints': [models.UniqueConstraint(fields=('kind', 'target_id'), name='psa_searchentry_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SearchWord',
                    fields=[
                        ('stem', models.TextField(primary_key=True, serialize=False, verbose_name='stem')),
                    ],
                    options={
                        'verbose_name': 'search word',
                        'verbose_name_plural': 'search words',
                        'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('stem', name='gin_trgm_ops'), name='psa_searchword_alike')],
                    },
                ),
        *by_hand,
    ]
