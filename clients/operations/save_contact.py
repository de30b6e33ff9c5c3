"""Save what is known about a contact, and the address they sign in with."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from clients.models import Contact


class EmailNotUsable(Exception):
    """The contact cannot sign in with this address."""


@transaction.atomic(durable=True)
def save_contact(*, contact: Contact) -> Contact:
    """Save a contact; one who signs in keeps doing so, with the new name and address.

    :raises EmailNotUsable: they would have no address, or somebody else's
    """
    contact.save()
    user = contact.user
    if user is None:
        return contact
    if not contact.email:
        raise EmailNotUsable(_("This contact signs in with the address: close the portal first."))
    if User.objects.filter(email__iexact=contact.email).exclude(pk=user.pk).exists():
        raise EmailNotUsable(_("Somebody else already signs in with this address."))
    if user.email != contact.email.lower():
        EmailAddress.objects.filter(user=user).delete()
    user.email = contact.email.lower()
    user.first_name = contact.first_name
    user.last_name = contact.last_name
    user.save(update_fields=["email", "first_name", "last_name"])
    return contact
