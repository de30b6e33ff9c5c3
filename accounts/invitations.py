"""The mail that brings a new person in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User

# A mail with a secret link: where mails are kept in the app, only administrators may read it.
PRIVATE_MAIL = {"X-Fixpoint-Private": "1"}


def send_invitation(person: User, *, firm: str = "Fixpoint") -> None:
    """Send a person the link with which they choose their password."""
    with translation.override(person.language):
        context = {"person": person, "firm": firm, "url": invitation_url(person)}
        mail = EmailMessage(
            subject=_("Your access to %(firm)s") % {"firm": firm},
            body=render_to_string("accounts/mails/invitation.txt", context),
            to=[person.email],
            headers=PRIVATE_MAIL,
        )
    mail.send()


def invitation_url(person: User) -> str:
    """Return the address at which a person chooses a password; it works once, for some days."""
    key = default_token_generator.make_token(person)
    arguments = {"uidb36": user_pk_to_url_str(person), "key": key}
    path = reverse("account_reset_password_from_key", kwargs=arguments)
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"
