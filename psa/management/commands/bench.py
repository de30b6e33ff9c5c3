"""Measure, beside floors measured in the same run."""

import logging
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from bench import billing_run, pages
from bench.figures import Figure, save, table
from bench.firm import make_firm

SIZES = (2_000, 20_000)


class Command(BaseCommand):
    """Measures in a database of its own, which it removes afterwards."""

    help = "Measure speed as ratios to a floor and write bench/results.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--clients", type=int, nargs="*", default=SIZES, help="sizes of the firm"
        )

    def handle(self, *_: object, **options: object) -> None:
        logging.getLogger("core.doorbell").setLevel(logging.ERROR)  # nobody answers the bell here
        call_command("collectstatic", verbosity=0, interactive=False)  # pages name its files
        figures: list[Figure] = []
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            for clients in options["clients"]:  # type: ignore[attr-defined]  # argparse's list
                self.stderr.write(f"Billing {clients:,} clients …")
                billing_run.empty_books()
                make_firm()
                figures.extend(billing_run.measure(clients))
            self.stderr.write("Opening pages …")
            figures.extend(pages.measure())
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
        save(figures)
        self.stdout.write(table(figures))
