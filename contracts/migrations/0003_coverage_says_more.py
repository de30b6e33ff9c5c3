"""Coverage rules will say more than one work type: the rule that it stands once is made anew."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("contracts", "0002_four_tax_rates")]

    operations = [migrations.RemoveConstraint("coveragerule", "contracts_coveragerule_once")]
