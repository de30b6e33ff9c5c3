"""Planning the import of contacts."""

from typing import Any

from django.utils.translation import gettext as _

from clients.importing.fields import CONTACT_FIELDS
from clients.importing.plan import (
    Columns,
    ImportPlan,
    RowPlan,
    SeenBefore,
    apply,
    read_rows,
    require,
)
from clients.importing.sheet import Sheet
from clients.models import Client, Contact

Values = dict[str, Any]
OWN_FIELDS = tuple(one for one in CONTACT_FIELDS if one.name != "client")


def plan_contacts(sheet: Sheet, columns: Columns) -> ImportPlan:
    """Compare each row with the contact of its address, or else of its name. Two queries."""
    known = _Known()
    seen = SeenBefore()
    rows = []
    for line, values, complaints in read_rows(sheet, columns, CONTACT_FIELDS):
        missing = require(values, CONTACT_FIELDS)
        client = known.client(values.get("client", ""), complaints)
        if client is not None and not missing:
            repeated = seen.complaint(_key(client, values), line)
            missing += [repeated] if repeated else []
        rows.append(_plan_row(line, values, [*complaints, *missing], client, known))
    return ImportPlan(rows)


class _Known:
    """The clients there are and their contacts."""

    def __init__(self) -> None:
        self.by_code: dict[str, Client] = {}
        self.by_name: dict[str, list[Client]] = {}
        for client in Client.objects.all():
            self.by_code[client.code.casefold()] = client
            self.by_name.setdefault(client.name.casefold(), []).append(client)
        self.by_email: dict[tuple[int, str], Contact] = {}
        self.by_name_at: dict[tuple[int, str], Contact] = {}
        for contact in Contact.objects.select_related("client", "user"):
            if contact.email:
                self.by_email[contact.client_id, contact.email.casefold()] = contact
            self.by_name_at.setdefault((contact.client_id, str(contact).casefold()), contact)

    def client(self, text: str, complaints: list[str]) -> Client | None:
        """Return the client of that code or name, or complain."""
        if not text:
            return None
        found = self.by_name.get(text.casefold(), [])
        client = self.by_code.get(text.casefold())
        if client is None and len(found) == 1:
            client = found[0]
        if client is None:
            complaints.append(
                _("several clients are called “%(text)s”: give the code") % {"text": text}
                if found
                else _("there is no client “%(text)s”") % {"text": text}
            )
        return client

    def contact(self, client: Client, values: Values) -> Contact | None:
        """Return the contact with the row's address; without one, the one with its name."""
        email = values.get("email", "").casefold()
        if email and (client.pk, email) in self.by_email:
            return self.by_email[client.pk, email]
        named = self.by_name_at.get((client.pk, _name(values)))
        return named if named is not None and (not email or not named.email) else None


def _plan_row(
    line: int, values: Values, complaints: list[str], client: Client | None, known: _Known
) -> RowPlan:
    subject = f"{values.get('first_name', '')} {values.get('last_name', '–')}".strip()
    if complaints or client is None:
        return RowPlan(line, subject, "refuse", reasons=complaints)
    contact = known.contact(client, values)
    changes = apply(contact or Contact(client=client), values, OWN_FIELDS)
    if contact is not None:
        return RowPlan(line, subject, "change" if changes else "same", contact, changes)
    made = Contact(client=client)
    return RowPlan(line, subject, "create", made, apply(made, values, OWN_FIELDS))


def _key(client: Client, values: Values) -> tuple[int, str]:
    return client.pk, values.get("email", "").casefold() or _name(values)


def _name(values: Values) -> str:
    return f"{values.get('first_name', '')} {values.get('last_name', '')}".strip().casefold()
