"""What people keep about themselves: profile and API tokens."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import ProfileForm, TokenForm
from accounts.models import ApiToken, SignIn
from accounts.operations.make_token import make_token
from accounts.requests import UserRequest
from accounts.roles import role_labels

SIGN_INS_SHOWN = 5


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: UserRequest) -> HttpResponse:
    """Show and change one's own name, language and appearance."""
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:profile")
    context = {
        "form": form,
        "roles": role_labels(request.user.groups.all()),
        "sign_ins": SignIn.objects.filter(user=request.user)[:SIGN_INS_SHOWN],
    }
    return render(request, "accounts/profile.html", context, status=422 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("accounts.use_desk", raise_exception=True)
def tokens(request: UserRequest) -> HttpResponse:
    """List one's own tokens and make another; its secret is on the answer and nowhere else."""
    form = TokenForm(request.POST or None)
    made, secret = None, ""
    if request.method == "POST" and form.is_valid():
        made, secret = make_token(
            person_id=request.user.pk, name=form.cleaned_data["name"], lifetime=form.lifetime()
        )
        form = TokenForm()
    context = {
        "form": form,
        "made": made,
        "secret": secret,
        "tokens": ApiToken.objects.visible_to(request.user),
    }
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@require_POST
@permission_required("accounts.use_desk", raise_exception=True)
def token_revoke(request: UserRequest, public_id: uuid.UUID) -> HttpResponse:
    """Revoke one of one's own tokens; the program that uses it is out at once."""
    token = get_object_or_404(ApiToken.objects.visible_to(request.user), public_id=public_id)
    token.delete()
    messages.success(request, _("“%(name)s” is revoked.") % {"name": token.name})
    return redirect("accounts:tokens")
