"""A later export of the same firm: what the old system has changed since, and what stays."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from billing.models import Claim
from billing.tests.factories import ChargeFactory
from catalog.models import Rate
from clients.models import Client, Contact, LegalEntity
from clients.tests.factories import ClientFactory, LegalEntityFactory
from contracts.models import Contract, LineVersion
from psa.legacy.report import CHANGED
from psa.tests.legacy_support import import_folder, refusals, write_export
from tickets.models import FlatRateItem, PartUsed, Ticket, TimeEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    """The small export, imported once."""
    import_folder(write_export(tmp_path / "first"))
    return tmp_path / "later"


def test_master_data_follows_the_old_system_and_says_so(imported: Path) -> None:
    report = import_folder(
        write_export(
            imported,
            clients=("1 rue A", "9 rue Z"),
            taux=("84,00", "90,00"),
            contrats=("12;24,90", "15;24,90"),
        )
    )

    assert [remark.text for remark in report.of(CHANGED)] == [
        "street: 1 rue A → 9 rue Z",
        "hourly_rate: 84 → 90",
        "quantity: 12 → 15",
    ]
    assert Client.objects.get(code="C001").street == "9 rue Z"
    assert Rate.objects.get(rate_card__client=None).hourly_rate == 90
    assert LineVersion.objects.get().quantity == 15


def test_evidence_follows_the_old_system_until_it_is_billed(imported: Path) -> None:
    changes = {"temps": ("10:55", "11:25"), "pieces": ("1 234,50", "999,00")}

    import_folder(write_export(imported, **changes))

    assert TimeEntry.objects.get().minutes == 165
    assert PartUsed.objects.get().unit_price == 999


def test_evidence_that_is_billed_here_stays_as_it_was_billed(imported: Path) -> None:
    entry = TimeEntry.objects.get(external_ref="S1")
    charge = ChargeFactory(
        ticket=entry.ticket, client=entry.ticket.client, claim=False, invoice=None, position=None
    )
    Claim.objects.create(charge=charge, time_entry=entry)

    report = import_folder(write_export(imported, temps=("10:55", "11:25")))

    assert refusals(report) == ["temps.csv:2: already billed here on a billing run, at no cost"]
    assert TimeEntry.objects.get(external_ref="S1").minutes == 135


def test_a_contract_that_is_billed_here_is_changed_here_only(imported: Path) -> None:
    contract = Contract.objects.get()
    charge = ChargeFactory(client=contract.client, claim=False)
    Claim.objects.create(
        charge=charge, contract_line=contract.lines.get(), period_on=date(2026, 4, 1)
    )

    report = import_folder(write_export(imported, contrats=("24,90", "29,90")))

    assert refusals(report) == [
        "contrats.csv:2: already billed here on a draft; change the contract here"
    ]
    assert LineVersion.objects.get().unit_price == Decimal("24.90")


def test_a_ticket_closed_in_the_old_system_is_closed_here(imported: Path) -> None:
    import_folder(write_export(imported, tickets=("17:07;;regie", "17:07;09/03/2026 12:00;regie")))

    ticket = Ticket.objects.get(number="T4001")
    assert ticket.closed_at == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
    assert ticket.status.code == "closed"


def test_a_ticket_may_become_a_flat_rate_and_cease_to_be_one(imported: Path) -> None:
    rows = {"tickets": (";forfait;VIRUS;non", ";regie;;non")}
    import_folder(write_export(imported, **rows))
    assert FlatRateItem.objects.count() == 0

    import_folder(write_export(imported.parent / "again"))

    assert FlatRateItem.objects.get().price == 149


def test_jobs_not_yet_billed_follow_the_price_list(imported: Path) -> None:
    import_folder(write_export(imported, forfaits=("149,00", "159,00")))

    assert FlatRateItem.objects.get().price == 159


def test_what_people_edited_here_stays_unless_the_old_system_changed_the_same(
    imported: Path,
) -> None:
    Client.objects.filter(code="C001").update(street="5 rue Ici", city="Pessac")

    import_folder(write_export(imported, clients=("1 rue A", "9 rue Z")))

    client = Client.objects.get(code="C001")
    assert (client.street, client.city) == ("9 rue Z", "Pessac")


def test_a_contact_may_win_and_lose_the_portal(imported: Path) -> None:
    swap = {"contacts": ("+33 1;oui", "+33 1;non")}
    import_folder(write_export(imported, **swap))
    assert Contact.objects.get(first_name="Zoé").portal_scope == ""

    import_folder(
        write_export(
            imported.parent / "again", contacts=("om@example.org;;non", "om@example.org;;oui")
        )
    )

    tom = Contact.objects.get(first_name="Tom")
    assert (tom.portal_scope, tom.user is not None) == ("everything", True)


def test_an_export_of_another_firm_is_refused_whole(tmp_path: Path) -> None:
    LegalEntityFactory(name="Ailleurs", registration_number="111111111")

    report = import_folder(write_export(tmp_path / "x"))

    assert report.files[0].problem == (
        "the export is of Dépann (999000011), but this is Ailleurs (111111111); "
        "import it into a firm of its own"
    )
    assert all(count.problem for count in report.files)
    assert Client.objects.count() == 0


def test_a_firm_that_was_set_up_by_hand_is_completed_not_overwritten(tmp_path: Path) -> None:
    LegalEntityFactory(name="À nous", registration_number="999000011", city="Paris", legal_form="")

    import_folder(write_export(tmp_path / "x"))

    firm = LegalEntity.objects.get()
    assert (firm.name, firm.city, firm.legal_form) == ("À nous", "Paris", "SARL")


def test_a_code_that_is_another_client_here_is_refused_with_all_that_rests_on_it(
    tmp_path: Path,
) -> None:
    ClientFactory(code="C001", name="Toute autre maison")

    report = import_folder(write_export(tmp_path / "x"))

    reason = "C001 is already another client here, Toute autre maison"
    assert refusals(report)[:2] == [
        f"clients.csv:2: {reason}",
        f"contacts.csv:2: client C001 was refused ({reason})",
    ]
    assert not Client.objects.get(code="C001").tickets.exists()


def test_what_was_deleted_here_does_not_come_back(imported: Path) -> None:
    Contact.objects.filter(first_name="Tom").delete()

    report = import_folder(write_export(imported, contacts=("Tom;Petit", "Tom;Grand")))

    assert refusals(report) == ["contacts.csv:3: it has been deleted here since"]
