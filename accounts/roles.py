"""What the roles are called and who they are for; what they allow is the project's to say."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADMINISTRATOR = "administrator"
STAFF_ROLES: dict[str, tuple[Promise, Promise]] = {
    "technician": (_("Technician"), _("works on tickets, logs time and parts")),
    "dispatcher": (_("Dispatcher"), _("hands out tickets, looks after clients")),
    "accountant": (_("Accountant"), _("contracts, billing, payments, dashboards")),
    "sales": (_("Sales"), _("clients and contracts, without money")),
    "manager": (_("Manager"), _("everything a dispatcher and an accountant may")),
    ADMINISTRATOR: (_("Administrator"), _("people, roles and the firm's settings as well")),
}
PORTAL_ROLES: dict[str, Promise] = {
    "client-tickets": _("Tickets in the portal"),
    "client-everything": _("Tickets, contracts and invoices in the portal"),
}


def role_label(name: str) -> str:
    """Return what a role is called; a group of another origin keeps its own name."""
    if name in STAFF_ROLES:
        return str(STAFF_ROLES[name][0])
    return str(PORTAL_ROLES.get(name, name))


def role_labels(groups: Iterable[Group]) -> list[str]:
    """Return what a person's roles are called, in the order of the roles."""
    order = {name: place for place, name in enumerate([*STAFF_ROLES, *PORTAL_ROLES])}
    names = sorted((group.name for group in groups), key=lambda name: order.get(name, len(order)))
    return [role_label(name) for name in names]
