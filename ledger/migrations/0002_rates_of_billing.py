"""Exchange rates are kept once, with the invoices that state VAT by them."""

from django.db import migrations

COPY = """
INSERT INTO billing_exchangerate (currency, valid_from_on, rate)
SELECT currency, starts_on, units FROM ledger_exchangerate WHERE currency <> 'EUR'
ON CONFLICT (currency, valid_from_on) DO NOTHING
"""


class Migration(migrations.Migration):

    dependencies = [
        ('billing', '0037_exchange_rates'),
        ('ledger', '0001_books'),
    ]

    operations = [
        migrations.RunSQL(COPY, migrations.RunSQL.noop),
        migrations.DeleteModel(name='ExchangeRateEvent'),
        migrations.DeleteModel(name='ExchangeRate'),
    ]
