"""A contract that goes on elsewhere; here, because only billing knows what blocks have left."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from accounts.requests import UserRequest
from billing.forms.transfer import TransferForm, UndoTransferForm
from billing.queries.blocks_left import blocks_left
from billing.views.issuing import firm_today
from clients.models import LegalEntity
from contracts.models import Contract
from contracts.operations._ending import ContractNotEndable
from contracts.operations._hours import HoursDrawn
from contracts.operations.transfer_contract import TransferNotPossible, transfer_contract
from contracts.operations.undo_transfer import TransferNotUndoable, undo_transfer
from contracts.queries import next_contract_number
from core.form_page import FormPage
from core.periods import add_months


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def contract_transfer(request: UserRequest, pk: int) -> HttpResponse:
    """Let a contract go on at another client from a day on."""
    rows = Contract.objects.visible_to(request.user).select_related("client")
    found = get_object_or_404(rows, pk=pk)
    today = firm_today()
    initial = {
        "first_day": add_months(today.replace(day=1), 1),
        "number": next_contract_number(),
    }
    blocks = blocks_left(found, LegalEntity.objects.current(), today)
    form = TransferForm(request.POST or None, contract=found, blocks=blocks, initial=initial)
    if form.is_valid():
        made = _transfer(form, found)
        if made is not None:
            told = {"number": made.number, "client": made.client}
            messages.success(request, __("Goes on as %(number)s at %(client)s.") % told)
            return redirect(made)
    return _page(found).show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_contract", raise_exception=True)
def contract_transfer_undo(request: UserRequest, pk: int) -> HttpResponse:
    """Take a transfer back: show what that causes for both clients, then do it."""
    rows = Contract.objects.visible_to(request.user).filter(transferred_from__isnull=False)
    found = get_object_or_404(rows.select_related("client", "transferred_from__client"), pk=pk)
    form = UndoTransferForm(request.POST or None, contract=found)
    if form.is_valid():
        try:
            old = undo_transfer(contract_id=pk)
        except (TransferNotUndoable, HoursDrawn) as refusal:
            form.add_error(None, str(refusal))
        else:
            told = {"number": old.number, "client": old.client}
            messages.success(request, __("%(number)s is %(client)s's again.") % told)
            return redirect(old)
    return _undo_page(found).show(request, form)


def _undo_page(found: Contract) -> FormPage:
    return FormPage(
        _("Undo the transfer"),
        found.get_absolute_url(),
        found.number,
        submit=_("Undo the transfer"),
        lede=f"{found.name} · {found.client}",
        note=__(
            "%(number)s is deleted with all that was agreed in it since, and %(old)s goes on at "
            "%(client)s as before, with what had gone along of its blocks. That is possible as "
            "long as nothing is billed under %(number)s."
        )
        % {
            "number": found.number,
            "old": found.transferred_from,
            "client": found.transferred_from and found.transferred_from.client,
        },
        effect_client=found.client_id,
        effect_also_of="client",
    )


def _page(found: Contract) -> FormPage:
    return FormPage(
        _("Transfer the contract"),
        found.get_absolute_url(),
        found.number,
        submit=_("Transfer the contract"),
        lede=f"{found.name} · {found.client}",
        note=_(
            "Lines with their prices to come, included work, hours, increases, pauses and terms go "
            "along; what is counted is counted at the other client. Sites and purchase orders stay "
            "behind, as do tickets and all work done before. Days billed beyond the last day here "
            "come back. What goes along of a block is gone here: work from before that arrives "
            "later is paid by what stays, the rest is billed."
        ),
        effect_client=found.client_id,
        effect_also_of="client",
        effect_day_of="first_day",
    )


def _transfer(form: TransferForm, found: Contract) -> Contract | None:
    given = form.cleaned_data
    try:
        return transfer_contract(
            contract_id=found.pk,
            client_id=given["client"].pk,
            first_day=given["first_day"],
            number=given["number"],
            blocks_moved=form.moved(),
        )
    except TransferNotPossible as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
    except (ContractNotEndable, HoursDrawn) as refusal:
        form.add_error(None, str(refusal))
    return None
