"""What a check finds."""

from dataclasses import dataclass

from django.db import connection
from django.utils.functional import Promise


@dataclass
class Check:
    """One invariant: how much was looked at, how much broke it, and the first that did."""

    id: str
    title: str | Promise
    examined: int = 0
    failed: int = 0
    first: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the invariant holds."""
        return not self.failed

    def fail(self, offender: str, count: int = 1) -> None:
        """Count offenders and remember the first."""
        self.failed += count
        self.first = self.first or offender

    def ask(self, statement: str) -> None:
        """Run a statement that returns one row: examined, failed, and the name of the first."""
        with connection.cursor() as cursor:
            cursor.execute(statement)
            examined, failed, first = cursor.fetchone()
        self.examined += examined
        if failed:
            self.fail(first, failed)
