"""The options of selects that are rows: read in one go, and those of a whole page together."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from core.together import read_together


def read_in_one_go() -> None:
    """Let every select of every form read its rows with one query.

    Django reads them through a cursor on the server, which takes three round trips and spares
    nothing, since all of them are drawn. Where they have been read before, nothing is read.
    """
    ModelChoiceIterator.__iter__ = _choices  # type: ignore[method-assign]  # meant


def read_choices(those: Iterable[forms.BaseForm], *more: "QuerySet[Any]") -> None:
    """Read what all selects of these forms offer, and other short lists, with one query."""
    read_together(*(_rows_of(field) for form in those for field in _selects(form)), *more)


def _selects(form: forms.BaseForm) -> "list[forms.ModelChoiceField[Any]]":
    return [one for one in form.fields.values() if isinstance(one, forms.ModelChoiceField)]


def _rows_of(field: "forms.ModelChoiceField[Any]") -> "QuerySet[Any]":
    rows: QuerySet[Any] = field.queryset  # type: ignore[assignment]  # always there by now
    return rows


def _choices(self: "ModelChoiceIterator[Any]") -> Iterator[tuple[Any, Any]]:
    if self.field.empty_label is not None:
        yield "", self.field.empty_label
    for row in self.queryset:
        yield self.choice(row)
