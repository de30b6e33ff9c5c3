"""Passwords that the product must be able to use again: kept encrypted, never shown.

The key comes from the installation's own secret key; a copy of the database alone opens nothing.
"""

from base64 import urlsafe_b64encode
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _


class SecretLost(Exception):
    """The secret was sealed under another key, so it has to be typed again."""


def seal(secret: str) -> str:
    """Return the secret as it may be stored; nothing stays nothing."""
    return _box().encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """Return the secret again.

    :raises SecretLost: the installation's secret key is another one now
    """
    try:
        return _box().decrypt(sealed.encode()).decode() if sealed else ""
    except InvalidToken as error:
        raise SecretLost(_("The password can no longer be read. Enter it again.")) from error


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key_of(str(key))) for key in keys])


def _key_of(secret_key: str) -> bytes:
    return urlsafe_b64encode(sha256(b"fixpoint secret box " + secret_key.encode()).digest())
