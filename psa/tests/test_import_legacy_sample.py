"""The sample's export: what comes in, what is refused, and why."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import connection

from accounts.models import User
from catalog.models import Rate, TaxRate
from clients.models import Client, Contact, LegalEntity
from contracts.models import Contract, ContractLine, CoverageRule, LineVersion
from psa.tests.legacy_support import SAMPLE, figures, import_folder, refusals
from tickets.models import FlatRateItem, PartUsed, Ticket, TimeEntry

pytestmark = pytest.mark.django_db
NEW = {
    "societe.csv": (1, 0, 0, 0),
    "clients.csv": (60, 0, 0, 3),
    "contacts.csv": (128, 0, 0, 2),
    "taux.csv": (5, 0, 0, 0),
    "taux_clients.csv": (4, 0, 0, 0),
    "forfaits.csv": (4, 0, 0, 0),
    "contrats.csv": (37, 0, 0, 2),
    "tickets.csv": (236, 0, 0, 0),
    "temps.csv": (461, 0, 0, 5),
    "pieces.csv": (66, 0, 0, 1),
}
REFUSED = [
    "clients.csv:32: same as line 6",
    "clients.csv:63: code is empty",
    "clients.csv:64: devise: “EURO” is not an ISO 4217 currency",
    "contacts.csv:11: courriel: “pas-une-adresse” is not an e-mail address",
    "contacts.csv:24: client C999 is unknown",
    "contrats.csv:39: prix_mensuel_ht: “douze” is not a number",
    "contrats.csv:40: fin 01/02/2026 comes before debut 01/03/2026",
    "temps.csv:52: same as line 9",
    "temps.csv:464: fin 30/03/2026 09:00 is not after debut 30/03/2026 10:00",
    "temps.csv:465: ticket T9999 is unknown",
    "temps.csv:466: debut: 31/02/2026 is not a day that exists",
    "temps.csv:467: work type teleportation is unknown",
    "pieces.csv:68: quantite: -1 is not above zero",
]


def rows_of_every_table() -> dict[str, int]:
    """Count all rows, those of the audit trail included."""
    counts = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608  (our own tables)
            counts[table] = cursor.fetchone()[0]
    return counts


def sequences() -> list[tuple[str, int | None]]:
    """Return where every counter of the database stands."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")
        return list(cursor.fetchall())


def test_the_good_rows_come_in_and_the_bad_ones_are_refused_with_line_and_reason() -> None:
    report = import_folder(SAMPLE)

    assert figures(report) == NEW
    assert refusals(report) == REFUSED
    assert len(report.remarks) - len(REFUSED) == 8  # names that lost letters in Windows-1252


def test_a_dry_run_says_the_same_and_writes_nothing() -> None:
    rows, counters = rows_of_every_table(), sequences()

    report = import_folder(SAMPLE, dry_run=True)

    assert (figures(report), refusals(report)) == (NEW, REFUSED)
    assert rows_of_every_table() == rows
    assert sequences() == counters


def test_the_same_import_twice_changes_nothing() -> None:
    import_folder(SAMPLE)
    rows, counters = rows_of_every_table(), sequences()

    report = import_folder(SAMPLE)

    assert figures(report) == {
        file: (0, 0, new, refused) for file, (new, _, _, refused) in NEW.items()
    }
    assert refusals(report) == REFUSED
    assert rows_of_every_table() == rows
    assert sequences() == counters


def test_the_firm_is_the_seller_with_its_tax_rate() -> None:
    import_folder(SAMPLE)

    firm = LegalEntity.objects.current()
    assert (firm.name, firm.legal_form, firm.share_capital) == (
        "Dépann'Info Services",
        "SARL",
        Decimal(10000),
    )
    assert (firm.registration_number, firm.time_zone) == ("999000011", "Europe/Paris")
    assert TaxRate.objects.get().rate == Decimal("20.00")


def test_clients_and_contacts_keep_their_names_and_nobody_can_sign_in_yet() -> None:
    import_folder(SAMPLE)

    assert Client.objects.get(code="C041").country == "DE"
    zoe = Contact.objects.get(email="c001.0@example.org")
    assert (str(zoe), zoe.portal_scope) == ("Zoé Roux", "everything")
    assert zoe.user is not None
    assert not zoe.user.has_usable_password()
    assert Contact.objects.exclude(user=None).count() == 60
    assert {group.name for group in zoe.user.groups.all()} == {"client-everything"}


def test_rates_hold_from_long_ago_and_a_client_takes_minimum_and_step_from_the_firm() -> None:
    import_folder(SAMPLE)

    firm = Rate.objects.get(rate_card__client=None, work_type__code="site")
    own = Rate.objects.get(rate_card__client__code="C005", work_type__code="site")
    assert (firm.hourly_rate, firm.minimum_minutes, firm.step_minutes) == (96, 30, 15)
    assert (own.hourly_rate, own.minimum_minutes, own.step_minutes) == (88, None, None)
    assert own.starts_on == date(2000, 1, 1)


def test_a_contract_has_its_line_price_coverage_and_what_is_billed_already() -> None:
    import_folder(SAMPLE)

    line = ContractLine.objects.get(contract__number="K012")
    assert (line.timing, line.unit, line.billed_through_on) == (
        "arrears",
        "device",
        date(2026, 2, 28),
    )
    version = LineVersion.objects.get(line=line)
    assert (version.quantity, version.unit_price) == (20, Decimal("24.90"))
    covered = CoverageRule.objects.filter(contract=line.contract)
    assert set(covered.values_list("work_type__code", flat=True)) == {"distance", "site", "trajet"}
    assert Contract.objects.get(number="K010").last_day_on == date(2026, 3, 19)


def test_time_is_real_minutes_on_the_local_day_also_when_the_clock_changes() -> None:
    import_folder(SAMPLE)

    night = TimeEntry.objects.get(external_ref="S00457")
    assert (night.started_at, night.minutes) == (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), 90)
    midnight = TimeEntry.objects.get(external_ref="S00458")
    assert (midnight.worked_on, midnight.minutes) == (date(2026, 3, 31), 50)
    assert TimeEntry.objects.filter(billed_elsewhere=True).count() == 106
    assert TimeEntry.objects.filter(is_billable=False).count() == 24


def test_tickets_keep_their_numbers_and_the_next_one_counts_on() -> None:
    with connection.cursor() as cursor:  # other tests have taken numbers, and none comes back
        cursor.execute("ALTER SEQUENCE tickets_ticket_number RESTART")
    import_folder(SAMPLE)

    ticket = Ticket.objects.get(number="T4004")
    assert (ticket.subject, ticket.is_closed) == ('Écran bleu "0x7B"', False)
    closed = Ticket.objects.get(number="T4003")
    assert (closed.closed_at, closed.status.code) == (
        datetime(2026, 2, 24, 19, 35, tzinfo=UTC),
        "closed",
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tickets_ticket_number')")
        assert cursor.fetchone() == (4237,)


def test_a_flat_rate_is_due_once_at_its_price_unless_it_was_billed() -> None:
    import_folder(SAMPLE)

    due = FlatRateItem.objects.get(ticket__number="T4047")
    billed = FlatRateItem.objects.get(ticket__number="T4062")
    assert (due.price, due.billed_elsewhere) == (Decimal("1250.50"), False)
    assert (billed.price, billed.billed_elsewhere) == (Decimal("1250.50"), True)
    assert FlatRateItem.objects.count() == Ticket.objects.filter(billing_mode="flat_rate").count()


def test_parts_keep_four_decimals_and_their_reference_joins_the_catalogue() -> None:
    import_folder(SAMPLE)

    cable = PartUsed.objects.get(external_ref="P0013")
    assert (cable.quantity, cable.unit_price) == (610, Decimal("0.0350"))
    assert cable.product is not None
    assert cable.product.code == "RJ45-CAB"
    assert PartUsed.objects.values("product").distinct().count() == 6


def test_each_technician_is_one_person_who_cannot_sign_in_yet() -> None:
    import_folder(SAMPLE)

    people = User.objects.filter(kind="staff")
    assert sorted(people.values_list("email", flat=True)) == [
        f"{name}@depanninfo-services.invalid" for name in ("julien", "karim", "marta", "sophie")
    ]
    assert not any(person.has_usable_password() for person in people)
