"""A batch may be drafted and still have drafts to issue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0006_billed_evidence_stays"),
    ]

    operations = [
        migrations.AlterField(
            model_name="runbatch",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "waiting"),
                    ("issuing", "drafted, being issued"),
                    ("done", "done"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
    ]
