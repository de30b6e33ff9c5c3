"""The page on which a company is given its account at Stripe."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import UserRequest
from clients.models import LegalEntity
from core.form_page import answer
from payments.forms.online import StripeAccountForm
from payments.models import StripeAccount
from payments.operations.set_stripe_account import CheckoutRefused, set_stripe_account

TOLD = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.closed",
)


@require_safe
@permission_required("payments.change_stripeaccount", raise_exception=True)
def accounts(_request: UserRequest) -> HttpResponse:
    """Go to the settings of the company that issues unless another is named."""
    return redirect("online:account", entity_pk=LegalEntity.objects.current().pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("payments.change_stripeaccount", raise_exception=True)
def edit(request: UserRequest, entity_pk: int) -> HttpResponse:
    """Enter the keys, and turn payment online on or off."""
    entity = get_object_or_404(LegalEntity, pk=entity_pk)
    account = StripeAccount.objects.visible_to(request.user).filter(legal_entity=entity).first()
    form = StripeAccountForm(
        request.POST or None,
        account=account,
        initial={"is_on": account is not None and account.is_on},
    )
    if form.is_valid():
        try:
            set_stripe_account(entity_id=entity.pk, asked=form.asked())
        except CheckoutRefused as refusal:
            form.add_error("is_on", str(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("online:account", entity_pk=entity.pk)
    context = {
        "form": form,
        "entity": entity,
        "entities": LegalEntity.objects.order_by("name"),
        "account": account,
        "webhook_url": webhook_url(request, entity),
        "told": TOLD,
    }
    return answer(request, "payments/stripe_account.html", context, form)


def webhook_url(request: HttpRequest, entity: LegalEntity) -> str:
    """Return the address that Stripe is to be given."""
    return request.build_absolute_uri(reverse("online:webhook", args=[entity.pk]))
