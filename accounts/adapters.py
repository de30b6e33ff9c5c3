"""How the firm wants allauth to behave."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.utils import translation
from django.utils.encoding import force_bytes

from accounts.invitations import PRIVATE_MAIL

SECRET_MAILS = frozenset({"account/email/password_reset_key"})


class FirmAdapter(DefaultAccountAdapter):
    """People are added by an administrator, and read mails in their own language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  (allauth's signature)
        """Nobody adds themselves."""
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        """Write a mail in its reader's language; one with a secret link is marked as private."""
        if template_prefix in SECRET_MAILS:
            headers = {**(headers or {}), **PRIVATE_MAIL}
        reader = context.get("user")
        with translation.override(getattr(reader, "language", translation.get_language())):
            mail: EmailMessage = super().render_mail(template_prefix, email, context, headers)
        return mail


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors are kept encrypted, so that a copy of the database opens no door."""

    def encrypt(self, text: str) -> str:
        """Return what is stored of a secret."""
        return _vault().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret behind what is stored."""
        return _vault().decrypt(encrypted_text.encode()).decode()


def _vault() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(force_bytes(secret))) for secret in secrets])


def _key(secret: bytes) -> bytes:
    digest = hashlib.sha256(b"second factor" + secret).digest()
    return base64.urlsafe_b64encode(digest)
