"""Take a contact's portal access away."""

from django.db import transaction

from accounts.sessions import end_everything
from clients.models import Contact


@transaction.atomic(durable=True)
def revoke_portal_access(*, contact_id: int) -> Contact:
    """Close the portal to a contact at once; whoever is signed in as them is signed out."""
    contact = Contact.objects.select_for_update(of=["self"]).get(pk=contact_id)
    contact.portal_scope = ""
    contact.save(update_fields=["portal_scope"])
    user = contact.user
    if user is not None:
        user.is_active = False
        user.save(update_fields=["is_active"])
        user.groups.clear()
        end_everything(user)
    return contact
