"""The demonstration firm itself: who it is and what it sells."""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from catalog.models import (
    Category,
    Product,
    ProductKind,
    Rate,
    RateCard,
    TaxRate,
    TravelZone,
    TravelZonePrice,
    WorkRole,
    WorkType,
)
from clients.models import LegalEntity
from contracts.models import Surcharge, SurchargeTime
from psa.demo.identity import french_vat, siren
from psa.known_taxes import KNOWN

SINCE = date(2015, 1, 1)
WORK = {
    "remote": ("Assistance à distance", "84.00", 15, 15),
    "onsite": ("Intervention sur site", "96.00", 30, 15),
    "travel": ("Déplacement", "45.00", 0, 6),
    "after-hours": ("À distance, heures non ouvrées", "128.00", 30, 15),
}
ROLES = {
    "technician": ("Technicien", {}),
    "senior": ("Technicien senior", {"remote": "94.00", "onsite": "108.00"}),
    "engineer": ("Ingénieur réseau", {"remote": "115.00", "onsite": "130.00"}),
}
ZONES = {
    "near": ("Lyon et Villeurbanne", "35.00"),
    "around": ("Rhône, hors Lyon", "55.00"),
    "far": ("Au-delà du Rhône", "95.00"),
}
FLAT_RATES = {
    "VIRUS": ("Suppression de virus", "149.00"),
    "POSTE": ("Installation d'un poste", "299.00"),
    "SAUVEG": ("Mise en place d'une sauvegarde", "890.00"),
    "AUDIT": ("Audit de sécurité", "1490.00"),
}
PARTS = {
    "RAM-16": ("Mémoire 16 Go", "58.00", "36.50"),
    "SSD-1T": ("SSD 1 To", "109.90", "71.20"),
    "ECRAN-27": ("Écran 27 pouces", "234.50", "168.00"),
    "ALIM-650": ("Alimentation 650 W", "84.90", "52.40"),
    "RJ45": ("Câble réseau, au mètre", "1.4500", "0.4200"),
    "TONER": ("Toner noir", "112.30", "78.90"),
    "WIFI-AP": ("Borne Wi-Fi 6", "189.00", "124.00"),
}
CATEGORIES = ("Messagerie", "Poste de travail", "Réseau", "Sauvegarde", "Impression", "Sécurité")


@dataclass(frozen=True, slots=True)
class Shop:
    """What the firm sells, once it exists."""

    work: dict[str, WorkType]
    roles: dict[str, WorkRole]
    zones: dict[str, TravelZone]
    flat_rates: list[Product]
    parts: list[Product]
    categories: list[Category]


def found() -> LegalEntity:
    """Make the firm's legal identity and its taxes."""
    number = siren(9_000_001)
    for code, rate in KNOWN["FR"].rates.items():
        TaxRate.objects.create(country="FR", tax_code=code, rate=rate, starts_on=SINCE)
    return LegalEntity.objects.create(
        name="Lumen Infogérance",
        legal_form="SARL",
        share_capital=Decimal(40_000),
        registration_number=number,
        register_town="Lyon",
        vat_number=french_vat(number),
        street="12 quai Perrache",
        postcode="69002",
        city="Lyon",
        email="bonjour@fixpoint.example",
        phone="+33 4 65 71 00 00",
        website="https://fixpoint.example",
        iban="FR1420041010050500013M02606",
        bic="PSSTFRPPLYO",
        pays_vat_on_invoicing=False,
        shows_next_invoice=True,
        penalty_terms="taux de la BCE + 10 points (ECB rate + 10 points)",
    )


def stock() -> Shop:
    """Make the catalog: work with its rates, journeys, surcharges, flat rates, parts."""
    card = RateCard.objects.create(name="Tarifs")
    work = _work(card)
    flat_rates = [
        Product.objects.create(code=code, name=name, kind=ProductKind.FLAT_RATE, price=price)
        for code, (name, price) in FLAT_RATES.items()
    ]
    parts = [
        Product.objects.create(code=code, name=name, kind=ProductKind.PART, price=price, cost=cost)
        for code, (name, price, cost) in PARTS.items()
    ]
    categories = [Category.objects.create(name=name) for name in CATEGORIES]
    _surcharges()
    return Shop(work, _roles(card, work), _zones(), flat_rates, parts, categories)


def _work(card: RateCard) -> dict[str, WorkType]:
    work = {}
    for position, (code, (name, rate, minimum, step)) in enumerate(WORK.items()):
        work[code] = WorkType.objects.create(
            code=code, name=name, position=position, takes_surcharges=code != "after-hours"
        )
        Rate.objects.create(
            rate_card=card,
            work_type=work[code],
            hourly_rate=Decimal(rate),
            minimum_minutes=minimum,
            step_minutes=step,
            starts_on=SINCE,
        )
    WorkType.objects.filter(pk=work["remote"].pk).update(after_hours_type=work["after-hours"])
    return work


def _roles(card: RateCard, work: dict[str, WorkType]) -> dict[str, WorkRole]:
    """Make the roles; a rate of a role has the minimum and the step of its work type."""
    roles = {}
    for position, (key, (name, rates)) in enumerate(ROLES.items()):
        roles[key] = WorkRole.objects.create(name=name, position=position)
        for code, rate in rates.items():
            _name, _rate, minimum, step = WORK[code]
            Rate.objects.create(
                rate_card=card,
                work_type=work[code],
                work_role=roles[key],
                hourly_rate=Decimal(rate),
                minimum_minutes=minimum,
                step_minutes=step,
                starts_on=SINCE,
            )
    return roles


def _zones() -> dict[str, TravelZone]:
    zones = {}
    for position, (key, (name, price)) in enumerate(ZONES.items()):
        zones[key] = TravelZone.objects.create(name=name, position=position)
        TravelZonePrice.objects.create(zone=zones[key], price=Decimal(price), starts_on=SINCE)
    return zones


def _surcharges() -> None:
    """Make evenings, weekends and holidays cost more; the lunch break does not."""
    evening = {"weekdays": [0, 1, 2, 3, 4], "from_at": time(19), "until_at": time(7, 30)}
    weekend = {"weekdays": [5, 6], "from_at": time(0), "until_at": time(0)}
    for name, multiplier, applies, window in (
        ("Soir et nuit", "1.50", SurchargeTime.WINDOW, evening),
        ("Week-end", "1.75", SurchargeTime.WINDOW, weekend),
        ("Jours fériés", "2.00", SurchargeTime.HOLIDAYS, {}),
    ):
        Surcharge.objects.create(
            name=name, multiplier=Decimal(multiplier), applies=applies, **window
        )
