"""Books that are kept already get accounts for what is claimed when clients pay late."""

from django.db import migrations

ACCOUNTS = (
    ("late_interest", "763000", "Revenus des autres créances"),
    ("recovery_fee", "758800", "Autres produits divers de gestion courante"),
)
FROM_THE_START = "2000-01-01"


def add(apps, schema_editor):
    """Add account and rule to each book that has none for the purpose."""
    account_model = apps.get_model("ledger", "Account")
    rule_model = apps.get_model("ledger", "AccountRule")
    for book in apps.get_model("ledger", "Book").objects.all():
        for purpose, number, name in ACCOUNTS:
            own = {"legal_entity_id": book.legal_entity_id}
            if rule_model.objects.filter(**own, purpose=purpose).exists():
                continue
            account, _made = account_model.objects.get_or_create(
                **own, number=number, defaults={"name": name}
            )
            rule_model.objects.create(
                **own, purpose=purpose, account=account, starts_on=FROM_THE_START
            )


class Migration(migrations.Migration):
    dependencies = [("ledger", "0007_outside_the_scope_of_vat")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
