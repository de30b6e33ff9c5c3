"""Taking on the clients of the demonstration firm and selling them their contracts."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from accounts.models import User
from catalog.models import Rate, RateCard
from clients.models import Asset, Client, Contact, Site
from clients.models.asset import AssetKind
from clients.operations.grant_portal_access import grant_portal_access
from contracts.models import Contract
from contracts.operations._line_rules import NewLine
from contracts.operations.create_contract import create_contract
from psa.demo.companies import SHOWN, Company, Deal
from psa.demo.firm import Shop
from psa.demo.identity import belgian_vat, french_vat, german_vat, siren
from psa.demo.people import CONTACT_EMAIL, PASSWORD

STREETS = ("rue de la Paix", "cours Lafayette", "rue Victor-Hugo", "avenue des Frères-Lumière")
FIRST_NAMES = ("Camille", "Lucie", "Mehdi", "Paul", "Aïcha", "Jean-Marc", "Zoé", "Thomas", "Nadia")
LAST_NAMES = ("Roux", "Faure", "Da Costa", "Petit", "Benali", "Kœnig", "Martin", "Żak", "Leroy")
PLANS = {"device": "Sérénité postes", "user": "Sérénité utilisateurs", "flat": "Sérénité forfait"}


@dataclass(slots=True)
class Account:
    """A client of the demonstration with what belongs to it."""

    company: Company
    client: Client
    contacts: list[Contact]
    assets: list[Asset]
    contract: Contract | None = None


def take_on(company: Company, serial: int, first_day: date, chance: Random) -> Account:
    """Make the client with its site, its people and its devices."""
    company_number = siren(serial) if company.country == "FR" else ""
    vat = {"FR": french_vat(company_number or "0"), "BE": belgian_vat(serial)}
    client = Client.objects.create(
        code=f"C{serial:03d}",
        name=company.name,
        vat_number=vat.get(company.country, german_vat(serial) if company.country == "DE" else ""),
        registration_number=company_number,
        street=f"{chance.randint(1, 180)} {chance.choice(STREETS)}",
        postcode=company.postcode,
        city=company.city,
        country=company.country,
        language=company.language,
        payment_days=company.term,
        client_since_on=first_day,
    )
    site = Site.objects.create(
        client=client, name="Siège", street=client.street, postcode=client.postcode,
        city=client.city, country=client.country,
    )  # fmt: skip
    account = Account(company, client, [], [])
    account.contacts = [_introduce(client, site, n, chance) for n in range(chance.randint(1, 2))]
    account.assets = [_plug_in(client, site, n, first_day) for n in range(chance.randint(1, 3))]
    _open_portal(account)
    return account


def agree_own_rate(account: Account, shop: Shop, day: date) -> None:
    """Give the client the hourly rate it has bargained for."""
    card = RateCard.objects.create(name=f"Tarif {account.client.name}", client=account.client)
    Rate.objects.create(
        rate_card=card,
        work_type=shop.work["remote"],
        hourly_rate=Decimal(account.company.own_rate),
        starts_on=day,
    )


def sell(account: Account, deal: Deal, number: str, month: date, shop: Shop) -> None:
    """Sign the contract of the client's deal."""
    line = NewLine(
        description=f"Infogérance {PLANS[deal.unit].lower()}",
        quantity=Decimal(deal.quantity),
        unit_price=Decimal(deal.price),
        unit=deal.unit,
        timing=deal.timing,
    )
    backup = NewLine(
        description="Sauvegarde externalisée", quantity=Decimal(1), unit_price=Decimal("59.90")
    )
    account.contract = create_contract(
        client_id=account.client.pk,
        number=number,
        name=PLANS[deal.unit],
        starts_on=month.replace(day=deal.first_day),
        lines=[line, backup] if deal.quantity >= 10 else [line],  # noqa: PLR2004  (larger clients)
        covered_work_type_ids=[shop.work[code].pk for code in deal.covers],
    )


def _introduce(client: Client, site: Site, n: int, chance: Random) -> Contact:
    return Contact.objects.create(
        client=client,
        site=site,
        first_name=chance.choice(FIRST_NAMES),
        last_name=chance.choice(LAST_NAMES),
        email=f"{client.code.lower()}.{n}@clients.example",
        phone=f"+33 4 7{chance.randint(0, 9)} {chance.randint(10, 99)} 00 {n + 10}",
    )


def _plug_in(client: Client, site: Site, n: int, since: date) -> Asset:
    kinds = (AssetKind.SERVER, AssetKind.WORKSTATION, AssetKind.PRINTER)
    return Asset.objects.create(
        client=client,
        site=site,
        name=f"{client.code}-{kinds[n].upper()[:3]}-{n + 1:02d}",
        kind=kinds[n],
        serial_number=f"LX{client.pk:04d}{n}",
        covered_since_on=since,
        warranty_ends_on=since + timedelta(days=3 * 365),
    )


def _open_portal(account: Account) -> None:
    """Let the first contact sign in; the one that is shown has a password to try."""
    contact = account.contacts[0]
    if account.company is SHOWN:
        contact.email = CONTACT_EMAIL
        contact.save(update_fields=["email"])
    grant_portal_access(contact_id=contact.pk, scope="everything", sends_invitation=False)
    if account.company is SHOWN:
        person = User.objects.get(email=CONTACT_EMAIL)
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
