"""Bring a database and its pages up to date before the app starts; quick when nothing changed."""

import hashlib
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, OutputWrapper
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from accounts.set_up import is_set_up
from clients.models import LegalEntity
from psa import env
from psa.embedded.tables import one_maker_at_a_time

UNFINISHED = "demonstration-unfinished"
TABLES_UNFINISHED = "tables-unfinished"
STATIC_STAMP = "static.stamp"


class Command(BaseCommand):
    """Tables, pages, and on the first start a firm: the demonstration's, or one's own."""

    help = "Prepare the database and the pages for the app; the launcher calls it on each start."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--words", help="file for what the reader is told when the app is up")

    def handle(self, *_: object, **options: object) -> None:
        unfinished = Path(settings.DATA_DIR) / UNFINISHED
        if unfinished.exists():
            self._say("The demonstration firm was not finished; starting it again")
            _empty_the_database()
        with one_maker_at_a_time():
            self._migrate(Path(settings.DATA_DIR) / TABLES_UNFINISHED)
        self._collect_static()
        words = self._first_words(unfinished)
        if options["words"]:
            Path(str(options["words"])).write_text(words, encoding="utf-8")
        else:
            self.stdout.write(words)

    def _say(self, text: str) -> None:
        self.stdout.write(f"• {text}")
        self.stdout.flush()

    def _migrate(self, unfinished: Path) -> None:
        """Bring the tables up to date; a first start that was cut off begins anew."""
        if unfinished.exists() and not _holds_a_firm():
            _empty_the_database()
        executor = MigrationExecutor(connection)
        if not executor.loader.applied_migrations and not env.text("DATABASE_URL"):
            unfinished.touch()
        steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if steps:
            self._say("Making the tables")
        counter = _StepCounter(self.stdout, steps)
        call_command("migrate", verbosity=1, interactive=False, stdout=counter, no_color=True)
        counter.finish()
        unfinished.unlink(missing_ok=True)

    def _collect_static(self) -> None:
        stamp = Path(settings.DATA_DIR) / STATIC_STAMP
        present = _static_fingerprint()
        if stamp.exists() and stamp.read_text(encoding="ascii") == present:
            return
        self._say("Packing styles and scripts")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(present, encoding="ascii")

    def _first_words(self, unfinished: Path) -> str:
        wants_demo = env.flag("DEMO", default=True)
        if wants_demo and _is_empty():
            self._say("Founding the demonstration firm: 24 months of work, this once")
            if not env.text("DATABASE_URL"):
                unfinished.touch()
            call_command("load_demo", stdout=self.stdout)
            unfinished.unlink(missing_ok=True)
        if is_set_up():
            return _demo_sign_ins()
        return f"Set your firm up with this link, which opens once:\n\n  {_answer('setup_link')}"


class _StepCounter(StringIO):
    """Shows how far the migrations are instead of one line for each."""

    def __init__(self, out: OutputWrapper, steps: int) -> None:
        super().__init__()
        self._out = out
        self._steps = steps
        self._done = 0

    def write(self, text: str) -> int:
        if "OK" in text and self._steps:
            self._done += 1
            if sys.stdout.isatty():
                self._out.write(f"\r  {self._done} of {self._steps}", ending="")
                self._out.flush()
        return len(text)

    def finish(self) -> None:
        """End the line."""
        if self._steps and sys.stdout.isatty():
            self._out.write("")


def _static_fingerprint() -> str:
    """Name the sources of the packed files: our own, and the versions of the libraries'."""
    digest = hashlib.sha256()
    for path in _static_sources():
        found = path.stat()
        digest.update(f"{path}:{found.st_size}:{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _static_sources() -> Iterator[Path]:
    for folder in settings.STATICFILES_DIRS:
        yield from sorted(path for path in Path(folder).rglob("*") if path.is_file())
    yield Path(settings.BASE_DIR) / "requirements.txt"
    yield Path(settings.BASE_DIR) / "psa" / "settings" / "base.py"


def _empty_the_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


def _holds_a_firm() -> bool:
    tables = connection.introspection.table_names()
    return LegalEntity._meta.db_table in tables and LegalEntity.objects.exists()


def _is_empty() -> bool:
    return not (is_set_up() or LegalEntity.objects.exists() or User.objects.exists())


def _demo_sign_ins() -> str:
    """The sign-ins of the demonstration firm, when this database holds it."""
    return _answer("demo_sign_ins") if "demo_sign_ins" in get_commands() else ""


def _answer(command: str) -> str:
    answer = StringIO()
    call_command(command, stdout=answer)
    return answer.getvalue()
