"""Verify the books."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction

from billing.queries.books import Check, check_books

COLUMNS = "{mark} {id:<3} {title:<64} {examined:>10,}  {failed:>6,}"


class Command(BaseCommand):
    """Check every invariant of the books; the exit status is 0 only when all hold."""

    help = "Verify that the books are whole: sums, evidence, numbers, chain, conservation, owners."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--json``."""
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Check everything in one snapshot of the database."""
        checks = []
        with transaction.atomic():
            self._take_snapshot()
            for check in check_books():
                checks.append(check)
                if not options["json"]:
                    self._report(check)
        if options["json"]:
            self.stdout.write(_as_json(checks))
        if not all(check.ok for check in checks):
            raise SystemExit(1)

    def _take_snapshot(self) -> None:
        """See the database as it is now until the end; not within a test's own transaction."""
        if len(connection.savepoint_ids) == 0 and connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def _report(self, check: Check) -> None:
        mark = "ok " if check.ok else "BAD"
        line = COLUMNS.format(
            mark=mark,
            id=check.id,
            title=check.title,
            examined=check.examined,
            failed=check.failed,
        )
        self.stdout.write(line if check.ok else self.style.ERROR(line))
        if check.first:
            self.stdout.write(f"        first: {check.first}")


def _as_json(checks: list[Check]) -> str:
    rows = [
        {
            "id": check.id,
            "title": str(check.title),
            "examined": check.examined,
            "failed": check.failed,
            "first": check.first,
        }
        for check in checks
    ]
    return json.dumps({"ok": all(check.ok for check in checks), "checks": rows}, ensure_ascii=False)
