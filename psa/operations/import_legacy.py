"""Take over the export of an old system."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

import pghistory
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from catalog.models import Product, WorkType
from catalog.models.product import ProductKind
from clients.models import Client, LegalEntity
from psa.legacy.formats import FIRM, FORMATS, Accepted, FileFormat, accept_rows
from psa.legacy.report import CHANGED, REFUSED, FileCount, Remark, Report
from psa.legacy.rows import FirmRow
from psa.legacy.sheets import Sheet
from psa.legacy.world import CLIENT, FLAT_RATE, TICKET, WORK_TYPE, World
from psa.models import LegacyRow
from psa.operations.legacy import parties, prices, work
from psa.operations.legacy.store import Change, Found, Store
from tickets.models import Ticket

STORES: Mapping[str, Store] = {
    "societe.csv": parties.FIRM_STORE,
    "clients.csv": parties.CLIENT_STORE,
    "contacts.csv": parties.CONTACT_STORE,
    "taux.csv": prices.RATE_STORE,
    "taux_clients.csv": prices.CLIENT_RATE_STORE,
    "forfaits.csv": prices.FLAT_RATE_STORE,
    "contrats.csv": prices.CONTRACT_STORE,
    "tickets.csv": work.TICKET_STORE,
    "temps.csv": work.TIME_STORE,
    "pieces.csv": work.PART_STORE,
}
CHUNK = 1_000
ONE_IMPORT_AT_A_TIME = 7_221_001
Progress = Callable[[str, int], None]
T = TypeVar("T")


@dataclass(slots=True)
class _Import:
    """One import at work."""

    world: World
    report: Report
    advance: Progress


@transaction.atomic(durable=True)
def import_legacy(
    *, sheets: Mapping[str, Sheet], dry_run: bool = False, on_progress: Progress | None = None
) -> Report:
    """Take over every good row of the export, and report those that were refused.

    All is written in one transaction. A dry run reads the same and is forbidden to write by the
    database itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_IMPORT_AT_A_TIME])
        # References are checked row by row: a long list of checks put off slows every trigger.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if dry_run:
            cursor.execute("SET TRANSACTION READ ONLY")
    job = _Import(_world_before(sheets), Report(dry_run), on_progress or _say_nothing)
    for form in FORMATS:
        _import_file(job, form, sheets[form.name])
        if form is FIRM and _is_other_firm(job.report):
            _refuse_the_rest(job.report)
            break
    return job.report


def _say_nothing(_file: str, _rows: int) -> None:
    """Nobody watches."""


def _world_before(sheets: Mapping[str, Sheet]) -> World:
    """Return what is known before the first row: the codes that are already here."""
    entity = LegalEntity.objects.filter(is_default=True).first()
    world = World(entity.zone if entity else ZoneInfo(settings.TIME_ZONE))
    world.known[CLIENT].update(Client.objects.values_list("code", flat=True))
    world.known[WORK_TYPE].update(WorkType.objects.values_list("code", flat=True))
    flat = Product.objects.filter(kind=ProductKind.FLAT_RATE)
    world.known[FLAT_RATE].update(flat.values_list("code", flat=True))
    evidence = (sheets["temps.csv"], sheets["pieces.csv"])
    wanted = {row.cells.get("ticket", "").strip() for sheet in evidence for row in sheet.records}
    for numbers in _chunks(sorted(wanted)):
        here = Ticket.objects.filter(number__in=numbers)
        world.known[TICKET].update(here.values_list("number", flat=True))
    return world


def _import_file(job: _Import, form: FileFormat, sheet: Sheet) -> None:
    count = FileCount(form.name, sheet.encoding, sheet.problem, rows=len(sheet.records))
    job.report.files.append(count)
    if sheet.problem:
        job.world.unread[form.defines] = form.name
        return
    accepted, remarks = accept_rows(form, sheet, job.world)
    job.advance(form.name, count.rows - len(accepted))
    if form is FIRM:
        count.problem = _other_firm(accepted)
        if count.problem:
            return
    for chunk in _chunks(list(accepted.values())):
        remarks += _import_chunk(job, form, chunk, count)
        job.advance(form.name, len(chunk))
    count.refused = sum(remark.outcome == REFUSED for remark in remarks)
    job.report.remarks += sorted(remarks, key=lambda remark: remark.line)


def _other_firm(accepted: Mapping[str, Accepted]) -> str:
    entity = LegalEntity.objects.filter(is_default=True).first()
    for one in accepted.values():
        row = one.row
        if entity and isinstance(row, FirmRow) and not parties.is_same_firm(entity, row):
            return (
                f"the export is of {row.name} ({row.registration_number}), but this is "
                f"{entity.name} ({entity.registration_number}); import it into a firm of its own"
            )
    return ""


def _is_other_firm(report: Report) -> bool:
    return report.files[0].problem.startswith("the export is of")


def _refuse_the_rest(report: Report) -> None:
    for form in FORMATS[1:]:
        report.files.append(FileCount(form.name, problem="the export is of another firm"))


def _import_chunk(
    job: _Import, form: FileFormat, chunk: Sequence[Accepted], count: FileCount
) -> list[Remark]:
    """Sort the rows into new, changed and unchanged, and write what may be written."""
    store = STORES[form.name]
    before = {
        row.key: row
        for row in LegacyRow.objects.filter(file=form.name, key__in=[one.key for one in chunk])
    }
    unseen = [one for one in chunk if one.key not in before]
    found = store.find(unseen) if unseen else {}
    fresh = [one for one in unseen if one.key not in found]
    changes = [
        Change(one, found[one.key].target_id)
        for one in unseen
        if one.key in found and not found[one.key].reason
    ]
    changes += [
        Change(one, before[one.key].target_id, before[one.key].content)
        for one in chunk
        if one.key in before and before[one.key].content != one.content
    ]
    refused = _taken(found) | _blocked(store, changes)
    changes = [change for change in changes if change.accepted.key not in refused]
    count.new += len(fresh)
    count.changed += len(changes)
    count.unchanged += len(chunk) - len(fresh) - len(changes) - len(refused)
    if not job.report.dry_run:
        # The audit trail rewrites its context with every row: one context each chunk stays quick.
        with pghistory.context(source="import_legacy"):
            _write(form, store, fresh, changes)
    _forget(job.world, form, found)
    return _remarks(form, chunk, changes, refused)


def _taken(found: Mapping[str, Found]) -> dict[str, str]:
    return {key: one.reason for key, one in found.items() if one.reason}


def _blocked(store: Store, changes: Sequence[Change]) -> dict[str, str]:
    if not changes:
        return {}
    ids = [change.target_id for change in changes]
    here = set(QuerySet(store.model).filter(pk__in=ids).values_list("pk", flat=True))
    gone = [change.accepted.key for change in changes if change.target_id not in here]
    standing = [change for change in changes if change.target_id in here]
    return dict.fromkeys(gone, "it has been deleted here since") | store.blocked(standing)


def _forget(world: World, form: FileFormat, found: Mapping[str, Found]) -> None:
    """Rows that rest on a code which is someone else's here must not reach that someone."""
    for key, reason in _taken(found).items() if form.defines else ():
        world.known[form.defines].discard(key)
        world.refused[form.defines, key] = reason


def _write(
    form: FileFormat, store: Store, fresh: Sequence[Accepted], changes: Sequence[Change]
) -> None:
    ids = store.create(fresh) if fresh else []
    LegacyRow.objects.bulk_create(
        LegacyRow(file=form.name, key=one.key, target_id=target, content=one.content)
        for one, target in zip(fresh, ids, strict=True)
    )
    if not changes:
        return
    store.change(changes)
    LegacyRow.objects.bulk_create(
        (
            LegacyRow(
                file=form.name,
                key=change.accepted.key,
                target_id=change.target_id,
                content=change.accepted.content,
            )
            for change in changes
        ),
        update_conflicts=True,
        unique_fields=["file", "key"],
        update_fields=["content", "target_id", "imported_at"],
    )


def _remarks(
    form: FileFormat,
    chunk: Sequence[Accepted],
    changes: Sequence[Change],
    refused: Mapping[str, str],
) -> list[Remark]:
    lines = {one.key: one.line for one in chunk}
    return [
        Remark(form.name, lines[key], key, REFUSED, reason) for key, reason in refused.items()
    ] + [
        Remark(form.name, change.accepted.line, change.accepted.key, CHANGED, str(change))
        for change in changes
    ]


def _chunks(rows: Sequence[T]) -> Iterator[list[T]]:
    pieces = iter(rows)
    while chunk := list(islice(pieces, CHUNK)):
        yield chunk
