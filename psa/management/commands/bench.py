"""Measure, beside floors measured in the same run."""

import logging
from argparse import ArgumentParser
from collections.abc import Sequence

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.utils import timezone

from bench import billing_run, books, desk_pages, pages, papers, report
from bench.desk import make_desk
from bench.figures import save, stopwatch, table
from bench.firm import make_firm

SIZES = (2_000, 20_000)
WORKERS = (1, 2)
TICKETS = 100_000
MOST_FOR_PAGES = 20_000
PDFS = 1_000


class Command(BaseCommand):
    """Measures in a database of its own, which it removes afterwards."""

    help = "Measure speed as ratios to a floor; write bench/results.json and docs/performance.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the sizes of the firm and the numbers of workers."""
        parser.add_argument(
            "--clients", type=int, nargs="+", default=SIZES, help="sizes of the firm"
        )
        parser.add_argument(
            "--workers", type=int, nargs="+", default=WORKERS, help="worker processes"
        )
        parser.add_argument("--no-pages", action="store_true", help="leave out the pages")
        parser.add_argument(
            "--pdfs", type=int, default=PDFS, help="a month of so many PDFs; 0 leaves it out"
        )
        parser.add_argument(
            "--tickets", type=int, default=TICKETS, help="size of the desk; 0 leaves it out"
        )

    def handle(self, *_: object, **options: object) -> None:
        """Measure everything, and write down each part as soon as it is measured."""
        clients: Sequence[int] = options["clients"]  # type: ignore[assignment]  # argparse's list
        workers: Sequence[int] = options["workers"]  # type: ignore[assignment]  # as above
        logging.getLogger("core.doorbell").setLevel(logging.ERROR)  # nobody answers the bell here
        logging.getLogger("tickets.presence").setLevel(logging.ERROR)  # nor is there a cache
        call_command("collectstatic", verbosity=0, interactive=False)  # pages name its files
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        measured = report.Measured(report.Circumstances.now(timezone.localdate(), _postgres()))
        try:
            self._measure_desk(measured, int(str(options["tickets"])))
            self._measure(measured, clients, workers, with_pages=not options["no_pages"])
            self._measure_papers(measured, int(str(options["pdfs"])))
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

    def _measure_desk(self, measured: report.Measured, tickets: int) -> None:
        if not tickets:
            return
        self.stderr.write(f"Making a desk of {tickets:,} tickets …")
        billing_run.empty_books()
        make_firm()
        with stopwatch() as watch:
            desk = make_desk(tickets, now=timezone.now(), say=self.stderr.write)
        self.stderr.write("Opening its pages …")
        pages = desk_pages.measure(desk)
        measured.desk = report.LargeDesk(tickets, watch.seconds, pages)
        self._write(measured, [str(page) for page in pages])

    def _measure(
        self,
        measured: report.Measured,
        sizes: Sequence[int],
        workers: Sequence[int],
        *,
        with_pages: bool,
    ) -> None:
        for clients in sizes:
            self.stderr.write(f"Billing {clients:,} clients …")
            billing_run.empty_books()
            make_firm()
            figures = list(billing_run.measure(clients, workers))
            measured.figures += figures
            self._write(measured, [table(figures)])
            if with_pages and clients == _size_for_pages(sizes):
                self.stderr.write("Opening pages …")
                figures = list(pages.measure())
                measured.figures += figures
                self._write(measured, [table(figures)])
            self.stderr.write("Verifying the books …")
            proof = books.measure()
            measured.proofs.append(proof)
            self._write(measured, [str(proof)])

    def _measure_papers(self, measured: report.Measured, documents: int) -> None:
        """Make the PDFs of what was issued last."""
        if documents:
            self.stderr.write(f"Making the PDFs of up to {documents:,} invoices …")
            measured.papers = papers.measure(documents)
            self._write(measured, [str(measured.papers)])

    def _write(self, measured: report.Measured, news: Sequence[str]) -> None:
        """Keep what has been measured so far, so that nothing is lost when a later part fails."""
        pages = measured.desk.pages if measured.desk else ()
        save(measured.figures, measured.proofs, pages, measured.papers)
        report.write(measured)
        for line in news:
            self.stdout.write(line)


def _size_for_pages(sizes: Sequence[int]) -> int:
    """Return the largest firm whose pages are opened: what one firm's people look at."""
    return max((size for size in sizes if size <= MOST_FOR_PAGES), default=min(sizes))


def _postgres() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0]).split()[0]
