"""The files of a ticket."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from tickets.models import Attachment
from tickets.serving import serve


@require_safe
@permission_required("tickets.view_ticket", raise_exception=True)
def attachment(request: UserRequest, pk: int) -> HttpResponseBase:
    """Give out one file."""
    return serve(get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk))
