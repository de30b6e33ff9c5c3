"""A key of claims that is mostly empty has an index of the rows that name it alone."""

import django.db.models.deletion
from django.db import migrations, models


COLUMNS = (
    "allowance_id", "cancellation_id", "contract_line_id", "drawn_block_id", "flat_rate_item_id",
    "part_used_id", "prepaid_block_id", "time_correction_id", "time_entry_id",
)
# Only the plain indexes of the keys go: the unique ones of live claims stand on the same columns,
# and Django's own removal would take them along.
DROP_PLAIN = f"""
DO $$ DECLARE plain text; BEGIN
    FOR plain IN
        SELECT i.indexrelid::regclass::text FROM pg_index i
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE i.indrelid = 'billing_claim'::regclass AND i.indnatts = 1
            AND NOT i.indisunique AND i.indpred IS NULL AND a.attname IN {COLUMNS}
    LOOP
        EXECUTE 'DROP INDEX ' || plain;
    END LOOP;
END $$;
"""
MAKE_PLAIN = "".join(f"CREATE INDEX ON billing_claim ({column});" for column in COLUMNS)


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0031_keep_open_evidence'),
        ('contracts', '0011_value_in_force'),
        ('tickets', '0027_followers'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('time_entry__isnull', False)), fields=['time_entry'], name='billing_claim_time_entry'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('part_used__isnull', False)), fields=['part_used'], name='billing_claim_part_used'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('flat_rate_item__isnull', False)), fields=['flat_rate_item'], name='billing_claim_flat_rate_item'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('time_correction__isnull', False)), fields=['time_correction'], name='billing_claim_time_correction'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('prepaid_block__isnull', False)), fields=['prepaid_block'], name='billing_claim_prepaid_block'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('contract_line__isnull', False)), fields=['contract_line', 'period_on'], name='billing_claim_contract_line'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('allowance__isnull', False)), fields=['allowance', 'bucket_on'], name='billing_claim_allowance'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('drawn_block__isnull', False)), fields=['drawn_block'], name='billing_claim_drawn_block'),
        ),
        migrations.AddIndex(
            model_name='claim',
            index=models.Index(condition=models.Q(('cancellation__isnull', False)), fields=['cancellation'], name='billing_claim_cancellation'),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='claim',
                    name='allowance',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='contracts.allowance'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='cancellation',
                    field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='released', to='billing.cancellation'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='contract_line',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='contracts.contractline'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='drawn_block',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='draws', to='contracts.prepaidblock'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='flat_rate_item',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tickets.flatrateitem'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='part_used',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tickets.partused'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='prepaid_block',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='contracts.prepaidblock'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='time_correction',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tickets.timecorrection'),
                ),
                migrations.AlterField(
                    model_name='claim',
                    name='time_entry',
                    field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='tickets.timeentry'),
                ),
            ],
            database_operations=[migrations.RunSQL(DROP_PLAIN, MAKE_PLAIN)],
        ),
    ]
