"""Give outcomes of earlier runs the figures of the one invoice that each of them had."""

from django.db import migrations

FILL = """
UPDATE billing_runoutcome o
SET invoice_count = 1, net = i.net, total = i.total
FROM billing_invoice i
WHERE i.id = o.invoice_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0015_figures_of_outcomes'),
    ]

    operations = [
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
