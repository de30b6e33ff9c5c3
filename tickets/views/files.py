"""Files that are brought for an answer: dropped, pasted or chosen."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest
from tickets.domain.files import MOST_BYTES, FileBrought
from tickets.models import Attachment
from tickets.operations.bring_files import bring_files
from tickets.operations.drop_file import drop_file
from tickets.queries.waiting_files import waiting_files
from tickets.refusals import Refusal
from tickets.views.ticket_page import RESPONDS, find_ticket


@require_POST
@permission_required(RESPONDS, raise_exception=True)
def files(request: UserRequest, pk: int) -> HttpResponse:
    """Keep files until the answer is sent, and show what waits to be sent."""
    found = find_ticket(request, pk)
    _came, problem = bring(request, pk)
    if not request.htmx and problem is None:
        return redirect(found)
    context = {
        "ticket": found,
        "files": waiting_files(found, request.user),
        "problem": problem,
    }
    return render(request, "tickets/files.html", context, status=422 if problem else 200)


@require_POST
@permission_required(RESPONDS, raise_exception=True)
def file_drop(request: UserRequest, pk: int) -> HttpResponse:
    """Take back a file that was not sent yet."""
    waiting = Attachment.objects.visible_to(request.user).filter(note=None, added_by=request.user)
    file = get_object_or_404(waiting.select_related("ticket"), pk=pk)
    drop_file(attachment_id=pk, actor=request.user)
    if not request.htmx:
        return redirect(file.ticket)
    context = {"ticket": file.ticket, "files": waiting_files(file.ticket, request.user)}
    return render(request, "tickets/files.html", context)


def bring(request: UserRequest, pk: int) -> tuple[list[int], Refusal | None]:
    """Keep the files that came along, so that a refused form loses none; name them, or say why."""
    sent = request.FILES.getlist("files")
    if not sent:
        return [], None
    # One byte more than is allowed is enough to see that it is too much.
    brought = [FileBrought(name=one.name or "", content=one.read(MOST_BYTES + 1)) for one in sent]
    try:
        kept = bring_files(ticket_id=pk, files=brought, actor=request.user, now=timezone.now())
    except Refusal as refusal:
        return [], refusal
    return [file.pk for file in kept], None
