"""Found the demonstration firm."""

import logging
from argparse import ArgumentParser
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from psa.demo.history import MONTHS, FirmExists, tell


class Command(BaseCommand):
    """Makes two years of work, ending today, by the operations that people use."""

    help = "Load the demonstration firm into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="the day the story ends")
        parser.add_argument("--months", type=int, default=MONTHS, help="how long it is")

    def handle(self, *_: object, **options: object) -> None:
        logging.getLogger("core.doorbell").setLevel(logging.ERROR)  # the sweep delivers later
        today = options["today"] or timezone.localdate()
        try:
            tell(today, months=int(str(options["months"])), say=self._say)  # type: ignore[arg-type]  # argparse made a date
        except FirmExists as refusal:
            raise CommandError(str(refusal)) from refusal

    def _say(self, text: str) -> None:
        self.stdout.write(f"  {text}")
        self.stdout.flush()
