"""Where Stripe tells what happened."""

import json

import stripe
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.secret_box import SecretLost, unseal
from payments.domain.told import NotTold, read
from payments.models import StripeAccount
from payments.operations.take_event import take_event

SECONDS_OLD = 300
MOST_BYTES = 512 * 1024


@csrf_exempt
@login_not_required
@require_POST
def stripe_webhook(request: HttpRequest, entity_pk: int) -> HttpResponse:
    """Take a message whose signature is right and fresh; everything else is refused."""
    account = StripeAccount.objects.filter(legal_entity=entity_pk).first()
    if account is None or not account.listens:
        raise Http404
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _answer("too large", 413)
    try:
        secret = unseal(account.webhook_secret_sealed)
        stripe.WebhookSignature.verify_header(
            request.body, request.headers.get("Stripe-Signature", ""), secret, SECONDS_OLD
        )
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return _answer("signature", 400)
    except SecretLost:
        return _answer("the signing secret has to be entered again", 503)
    try:
        body = json.loads(request.body)
        told = read(body)
    except (NotTold, json.JSONDecodeError):
        return _answer("no message", 400)
    take_event(account_id=account.pk, told=told, body=body)
    return _answer("taken", 200)


def _answer(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain")
