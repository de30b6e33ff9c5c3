"""A list described once, answering requests by itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django_filters import FilterSet
from django_htmx.middleware import HtmxDetails

from core.choices import read_choices
from core.listing.columns import BulkAction, Column, Empty, Row
from core.listing.export import as_file
from core.listing.page import FilterBar, ListingPage
from core.listing.sources import COUNTED_AT_MOST, QuerySource, Source, source_of

Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """The description of a list; the package's docstring shows one."""

    name: str
    columns: Sequence[Column[Row]]
    order: str = ""
    search: Sequence[str] = ()
    filters: type[FilterSet] | None = None
    currency: str = ""
    page_size: int = 50
    empty: Empty = field(default_factory=lambda: Empty(_("Nothing here yet")))
    actions: Sequence[BulkAction] = ()
    more_columns: Sequence[Column[Row]] = ()
    acts_on_all: bool = False
    row_url: Callable[[Row], str] | None = None
    about: Sequence[str] = ()

    def respond(
        self,
        request: HttpRequest,
        rows: Rows,
        template: str,
        context: Mapping[str, Any] | None = None,
    ) -> HttpResponseBase:
        """Answer with the page, the part of it that htmx asked for, or the exported file.

        The template finds the list as ``listing``.
        """
        if request.GET.get("export") in {"csv", "xlsx"}:
            return self._export(request, rows)
        page = self.page(request, rows)
        if asks_for(page.dom_id, request):
            response = render(request, "core/listing.html", {"page": page})
        else:
            read_choices([page.form] if page.form else ())
            response = render(request, template, {**(context or {}), "listing": page})
        patch_vary_headers(response, ["HX-Request", "HX-Target"])
        return response

    def fragment(self, request: HttpRequest, rows: Rows) -> HttpResponseBase:
        """Answer with the list alone, without search and filters, for a place on another page."""
        if request.GET.get("export") in {"csv", "xlsx"}:
            return self._export(request, rows)
        page = self.page(request, rows)
        page.is_embedded = True
        return render(request, "core/listing.html", {"page": page})

    def narrowed(
        self, request: HttpRequest, rows: QuerySet[Any]
    ) -> tuple[QuerySet[Any], FilterBar]:
        """Return the rows that words and filters leave, and the bar that narrows them further."""
        source, form = self._narrowed(request, rows)
        bar = FilterBar(request, self.name, bool(self.search), form)
        return cast("QuerySource[Any]", source).rows, bar

    def page(self, request: HttpRequest, rows: Rows) -> ListingPage:
        """Return the page of the list that the request asks for."""
        columns = self._columns_for(request)
        source, form = self._narrowed(request, rows)
        sort = self._ordered(request, source)
        count = source.count()
        last = max(1, -(-count // self.page_size))
        number = _page_number(request, last if count <= COUNTED_AT_MOST else None)
        start = (number - 1) * self.page_size
        found = source.slice(start, start + self.page_size + 1)
        adding = [column for column in columns if column.total is not None]
        has_totals = adding and 0 < count <= COUNTED_AT_MOST
        return ListingPage(
            request=request,
            name=self.name,
            columns=[column for column in columns if column.is_shown],
            rows=found[: self.page_size],
            sort=sort,
            number=number,
            size=self.page_size,
            count=count,
            has_next=len(found) > self.page_size,
            totals=source.totals(adding, self.currency) if has_totals else {},
            currency=self.currency,
            empty=self.empty,
            actions=list(self.actions),
            acts_on_all=self.acts_on_all,
            searches=bool(self.search),
            form=form,
            row_url=self.row_url or _own_page,
            about={name: request.GET[name] for name in self.about if name in request.GET},
        )

    def _columns_for(self, request: HttpRequest) -> list[Column[Row]]:
        return [
            column
            for column in self._chosen(request)
            if not column.permission or request.user.has_perm(column.permission)
        ]

    def _chosen(self, request: HttpRequest) -> Sequence[Column[Row]]:
        """Return the columns in the order in which the address names them, else the usual ones."""
        offered = {column.key: column for column in (*self.columns, *self.more_columns)}
        asked = request.GET.get("columns", "") if self.more_columns else ""
        named = dict.fromkeys(key for key in asked.split(",") if key in offered)
        return [offered[key] for key in named] or self.columns

    def _narrowed(self, request: HttpRequest, rows: Rows) -> tuple[Source[Any], forms.Form | None]:
        form = None
        if self.filters is not None:
            chosen = self.filters(request.GET, queryset=rows, request=request)
            rows, form = chosen.qs, chosen.form
            name_empty_choices(form)
        source = source_of(rows)
        words = request.GET.get("q", "").strip()
        if words and self.search:
            source.search(words, self.search)
        return source, form

    def _ordered(self, request: HttpRequest, source: Source[Any]) -> str:
        offered = (*self.columns, *self.more_columns)
        sortable = {column.key: column for column in offered if column.sort}
        sort = request.GET.get("sort", "")
        if sort.removeprefix("-") not in sortable:
            sort = self.order
        column = sortable.get(sort.removeprefix("-"))
        if column is not None:
            source.order(column, descending=sort.startswith("-"))
        return sort

    def _export(self, request: HttpRequest, rows: Rows) -> HttpResponseBase:
        source, _form = self._narrowed(request, rows)
        self._ordered(request, source)
        columns = self._columns_for(request)
        return as_file(request.GET["export"], self.name, columns, source.every())


def name_empty_choices(form: forms.Form) -> None:
    """Let the empty choice of every select say what it selects, for there is no room for labels."""
    for one in form.fields.values():
        if isinstance(one, forms.ModelChoiceField):
            one.empty_label = one.label
        elif isinstance(one.widget, forms.Select) and not one.widget.allow_multiple_selected:
            choices = [choice for choice in one.widget.choices if choice[0] not in ("", None)]
            one.widget.choices = [("", one.label), *choices]


def _own_page(row: object) -> str:
    return str(row.get_absolute_url()) if hasattr(row, "get_absolute_url") else ""


def asks_for(dom_id: str, request: HttpRequest) -> bool:
    """Whether htmx asks for this part of the page alone."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    if not htmx or htmx.history_restore_request:
        return False
    return bool(htmx.target == dom_id)


def _page_number(request: HttpRequest, last: int | None) -> int:
    wanted = request.GET.get("page", "1")
    number = max(1, int(wanted)) if wanted.isdecimal() else 1
    return number if last is None else min(number, last)
