"""Planning the import of clients."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from clients.identity import check_same_company, clean_registration_number, clean_vat_number
from clients.importing.fields import CLIENT_FIELDS
from clients.importing.plan import (
    Change,
    Columns,
    ImportPlan,
    RowPlan,
    SeenBefore,
    apply,
    collect,
    read_rows,
    require,
)
from clients.importing.sheet import Sheet
from clients.models import Client, LegalEntity
from clients.queries import client_codes_from

Values = dict[str, Any]


def plan_clients(sheet: Sheet, columns: Columns) -> ImportPlan:
    """Compare each row with the client of its code, or else of its name. Two queries."""
    read = list(read_rows(sheet, columns, CLIENT_FIELDS))
    known = _Known(values.get("code", "") for _line, values, _complaints in read)
    seen = SeenBefore()
    rows = []
    for line, values, complaints in read:
        repeated = seen.complaint(known.key(values), line)
        complaints.extend([repeated] if repeated else [])
        rows.append(_plan_row(line, values, complaints, known))
    return ImportPlan(rows)


class _Known:
    """The clients there are, and the codes that new ones would get besides those in the file."""

    def __init__(self, codes_in_file: Iterable[str]) -> None:
        self.by_code: dict[str, Client] = {}
        self.by_name: dict[str, list[Client]] = {}
        for client in Client.objects.all():
            self.by_code[client.code.casefold()] = client
            self.by_name.setdefault(client.name.casefold(), []).append(client)
        taken = [client.code for client in self.by_code.values()]
        self.free_codes: Iterator[str] = client_codes_from([*taken, *codes_in_file])
        firm = LegalEntity.objects.filter(is_default=True).first()
        self.country = firm.country if firm else "FR"
        self.currency = firm.currency if firm else "EUR"

    def find(self, values: Values) -> list[Client]:
        """Return the clients that a row may mean."""
        if values.get("code"):
            found = self.by_code.get(values["code"].casefold())
            return [found] if found else []
        return self.by_name.get(values.get("name", "").casefold(), [])

    def key(self, values: Values) -> object:
        """Return what tells two rows of one file that they mean the same client."""
        found = self.find(values)
        if found:
            return found[0].pk
        return values.get("code", "").casefold() or ("name", values.get("name", "").casefold())


def _plan_row(line: int, values: Values, complaints: list[str], known: _Known) -> RowPlan:
    subject = values.get("name") or values.get("code") or "–"
    found = known.find(values)
    if len(found) > 1:
        complaints.append(_("several clients have this name: give the code"))
    client = found[0] if found else None
    if client is None:
        complaints += require(values, CLIENT_FIELDS)
    target = client or Client(country=known.country, currency=known.currency)
    complaints += _identity_complaints(target, values)
    if complaints:
        return RowPlan(line, subject, "refuse", reasons=complaints)
    if client is None and not values.get("code"):
        values["code"] = next(known.free_codes)
    elif client is not None:
        values["code"] = client.code
    changes: list[Change] = apply(target, values, CLIENT_FIELDS)
    if client is None:
        return RowPlan(line, subject, "create", target, changes)
    return RowPlan(line, subject, "change" if changes else "same", client, changes)


def _identity_complaints(target: Client, values: Values) -> list[str]:
    """Check the numbers against the country and put them into the form in which they are kept."""
    country = values.get("country", target.country)
    if country == "FR" and values.get("postcode", "").isdigit():
        values["postcode"] = values["postcode"].zfill(5)
    complaints = []
    for name, clean in (
        ("vat_number", clean_vat_number),
        ("registration_number", clean_registration_number),
    ):
        if name in values:
            try:
                values[name] = clean(values[name], country)
            except ValidationError as error:
                complaints += error.messages
    if complaints:
        return complaints
    vat = values.get("vat_number", target.vat_number)
    registration = values.get("registration_number", target.registration_number)
    return collect(partial(check_same_company, vat, registration, country))
