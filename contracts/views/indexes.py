"""Price indexes and their monthly values."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count, Max
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from contracts.forms.indexation import IndexTableForm, IndexValuesForm
from contracts.models import IndexTable, IndexValue
from contracts.operations.import_index_values import import_index_values
from core.display import month_text
from core.form_page import FormPage
from core.listing import Column, Empty, Listing

INDEXES = Listing[IndexTable](
    name="indexes",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("source", _("Published by"), sort="source"),
        Column("months", _("Months"), kind="number", sort="months"),
        Column(
            "latest",
            _("Latest month"),
            lambda row: month_text(vars(row)["latest"]) if vars(row)["latest"] else "",
            sort="latest",
            phone="side",
        ),
    ],
    order="name",
    search=["name", "source"],
    empty=Empty(
        _("No price index yet"),
        _("Prices of contracts can follow a published index: enter its monthly values here."),
        "trending-up",
        "contracts:index-create",
        _("New price index"),
        "contracts.add_indextable",
    ),
    row_url=lambda row: reverse("contracts:index", args=[row.pk]),
)
VALUES = Listing[IndexValue](
    name="index-values",
    columns=[
        Column(
            "month_on", _("Month"), lambda row: month_text(row.month_on), sort="month_on",
            phone="title",
        ),
        Column("value", _("Value"), kind="number", sort="value", phone="side"),
    ],
    order="-month_on",
    page_size=36,
    empty=Empty(_("No values yet"), _("Paste them beside, or choose a file."), "trending-up"),
    row_url=lambda _row: "",
)  # fmt: skip


@require_safe
@permission_required("contracts.view_indextable", raise_exception=True)
def indexes(request: UserRequest) -> HttpResponseBase:
    """List the price indexes."""
    rows = IndexTable.objects.annotate(months=Count("values"), latest=Max("values__month_on"))
    return INDEXES.respond(request, rows, "contracts/indexes.html")


@require_safe
@permission_required("contracts.view_indextable", raise_exception=True)
def index(request: UserRequest, pk: int) -> HttpResponseBase:
    """Show an index with its values."""
    found = get_object_or_404(IndexTable, pk=pk)
    context = {"index": found, "form": IndexValuesForm()}
    return VALUES.respond(request, found.values.all(), "contracts/index.html", context)


@require_http_methods(["POST"])
@permission_required("contracts.change_indextable", raise_exception=True)
def index_values(request: UserRequest, pk: int) -> HttpResponse:
    """Enter values that were pasted or sent as a file; with one wrong line nothing is saved."""
    found = get_object_or_404(IndexTable, pk=pk)
    form = IndexValuesForm(request.POST, request.FILES)
    if not form.is_valid():
        listing = VALUES.page(request, found.values.all())
        context = {"index": found, "form": form, "listing": listing}
        return render(request, "contracts/index.html", context, status=422)
    done = import_index_values(table_id=pk, values=form.cleaned_data["values"])
    told = ngettext("%(n)s new month", "%(n)s new months", done.added) % {"n": done.added}
    messages.success(
        request,
        __("Saved: %(added)s, %(changed)s corrected.") % {"added": told, "changed": done.changed},
    )
    return redirect("contracts:index", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_indextable", raise_exception=True)
def index_create(request: UserRequest) -> HttpResponse:
    """Add a price index."""
    form = IndexTableForm(request.POST or None)
    if form.is_valid():
        made = form.save()
        return redirect("contracts:index", pk=made.pk)
    page = FormPage(_("New price index"), reverse("contracts:indexes"), _("Price indexes"))
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_indextable", raise_exception=True)
def index_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Rename a price index."""
    found = get_object_or_404(IndexTable, pk=pk)
    name = found.name
    form = IndexTableForm(request.POST or None, instance=found)
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("contracts:index", pk=pk)
    return FormPage(_("Price index"), reverse("contracts:index", args=[pk]), name).show(
        request, form
    )
