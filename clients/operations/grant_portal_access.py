"""Let a contact sign in to the portal."""

from functools import partial

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.invitations import send_invitation
from accounts.models import User, UserKind
from clients.models import Contact, LegalEntity, PortalScope

ROLE_OF_SCOPE = {
    PortalScope.TICKETS: "client-tickets",
    PortalScope.EVERYTHING: "client-everything",
}


class AccessNotGrantable(Exception):
    """The contact cannot be given access like this."""


@transaction.atomic(durable=True)
def grant_portal_access(*, contact_id: int, scope: str, sends_invitation: bool = True) -> Contact:
    """Give a contact their sign-in and say what they may see; a first time invites by mail.

    :raises AccessNotGrantable: there is no e-mail address, or somebody else signs in with it
    """
    contact = Contact.objects.select_for_update(of=["self"]).get(pk=contact_id)
    if scope not in ROLE_OF_SCOPE:
        raise AccessNotGrantable(_("Say what the contact may see in the portal."))
    if not contact.email:
        raise AccessNotGrantable(_("The contact needs an e-mail address to sign in with."))
    had_access = contact.user is not None and contact.user.is_active
    user = contact.user or _find_or_make_user(contact)
    user.is_active = True
    user.save(update_fields=["is_active"])
    user.groups.set([Group.objects.get(name=ROLE_OF_SCOPE[PortalScope(scope)])])
    contact.user = user
    contact.portal_scope = scope
    contact.save(update_fields=["user", "portal_scope"])
    if sends_invitation and not had_access:
        invite = partial(send_invitation, user, firm=LegalEntity.objects.current().name)
        transaction.on_commit(invite, robust=True)
    return contact


def _find_or_make_user(contact: Contact) -> User:
    user: User | None = User.objects.filter(email__iexact=contact.email).first()
    if user is None:
        made: User = User.objects.create_user(
            contact.email,
            kind=UserKind.PORTAL,
            first_name=contact.first_name,
            last_name=contact.last_name,
            language=contact.client.language,
        )
        return made
    if user.is_firm_staff:
        raise AccessNotGrantable(
            _("%(email)s belongs to one of your own people.") % {"email": contact.email}
        )
    other = Contact.objects.filter(user=user).select_related("client").first()
    if other is not None:
        raise AccessNotGrantable(
            _("%(email)s already signs in for %(client)s as %(name)s.")
            % {"email": contact.email, "client": other.client, "name": other}
        )
    return user
