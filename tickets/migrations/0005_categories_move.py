"""Categories belong to the catalog, because contracts treat them apart; each keeps its key."""

from django.db import migrations

COPY = """
INSERT INTO catalog_category (id, name) SELECT id, name FROM tickets_category;
SELECT setval(pg_get_serial_sequence('catalog_category', 'id'),
              (SELECT max(id) FROM catalog_category))
WHERE EXISTS (SELECT 1 FROM catalog_category);
"""
EMPTY = "DELETE FROM catalog_category"


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0004_all_that_can_be_sold"),
        ("tickets", "0004_four_tax_rates"),
    ]

    operations = [migrations.RunSQL(COPY, EMPTY)]
