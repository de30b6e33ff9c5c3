"""Setting how clients pay a company online."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core.secret_box import seal
from payments.models import StripeAccount
from payments.operations._checkouts import CheckoutRefused

__all__ = ["CheckoutRefused", "StripeSettings", "set_stripe_account"]
LIVE_KEYS = ("sk_live_", "rk_live_")


@dataclass(frozen=True, slots=True)
class StripeSettings:
    """On or off, and the keys; an empty key leaves the one that is kept."""

    is_on: bool
    key: str = ""
    webhook_secret: str = ""
    account_name: str = ""
    forgets_keys: bool = False


@transaction.atomic(durable=True)
def set_stripe_account(*, entity_id: int, asked: StripeSettings) -> StripeAccount:
    """Keep the settings; what was asked before still comes in when clients may pay no more.

    :raises CheckoutRefused: it cannot be on without both keys
    """
    rows = StripeAccount.objects.select_for_update(no_key=True)
    account = rows.filter(legal_entity=entity_id).first() or StripeAccount(
        legal_entity_id=entity_id
    )
    if asked.forgets_keys:
        account.key_sealed = account.webhook_secret_sealed = account.account_name = ""
    if asked.key:
        account.key_sealed, account.account_name = seal(asked.key), asked.account_name[:200]
        account.is_live = asked.key.startswith(LIVE_KEYS)
    if asked.webhook_secret:
        account.webhook_secret_sealed = seal(asked.webhook_secret)
    account.is_on = asked.is_on
    if asked.is_on and not (account.key_sealed and account.webhook_secret_sealed):
        raise CheckoutRefused(_("Clients can pay online once both keys are entered."))
    account.save()
    return account
