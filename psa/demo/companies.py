"""The clients of the demonstration firm: who they are, what they pay for, how they behave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Deal:
    """A managed contract: since which month of the story, what it costs, and what it covers."""

    month: int
    unit: str
    quantity: int
    price: str
    covers: tuple[str, ...] = ("remote",)
    timing: str = "advance"
    first_day: int = 1


@dataclass(frozen=True, slots=True)
class Company:
    """A client; months count from the first of the story. ``pays_late`` is in days."""

    name: str
    city: str
    postcode: str
    since: int = 0
    deal: Deal | None = None
    tickets: float = 0.5
    country: str = "FR"
    language: str = "fr"
    term: int = 30
    pays_late: int = -4
    lost: int | None = None
    why_lost: str = ""
    own_rate: str = ""


def devices(month: int, quantity: int, price: str = "29.00", **fields: object) -> Deal:
    """Return a contract priced by device."""
    return Deal(month, "device", quantity, price, **fields)  # type: ignore[arg-type]  # named as Deal names them


def users(month: int, quantity: int, price: str = "45.00", **fields: object) -> Deal:
    """Return a contract priced by user, which covers visits as well."""
    return Deal(month, "user", quantity, price, covers=("remote", "onsite"), **fields)  # type: ignore[arg-type]  # named as Deal names them


def flat(month: int, price: str, **fields: object) -> Deal:
    """Return a contract at a flat monthly price."""
    return Deal(month, "flat", 1, price, **fields)  # type: ignore[arg-type]  # named as Deal names them


def park(month: int, quantity: int) -> Deal:
    """Return a contract of the plan that counts all devices."""
    return Deal(month, "park", quantity, "")


SHOWN = Company(
    "Atelier Moreau", "Lyon", "69003", deal=devices(0, 14, "34.50"), tickets=1.2, pays_late=3
)
CONVERTED = Company("Garage Delorme", "Villeurbanne", "69100", deal=users(15, 11), tickets=1.6)
GROWING = Company("Clinique des Tilleuls", "Bron", "69500", deal=users(0, 18), tickets=1.0, term=45)
COMPANIES = (
    SHOWN,
    CONVERTED,
    GROWING,
    Company("Imprimerie Vandenberghe", "Bruxelles", "1000", country="BE", deal=flat(3, "780.00")),
    Company(
        "Reinhardt Logistik", "Berlin", "10115", since=5, country="DE", language="en", tickets=0.7
    ),
    Company("Horlogerie Favre", "Genève", "1201", since=2, country="CH", deal=flat(2, "650.00")),
    Company("Cabinet Nguyen & Associés", "Lyon", "69006", tickets=0.9, own_rate="76.00"),
    Company(
        "Transports Garnier", "Vénissieux", "69200", deal=devices(0, 22, timing="arrears"),
        lost=16, why_lost="Repris par le service informatique de leur groupe",
    ),
    Company(
        "Boutique Lila", "Lyon", "69001", tickets=0.4, lost=10, why_lost="Fermeture du commerce"
    ),
    Company("Menuiserie Benoît", "Givors", "69700", tickets=0.8, pays_late=38),
    Company("Hôtel des Quais", "Lyon", "69002", deal=devices(1, 31, "24.90"), pays_late=21),
    Company("Pharmacie du Parc", "Lyon", "69006", deal=flat(0, "450.00"), tickets=0.7),
    Company("École Sainte-Odile", "Caluire", "69300", deal=devices(0, 42, "19.90"), term=45),
    Company("Boulangerie Çelik", "Lyon", "69007", tickets=0.3),
    Company("Étude Lefèvre, notaires", "Lyon", "69002", deal=users(4, 16, "52.00"), tickets=0.6),
    Company("Brasserie du Confluent", "Lyon", "69002", tickets=0.5, pays_late=12),
    Company("Agence Kœnig", "Lyon", "69004", since=1, deal=devices(6, 9), tickets=0.8),
    Company("Dentaire Bellecour", "Lyon", "69002", since=1, deal=flat(1, "390.00")),
    Company("Plomberie Da Costa", "Saint-Priest", "69800", since=1, tickets=0.4),
    Company("Librairie Ombres Blanches", "Lyon", "69001", since=2, tickets=0.4, pays_late=9),
    Company("Architectes Okafor", "Lyon", "69009", since=2, deal=users(8, 8), tickets=0.9),
    Company("Vétérinaire Nuñez", "Écully", "69130", since=3, deal=flat(3, "320.00")),
    Company("Auto-école Zen", "Lyon", "69008", since=3, tickets=0.3),
    Company("Fromagerie Savoyarde", "Annecy", "74000", since=4, tickets=0.4),
    Company("Ateliers Żeleński", "Oullins", "69600", since=5, deal=devices(9, 17), tickets=0.7),
    Company("Crèche Les Petits Pas", "Lyon", "69005", since=6, deal=flat(6, "210.00")),
    Company("Maison Haddad Traiteur", "Lyon", "69003", since=7, tickets=0.5),
    Company("Fiduciaire Rhône", "Lyon", "69003", since=8, deal=users(8, 24, "49.00"), tickets=0.9),
    Company("Serrurerie Blanchard", "Lyon", "69008", since=9, tickets=0.4, pays_late=15),
    Company("Cinéma Le Lumière", "Lyon", "69008", since=10, deal=devices(10, 12), tickets=0.5),
    Company("Ostéo Presqu'île", "Lyon", "69002", since=11, tickets=0.3),
    Company(
        "Studio Pixel Nord", "Villeurbanne", "69100", since=12,
        deal=devices(12, 10, "39.00", first_day=16),
    ),
    Company("Domaine des Coteaux", "Beaujeu", "69430", since=13, tickets=0.4),
    Company("Mutuelle Solidaire 69", "Lyon", "69007", since=14, deal=users(14, 30, "42.00")),
    Company("Réseau Tandem", "Lyon", "69007", since=15, tickets=0.6),
    Company("Laboratoire Aubrac", "Lyon", "69007", since=16, deal=park(17, 26), tickets=2.2),
    Company("Café-théâtre Minuit", "Lyon", "69001", since=17, tickets=0.3),
    Company("Immobilière des Pentes", "Lyon", "69001", since=18, deal=users(18, 13), tickets=0.7),
    Company("Paysages Girard", "Brignais", "69530", since=19, tickets=0.5),
    Company("Coopérative Biosol", "Lyon", "69007", since=21, deal=park(21, 19), tickets=1.8),
)  # fmt: skip
