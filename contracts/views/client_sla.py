"""The service level of a client."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from clients.models import Client
from contracts.forms.client_sla import ClientSLAForm
from contracts.models import ClientSLA
from contracts.operations.set_client_sla import set_client_sla
from core.form_page import FormPage


@require_safe
@permission_required("contracts.view_clientsla", raise_exception=True)
def of_client(request: UserRequest, client_pk: int) -> HttpResponse:
    """Show a client's service level, for the client's own page."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    rows = ClientSLA.objects.select_related("policy__calendar")
    found = rows.filter(client=client).first()
    context = {
        "client": client,
        "policy": found and found.policy,
        "targets": found.policy.targets.all() if found else [],
    }
    return render(request, "contracts/client_sla.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("contracts.change_clientsla", raise_exception=True)
def client_sla_edit(request: UserRequest, client_pk: int) -> HttpResponse:
    """Choose a client's service level."""
    client = get_object_or_404(Client.objects.visible_to(request.user), pk=client_pk)
    found = ClientSLA.objects.filter(client=client).first()
    form = ClientSLAForm(request.POST or None, initial={"policy": found and found.policy_id})
    if request.method == "POST" and form.is_valid():
        policy = form.cleaned_data["policy"]
        set_client_sla(client_id=client.pk, policy_id=policy and policy.pk)
        messages.success(request, __("Saved."))
        return redirect(client)
    lede = _("Counts for tickets for which no contract names a service level.")
    page = FormPage(_("Service level"), client.get_absolute_url(), client.name, lede=lede)
    return page.show(request, form)
