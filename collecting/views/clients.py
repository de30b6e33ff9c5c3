"""Collecting from one client on the desk: what is overdue, what was said, what was promised."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import UserRequest
from billing.views.issuing import firm_today
from clients.models import Client, LegalEntity
from collecting.forms.reminders import HoldForm, NoteForm, PromiseForm, TermsForm
from collecting.lists import CALLS
from collecting.models import (
    CollectingTerms,
    ContactNote,
    PaymentPromise,
    ReminderHold,
    ReminderNotice,
)
from collecting.operations.hold_reminders import hold_reminders
from collecting.operations.note_contact import note_contact
from collecting.operations.set_terms import CollectingRefused, set_terms
from collecting.operations.take_promise import take_promise
from collecting.operations.withdraw_promise import withdraw_promise
from collecting.queries.promises import standing_promises
from collecting.queries.reminders import accounts
from collecting.queries.worklist import calls

SHOWN = 20


@require_safe
@permission_required("collecting.view_paymentpromise", raise_exception=True)
def worklist(request: UserRequest) -> HttpResponseBase:
    """List whom to call about what is overdue, the heaviest first."""
    today = firm_today()
    rows = calls(request.user, today, LegalEntity.objects.current().zone)
    context = {"due": sum(row.is_for(today) for row in rows)}
    return CALLS.respond(request, rows, "collecting/calls.html", context)


@require_safe
@permission_required("collecting.view_paymentpromise", raise_exception=True)
def client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show what a client owes and all that was said and agreed about it."""
    return _page(request, _find(request, client_pk))


@require_safe
@permission_required("collecting.view_paymentpromise", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Draw what is overdue and the last reminders, for the client's own page."""
    found = _find(request, client_pk)
    return render(request, "collecting/of_client.html", _facts(request, found))


@require_POST
@permission_required("collecting.change_collectingterms", raise_exception=True)
def terms(request: UserRequest, client_pk: int) -> HttpResponse:
    """Change the plan of a client and the day of the next contact."""
    found, form = _find(request, client_pk), TermsForm(request.POST)

    def act() -> None:
        plan = form.cleaned_data["plan"]
        set_terms(
            client_id=found.pk,
            plan_id=plan.pk if plan else None,
            gets_reminders=form.cleaned_data["gets_reminders"],
            next_contact_on=form.cleaned_data["next_contact_on"],
        )

    return _done(request, found, "terms_form", form, act)


@require_POST
@permission_required("collecting.add_reminderhold", raise_exception=True)
def hold(request: UserRequest, client_pk: int) -> HttpResponse:
    """Send a client no reminders for a while."""
    found, form = _find(request, client_pk), HoldForm(request.POST)

    def act() -> None:
        hold_reminders(
            client_id=found.pk,
            invoice_id=None,
            **form.cleaned_data,
            actor=request.user,
            now=timezone.now(),
        )

    return _done(request, found, "hold_form", form, act)


@require_POST
@permission_required("collecting.add_paymentpromise", raise_exception=True)
def promise(request: UserRequest, client_pk: int) -> HttpResponse:
    """Write down what a client promises to pay."""
    found, form = _find(request, client_pk), PromiseForm(request.POST)

    def act() -> None:
        take_promise(
            client_id=found.pk,
            promised=form.promised(),
            today=firm_today(),
            actor=request.user,
            now=timezone.now(),
        )

    return _done(request, found, "promise_form", form, act)


@require_POST
@permission_required("collecting.change_paymentpromise", raise_exception=True)
def promise_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    """Let a promise count no more."""
    found = get_object_or_404(PaymentPromise.objects.visible_to(request.user), pk=pk)
    withdraw_promise(promise_id=found.pk, now=timezone.now())
    messages.success(request, _("The promise counts no more."))
    return redirect("collecting:client", found.client_id)


@require_POST
@permission_required("collecting.add_contactnote", raise_exception=True)
def note(request: UserRequest, client_pk: int) -> HttpResponse:
    """Write down what was said."""
    found, form = _find(request, client_pk), NoteForm(request.POST)

    def act() -> None:
        note_contact(
            client_id=found.pk, **form.cleaned_data, actor=request.user, now=timezone.now()
        )

    return _done(request, found, "note_form", form, act)


def _find(request: UserRequest, pk: int) -> Client:
    return get_object_or_404(Client.objects.with_money_visible_to(request.user), pk=pk)


def _done(
    request: UserRequest, found: Client, name: str, form: forms.BaseForm, act: Callable[[], None]
) -> HttpResponse:
    """Do what the form asks for and show the page anew; a refusal keeps what was typed."""
    if form.is_valid():
        try:
            act()
        except CollectingRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("collecting:client", found.pk)
    return _page(request, found, **{name: form})


def _page(request: UserRequest, found: Client, **refused: forms.BaseForm) -> HttpResponse:
    planned = CollectingTerms.objects.visible_to(request.user).filter(client=found).first()
    own = {
        "terms_form": TermsForm(instance=planned or CollectingTerms(client=found)),
        "hold_form": HoldForm(),
        "promise_form": PromiseForm(),
        "note_form": NoteForm(
            initial={"next_contact_on": planned.next_contact_on if planned else None}
        ),
    }
    notes = ContactNote.objects.visible_to(request.user).filter(client=found)
    context = (
        _facts(request, found)
        | own
        | refused
        | {"notes": notes.select_related("author")[:SHOWN], "refused": next(iter(refused), "")}
    )
    return render(request, "collecting/client.html", context, status=422 if refused else 200)


def _facts(request: UserRequest, found: Client) -> dict[str, object]:
    today, user = firm_today(), request.user
    account = accounts(today, LegalEntity.objects.current().zone, [found.pk], user)
    promises = PaymentPromise.objects.visible_to(user).filter(client=found)
    holds = ReminderHold.objects.visible_to(user).in_force(today).filter(client=found)
    notices = ReminderNotice.objects.visible_to(user).filter(client=found)
    return {
        "client": found,
        "account": account[0] if account else None,
        "promises": standing_promises(promises[:SHOWN], today),
        "holds": holds.select_related("invoice", "held_by"),
        "notices": notices.prefetch_related("lines")[:SHOWN],
        "today": today,
    }
