"""The import of clients and contacts: upload, match columns, preview, confirm."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clients import uploads
from clients.forms.importing import ColumnsForm, UploadForm
from clients.importing.plan import RowPlan
from clients.importing.sheet import SheetUnreadable
from clients.operations.import_parties import PLANNERS, PartyKind, import_parties
from core.listing import Column, Empty, Listing

MAY_IMPORT = (
    "clients.add_client",
    "clients.change_client",
    "clients.add_contact",
    "clients.change_contact",
)
OUTCOMES = {
    "create": (_("new"), "good"),
    "change": (_("changed"), "info"),
    "same": (_("unchanged"), "neutral"),
    "refuse": (_("refused"), "bad"),
}
PREVIEW = Listing[RowPlan](
    name="import",
    columns=[
        Column("line", _("Line"), kind="number", sort=True, phone="hidden"),
        Column("subject", _("Name"), sort=True, phone="title"),
        Column(
            "outcome",
            _("Outcome"),
            lambda row: OUTCOMES[row.outcome][0],
            sort=True,
            cell="clients/cells.html#import_outcome",
            phone="side",
        ),
        Column("details", _("What changes, or why not"), cell="clients/cells.html#import_details"),
    ],
    order="line",
    search=["subject", "details"],
    empty=Empty(_("No such row")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_IMPORT, raise_exception=True)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            uploads.keep(request, form.cleaned_data["kind"], sent.name, sent.read())
        except SheetUnreadable as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("clients:import-columns")
    context = {"form": form, "waiting": uploads.current(request)}
    return render(request, "clients/import.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MAY_IMPORT, raise_exception=True)
def columns(request: HttpRequest) -> HttpResponse:
    """Ask which column holds what."""
    kept = uploads.current(request)
    if kept is None:
        return _start_again(request)
    sheet = kept.sheet()
    form = ColumnsForm(request.POST or None, sheet=sheet, kind=kept.kind, initial=kept.columns)
    if form.is_valid():
        kept.columns = form.columns()
        uploads.remember(request, kept)
        return redirect("clients:import-preview")
    context = {"form": form, "upload": kept, "rows": len(sheet.rows)}
    status = 422 if form.is_bound else 200
    return render(request, "clients/import_columns.html", context, status=status)


@require_safe
@permission_required(MAY_IMPORT, raise_exception=True)
def preview(request: HttpRequest) -> HttpResponseBase:
    """Show what would become of each row; nothing is written."""
    kept = uploads.current(request)
    if kept is None or kept.columns is None:
        return _start_again(request)
    plan = PLANNERS[_kind(kept)](kept.sheet(), kept.columns)
    wanted = request.GET.get("outcome", "")
    rows = [row for row in plan.rows if wanted in ("", row.outcome)]
    context = {
        "upload": kept,
        "outcome": wanted,
        "total": len(plan.rows),
        "tabs": [(key, label, plan.counts[key]) for key, (label, _tone) in OUTCOMES.items()],
        "writes": len(plan.writes),
    }
    return PREVIEW.respond(request, rows, "clients/import_preview.html", context)


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def confirm(request: HttpRequest) -> HttpResponse:
    """Write what the preview showed."""
    kept = uploads.current(request)
    if kept is None or kept.columns is None:
        return _start_again(request)
    kind = _kind(kept)
    counts = import_parties(kind=kind, sheet=kept.sheet(), columns=kept.columns)
    uploads.forget(request)
    messages.success(
        request,
        __("%(new)s added, %(changed)s changed, %(same)s unchanged, %(refused)s refused.")
        % {
            "new": counts["create"],
            "changed": counts["change"],
            "same": counts["same"],
            "refused": counts["refuse"],
        },
    )
    return redirect("clients:clients" if kind == "clients" else "clients:contacts")


@require_POST
@permission_required(MAY_IMPORT, raise_exception=True)
def cancel(request: HttpRequest) -> HttpResponse:
    """Put the file away without writing anything."""
    uploads.forget(request)
    messages.info(request, __("Nothing was imported; the file has been removed."))
    return redirect("clients:import")


def _kind(kept: uploads.Upload) -> PartyKind:
    return "contacts" if kept.kind == "contacts" else "clients"


def _start_again(request: HttpRequest) -> HttpResponse:
    messages.info(request, __("Choose a file first."))
    return redirect("clients:import")
