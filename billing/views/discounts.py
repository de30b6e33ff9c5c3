"""Discounts on a draft: granting one, and taking it off again."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from billing.forms.discount import DiscountForm
from billing.models import Discount, Invoice
from billing.operations.grant_discount import DiscountRefused, NotADraft, grant_discount
from billing.operations.withdraw_discount import DiscountGone, withdraw_discount
from billing.reductions import parted
from core.form_page import FormPage


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("billing.add_discount", raise_exception=True)
def grant(request: UserRequest, pk: int) -> HttpResponse:
    """Take a share or an amount off a line of a draft or off all of it."""
    drafts = Invoice.objects.visible_to(request.user).prefetch_related("charges")
    draft = get_object_or_404(drafts.select_related("client"), pk=pk)
    form = DiscountForm(
        request.POST or None,
        initial={"line": request.GET.get("line", "")},
        lines=parted(draft.charges.all()).lines,
        currency=draft.currency,
    )
    if form.is_valid():
        try:
            grant_discount(
                invoice_id=pk,
                concession=form.concession(),
                line_id=form.cleaned_data["line"],
                actor=request.user,
            )
        except DiscountRefused as refusal:
            form.refuse(refusal.field, str(refusal))
        except NotADraft as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The discount is on the draft."))
            return redirect(draft)
    return FormPage(
        title=_("Grant a discount"),
        back_url=draft.get_absolute_url(),
        back_label=str(draft),
        submit=_("Grant"),
        lede=str(draft.client),
        note=_("It lowers what is taxed, rate by rate. A percentage is computed again when the "
               "draft changes."),
    ).show(request, form)  # fmt: skip


@require_POST
@permission_required("billing.delete_discount", raise_exception=True)
def withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Take a discount off its draft."""
    found = get_object_or_404(
        Discount.objects.visible_to(request.user).select_related("invoice"), pk=pk
    )
    try:
        withdraw_discount(discount_id=pk)
    except (DiscountGone, NotADraft) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The discount is off the draft."))
    return redirect(found.invoice)
