"""Asking for the rows of many keys at once."""

from collections.abc import Collection
from typing import Any

from django.db.models import Field, ForeignKey, Lookup


@ForeignKey.register_lookup
@Field.register_lookup
class OneOf(Lookup[Any]):
    """``client__one_of=ids``: the keys go to the database as one array.

    Django writes ``__in`` key by key, which for the hundreds of clients of a batch takes longer
    than the query itself.
    """

    lookup_name = "one_of"

    def get_prep_lookup(self) -> Collection[int]:
        """Take the keys as they are, any collection of whole numbers."""
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:  # noqa: ANN401  (Django's signature)
        """Return the comparison with the array."""
        column, parameters = self.process_lhs(compiler, connection)
        return f"{column} = ANY(%s)", (*parameters, self.rhs)
