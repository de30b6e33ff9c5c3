"""Mails kept in the app, where no mail server is set up."""

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from core.listing import Column, Empty, Listing
from core.models import KeptMail

MAILS = Listing[KeptMail](
    name="mails",
    columns=[
        Column("subject", _("Subject"), link=True, sort="subject"),
        Column("recipients", _("To"), sort="recipients"),
        Column("sent_at", _("Sent"), kind="moment", sort="sent_at", phone="side"),
        Column(
            "attachments",
            _("Attachments"),
            lambda mail: ", ".join(attached["name"] for attached in mail.attachments),
            phone="hidden",
        ),
    ],
    order="-sent_at",
    search=["subject", "recipients", "body"],
    row_url=lambda mail: reverse("mail", args=[mail.pk]),
    empty=Empty(
        _("No mails"),
        _("Without a mail server, every mail the product would send is kept here."),
        "mail",
    ),
)


@require_safe
@permission_required("core.view_keptmail", raise_exception=True)
def mails(request: HttpRequest) -> HttpResponseBase:
    """List the kept mails, those with secret links for administrators only."""
    return MAILS.respond(request, _readable(request), "mails.html")


@require_safe
@permission_required("core.view_keptmail", raise_exception=True)
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one mail as its reader would get it."""
    return render(request, "mail.html", {"mail": get_object_or_404(_readable(request), pk=pk)})


def _readable(request: HttpRequest) -> "QuerySet[KeptMail]":
    kept = KeptMail.objects.all()
    if request.user.has_perm("core.view_private_keptmail"):
        return kept
    return kept.filter(is_private=False)
