"""The first minutes of an empty firm: administrator, legal identity, taxes, rates."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required, permission_required
from django.forms import BaseForm, BaseFormSet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from accounts.set_up import find_link, usable_links
from psa.operations.set_up_firm import SetUpClosed, set_up_firm
from psa.set_up_steps import Answers, step_names

SESSION_KEY = "set_up"
View = Callable[..., HttpResponse]


def _only_while_open(view: View) -> View:
    """Show the page only to who came by a link that still works; to others it does not exist."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ANN401  (any view)
        state = request.session.get(SESSION_KEY) or {}
        if not usable_links(timezone.now()).filter(pk=state.get("link") or 0).exists():
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@login_not_required
@never_cache
@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Accept the one-time link and lead to the first step; the address is then forgotten."""
    found = find_link(token, timezone.now())
    if found is None:
        return render(request, "setup/closed.html", status=404)
    request.session.cycle_key()
    request.session[SESSION_KEY] = {"link": found.pk}
    return redirect("setup-step", step_names()[0])


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@_only_while_open
def step(request: HttpRequest, name: str) -> HttpResponse:
    """Ask one step; what was answered is kept until all is known."""
    names = step_names()
    if name not in names:
        raise Http404
    answers = Answers(request.session[SESSION_KEY])
    if request.method != "POST":
        return _page(request, name, answers.form(name))
    form = answers.take(name, request.POST)
    request.session[SESSION_KEY] = answers.kept
    if not form.is_valid():
        return _page(request, name, form)
    missing = answers.first_missing(names)
    return redirect("setup-step", missing) if missing else _finish(request, answers)


@never_cache
@require_safe
@permission_required("accounts.change_firm", raise_exception=True)
def done(request: HttpRequest) -> HttpResponse:
    """Say that the firm is ready, and what to do next."""
    return render(request, "setup/done.html")


def _finish(request: HttpRequest, answers: Answers) -> HttpResponse:
    now = timezone.now()
    beginning = answers.beginning(language=get_language() or "en", today=now.date())
    try:
        person = set_up_firm(link_id=answers.kept["link"], beginning=beginning, now=now)
    except SetUpClosed:
        return render(request, "setup/closed.html", status=404)
    del request.session[SESSION_KEY]
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.create_from_request(request)
    return redirect("setup-done")


def _page(request: HttpRequest, name: str, form: "BaseForm | BaseFormSet[Any]") -> HttpResponse:
    names = step_names()
    context = {
        "form": form,
        "step": name,
        "steps": names,
        "before": names[names.index(name) - 1] if name != names[0] else "",
        "is_last": name == names[-1],
    }
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, f"setup/{name}.html", context, status=status)
