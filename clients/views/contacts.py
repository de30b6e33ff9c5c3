"""Contacts and their access to the portal."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import UserRequest
from clients.forms.places import ContactForm, PortalAccessForm
from clients.lists import CONTACTS
from clients.models import Client, Contact
from clients.operations.grant_portal_access import AccessNotGrantable, grant_portal_access
from clients.operations.invite_contact import ContactHasNoAccess, invite_contact
from clients.operations.revoke_portal_access import revoke_portal_access
from clients.operations.save_contact import EmailNotUsable, save_contact
from core.form_page import FormPage
from core.panels import history_url

FORM_TEMPLATE = "clients/contact_form.html"


@require_safe
@permission_required("clients.view_contact", raise_exception=True)
def contacts(request: UserRequest) -> HttpResponseBase:
    """List the people at all clients."""
    rows = Contact.objects.visible_to(request.user).select_related("client", "site")
    return CONTACTS.respond(request, rows, "clients/contacts.html")


@require_safe
@permission_required("clients.view_contact", raise_exception=True)
def contact(request: UserRequest, pk: int) -> HttpResponse:
    """Show a contact and what they may see in the portal."""
    return _contact_page(request, _find(request, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.add_contact", raise_exception=True)
def contact_create(request: UserRequest, client_pk: int) -> HttpResponse:
    """Add a contact to a client."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    form = ContactForm(request.POST or None, client=client)
    if form.is_valid():
        made = save_contact(contact=form.save(commit=False))
        messages.success(request, __("%(contact)s has been added.") % {"contact": made})
        return redirect(made)
    page = FormPage(
        _("New contact"), client.get_absolute_url(), client.name, template=FORM_TEMPLATE
    )
    return page.show(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("clients.change_contact", raise_exception=True)
def contact_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change what is known about a contact."""
    found = _find(request, pk)
    name = str(found)
    form = ContactForm(request.POST or None, instance=found, client=found.client)
    if form.is_valid():
        try:
            save_contact(contact=form.save(commit=False))
        except EmailNotUsable as refusal:
            form.add_error("email", str(refusal))
        else:
            messages.success(request, __("Saved."))
            return redirect(found)
    page = FormPage(_("Edit contact"), found.get_absolute_url(), name, template=FORM_TEMPLATE)
    return page.show(request, form)


@require_POST
@permission_required("clients.change_client", raise_exception=True)
def portal_grant(request: UserRequest, pk: int) -> HttpResponse:
    """Open the portal to a contact, or change what they see there."""
    found = _find(request, pk)
    form = PortalAccessForm(request.POST)
    if form.is_valid():
        had_access = bool(found.portal_scope)
        try:
            grant_portal_access(contact_id=pk, scope=form.cleaned_data["scope"])
        except AccessNotGrantable as refusal:
            form.add_error(None, str(refusal))
        else:
            told = (
                __("Saved.")
                if had_access
                else __("The portal is open. An invitation is on its way to %(email)s.")
            )
            messages.success(request, told % {"email": found.email})
            return redirect(found)
    return _contact_page(request, found, form)


@require_POST
@permission_required("clients.change_client", raise_exception=True)
def portal_revoke(request: UserRequest, pk: int) -> HttpResponse:
    """Close the portal to a contact."""
    return _done(
        request,
        pk,
        lambda: revoke_portal_access(contact_id=pk),
        __("The portal is closed to %(contact)s from this moment."),
    )


@require_POST
@permission_required("clients.change_client", raise_exception=True)
def portal_invite(request: UserRequest, pk: int) -> HttpResponse:
    """Send the invitation once more."""
    return _done(
        request,
        pk,
        lambda: invite_contact(contact_id=pk),
        __("Another invitation is on its way to %(contact)s."),
    )


def _done(request: UserRequest, pk: int, act: Callable[[], Contact], told: str) -> HttpResponse:
    found = _find(request, pk)
    try:
        messages.success(request, told % {"contact": act()})
    except ContactHasNoAccess as refusal:
        messages.error(request, str(refusal))
    return redirect(found)


def _find(request: UserRequest, pk: int) -> Contact:
    rows = Contact.objects.visible_to(request.user).select_related("client", "user", "site")
    return get_object_or_404(rows, pk=pk)


def _contact_page(
    request: UserRequest, found: Contact, form: PortalAccessForm | None = None
) -> HttpResponse:
    context = {
        "contact": found,
        "assets": found.asset_set.all(),
        "form": form or PortalAccessForm(initial={"scope": found.portal_scope or "tickets"}),
        "history_url": history_url(request, found),
    }
    return render(request, "clients/contact.html", context, status=422 if form else 200)
