"""Mails that could not be sent."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from collecting.models import CollectingMail
from collecting.operations.retry_mails import retry_mails


@require_POST
@permission_required("collecting.change_dispute", raise_exception=True)
def retry(request: UserRequest, pk: int) -> HttpResponse:
    """Send a mail again that could not be sent."""
    found = get_object_or_404(CollectingMail.objects.visible_to(request.user), pk=pk)
    if retry_mails(mail_ids=[found.pk], now=timezone.now()):
        messages.success(request, _("The mail is on its way again."))
    if found.statement:
        return redirect("collecting:statement", found.statement.client_id)
    return redirect(found.dispute or found.notice or "collecting:disputes")
