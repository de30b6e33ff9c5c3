"""The books as anybody would compare them: document by document, client by client.

What depends on the order of the work or on the hour is left out: keys of billing's own rows, the
numbers and hashes that follow from the order, and instants, of which only counts that they are set.
Whatever else the models hold is compared, columns that are added later too.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import models

from billing.models import Charge, HeldItem, Invoice, RunOutcome

Row = dict[str, Any]
Books = dict[str, list[str]]
Outcomes = dict[str, set[tuple[str, str]]]
BILLING = Invoice._meta.app_label
BY_ORDER_AND_DAY = frozenset({"number", "hash", "issued_on", "due_on"})


def dump_books() -> Books:
    """Return, by the client's code, every document and every charge that stands without one."""
    books: Books = defaultdict(list)
    for code, invoice in _documents():
        books[code].append(_written(invoice))
    loose = Charge.objects.filter(invoice=None)
    for code, charge in zip(*_with_codes(loose), strict=True):
        books[code].append(_written(charge))
    return {code: sorted(books[code]) for code in sorted(books)}


def dump_outcomes() -> Outcomes:
    """Return, by the client's code, what runs did other than finding nothing due."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    rows = RunOutcome.objects.exclude(outcome="nothing_due")
    for code, outcome, reason in rows.values_list("client__code", "outcome", "reason"):
        found[code].add((outcome, reason))
    return dict(found)


def dump_held() -> set[str]:
    """Return every piece of evidence that a run left for a person to decide."""
    return {_written(row) for row in _read(HeldItem.objects.all())}


def _documents() -> Iterator[tuple[str, Row]]:
    invoices = Invoice.objects.order_by("pk")
    codes, rows = _with_codes(invoices)
    days = invoices.values_list("issued_on", "due_on")
    for code, row, (issued_on, due_on) in zip(codes, rows, days, strict=True):
        row["days to pay"] = (due_on - issued_on).days if issued_on and due_on else None
        yield code, row


def _with_codes(rows: "models.QuerySet[Any]") -> tuple[list[str], list[Row]]:
    ordered = rows.order_by("pk")
    return list(ordered.values_list("client__code", flat=True)), _read(ordered)


def _read(rows: "models.QuerySet[Any]") -> list[Row]:
    """Read rows with all that belongs to them, in the order of their keys."""
    model = rows.model
    columns = [field for field in model._meta.concrete_fields if _is_compared(model, field)]
    found: dict[int, Row] = {}
    for key, *values in rows.order_by("pk").values_list("pk", *(f.attname for f in columns)):
        found[key] = {
            field.name: _compared(field, value)
            for field, value in zip(columns, values, strict=True)
        }
    for relation in _parts_of(model):
        _attach(found, relation)
    return list(found.values())


def _attach(owners: dict[int, Row], relation: "models.ManyToOneRel") -> None:
    """Put each part of a document, a line or its claims, into the row that it belongs to."""
    field = relation.field
    parts = relation.related_model._default_manager.filter(**{f"{field.name}__in": [*owners]})
    keys = parts.order_by("pk").values_list(field.attname, flat=True)
    for row in owners.values():
        row[relation.name] = []
    for key, part in zip(keys, _read(parts), strict=True):
        owners[key][relation.name].append(part)
    for row in owners.values():
        row[relation.name].sort(key=_written)


def _parts_of(model: type[models.Model]) -> Iterable[Any]:
    """Return the relations from rows that go when their owner goes, and so belong to it.

    A line that takes something off others belongs to the document, like them.
    """
    for relation in model._meta.related_objects:
        is_ours = relation.related_model._meta.app_label == BILLING
        is_elsewhere = relation.related_model is Charge and model is not Invoice
        if is_ours and not is_elsewhere and relation.on_delete is models.CASCADE:
            yield relation


def _is_compared(model: type[models.Model], field: Any) -> bool:
    if field.primary_key or (model is Invoice and field.name in BY_ORDER_AND_DAY):
        return False
    return not (field.is_relation and field.related_model._meta.app_label == BILLING)


def _compared(field: Any, value: object) -> object:
    return value is not None if isinstance(field, models.DateTimeField) else value


def _written(row: Row) -> str:
    return json.dumps(row, default=str, sort_keys=True, ensure_ascii=False, indent=1)


def first_difference(expected: Books, found: Books) -> Collection[str]:
    """Return the documents of the first client whose books differ, nothing where none does."""
    for code in sorted({*expected, *found}):
        ours, theirs = expected.get(code, []), found.get(code, [])
        if ours != theirs:
            missing = [f"{code} misses {document}" for document in ours if document not in theirs]
            extra = [f"{code} has {document}" for document in theirs if document not in ours]
            return missing + extra or [f"{code} has a document {len(theirs)} times"]
    return []
