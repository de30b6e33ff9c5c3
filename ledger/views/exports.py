"""Files of the books: taking one out, and what was taken out before."""

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from billing.models import Export
from core.listing import Column, Empty, Listing
from ledger.downloads import file_of
from ledger.exporting import ExportRefused, export_fec
from ledger.forms.exporting import FecForm

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
    """List the files that were taken out, and take one out."""
    may_export = request.user.has_perm("billing.add_export")
    if request.method == "POST" and not may_export:
        raise PermissionDenied
    form = FecForm(request.POST or None)
    if form.is_valid():
        entity, year = form.asked()
        try:
            return file_of(export_fec(entity=entity, year=year, actor=request.user))
        except ExportRefused as refusal:
            form.add_error(None, str(refusal))
    rows = Export.objects.select_related("recorded_by")
    context = {"form": form if may_export else None}
    answer = EXPORTS.respond(request, rows, "ledger/exports.html", context)
    if form.is_bound:
        answer.status_code = 422
    return answer
