"""The cast does what its roles say."""

from accounts.models import User


def test_a_role_gives_its_permissions(accountant: User, technician: User) -> None:
    assert accountant.has_perm("billing.issue_invoice")
    assert not technician.has_perm("billing.issue_invoice")


def test_a_contact_may_use_the_portal_and_not_the_desk(client_contact: User) -> None:
    assert client_contact.has_perm("accounts.use_portal")
    assert not client_contact.has_perm("accounts.use_desk")


def test_the_outsider_belongs_to_another_client(client_contact: User, outsider: User) -> None:
    assert client_contact.contact.client != outsider.contact.client
