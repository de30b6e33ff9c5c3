"""Giving out files that strangers brought, so that nothing in them ever runs."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from tickets.domain.files import BINARY
from tickets.models import Attachment

HARMLESS = "sandbox; default-src 'none'"


def serve(attachment: Attachment) -> HttpResponse:
    """Return the file: an image is shown, anything else is downloaded."""
    with attachment.file.open("rb") as file:
        content = file.read()
    kind, is_shown = attachment.content_type, attachment.is_image
    return harmless(content, attachment.name, kind, is_shown=is_shown)


def harmless(
    content: bytes, name: str, kind: str = BINARY, *, is_shown: bool = False
) -> HttpResponse:
    """Return bytes that a browser keeps to itself: no script, no guess at what they are."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = str(
        content_disposition_header(as_attachment=not is_shown, filename=name)
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = HARMLESS
    response["Cache-Control"] = "private, max-age=3600"
    return response
