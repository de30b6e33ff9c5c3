"""Correcting and taking back time, parts and flat rates."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import UserRequest
from core.display import day_text, minutes_text
from core.form_page import FormPage
from tickets.forms.correction import TakeBackForm
from tickets.forms.goods import FlatRateEditForm, PartForm, price_as_typed, quantity_as_typed
from tickets.forms.time import TimeForm, firm_zone, initial_of
from tickets.models import FlatRateItem, PartUsed, Ticket, TimeEntry
from tickets.operations.delete_time import delete_time
from tickets.operations.edit_flat_rate import edit_flat_rate
from tickets.operations.edit_part import edit_part
from tickets.operations.edit_time import edit_time
from tickets.operations.remove_flat_rate import remove_flat_rate
from tickets.operations.remove_part import remove_part
from tickets.operations.take_back_time import take_back_time
from tickets.queries.billed import is_billed
from tickets.refusals import Refusal

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.add_timecorrection", raise_exception=True)
def take_back(request: UserRequest, pk: int) -> HttpResponse:
    """Take back minutes of time that is billed; what that causes is shown before it is sent."""
    entry = _find(TimeEntry, request, pk)
    form = TakeBackForm(request.POST or None, initial={"minutes": entry.minutes})
    today = timezone.localdate(timezone=firm_zone())
    if form.is_valid():
        try:
            take_back_time(entry_id=pk, found_on=today, actor=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("Taken back; the next billing run credits it."))
            return redirect(entry.ticket)
    page = FormPage(
        gettext_lazy("Take billed time back"),
        entry.ticket.get_absolute_url(),
        entry.ticket.number,
        lede=f"{day_text(entry.worked_on)} · {minutes_text(entry.minutes)} {entry.work_type}",
        effect_client=entry.ticket.client_id,
    )
    return page.show(request, form)


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_timeentry", raise_exception=True)
def edit_time_entry(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a time entry."""
    entry = _find(TimeEntry, request, pk)
    now, zone = timezone.now(), firm_zone()
    form = TimeForm(
        request.POST or None,
        ticket=entry.ticket,
        today=entry.worked_on,
        zone=zone,
        entry=entry,
        initial=initial_of(entry, zone),
    )

    def save() -> object:
        return edit_time(entry_id=pk, work=form.cleaned_data["work"], actor=request.user, now=now)

    return _edit(request, entry, form, save, "tickets/time_edit.html", is_billed=is_billed(entry))


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_partused", raise_exception=True)
def edit_part_used(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a part that was used."""
    used = _find(PartUsed, request, pk)
    names = ("product", "description", "used_on", "is_billable")
    form = PartForm(
        request.POST or None,
        today=used.used_on,
        currency=used.ticket.client.currency,
        used=used,
        initial={
            **forms.model_to_dict(used, fields=names),
            "quantity": quantity_as_typed(used.quantity),
            "unit_price": price_as_typed(used.unit_price),
        },
    )

    def save() -> object:
        return edit_part(
            part_id=pk, part=form.cleaned_data["part"], actor=request.user, now=timezone.now()
        )

    return _edit(request, used, form, save, "tickets/part_edit.html")


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_flatrateitem", raise_exception=True)
def edit_flat_rate_item(request: UserRequest, pk: int) -> HttpResponse:
    """Correct a flat-rate service."""
    item = _find(FlatRateItem, request, pk)
    initial = {
        "quantity": quantity_as_typed(item.quantity),
        "price": price_as_typed(item.price),
    }
    form = FlatRateEditForm(request.POST or None, initial=initial)

    def save() -> object:
        return edit_flat_rate(item_id=pk, actor=request.user, **form.cleaned_data)

    return _edit(request, item, form, save, "tickets/flat_rate_edit.html")


@require_POST
@permission_required("tickets.delete_timeentry", raise_exception=True)
def delete_time_entry(request: UserRequest, pk: int) -> HttpResponse:
    """Take a time entry back."""
    entry = _find(TimeEntry, request, pk)
    return _remove(request, entry, lambda: delete_time(entry_id=pk, actor=request.user))


@require_POST
@permission_required("tickets.delete_partused", raise_exception=True)
def remove_part_used(request: UserRequest, pk: int) -> HttpResponse:
    """Take a part back."""
    used = _find(PartUsed, request, pk)
    return _remove(request, used, lambda: remove_part(part_id=pk, actor=request.user))


@require_POST
@permission_required("tickets.delete_flatrateitem", raise_exception=True)
def remove_flat_rate_item(request: UserRequest, pk: int) -> HttpResponse:
    """Take a flat-rate service back."""
    item = _find(FlatRateItem, request, pk)
    return _remove(request, item, lambda: remove_flat_rate(item_id=pk, actor=request.user))


def _find(model: Any, request: UserRequest, pk: int) -> Any:  # noqa: ANN401  (one of three sorts of evidence)
    rows = model.objects.visible_to(request.user).select_related("ticket__client")
    return get_object_or_404(rows, pk=pk)


def _edit(
    request: UserRequest,
    row: Any,  # noqa: ANN401  (one of three sorts of evidence)
    form: forms.Form,
    save: Callable[[], object],
    template: str,
    **facts: bool,
) -> HttpResponse:
    """Show the form, or save it and go back to the ticket."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except Refusal as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect(row.ticket)
    context = {"row": row, "ticket": row.ticket, "form": form, **facts}
    return render(request, template, context, status=422 if form.errors else 200)


def _remove(request: UserRequest, row: Any, remove: Callable[[], None]) -> HttpResponse:  # noqa: ANN401  (one of three sorts of evidence)
    """Remove it, or say why not, and go back to the ticket."""
    ticket: Ticket = row.ticket
    try:
        remove()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back."))
    return redirect(ticket)
