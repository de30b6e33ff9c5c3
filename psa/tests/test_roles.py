"""What roles are called and what they allow belong together."""

from accounts import roles as labels
from psa import roles


def test_every_role_of_the_firm_has_a_name_and_a_purpose() -> None:
    assert tuple(labels.STAFF_ROLES) == roles.STAFF_ROLES


def test_every_role_of_a_client_has_a_name() -> None:
    assert labels.PORTAL_ROLES.keys() == roles.ROLES.keys() - set(roles.STAFF_ROLES)


def test_nobody_of_a_client_may_do_what_the_firms_people_do() -> None:
    firm = frozenset().union(*(roles.ROLES[name] for name in roles.STAFF_ROLES))
    client = frozenset().union(*(roles.ROLES[name] for name in labels.PORTAL_ROLES))

    assert firm & client == frozenset()
