"""What every answer needs: the reader's language, and messages that reach htmx."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils import translation
from django_htmx.http import HttpResponseClientRedirect

GetResponse = Callable[[HttpRequest], HttpResponse]


class ReaderLanguage:
    """Pages are in the language the signed-in person chose, whatever the browser asks for."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class HtmxManners:
    """Fragments bring the waiting messages along; a lost session leads to the sign-in page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not getattr(request, "htmx", None):
            return response
        location = response.get("Location", "")
        if location.startswith(resolve_url(settings.LOGIN_URL)):
            return HttpResponseClientRedirect(location)
        if _carries_messages(response):
            waiting = get_messages(request)
            if len(waiting):
                told = render_to_string("core/messages.html", {"messages": waiting}, request)
                response.content += told.encode()
        return response


def _carries_messages(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and response.status_code in {200, 422}
        and response.get("Content-Type", "").startswith("text/html")
        and not any(response.has_header(name) for name in ("HX-Redirect", "HX-Refresh"))
    )
