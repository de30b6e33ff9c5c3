"""The firm, its clients and their people, from an old system's export."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from accounts.models import User, UserKind
from catalog.models import TaxRate
from catalog.models.tax_rate import TaxCode
from clients.models import Client, Contact, LegalEntity, PortalScope
from psa.legacy.formats import Accepted
from psa.legacy.rows import ClientRow, ContactRow, FirmRow
from psa.operations.legacy.store import (
    Change,
    Found,
    Store,
    nothing_blocks,
    row_of,
    rows_of,
    update_fields,
)

LONG_AGO = date(2000, 1, 1)
FIRM_FIELDS = tuple(name for name in FirmRow.__dataclass_fields__ if name != "tax_rate")
PORTAL_ROLE = "client-everything"


def is_same_firm(entity: LegalEntity, row: FirmRow) -> bool:
    """Return whether the export is of the firm that is set up here."""
    if entity.registration_number and row.registration_number:
        return entity.registration_number.replace(" ", "")[:9] == row.registration_number[:9]
    return entity.name.casefold() == row.name.casefold()


def _find_firm(accepted: Sequence[Accepted]) -> dict[str, Found]:
    entity = LegalEntity.objects.filter(is_default=True).first()
    return {one.key: Found(entity.pk) for one in accepted} if entity else {}


def _create_firm(accepted: Sequence[Accepted]) -> list[int]:
    row = rows_of(FirmRow, accepted)[0]
    entity = LegalEntity.objects.create(**{name: getattr(row, name) for name in FIRM_FIELDS})
    _set_tax_rate(row)
    return [entity.pk]


def _change_firm(changes: Sequence[Change]) -> None:
    change = changes[0]
    row = row_of(FirmRow, change)
    entity = LegalEntity.objects.get(pk=change.target_id)
    names = [name for name in FIRM_FIELDS if name in change.fields]
    if change.is_adopted:
        names = [name for name in names if not getattr(entity, name)]
    for name in names:
        setattr(entity, name, getattr(row, name))
    if names:
        entity.save(update_fields=names)
    if "tax_rate" in change.fields:
        _set_tax_rate(row)


def _set_tax_rate(row: FirmRow) -> None:
    """Set the country's standard rate, unless rates with dates are already kept here."""
    rates = TaxRate.objects.filter(country=row.country, tax_code=TaxCode.STANDARD)
    first = rates.order_by("starts_on").first()
    if first is None:
        TaxRate.objects.create(
            country=row.country, tax_code=TaxCode.STANDARD, rate=row.tax_rate, starts_on=LONG_AGO
        )
    elif rates.count() == 1 and first.rate != row.tax_rate and first.starts_on == LONG_AGO:
        first.rate = row.tax_rate
        first.save(update_fields=["rate"])


def _find_clients(accepted: Sequence[Accepted]) -> dict[str, Found]:
    named = {row.code: row.name for row in rows_of(ClientRow, accepted)}
    return {
        code: Found(
            pk,
            ""
            if name.casefold() == named[code].casefold()
            else f"{code} is already another client here, {name}",
        )
        for pk, code, name in Client.objects.filter(code__in=named).values_list(
            "pk", "code", "name"
        )
    }


def _create_clients(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(ClientRow, accepted)
    made = Client.objects.bulk_create([Client(**asdict(row)) for row in rows])
    return [client.pk for client in made]


def _change_clients(changes: Sequence[Change]) -> None:
    update_fields(Client.objects.all(), changes, tuple(ClientRow.__dataclass_fields__))


def _find_contacts(accepted: Sequence[Accepted]) -> dict[str, Found]:
    keys = {(row.client, row.email): row.key for row in rows_of(ContactRow, accepted) if row.email}
    here = Contact.objects.filter(email__in=[email for _client, email in keys]).values_list(
        "pk", "client__code", "email"
    )
    return {keys[code, mail]: Found(pk) for pk, code, mail in here if (code, mail) in keys}


def _create_contacts(accepted: Sequence[Accepted]) -> list[int]:
    rows = rows_of(ContactRow, accepted)
    clients = _clients_of(rows)
    users = _portal_users([row for row in rows if row.uses_portal], clients)
    made = Contact.objects.bulk_create(
        Contact(
            client=clients[row.client],
            first_name=row.first_name,
            last_name=row.last_name,
            email=row.email,
            phone=row.phone,
            portal_scope=PortalScope.EVERYTHING if row.uses_portal else "",
            user=users.get(row.key),
        )
        for row in rows
    )
    return [contact.pk for contact in made]


def _change_contacts(changes: Sequence[Change]) -> None:
    update_fields(Contact.objects.all(), changes, ("first_name", "last_name", "email", "phone"))
    turned = [change for change in changes if "uses_portal" in change.fields]
    rows = [row_of(ContactRow, change) for change in turned]
    contacts = Contact.objects.in_bulk([change.target_id for change in turned])
    userless = [
        row
        for row, change in zip(rows, turned, strict=True)
        if row.uses_portal and contacts[change.target_id].user_id is None
    ]
    users = _portal_users(userless, _clients_of(rows))
    for row, change in zip(rows, turned, strict=True):
        contact = contacts[change.target_id]
        contact.portal_scope = PortalScope.EVERYTHING if row.uses_portal else ""
        contact.user = users.get(row.key, contact.user)
    Contact.objects.bulk_update(contacts.values(), ["portal_scope", "user"])


def _clients_of(rows: Sequence[ContactRow]) -> dict[str, Client]:
    codes = {row.client for row in rows}
    return {client.code: client for client in Client.objects.filter(code__in=codes)}


def _portal_users(rows: Sequence[ContactRow], clients: dict[str, Client]) -> dict[str, User]:
    """Make a person for each contact who may sign in, with a password that nobody knows.

    An address signs in once: for the first contact who has it.
    """
    addresses = {row.email.lower() for row in rows}
    taken = set(User.objects.filter(email__in=addresses).values_list("email", flat=True))
    people: dict[str, User] = {}
    for row in rows:
        address = row.email.lower()
        if address in taken:
            continue
        taken.add(address)
        people[row.key] = User(
            email=address,
            first_name=row.first_name,
            last_name=row.last_name,
            kind=UserKind.PORTAL,
            language=clients[row.client].language,
            password=make_password(None),
        )
    User.objects.bulk_create(people.values())
    add_to_role(list(people.values()), PORTAL_ROLE)
    return people


def add_to_role(people: Sequence[User], role: str) -> None:
    """Give new people their role."""
    group, _made = Group.objects.get_or_create(name=role)
    membership = User.groups.through
    membership.objects.bulk_create(
        membership(user_id=person.pk, group_id=group.pk) for person in people
    )


FIRM_STORE = Store(LegalEntity, _find_firm, nothing_blocks, _create_firm, _change_firm)
CLIENT_STORE = Store(Client, _find_clients, nothing_blocks, _create_clients, _change_clients)
CONTACT_STORE = Store(Contact, _find_contacts, nothing_blocks, _create_contacts, _change_contacts)
