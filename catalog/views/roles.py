"""Work roles, and who works in which."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.requests import UserRequest
from catalog.forms import RolesForm, WorkRoleForm
from catalog.lists import WORK_ROLES
from catalog.models import WorkRole
from catalog.operations.assign_roles import assign_roles
from core.form_page import FormPage


@require_safe
@permission_required("catalog.view_workrole", raise_exception=True)
def work_roles(request: UserRequest) -> HttpResponseBase:
    """List the roles with how many people work in each."""
    rows = WorkRole.objects.annotate(people=Count("assignments"))
    return WORK_ROLES.respond(request, rows, "catalog/work_roles.html")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.add_workrole", raise_exception=True)
def work_role_create(request: UserRequest) -> HttpResponse:
    """Add a role."""
    return _role_form(request, WorkRoleForm(request.POST or None))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_workrole", raise_exception=True)
def work_role_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change a role."""
    role = get_object_or_404(WorkRole, pk=pk)
    return _role_form(request, WorkRoleForm(request.POST or None, instance=role))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("catalog.change_roleassignment", raise_exception=True)
def people(request: UserRequest) -> HttpResponse:
    """Say in which role each person usually works."""
    staff = User.objects.staff().select_related("work_role_assignment")
    form = RolesForm(request.POST or None, people=staff)
    if form.is_valid():
        assign_roles(roles=form.roles())
        messages.success(request, __("Saved."))
        return redirect("catalog:work-roles")
    page = FormPage(
        _("Who works in which role"),
        reverse("catalog:work-roles"),
        _("Work roles"),
        note=_("A time entry may name another role; work already logged keeps its own."),
    )
    return page.show(request, form)


def _role_form(request: UserRequest, form: WorkRoleForm) -> HttpResponse:
    title = _("Edit work role") if form.instance.pk else _("New work role")
    if form.is_valid():
        form.save()
        messages.success(request, __("Saved."))
        return redirect("catalog:work-roles")
    return FormPage(title, reverse("catalog:work-roles"), _("Work roles")).show(request, form)
