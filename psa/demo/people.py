"""The people of the demonstration firm, and how they sign in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.auth.models import Group

from accounts.models import User
from catalog.models import WorkRole

PASSWORD = "fixpoint-demo"  # noqa: S105  (opens only the demonstration firm)
DOMAIN = "fixpoint.example"


@dataclass(frozen=True, slots=True)
class Colleague:
    """One of the firm's people."""

    role: str
    first_name: str
    last_name: str
    address: str

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.address}@{DOMAIN}"


TECHNICIANS = (
    Colleague("technician", "Inès", "Morel", "technician"),
    Colleague("technician", "Karim", "Benali", "karim"),
    Colleague("technician", "Sophie", "Lambert", "sophie"),
    Colleague("technician", "Tomasz", "Nowak", "tomasz"),
)
MANAGER = Colleague("manager", "Claire", "Vasseur", "manager")
ACCOUNTANT = Colleague("accountant", "Hugo", "Perrin", "accountant")
ADMINISTRATOR = Colleague("administrator", "Yasmine", "Cohen", "administrator")
COLLEAGUES = (*TECHNICIANS, MANAGER, ACCOUNTANT, ADMINISTRATOR)
CONTACT_EMAIL = f"contact@{DOMAIN}"
SIGN_INS = (
    ("technician", TECHNICIANS[0].email),
    ("manager", MANAGER.email),
    ("accountant", ACCOUNTANT.email),
    ("administrator", ADMINISTRATOR.email),
    ("a client's contact", CONTACT_EMAIL),
)


@dataclass(frozen=True, slots=True)
class Staff:
    """The firm's people once they exist."""

    technicians: list[User]
    manager: User
    accountant: User


def hire() -> Staff:
    """Let everybody sign in."""
    made = {one.email: _hire(one) for one in COLLEAGUES}
    return Staff(
        technicians=[made[one.email] for one in TECHNICIANS],
        manager=made[MANAGER.email],
        accountant=made[ACCOUNTANT.email],
    )


def roles_of(staff: Staff, roles: Mapping[str, WorkRole]) -> dict[int, int | None]:
    """Return in which role each technician works, by their keys."""
    usual = ("technician", "senior", "engineer", "technician")
    return {
        person.pk: roles[role].pk for person, role in zip(staff.technicians, usual, strict=True)
    }


def _hire(colleague: Colleague) -> User:
    person: User = User.objects.create_user(
        colleague.email,
        PASSWORD,
        first_name=colleague.first_name,
        last_name=colleague.last_name,
        language="en",
    )
    person.groups.add(Group.objects.get(name=colleague.role))
    return person
