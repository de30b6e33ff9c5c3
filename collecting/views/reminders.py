"""Reminders on the desk: what went, what would go and what not, and why."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from billing.models import Invoice
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from collecting.forms.reminders import HoldForm
from collecting.lists import REMINDERS
from collecting.models import NoticeLine, ReminderHold, ReminderNotice, ReminderPlan
from collecting.operations.hold_reminders import CollectingRefused, hold_reminders
from collecting.operations.lift_hold import lift_hold
from collecting.operations.remind_client import remind_client
from collecting.queries.reminders import accounts, would_go
from core.form_page import FormPage


@require_safe
@permission_required("collecting.view_remindernotice", raise_exception=True)
def reminders(request: UserRequest) -> HttpResponseBase:
    """List the reminders, the latest first."""
    rows = ReminderNotice.objects.visible_to(request.user).select_related("client")
    return REMINDERS.respond(request, rows, "collecting/reminders.html")


@require_safe
@permission_required("collecting.view_remindernotice", raise_exception=True)
def reminder(request: UserRequest, pk: int) -> HttpResponse:
    """Show a reminder as it was sent, and what was left out of it."""
    found = ReminderNotice.objects.visible_to(request.user).select_related("client", "plan")
    notice = get_object_or_404(found, pk=pk)
    lines = notice.lines.select_related("invoice").order_by("invoice__due_on", "pk")
    context = {
        "notice": notice,
        "lines": [one for one in lines if not one.left_out],
        "left_out": [one for one in lines if one.left_out],
        "mails": notice.mails.order_by("pk"),
    }
    return render(request, "collecting/reminder.html", context)


@require_safe
@permission_required("collecting.view_remindernotice", raise_exception=True)
def preview(request: UserRequest) -> HttpResponse:
    """Show what would go today and what stays, with the reason; nothing is written."""
    zone = LegalEntity.objects.current().zone
    found = accounts(firm_today(), zone, user=request.user)
    context = {
        "going": [one for one in found if one.letter],
        "staying": [one for one in found if not one.letter],
        "sums": would_go(found),
        "has_plan": ReminderPlan.objects.exists(),
    }
    return render(request, "collecting/preview.html", context)


@require_POST
@permission_required("collecting.add_remindernotice", raise_exception=True)
def remind(request: UserRequest, client_pk: int) -> HttpResponse:
    """Let a client's reminder go now rather than with the next turn of the worker."""
    clients = Client.objects.with_money_visible_to(request.user)
    client = get_object_or_404(clients, pk=client_pk)
    notice = remind_client(client_id=client.pk, now=timezone.now(), actor=request.user)
    if notice is None:
        messages.info(request, _("No reminder is due, or one is on its way already."))
        return redirect("collecting:client", client.pk)
    messages.success(request, _("The reminder leaves with the firm's next working hour."))
    return redirect(notice)


@require_safe
@permission_required("collecting.view_remindernotice", raise_exception=True)
def of_invoice(request: UserRequest, invoice_pk: int) -> HttpResponse:
    """Draw an invoice's reminders for a place on the invoice's page."""
    invoice = get_object_or_404(Invoice.objects.visible_to(request.user), pk=invoice_pk)
    lines = NoticeLine.objects.visible_to(request.user).filter(invoice=invoice)
    holds = ReminderHold.objects.visible_to(request.user).in_force(firm_today())
    context = {
        "invoice": invoice,
        "lines": lines.select_related("notice").order_by("-notice__decided_at", "-pk"),
        "hold": holds.filter(invoice=invoice).first(),
    }
    return render(request, "collecting/reminders_of_invoice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("collecting.add_reminderhold", raise_exception=True)
def hold_invoice(request: UserRequest, invoice_pk: int) -> HttpResponse:
    """Ask why an invoice is not to be reminded of, and for how long."""
    visible = Invoice.objects.visible_to(request.user).issued().invoices_only()
    invoice = get_object_or_404(visible, pk=invoice_pk)
    form = HoldForm(request.POST or None)
    if form.is_valid():
        try:
            hold_reminders(
                client_id=invoice.client_id,
                invoice_id=invoice.pk,
                **form.cleaned_data,
                actor=request.user,
                now=timezone.now(),
            )
        except CollectingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("This invoice is not reminded of."))
            return redirect(invoice)
    page = FormPage(
        title=_("No reminders of %(number)s") % {"number": invoice.number},
        back_url=invoice.get_absolute_url(),
        back_label=invoice.number,
        submit=_("Hold"),
    )
    return page.show(request, form)


@require_POST
@permission_required("collecting.change_reminderhold", raise_exception=True)
def lift(request: UserRequest, pk: int) -> HttpResponse:
    """Let reminders go again."""
    found = get_object_or_404(ReminderHold.objects.visible_to(request.user), pk=pk)
    hold = lift_hold(hold_id=found.pk, actor=request.user, now=timezone.now())
    messages.success(request, _("Reminders go again."))
    if hold.invoice:
        return redirect(hold.invoice)
    return redirect("collecting:client", hold.client_id)
