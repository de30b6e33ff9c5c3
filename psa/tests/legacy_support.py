"""A small export to bend: the sample's columns with a firm, two clients and a ticket."""

from pathlib import Path

from psa.legacy.formats import read_export
from psa.legacy.report import REFUSED, Report
from psa.operations.import_legacy import import_legacy

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "legacy"
FILES = {
    "societe.csv": (
        "raison_sociale;forme_juridique;capital_eur;siren;rcs;tva_intra;rue;code_postal;ville;"
        "pays;devise;fuseau;iban;taux_tva_normal;prefixe_factures\n"
        "Dépann;SARL;10 000;999000011;Lyon;;1 quai;69002;Lyon;FR;EUR;Europe/Paris;;20,00;F\n"
    ),
    "clients.csv": (
        "code;raison_sociale;tva_intra;siren;rue;code_postal;ville;pays;devise;"
        "delai_paiement_jours;langue\n"
        "C001;Boulangerie;;;1 rue A;33000;Bordeaux;FR;EUR;30;fr\n"
        "C002;Bäckerei;;;2 rue B;10115;Berlin;DE;EUR;45;en\n"
    ),
    "contacts.csv": (
        "client;prenom;nom;courriel;telephone;portail\n"
        "C001;Zoé;Roux;zoe@example.org;+33 1;oui\n"
        "C002;Tom;Petit;tom@example.org;;non\n"
    ),
    "taux.csv": "type;libelle;taux_horaire;minimum_min;pas_min\ndistance;À distance;84,00;15;15\n",
    "taux_clients.csv": "client;type;taux_horaire\nC002;distance;76,00\n",
    "forfaits.csv": "code;libelle;prix\nVIRUS;Suppression de virus;149,00\n",
    "contrats.csv": (
        "numero;client;intitule;mode;quantite;prix_mensuel_ht;echeance;debut;fin;"
        "facture_jusquau;couvre\n"
        "K001;C001;Infogérance;par_poste;12;24,90;avance;01/03/2025;;31/03/2026;distance\n"
    ),
    "tickets.csv": (
        "numero;client;objet;ouvert_le;clos_le;mode;forfait;facture\n"
        "T4001;C001;PC lent;08/03/2026 17:07;;regie;;non\n"
        "T4002;C002;Virus;22/03/2026 15:35;24/03/2026 14:35;forfait;VIRUS;non\n"
    ),
    "temps.csv": (
        "id;ticket;technicien;debut;fin;type;facturable;facture;note\n"
        "S1;T4001;julien;09/03/2026 08:40;09/03/2026 10:55;distance;oui;non;Contrôle\n"
    ),
    "pieces.csv": (
        "id;ticket;reference;libelle;quantite;prix_unitaire;date;facture\n"
        'P1;T4001;ECRAN;"Écran 27""";1;1 234,50;07/03/2026;non\n'
    ),
}


def write_export(folder: Path, **changes: tuple[str, str] | str) -> Path:
    """Write the small export; a change replaces a piece of a file, or appends a row to it."""
    folder.mkdir(exist_ok=True)
    for name, text in FILES.items():
        change = changes.get(name.removesuffix(".csv"), "")
        changed = text.replace(*change) if isinstance(change, tuple) else text + change
        assert changed != text or not change
        (folder / name).write_text(changed, encoding="utf-8")
    return folder


def import_folder(folder: Path, *, dry_run: bool = False) -> Report:
    """Import what the folder holds."""
    return import_legacy(sheets=read_export(folder), dry_run=dry_run)


def refusals(report: Report) -> list[str]:
    """Return the refused rows as ``file:line: reason``."""
    return [f"{one.file}:{one.line}: {one.text}" for one in report.of(REFUSED)]


def figures(report: Report) -> dict[str, tuple[int, int, int, int]]:
    """Return per file how many rows were new, changed, unchanged and refused."""
    return {
        count.file: (count.new, count.changed, count.unchanged, count.refused)
        for count in report.files
    }
