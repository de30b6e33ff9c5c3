"""A mail's own formatting, shown so that nothing in it acts, loads or looks like the desk."""

import re
from base64 import b64decode

from django.http import HttpResponse

from tickets.domain.files import SHOWN, type_of

POLICY = "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:"
MOST_OF_IMAGES = 12_000_000
PAGE = '<!doctype html><meta charset="utf-8"><base target="_blank"><title>–</title>{}'
_IMAGE = re.compile(r'src="cid:([^"]{1,255})"')


def formatted(html: str, images: dict[str, str]) -> HttpResponse:
    """Return the page for a frame; ``html`` was made harmless when it came in.

    Images come along in the page itself, in base64: a page without an origin may fetch nothing.
    """
    left = MOST_OF_IMAGES

    def embedded(found: re.Match[str]) -> str:
        nonlocal left
        content = images.get(found.group(1), "")
        kind = type_of(_beginning(content))
        left -= len(content)
        return f'src="data:{kind};base64,{content}"' if kind in SHOWN and left >= 0 else 'alt=""'

    response = HttpResponse(PAGE.format(_IMAGE.sub(embedded, html)))
    response["Content-Security-Policy"] = POLICY
    response["X-Frame-Options"] = "SAMEORIGIN"
    response["X-Content-Type-Options"] = "nosniff"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _beginning(content: str) -> bytes:
    return b64decode(content[:64])
