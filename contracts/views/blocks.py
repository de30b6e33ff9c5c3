"""Blocks of hours, money or incidents: their sale, their warning, and taking a sale back."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from clients.models import Client
from contracts.forms.blocks import BlockFactsForm, BlockForm, typed_quantity
from contracts.models import Contract, PrepaidBlock
from contracts.operations._hours import HoursNotAcceptable
from contracts.operations.cancel_block import cancel_block
from contracts.operations.sell_block import sell_block
from core.form_page import FormPage

FORM = "contracts/block_form.html"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.add_prepaidblock", raise_exception=True)
def block_sell(request: UserRequest) -> HttpResponse:
    """Sell a block to a client."""
    clients = Client.objects.visible_to(request.user).current()
    form = BlockForm(request.POST or None, clients=clients, initial=_initial(request))
    if form.is_valid():
        client = form.cleaned_data["client"]
        try:
            sold = sell_block(client_id=client.pk, block=form.new_block())
        except HoursNotAcceptable as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, __("Sold. The next billing run puts it on an invoice."))
            return redirect(sold)
    back = request.GET.get("client", "")
    url = reverse("clients:client", args=[back]) if back.isdecimal() else reverse("clients:clients")
    page = FormPage(
        _("Sell a prepaid block"),
        url,
        _("Clients"),
        submit=_("Sell"),
        template=FORM,
        effect_also_of="client",
        effect_day_of="sold_on",
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_prepaidblock", raise_exception=True)
def block_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Say when to warn about a block, and whether another one follows by itself."""
    block = _find(request, pk)
    initial = {
        "low_balance": typed_quantity(block.low_balance, block.unit),
        "tops_up": block.tops_up,
    }
    form = BlockFactsForm(request.POST or None, block=block, initial=initial)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect(block)
    page = FormPage(_("Warning and top-up"), block.get_absolute_url(), block.name)
    return page.show(request, form)


@require_POST
@permission_required("contracts.change_prepaidblock", raise_exception=True)
def block_cancel(request: UserRequest, pk: int) -> HttpResponse:
    """Take a sale back that is neither billed nor drawn from."""
    block = _find(request, pk)
    try:
        cancel_block(block_id=pk, cancelled_on=timezone.localdate())
    except HoursNotAcceptable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, __("The block has been cancelled."))
    return redirect(block)


def _initial(request: UserRequest) -> dict[str, object]:
    """Return the client and contract that the page was opened for."""
    found: dict[str, object] = {
        "sold_on": timezone.localdate(),
        "client": request.GET.get("client"),
    }
    asked = request.GET.get("contract", "")
    if asked.isdecimal():
        rows = Contract.objects.visible_to(request.user)
        contract = rows.filter(pk=asked).first()
        if contract is not None:
            found |= {"contract": contract.pk, "client": contract.client_id}
    return found


def _find(request: UserRequest, pk: int) -> PrepaidBlock:
    return get_object_or_404(PrepaidBlock.objects.visible_to(request.user), pk=pk)
