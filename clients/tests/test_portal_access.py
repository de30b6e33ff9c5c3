"""Opening the portal to a contact and closing it again."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client as Browser

from accounts.models import User
from accounts.tests.factories import UserFactory
from clients.models import Contact
from clients.operations.grant_portal_access import AccessNotGrantable, grant_portal_access
from clients.operations.invite_contact import ContactHasNoAccess, invite_contact
from clients.operations.revoke_portal_access import revoke_portal_access
from clients.operations.save_contact import EmailNotUsable, save_contact
from clients.tests.factories import ContactFactory, LegalEntityFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def contact() -> Contact:
    LegalEntityFactory()
    made: Contact = ContactFactory(email="Zoe@example.org", first_name="Zoé", last_name="Roux")
    return made


def roles(user: User | None) -> list[str]:
    return [] if user is None else list(user.groups.values_list("name", flat=True))


def test_granting_makes_a_sign_in_with_its_role_and_invites(contact: Contact) -> None:
    granted = grant_portal_access(contact_id=contact.pk, scope="tickets")

    assert granted.user is not None
    assert (granted.user.email, granted.user.kind) == ("zoe@example.org", "portal")
    assert (granted.user.language, roles(granted.user)) == ("fr", ["client-tickets"])
    assert not granted.user.has_usable_password()
    (invitation,) = mail.outbox
    assert invitation.to == ["zoe@example.org"]
    assert "/accounts/password/reset/key/" in str(invitation.body)
    assert invitation.extra_headers == {"X-Fixpoint-Private": "1"}


def test_a_wider_scope_changes_the_role_and_does_not_invite_again(contact: Contact) -> None:
    grant_portal_access(contact_id=contact.pk, scope="tickets")

    granted = grant_portal_access(contact_id=contact.pk, scope="everything")

    assert roles(granted.user) == ["client-everything"]
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("email", "scope", "sentence"),
    [
        ("", "tickets", "needs an e-mail address"),
        ("staff@firm.example", "tickets", "one of your own people"),
        ("other@client.example", "tickets", "already signs in for"),
        ("zoe@example.org", "money", "what the contact may see"),
    ],
)
def test_access_is_refused_with_the_reason(
    contact: Contact, email: str, scope: str, sentence: str
) -> None:
    UserFactory.create(email="staff@firm.example")
    taken = UserFactory.create(portal=True, email="other@client.example")
    ContactFactory(user=taken, email="other@client.example", sees_tickets=True)
    Contact.objects.filter(pk=contact.pk).update(email=email)

    with pytest.raises(AccessNotGrantable, match=sentence):
        grant_portal_access(contact_id=contact.pk, scope=scope)

    contact.refresh_from_db()
    assert (contact.user, contact.portal_scope, mail.outbox) == (None, "", [])


def test_revoking_signs_the_contact_out_at_once(contact: Contact) -> None:
    granted = grant_portal_access(contact_id=contact.pk, scope="everything")
    browser = Browser()
    assert granted.user
    browser.force_login(granted.user, backend="django.contrib.auth.backends.ModelBackend")

    revoke_portal_access(contact_id=contact.pk)

    contact.refresh_from_db()
    assert contact.user is not None
    assert (contact.portal_scope, contact.user.is_active, roles(contact.user)) == ("", False, [])
    assert browser.get("/portal/").status_code == 302


def test_access_can_be_given_back_with_a_new_invitation(contact: Contact) -> None:
    first = grant_portal_access(contact_id=contact.pk, scope="tickets")
    revoke_portal_access(contact_id=contact.pk)

    again = grant_portal_access(contact_id=contact.pk, scope="tickets")

    assert again.user == first.user
    assert again.user is not None
    assert again.user.is_active
    assert len(mail.outbox) == 2


def test_an_invitation_needs_access(contact: Contact) -> None:
    with pytest.raises(ContactHasNoAccess, match="access to the portal first"):
        invite_contact(contact_id=contact.pk)
    granted = grant_portal_access(contact_id=contact.pk, scope="tickets")

    invite_contact(contact_id=granted.pk)

    assert len(mail.outbox) == 2


def test_a_new_address_is_the_one_to_sign_in_with(contact: Contact) -> None:
    granted = grant_portal_access(contact_id=contact.pk, scope="tickets")
    granted.email = "Zoe.Roux@example.org"

    save_contact(contact=granted)

    assert User.objects.get(pk=granted.user_id).email == "zoe.roux@example.org"


@pytest.mark.parametrize("email", ["", "taken@example.org"])
def test_who_signs_in_needs_an_address_of_their_own(contact: Contact, email: str) -> None:
    UserFactory.create(email="taken@example.org")
    granted: Any = grant_portal_access(contact_id=contact.pk, scope="tickets")
    granted.email = email

    with pytest.raises(EmailNotUsable):
        save_contact(contact=granted)

    contact.refresh_from_db()
    assert contact.email == "Zoe@example.org"
