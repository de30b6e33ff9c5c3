"""Who may sign in, with which roles: for administrators."""

import logging
from collections.abc import Callable
from smtplib import SMTPException

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.administrators import LastAdministrator
from accounts.forms import PersonForm
from accounts.invitations import send_invitation
from accounts.lists import PEOPLE, people_with_factors
from accounts.models import SignIn, User
from accounts.operations.add_person import add_person
from accounts.operations.change_person import change_person
from accounts.operations.deactivate_person import NotOneself, deactivate_person
from accounts.operations.forget_second_factor import forget_second_factor
from accounts.operations.reactivate_person import reactivate_person
from accounts.requests import UserRequest
from accounts.roles import role_labels

log = logging.getLogger(__name__)
SIGN_INS_SHOWN = 10


@require_safe
@permission_required("accounts.view_user", raise_exception=True)
def people(request: UserRequest) -> HttpResponseBase:
    """List everybody who may or might sign in."""
    return PEOPLE.respond(request, people_with_factors(request.user), "accounts/people.html")


@require_safe
@permission_required("accounts.view_user", raise_exception=True)
def person(request: UserRequest, pk: int) -> HttpResponse:
    """Show a person: roles, sign-ins, what was changed about them."""
    found = get_object_or_404(people_with_factors(request.user), pk=pk)
    context = {
        "person": found,
        "roles": role_labels(found.groups.all()),
        "sign_ins": SignIn.objects.visible_to(request.user).filter(user=found)[:SIGN_INS_SHOWN],
        "is_oneself": found.pk == request.user.pk,
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("accounts.add_user", raise_exception=True)
def person_add(request: UserRequest) -> HttpResponse:
    """Add a person to the firm and invite them by mail."""
    form = PersonForm(request.POST or None, initial={"language": request.user.language})
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form)
    facts = form.facts()
    added = add_person(
        email=facts.email,
        first_name=facts.first_name,
        last_name=facts.last_name,
        language=facts.language,
        roles=form.roles_given() or [],
    )
    _invite(request, added)
    return redirect("accounts:person", added.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("accounts.change_user", raise_exception=True)
def person_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a person's name, address and roles."""
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    form = PersonForm(request.POST or None, instance=found)
    if request.method != "POST" or not form.is_valid():
        return _form_page(request, form)
    try:
        change_person(person_id=pk, facts=form.facts(), roles=form.roles_given())
    except LastAdministrator as refusal:
        form.add_error("roles", str(refusal))
        return _form_page(request, form)
    messages.success(request, _("Saved."))
    return redirect("accounts:person", pk)


@require_POST
@permission_required("accounts.change_user", raise_exception=True)
def person_deactivate(request: UserRequest, pk: int) -> HttpResponse:
    """Let a person sign in no more, from this moment."""
    get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        found = deactivate_person(person_id=pk, actor_id=request.user.pk)
    except (NotOneself, LastAdministrator) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s can no longer sign in.") % {"person": found})
    return redirect("accounts:person", pk)


@require_POST
@permission_required("accounts.change_user", raise_exception=True)
def person_reactivate(request: UserRequest, pk: int) -> HttpResponse:
    """Let a person sign in again."""
    return _done(
        request, pk, lambda: reactivate_person(person_id=pk), _("%(person)s can sign in again.")
    )


@require_POST
@permission_required("accounts.change_user", raise_exception=True)
def person_forget_factor(request: UserRequest, pk: int) -> HttpResponse:
    """Remove the second factors of somebody who lost theirs."""
    return _done(
        request,
        pk,
        lambda: forget_second_factor(person_id=pk),
        _("The second factors of %(person)s are removed."),
    )


@require_POST
@permission_required("accounts.change_user", raise_exception=True)
def person_invite(request: UserRequest, pk: int) -> HttpResponse:
    """Send a person a fresh link with which they choose their password."""
    found = get_object_or_404(User.objects.visible_to(request.user), pk=pk, is_active=True)
    _invite(request, found)
    return redirect("accounts:person", pk)


def _form_page(request: UserRequest, form: PersonForm) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "accounts/person_form.html", {"form": form}, status=status)


def _done(request: UserRequest, pk: int, act: Callable[[], User], told: str) -> HttpResponse:
    get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    messages.success(request, told % {"person": act()})
    return redirect("accounts:person", pk)


def _invite(request: UserRequest, person: User) -> None:
    try:
        send_invitation(person)
    except (OSError, SMTPException):
        log.exception("The invitation of %s could not be sent", person.pk)
        messages.error(request, _("The invitation could not be sent. Try again from this page."))
    else:
        messages.success(
            request, _("An invitation is on its way to %(email)s.") % {"email": person.email}
        )
