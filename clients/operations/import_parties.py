"""Write what was confirmed in the preview of an import."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Literal

from django.db import connection, transaction

from accounts.models import User
from clients.importing.clients import plan_clients
from clients.importing.contacts import plan_contacts
from clients.importing.plan import Columns, ImportPlan, RowPlan
from clients.importing.sheet import Sheet
from clients.models import Client, Contact

PartyKind = Literal["clients", "contacts"]
PLANNERS: dict[PartyKind, Callable[[Sheet, Columns], ImportPlan]] = {
    "clients": plan_clients,
    "contacts": plan_contacts,
}


@transaction.atomic(durable=True)
def import_parties(*, kind: PartyKind, sheet: Sheet, columns: Columns) -> Counter[str]:
    """Plan once more against what is there now, and write that plan; all of it or nothing.

    Rows that are refused stay out and stop nobody. Returns how many rows had each outcome.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE clients_client, clients_contact IN SHARE ROW EXCLUSIVE MODE")
    plan = PLANNERS[kind](sheet, columns)
    created = [row.record for row in plan.rows if row.outcome == "create"]
    changed = [row for row in plan.rows if row.outcome == "change"]
    objects = Client.objects if kind == "clients" else Contact.objects
    objects.bulk_create(created)
    fields = sorted({change.name for row in changed for change in row.changes})
    if fields:
        objects.bulk_update([row.record for row in changed], fields, batch_size=500)
    if kind == "contacts":
        _rename_sign_ins(changed)
    return plan.counts


def _rename_sign_ins(changed: Sequence[RowPlan]) -> None:
    people: list[User] = []
    for row in changed:
        if row.record.user is not None:
            row.record.user.first_name = row.record.first_name
            row.record.user.last_name = row.record.last_name
            people.append(row.record.user)
    User.objects.bulk_update(people, ["first_name", "last_name"])
