"""The options of selects that are rows: read in one go, and those of a whole page together."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from core.together import can_be_read_together, read_together


def read_in_one_go() -> None:
    """Let every select of every form read its rows with one query.

    Django reads them through a cursor on the server, which takes three round trips and spares
    nothing, since all of them are drawn. Where they have been read before, nothing is read.
    """
    ModelChoiceIterator.__iter__ = _choices  # type: ignore[method-assign]  # meant


def read_choices(those: Iterable[forms.BaseForm], *more: "QuerySet[Any]") -> None:
    """Read what all selects of these forms offer, and other short lists, with one query.

    Selects of rows with others joined to them are left to read their own.
    """
    offered = (rows for form in those for rows in _offered(form))
    read_together(*filter(can_be_read_together, offered), *more)


def _offered(form: forms.BaseForm) -> "Iterator[QuerySet[Any]]":
    """Return the rows behind each select; a field that draws no options offers none."""
    for one in form.fields.values():
        if isinstance(one, forms.ModelChoiceField) and isinstance(one.widget, forms.Select):
            yield cast("QuerySet[Any]", one.queryset)


def _choices(self: "ModelChoiceIterator[Any]") -> Iterator[tuple[Any, Any]]:
    if self.field.empty_label is not None:
        yield "", self.field.empty_label
    for row in self.queryset:
        yield self.choice(row)
