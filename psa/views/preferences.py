"""What a reader chooses about the pages: language and appearance."""

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.requests import UserRequest

THEMES = [("auto", "auto"), ("light", "light"), ("dark", "dark")]
A_YEAR = 365 * 24 * 3600


class LanguageForm(forms.Form):
    """One of the product's languages."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)


class AppearanceForm(forms.Form):
    """Light, dark, or as the device is."""

    theme = forms.ChoiceField(choices=THEMES)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language for this browser, and for the person where one is signed in."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    chosen = form.cleaned_data["language"]
    if request.user.is_authenticated:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    response = _back(request)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=A_YEAR, samesite="Lax", httponly=True
    )
    return response


@require_POST
def appearance(request: UserRequest) -> HttpResponse:
    """Keep light or dark for the person."""
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    request.user.theme = form.cleaned_data["theme"]
    request.user.save(update_fields=["theme"])
    return HttpResponse(status=204) if request.htmx else _back(request)


def _back(request: HttpRequest) -> HttpResponse:
    target = request.POST.get("next") or request.headers.get("Referer", "/")
    safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return HttpResponseRedirect(target if safe else "/")
