"""Tables without their indexes while they are filled.

Made at once at the end, an index takes a small part of the time.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

from bench.hands import Hands, Named

# Keys stay: other tables refer to them, and their values come in order.
_INDEXES = """
SELECT kept.relname, index.relname, pg_get_indexdef(index.oid), con.conname
FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid
JOIN pg_class AS kept ON kept.oid = indrelid
LEFT JOIN pg_constraint AS con ON con.conindid = indexrelid AND con.conrelid = indrelid
JOIN pg_am ON pg_am.oid = index.relam
WHERE kept.relname = ANY(%s) AND NOT indisprimary AND coalesce(con.contype, 'u') = 'u'
ORDER BY amname DESC, kept.relname, index.relname
"""


@contextmanager
def bare(models: Sequence[type[Model]], those: Hands) -> Iterator[None]:
    """Take the secondary indexes of these models away, and have them made anew at the end."""
    makes: list[Named] = []
    holds: list[Named] = []
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES, [[model._meta.db_table for model in models]])
        for table, index, definition, constraint in cursor.fetchall():
            makes.append((f"index {index}", definition))
            if constraint is None:
                cursor.execute(f'DROP INDEX "{index}"')
                continue
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{constraint}"')
            hold = (
                f'ALTER TABLE "{table}" ADD CONSTRAINT "{constraint}" UNIQUE USING INDEX "{index}"'
            )
            holds.append((f"constraint {constraint}", hold))
    yield
    those.run(*([make] for make in makes))
    those.run(holds)
