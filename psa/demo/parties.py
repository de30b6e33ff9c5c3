"""Taking on the clients of the demonstration firm and selling them their contracts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from accounts.models import User
from catalog.models import Rate, RateCard
from clients.models import Asset, Client, Contact, LowHoursReaders, Site
from clients.models.asset import AssetKind
from clients.operations.grant_portal_access import grant_portal_access
from contracts.models import BillingTiming, Contract, PlanRevision
from contracts.operations._line_rules import NewLine
from contracts.operations.correct_version import correct_version
from contracts.operations.create_contract import create_contract
from contracts.operations.sell_plan import sell_plan
from psa.demo.companies import SHOWN, Company, Deal
from psa.demo.firm import Shop
from psa.demo.identity import belgian_vat, french_vat, german_vat, siren
from psa.demo.people import CONTACT_EMAIL, PASSWORD

STREETS = ("rue de la Paix", "cours Lafayette", "rue Victor-Hugo", "avenue des Frères-Lumière")
FIRST_NAMES = ("Camille", "Lucie", "Mehdi", "Paul", "Aïcha", "Jean-Marc", "Zoé", "Thomas", "Nadia")
LAST_NAMES = ("Roux", "Faure", "Da Costa", "Petit", "Benali", "Kœnig", "Martin", "Żak", "Leroy")
LARGE = 10
PLANS = {"device": "Sérénité postes", "user": "Sérénité utilisateurs", "flat": "Sérénité forfait"}


@dataclass(slots=True)
class Account:
    """A client of the demonstration with what belongs to it."""

    company: Company
    client: Client
    contacts: list[Contact]
    assets: list[Asset]
    contract: Contract | None = None


def take_on(
    company: Company, serial: int, first_day: date, chance: Random, manager: User
) -> Account:
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
        account_manager=manager,
        low_hours_readers=LowHoursReaders.BOTH,
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


def sell(
    account: Account,
    deal: Deal,
    number: str,
    month: date,
    shop: Shop,
    plans: Mapping[str, PlanRevision],
) -> None:
    """Sign the contract of the client's deal: of a plan where there is one that fits."""
    first = month.replace(day=deal.first_day)
    plan = plans.get(deal.unit)
    if plan is None or deal.timing != BillingTiming.ADVANCE:
        account.contract = _sign_by_hand(account, deal, number, first, shop)
    elif deal.unit == "park":
        _plug_in_more(account, deal.quantity, first)
        account.contract = _sign(account, plan, number, first)
    else:
        account.contract = _sign_for(account, plan, deal, number, first)


def _sign(
    account: Account, plan: PlanRevision, number: str, first: date, **given: object
) -> Contract:
    return sell_plan(
        revision_id=plan.pk,
        client_id=account.client.pk,
        number=number,
        name=plan.plan.name,
        starts_on=first,
        **given,  # type: ignore[arg-type]  # quantities and lines left out
    )


def _sign_for(
    account: Account, plan: PlanRevision, deal: Deal, number: str, first: date
) -> Contract:
    main, backup = plan.lines.all()
    contract = _sign(
        account,
        plan,
        number,
        first,
        quantities={main.pk: Decimal(deal.quantity)},
        left_out=[] if deal.quantity >= LARGE else [backup.pk],
    )
    if Decimal(deal.price) != main.unit_price:
        version = contract.lines.earliest("pk").versions.get()
        price = Decimal(deal.price)
        correct_version(version_id=version.pk, starts_on=first, unit_price=price)
    return contract


def _sign_by_hand(account: Account, deal: Deal, number: str, first: date, shop: Shop) -> Contract:
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
    return create_contract(
        client_id=account.client.pk,
        number=number,
        name=PLANS[deal.unit],
        starts_on=first,
        lines=[line, backup] if deal.quantity >= LARGE else [line],
        covered_work_type_ids=[shop.work[code].pk for code in deal.covers],
    )


def _plug_in_more(account: Account, quantity: int, first: date) -> None:
    """Look after the client's whole park from the contract on; one device joins later."""
    site = account.client.sites.earliest("pk")
    for n in range(len(account.assets), quantity):
        joined = first if n + 1 < quantity else first + timedelta(days=75)
        device = _plug_in(account.client, site, n, joined)
        account.assets.append(device)


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
    kind = kinds[n] if n < len(kinds) else AssetKind.LAPTOP
    return Asset.objects.create(
        client=client,
        site=site,
        name=f"{client.code}-{kind.upper()[:3]}-{n + 1:02d}",
        kind=kind,
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
