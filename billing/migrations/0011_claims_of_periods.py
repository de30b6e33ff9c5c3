"""A claim on a contract line names the first day of a period of any length, not of a month."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("billing", "0010_discarded_drafts")]

    operations = [
        migrations.RemoveConstraint("claim", "billing_claim_one_source"),
        migrations.RemoveConstraint("claim", "billing_claim_month_once"),
        migrations.RenameField("claim", "month_on", "period_on"),
    ]
