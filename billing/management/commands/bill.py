"""``manage.py bill --as-of DATE``: make the drafts of everything that is due, in the terminal."""

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from billing.dry_run import Tried, as_plain, try_run
from billing.models import BillingRun, Invoice, Outcome, RunOutcome
from billing.operations.prove_run import prove_run
from billing.operations.start_run import RunNotStartable, start_run
from billing.queries.run_result import result_of
from billing.queries.runs import unfinished_batches
from billing.running import work_on
from clients.models import Client, LegalEntity

MOMENT_FOR_OTHERS = 0.2


class Command(BaseCommand):
    """Run billing here, batch by batch, beside any worker that takes part."""

    help = (
        "Drafts all that is due as of a day: what was done before it, months in advance that start"
        " on it or earlier, months in arrears that ended before it. Billing again adds nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name the day, the clients and the form of the answer."""
        parser.add_argument("--as-of", required=True, metavar="DATE", help="such as 2026-04-01")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and write nothing"
        )
        parser.add_argument("--issue", action="store_true", help="issue the drafts at once")
        parser.add_argument("--json", action="store_true", help="print the result as one object")
        parser.add_argument(
            "--client",
            nargs="+",
            action="extend",
            metavar="CODE",
            help="bill these clients only, by their codes",
        )

    def handle(self, *_args: Any, **options: Any) -> None:  # noqa: ANN401  (Django's signature)
        """Start or go on with the run, work until it is finished, and print what came of it."""
        as_of, client_ids = _day(options["as_of"]), _clients(options["client"])
        if options["dry_run"]:
            self._try(as_of, client_ids, is_json=options["json"])
            return
        try:
            run = start_run(
                as_of_on=as_of,
                client_ids=client_ids,
                issues_drafts=options["issue"],
                is_handed_out=False,
            )
        except RunNotStartable as refusal:
            raise CommandError(str(refusal)) from refusal
        _work_until_finished(run)
        prove_run(run_id=run.pk)
        result = result_of(run)
        if options["json"]:
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(_table(result)))
        for outcome in _not_issued(run):
            code, reason = outcome.client.code, outcome.reason
            self.stderr.write(f"{code}: {reason}")

    def _try(self, as_of: date, client_ids: Collection[int] | None, *, is_json: bool) -> None:
        """Print what a run would do for each client, as it is worked out."""
        entity = LegalEntity.objects.filter(is_default=True).first()
        if entity is None:
            raise CommandError(_("The firm has not been set up, so there is nobody to bill for."))
        for tried in try_run(client_ids, entity, as_of):
            if is_json:
                self.stdout.write(json.dumps(as_plain(tried), ensure_ascii=False))
            else:
                self.stdout.write("\n".join(_tried(tried, entity.currency)))


def _tried(tried: Tried, currency: str) -> Iterator[str]:
    code, outcome = tried.client.code, tried.outcome
    if not tried.invoices:
        yield f"{code:<12}{outcome.label} {tried.reason}".rstrip()
    for invoice in tried.invoices:
        amounts = "".join(f"{amount:>14}" for amount in (invoice.net, invoice.tax, invoice.total))
        yield f"{code:<12}{outcome.label:<16}{amounts} {currency} {invoice.label}".rstrip()
    for why in tried.held:
        yield _("%(client)s held: %(reason)s") % {"client": code, "reason": why}


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError as error:
        raise CommandError(
            _("--as-of needs a day such as 2026-04-01, not “%(typed)s”.") % {"typed": typed}
        ) from error


def _clients(codes: list[str] | None) -> Collection[int] | None:
    if codes is None:
        return None
    found = dict(Client.objects.filter(code__in=codes).values_list("code", "pk"))
    unknown = [code for code in codes if code not in found]
    if unknown:
        raise CommandError(_("No client has the code %(codes)s.") % {"codes": ", ".join(unknown)})
    return list(found.values())


def _work_until_finished(run: BillingRun) -> None:
    """Work on every batch that nobody else holds, until none is left."""
    total = run.batches.count()
    while batches := unfinished_batches(run.pk):
        for n, batch_id in enumerate(batches):
            _show(_("Billing: %(done)d of %(total)d batches"), total - len(batches) + n, total)
            work_on(batch_id)
        if unfinished_batches(run.pk) == batches:
            time.sleep(MOMENT_FOR_OTHERS)
    _show("")


def _show(text: str, done: int = 0, total: int = 0) -> None:
    if sys.stderr.isatty() and total != 1:
        sys.stderr.write("\r\x1b[K" + text % {"done": done, "total": total})
        sys.stderr.flush()


def _not_issued(run: BillingRun) -> Iterator[RunOutcome]:
    drafts = Invoice.objects.drafts().filter(run=run, client=OuterRef("client"))
    kept = run.outcomes.filter(Exists(drafts), outcome=Outcome.DRAFTED).exclude(reason="")
    yield from kept.select_related("client").order_by("client__code")


def _table(result: dict[str, Any]) -> Iterator[str]:
    for invoice in result["invoices"]:
        amounts = "".join(f"{invoice[key]:>14}" for key in ("net", "tax", "total"))
        number = invoice["number"] or _("draft")
        yield f"{invoice['client']:<12}{number:<16}{amounts} {invoice['currency']}"
    for held in result["held"]:
        yield _("%(client)s held: %(reason)s") % held
    yield _("As of %(as_of)s: %(drafted)d billed, %(idle)d with nothing due, %(held)d held.") % {
        "as_of": result["as_of"],
        "drafted": len(result["invoices"]),
        "idle": len(result["nothing_due"]),
        "held": len(result["held"]),
    }
