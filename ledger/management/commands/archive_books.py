"""Take the books out as a signed archive."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clients.models import LegalEntity
from ledger.archive import export_archive
from ledger.exporting import ExportRefused
from ledger.operations.make_archive_key import make_archive_key
from ledger.queries.vat_sources import Span


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text} is no day; write YYYY-MM-DD") from error


class Command(BaseCommand):
    """Write an archive into a folder; it verifies with the program inside it."""

    help = "Write a signed archive of the chain of some days, with its documents, into a folder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the days, the folder, the company, and whether another key is wanted."""
        parser.add_argument("since", type=_day, help="first day, YYYY-MM-DD")
        parser.add_argument("until", type=_day, help="last day, YYYY-MM-DD")
        parser.add_argument("--folder", type=Path, default=Path(), help="where it is written")
        parser.add_argument("--company", type=int, help="key of the company; else the usual one")
        parser.add_argument("--new-key", action="store_true", help="make another key first")

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Write it, and say its name, its digest and the key that signed it."""
        span = Span(options["since"], options["until"])
        if span.until < span.since:
            raise CommandError("The last day comes before the first.")
        entity = _entity(options["company"])
        key = make_archive_key(entity_id=entity.pk, is_another=options["new_key"])
        try:
            taken = export_archive(entity=entity, span=span, actor=None)
        except ExportRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        target = options["folder"] / taken.export.file_name
        with taken.content, target.open("wb") as file:
            copyfileobj(taken.content, file)
        self.stdout.write(f"{target}\nSHA-256     {taken.export.sha256}\npublic key  {key}")


def _entity(key: int | None) -> LegalEntity:
    try:
        return LegalEntity.objects.get(pk=key) if key else LegalEntity.objects.current()
    except LegalEntity.DoesNotExist as error:
        raise CommandError("There is no such company.") from error
