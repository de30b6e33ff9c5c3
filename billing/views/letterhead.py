"""How a company's documents look."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from billing.forms.letterhead import LetterheadForm
from billing.models import Invoice, Letterhead
from billing.paper import render_pdf
from clients.models import LegalEntity
from core.form_page import answer


@require_safe
@permission_required("billing.change_letterhead", raise_exception=True)
def letterheads(_request: UserRequest) -> HttpResponse:
    """Go to the look of the company that issues unless another is named."""
    return redirect("billing:letterhead", entity_pk=LegalEntity.objects.current().pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.change_letterhead", raise_exception=True)
def letterhead(request: UserRequest, entity_pk: int) -> HttpResponse:
    """Set logo and colour, and whether invoices end with their evidence."""
    entity = get_object_or_404(LegalEntity, pk=entity_pk)
    found = Letterhead.objects.visible_to(request.user).filter(legal_entity=entity).first()
    head = found or Letterhead(legal_entity=entity)
    form = LetterheadForm(request.POST or None, request.FILES or None, instance=head)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved. Documents made from now on look so."))
        return redirect("billing:letterhead", entity_pk=entity.pk)
    context = {
        "form": form,
        "entity": entity,
        "entities": LegalEntity.objects.order_by("name"),
        "kept": found,
        "sample": _latest(request, entity),
    }
    return answer(request, "billing/letterhead.html", context, form)


@require_safe
@permission_required("billing.change_letterhead", raise_exception=True)
def sample(request: UserRequest, entity_pk: int) -> HttpResponse:
    """Draw the latest invoice as it would look today, with a stamp that says so."""
    entity = get_object_or_404(LegalEntity, pk=entity_pk)
    found = get_object_or_404(
        Invoice.objects.visible_to(request.user).with_lines(), pk=_latest(request, entity)
    )
    pdf = render_pdf(found, is_preview=True)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="sample.pdf"'
    return response


def _latest(request: UserRequest, entity: LegalEntity) -> int:
    issued = Invoice.objects.visible_to(request.user).issued().filter(legal_entity=entity)
    return issued.order_by("-pk").values_list("pk", flat=True).first() or 0
