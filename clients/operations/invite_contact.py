"""Send a contact their invitation once more."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.invitations import send_invitation
from clients.models import Contact, LegalEntity


class ContactHasNoAccess(Exception):
    """There is nothing to invite the contact to."""


@transaction.atomic(durable=True)
def invite_contact(*, contact_id: int) -> Contact:
    """Mail the link with which a contact chooses a password.

    :raises ContactHasNoAccess: the portal is closed to them
    """
    contact = Contact.objects.select_related("user").get(pk=contact_id)
    if contact.user is None or not contact.user.is_active:
        raise ContactHasNoAccess(_("Give the contact access to the portal first."))
    invite = partial(send_invitation, contact.user, firm=LegalEntity.objects.current().name)
    transaction.on_commit(invite, robust=True)
    return contact
