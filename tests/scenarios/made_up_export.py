"""Exports made up by chance, in the format of the sample: the corners that one sample lacks."""

import random
from datetime import date, datetime, timedelta
from pathlib import Path

WORK_TYPES = ["distance", "site", "trajet", "nuit"]
COUNTRIES = ["FR"] * 6 + ["BE", "DE", "GR", "MC", "CH", "GB", "US"]
DAYS = 500
FIRST_DAY = date(2025, 1, 1)
CLIENTS = 60


def write_export(folder: Path, seed: int) -> None:
    """Write the ten files of an export into the folder; the same seed writes the same."""
    chance = random.Random(seed)  # noqa: S311  (no secret)
    codes = [f"C{n:03d}" for n in range(1, CLIENTS + 1)]
    firm = "Essai;SARL;1 000;999000011;Lyon;FR66999000011;1 rue A;69001;Lyon;FR;EUR;Europe/Paris;;"
    _write(
        folder / "societe.csv",
        "raison_sociale;forme_juridique;capital_eur;siren;rcs;tva_intra;rue;code_postal;ville;pays"
        ";devise;fuseau;iban;taux_tva_normal;prefixe_factures",
        [firm + "20,00;F"],
    )
    _write(
        folder / "clients.csv",
        "code;raison_sociale;tva_intra;siren;rue;code_postal;ville;pays;devise"
        ";delai_paiement_jours;langue",
        [_client(chance, code) for code in codes],
    )
    _write(folder / "contacts.csv", "client;prenom;nom;courriel;telephone;portail", [])
    _write_prices(folder, chance, codes)
    contracts = [_contract(chance, n, chance.choice(codes)) for n in range(1, 90)]
    _write(
        folder / "contrats.csv",
        "numero;client;intitule;mode;quantite;prix_mensuel_ht;echeance;debut;fin;facture_jusquau"
        ";couvre",
        contracts,
    )
    _write_tickets(folder, chance, codes)


def _write_prices(folder: Path, chance: random.Random, codes: list[str]) -> None:
    rates = [
        f"{kind};{kind};{_amount(chance, 3000, 20000)};{chance.choice([0, 5, 15, 20, 30, 60])};"
        f"{chance.choice([1, 5, 6, 10, 15, 30])}"
        for kind in WORK_TYPES
    ]
    _write(folder / "taux.csv", "type;libelle;taux_horaire;minimum_min;pas_min", rates)
    own = [
        f"{code};{chance.choice(WORK_TYPES)};{_amount(chance, 3000, 20000)}" for code in codes[::4]
    ]
    _write(folder / "taux_clients.csv", "client;type;taux_horaire", own)
    jobs = [f"F{n};Forfait {n};{_amount(chance, 1000, 250000)}" for n in range(5)]
    _write(folder / "forfaits.csv", "code;libelle;prix", jobs)


def _write_tickets(folder: Path, chance: random.Random, codes: list[str]) -> None:
    tickets, times, parts = [], [], []
    for n in range(1, 300):
        opened = _moment(chance)
        closed = opened + timedelta(minutes=chance.randint(0, 9000))
        mode = chance.choice(["regie", "regie", "regie", "forfait", "offert"])
        tickets.append(
            f"T{n};{chance.choice(codes)};Objet {n};{opened:%d/%m/%Y %H:%M};"
            f"{closed.strftime('%d/%m/%Y %H:%M') if chance.random() < 0.7 else ''};{mode};"
            f"{f'F{chance.randrange(6)}' if mode == 'forfait' else ''};{_yes(chance, 0.2)}"
        )
        for k in range(chance.randrange(4)):
            begin = _moment(chance)
            end = begin + timedelta(minutes=chance.randint(-5, 200))
            times.append(
                f"S{n}-{k};T{n};jo;{begin:%d/%m/%Y %H:%M};{end:%d/%m/%Y %H:%M};"
                f"{chance.choice([*WORK_TYPES, 'x'])};{_yes(chance, 0.9)};{_yes(chance, 0.2)};"
            )
        for k in range(chance.randrange(3)):
            quantity = chance.choice(["1", "2", "91", "0,5", "-1", "1 250", "3,3333"])
            parts.append(
                f"P{n}-{k};T{n};REF;Pièce;{quantity};{_price(chance)};{_moment(chance):%d/%m/%Y};"
                f"{_yes(chance, 0.2)}"
            )
    head = "numero;client;objet;ouvert_le;clos_le;mode;forfait;facture"
    _write(folder / "tickets.csv", head, tickets)
    head = "id;ticket;technicien;debut;fin;type;facturable;facture;note"
    _write(folder / "temps.csv", head, [*times, *times[:3]])
    head = "id;ticket;reference;libelle;quantite;prix_unitaire;date;facture"
    _write(folder / "pieces.csv", head, parts)


def _client(chance: random.Random, code: str) -> str:
    country = chance.choice(COUNTRIES)
    number = f"{country}123456789" if chance.random() < 0.7 else ""
    return f"{code};Client {code};{number};;1 rue A;1000;Ville;{country};EUR;30;fr"


def _contract(chance: random.Random, n: int, client: str) -> str:
    first = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    last = first + timedelta(days=chance.randrange(-10, 300)) if chance.random() < 0.4 else None
    billed = first + timedelta(days=chance.randrange(-40, 200)) if chance.random() < 0.5 else None
    covered = "+".join(chance.sample(WORK_TYPES, chance.randrange(3)))
    return (
        f"K{n:03d};{client};Contrat {n};par_poste;{chance.choice(['1', '7', '12', '2,5'])};"
        f"{_price(chance)};{chance.choice(['avance', 'echu'])};{first:%d/%m/%Y};{_day(last)};"
        f"{_day(billed)};{covered}"
    )


def _moment(chance: random.Random) -> datetime:
    """Return a moment, often around midnight, never in the hours that a clock skips or repeats."""
    day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    hour = chance.choice([0, 1, 5, 9, 13, 17, 23])
    return datetime(day.year, day.month, day.day, hour, chance.randrange(60))  # noqa: DTZ001  (a sheet has no zones)


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _price(chance: random.Random) -> str:
    return chance.choice(["0,0350", "24,90", "1 490,90", "0", "9,99", "33,3333", "0,005"])


def _amount(chance: random.Random, least: int, most: int) -> str:
    return f"{chance.randint(least, most) / 100:.2f}".replace(".", ",")


def _yes(chance: random.Random, share: float) -> str:
    return "oui" if chance.random() < share else "non"


def _write(path: Path, head: str, rows: list[str]) -> None:
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8-sig")
