"""Whom tickets are given to by rules: groups, skills, and what categories ask for."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from tickets.forms.assignment import GroupForm, SkillForm
from tickets.models import Skill, TechnicianGroup
from tickets.operations.save_group import save_group
from tickets.operations.save_skill import save_skill

READ_OR_SEND = ["GET", "HEAD", "POST"]


@require_safe
@permission_required("tickets.view_skill", raise_exception=True)
def overview(request: UserRequest) -> HttpResponse:
    """Show the groups, and who knows what."""
    context = {
        "groups": TechnicianGroup.objects.prefetch_related("members__person"),
        "skills": Skill.objects.prefetch_related("people__person", "categories__category"),
    }
    return render(request, "tickets/assignment.html", context)


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.add_techniciangroup", raise_exception=True)
def group_create(request: UserRequest) -> HttpResponse:
    """Make a group."""
    return _group(request, GroupForm(request.POST or None))


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_techniciangroup", raise_exception=True)
def group_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change who belongs to a group."""
    group = get_object_or_404(TechnicianGroup, pk=pk)
    return _group(request, GroupForm(request.POST or None, instance=group))


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.add_skill", raise_exception=True)
def skill_create(request: UserRequest) -> HttpResponse:
    """Add a skill."""
    return _skill(request, SkillForm(request.POST or None))


@require_http_methods(READ_OR_SEND)
@permission_required("tickets.change_skill", raise_exception=True)
def skill_edit(request: UserRequest, pk: int) -> HttpResponse:
    """Change who knows something, and which categories ask for it."""
    return _skill(
        request, SkillForm(request.POST or None, instance=get_object_or_404(Skill, pk=pk))
    )


def _group(request: UserRequest, form: GroupForm) -> HttpResponse:
    if form.is_valid():
        people = [one.pk for one in form.cleaned_data["people"]]
        save_group(name=form.cleaned_data["name"], person_ids=people, group_id=form.instance.pk)
        messages.success(request, _("Saved."))
        return redirect("automation:assignment")
    status = 422 if form.is_bound else 200
    return render(request, "tickets/group_form.html", {"form": form}, status=status)


def _skill(request: UserRequest, form: SkillForm) -> HttpResponse:
    if form.is_valid():
        save_skill(
            name=form.cleaned_data["name"],
            people=form.levels("person"),
            categories=form.levels("category"),
            skill_id=form.instance.pk,
        )
        messages.success(request, _("Saved."))
        return redirect("automation:assignment")
    status = 422 if form.is_bound else 200
    return render(request, "tickets/skill_form.html", {"form": form}, status=status)
