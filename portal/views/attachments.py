"""The files of a client's tickets."""

from typing import cast

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.models import User
from tickets.models import Attachment
from tickets.serving import serve


@require_safe
@permission_required("accounts.use_portal", raise_exception=True)
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give out one file of what this person may read."""
    files = Attachment.objects.visible_to(cast(User, request.user))
    return serve(get_object_or_404(files, pk=pk))
