"""Files of the books: taking one out, and what was taken out before."""

from datetime import date

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from billing.models import Export
from billing.views.issuing import firm_today
from clients.models import LegalEntity
from core.listing import Column, Empty, Listing
from ledger.archive import export_archive
from ledger.downloads import file_of
from ledger.exporting import ExportRefused, export_fec
from ledger.forms.exporting import FecForm, JournalForm, SpanForm
from ledger.journal_export import export_journal
from ledger.queries.archive_links import keys_in_use

EXPORTS = Listing[Export](
    name="book-exports",
    columns=[
        Column("file_name", _("File"), sort="file_name", phone="title"),
        Column("kind", _("Kind"), "get_kind_display", sort="kind"),
        Column("starts_on", _("From"), kind="day", sort="starts_on", phone="hidden"),
        Column("last_day_on", _("Through"), kind="day", sort="last_day_on", phone="hidden"),
        Column("line_count", _("Lines"), kind="number", sort="line_count", phone="side"),
        Column("recorded_at", _("Exported"), kind="moment", sort="recorded_at"),
        Column("recorded_by", _("By"), phone="hidden"),
        Column("sha256", "SHA-256", lambda one: one.sha256[:16], phone="hidden"),
    ],
    order="-recorded_at",
    empty=Empty(_("Nothing was exported yet"), "", "file-export"),
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.view_export", raise_exception=True)
def exports(request: UserRequest) -> HttpResponseBase:
    """List the files that were taken out, and take out that of the tax auditors."""
    if request.method != "POST":
        return _page(request)
    if not request.user.has_perm("billing.add_export"):
        raise PermissionDenied
    form = FecForm(request.POST)
    if form.is_valid():
        entity, year = form.asked()
        try:
            return file_of(export_fec(entity=entity, year=year, actor=request.user))
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, form=form)


@require_POST
@permission_required("billing.add_export", raise_exception=True)
def journal_export(request: UserRequest) -> HttpResponseBase:
    """Take the entries of some days out for another accounting program."""
    today = _today()
    form = JournalForm(request.POST, today=today)
    if form.is_valid():
        entity, wanted = form.cleaned_data["company"], form.wanted()
        try:
            taken = export_journal(entity=entity, wanted=wanted, today=today, actor=request.user)
            return file_of(taken)
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, journal_form=form)


@require_POST
@permission_required("billing.add_export", raise_exception=True)
def archive_export(request: UserRequest) -> HttpResponseBase:
    """Take the chain of some days out as a signed archive."""
    form = SpanForm(request.POST, today=_today())
    if form.is_valid():
        entity = form.cleaned_data["company"]
        try:
            return file_of(export_archive(entity=entity, span=form.span(), actor=request.user))
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, archive_form=form)


def _page(request: UserRequest, **bound: Form) -> HttpResponseBase:
    """Show the page with its forms, of which one may have been refused."""
    context: dict[str, object] = {"keys": keys_in_use()}
    if request.user.has_perm("billing.add_export"):
        today = _today()
        context |= {
            "form": FecForm(),
            "journal_form": JournalForm(today=today),
            "archive_form": SpanForm(today=today),
            **bound,
        }
    rows = Export.objects.select_related("recorded_by")
    answer = EXPORTS.respond(request, rows, "ledger/exports.html", context)
    if bound:
        answer.status_code = 422
    return answer


def _today() -> date:
    return firm_today() if LegalEntity.objects.exists() else timezone.localdate()
