"""Dirt of every sort: refused with its reason, and nothing else with it."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from clients.models import Client, Contact
from contracts.models import Contract
from psa.legacy.report import NOTE
from psa.tests.legacy_support import figures, import_folder, refusals, write_export
from tickets.models import PartUsed, Ticket, TimeEntry

pytestmark = pytest.mark.django_db
CLIENT = "C003;Nom;;;rue;1;Ville;{};{};{};fr\n"
CONTRACT = "K002;{};Titre;{};{};{};{};{};{};;{}\n"
TICKET = "T4003;{};Objet;{};{};{};{};{}\n"
TIME = "S2;T4001;{};{};{};distance;{};{};x\n"
PART = "P2;{};REF;Libellé;{};{};{};{}\n"
TEN, ELEVEN = "30/03/2026 10:00", "30/03/2026 11:00"


@pytest.mark.parametrize(
    ("file", "row", "reason"),
    [
        ("clients", CLIENT.format("FRA", "EUR", "30"), "pays: “FRA” is not an ISO country code"),
        ("clients", CLIENT.format("", "EUR", "30"), "pays is empty"),
        (
            "clients",
            CLIENT.format("FR", "FRF", "30"),
            "devise: “FRF” is not an ISO 4217 currency",
        ),
        (
            "clients",
            CLIENT.format("FR", "EUR", "-5"),
            "delai_paiement_jours: “-5” is not a whole number from 0 up",
        ),
        ("clients", "C003;;;;rue;1;Ville;FR;EUR;30;fr\n", "raison_sociale is empty"),
        (
            "contrats",
            CONTRACT.format("C001", "forfait", "1", "", "avance", "01/01/2026", "", ""),
            "prix_mensuel_ht is empty",
        ),
        (
            "contrats",
            CONTRACT.format("C001", "au_poids", "1", "5,00", "avance", "01/01/2026", "", ""),
            "mode: “au_poids” is none of par_poste, par_utilisateur, forfait, par_site",
        ),
        (
            "contrats",
            CONTRACT.format("C001", "forfait", "0", "5,00", "avance", "01/01/2026", "", ""),
            "quantite: 0 is not above zero",
        ),
        (
            "contrats",
            CONTRACT.format("C001", "forfait", "1", "-5,00", "avance", "01/01/2026", "", ""),
            "prix_mensuel_ht: -5,00 is negative",
        ),
        (
            "contrats",
            CONTRACT.format("C001", "forfait", "1", "5,00", "plus tard", "01/01/2026", "", ""),
            "echeance: “plus tard” is none of avance, echu",
        ),
        (
            "contrats",
            CONTRACT.format("C001", "forfait", "1", "5,00", "echu", "", "", ""),
            "debut is empty",
        ),
        (
            "contrats",
            CONTRACT.format("C001", "forfait", "1", "5,00", "echu", "01/01/2026", "", "a+distance"),
            "work type a is unknown",
        ),
        (
            "tickets",
            TICKET.format("C001", TEN, "", "forfait", "", "non"),
            "forfait is empty",
        ),
        (
            "tickets",
            TICKET.format("C001", TEN, "", "forfait", "MAGIE", "non"),
            "flat rate MAGIE is unknown",
        ),
        (
            "tickets",
            TICKET.format("C001", ELEVEN, TEN, "regie", "", "non"),
            f"clos_le {TEN} comes before ouvert_le {ELEVEN}",
        ),
        (
            "tickets",
            TICKET.format("C001", TEN, "", "troc", "", "non"),
            "mode: “troc” is none of regie, forfait, offert",
        ),
        ("temps", TIME.format("", TEN, ELEVEN, "oui", "non"), "technicien is empty"),
        (
            "temps",
            TIME.format("julien", TEN, TEN, "oui", "non"),
            f"fin {TEN} is not after debut {TEN}",
        ),
        (
            "temps",
            TIME.format("julien", "30/03/2026 25:00", ELEVEN, "oui", "non"),
            "debut: 30/03/2026 25:00 is not a time that exists",
        ),
        (
            "temps",
            TIME.format("julien", "30/03/2026", ELEVEN, "oui", "non"),
            "debut: 30/03/2026 names no time of day",
        ),
        (
            "temps",
            TIME.format("julien", TEN, ELEVEN, "peut-être", "non"),
            "facturable: “peut-être” is none of oui, non",
        ),
        ("temps", TIME.format("julien", TEN, ELEVEN, "oui", ""), "facture is empty"),
        (
            "pieces",
            PART.format("T4001", "1", "douze", "07/03/2026", "non"),
            "prix_unitaire: “douze” is not a number",
        ),
        ("pieces", PART.format("T4001", "1", "", "07/03/2026", "non"), "prix_unitaire is empty"),
        (
            "pieces",
            PART.format("T4001", "0,00", "1,00", "07/03/2026", "non"),
            "quantite: 0,00 is not above zero",
        ),
        (
            "pieces",
            PART.format("T9", "1", "1,00", "07/03/2026", "non"),
            "ticket T9 is unknown",
        ),
        ("taux", "site;Sur site;;30;15\n", "taux_horaire is empty"),
        (
            "taux",
            "site;Sur site;96,00;-1;15\n",
            "minimum_min: “-1” is not a whole number from 0 up",
        ),
        ("taux_clients", "C001;site;90,00\n", "work type site is unknown"),
        ("forfaits", "POSTE;Poste;\n", "prix is empty"),
    ],
)
def test_a_bad_row_is_refused_and_nothing_else(
    tmp_path: Path, file: str, row: str, reason: str
) -> None:
    clean = figures(import_folder(write_export(tmp_path / "clean"), dry_run=True))

    report = import_folder(write_export(tmp_path / "dirty", **{file: row}))

    new, changed, unchanged, refused = clean[f"{file}.csv"]
    assert refusals(report) == [f"{file}.csv:{new + 2}: {reason}"]
    assert figures(report) == clean | {f"{file}.csv": (new, changed, unchanged, refused + 1)}


def test_what_rests_on_a_refused_row_is_refused_with_it(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "x", clients=("FR;EUR;30", "France;EUR;30"))

    report = import_folder(folder)

    assert refusals(report) == [
        "clients.csv:2: pays: “France” is not an ISO country code",
        "contacts.csv:2: client C001 was refused (clients.csv:2)",
        "contrats.csv:2: client C001 was refused (clients.csv:2)",
        "tickets.csv:2: client C001 was refused (clients.csv:2)",
        "temps.csv:2: ticket T4001 was refused (tickets.csv:2)",
        "pieces.csv:2: ticket T4001 was refused (tickets.csv:2)",
    ]
    assert Client.objects.get().code == "C002"


def test_the_first_of_two_rows_with_one_key_counts(tmp_path: Path) -> None:
    row = 'P1;T4001;ECRAN;Écran 27""";{};1234,5;07/03/2026;non\n'
    rows = row.format(1).replace("Écran", '"Écran') + row.format(2).replace("Écran", '"Écran')

    report = import_folder(write_export(tmp_path / "x", pieces=rows))

    assert refusals(report) == ["pieces.csv:3: same as line 2", "pieces.csv:4: contradicts line 2"]
    assert PartUsed.objects.get().quantity == 1


def test_a_good_row_counts_after_a_bad_one_of_the_same_key(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "x", pieces=('""";1;1 234,50', '""";un;1 234,50'))
    rows = (folder / "pieces.csv").read_text(encoding="utf-8")
    (folder / "pieces.csv").write_text(rows + "P1;T4001;E;Écran;1;9,00;07/03/2026;non\n")

    report = import_folder(folder)

    assert refusals(report) == ["pieces.csv:2: quantite: “un” is not a number"]
    assert PartUsed.objects.get().unit_price == 9


def test_a_missing_file_is_refused_and_the_others_come_in(tmp_path: Path) -> None:
    folder = write_export(tmp_path / "x")
    (folder / "tickets.csv").unlink()

    report = import_folder(folder)

    problems = {count.file: count.problem for count in report.files if count.problem}
    assert problems == {"tickets.csv": "the file is missing"}
    assert refusals(report) == [
        "temps.csv:2: ticket T4001 is unknown, as tickets.csv was refused",
        "pieces.csv:2: ticket T4001 is unknown, as tickets.csv was refused",
    ]
    assert Contract.objects.count() == 1


def test_texts_that_are_too_long_are_cut_and_said(tmp_path: Path) -> None:
    long = "Imprimante " * 30
    row = f"T4003;C001;{long};30/03/2026 10:00;;regie;;non\n"

    report = import_folder(write_export(tmp_path / "x", tickets=row))

    ticket = Ticket.objects.get(number="T4003")
    assert len(ticket.subject) == 200
    assert ticket.description == long.strip()
    assert [note.text[:30] for note in report.of(NOTE)] == ["objet: cut to 200 characters, "]


def test_a_time_that_the_clock_skipped_is_read_and_said(tmp_path: Path) -> None:
    row = TIME.format("julien", "29/03/2026 02:30", "29/03/2026 04:00", "oui", "non")

    report = import_folder(write_export(tmp_path / "x", temps=row))

    entry = TimeEntry.objects.get(external_ref="S2")
    assert (entry.started_at, entry.minutes) == (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), 30)
    assert [note.text for note in report.of(NOTE)] == [
        "debut: 29/03/2026 02:30 does not exist in Europe/Paris, read as 03:30"
    ]


def test_a_contract_may_run_without_end_or_to_the_end_of_time(tmp_path: Path) -> None:
    row = CONTRACT.format("C001", "par_site", "2,5", "5", "echu", "01/01/2026", "31/12/9999", "")

    import_folder(write_export(tmp_path / "x", contrats=row))

    contract = Contract.objects.get(number="K002")
    assert contract.last_day_on is None
    assert contract.lines.get().versions.get().quantity == Decimal("2.5")


def test_one_address_signs_in_for_one_client_only(tmp_path: Path) -> None:
    rows = "C002;Zoé;Roux;Zoe@example.org;;oui\n"

    import_folder(write_export(tmp_path / "x", contacts=rows))

    first, second = Contact.objects.filter(email__iexact="zoe@example.org").order_by("pk")
    assert first.user is not None
    assert second.user is None
