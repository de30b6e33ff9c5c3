"""Parties made for tests: valid by default, each with its own numbers."""

from datetime import date
from decimal import Decimal

import factory
from stdnum import luhn

from clients.models import Asset, Client, Contact, LegalEntity, PortalScope, Site


def siren(serial: int) -> str:
    """Return the serial-th valid SIREN of the tests' own range."""
    body = f"{90_000_000 + serial:08d}"
    return body + str(luhn.calc_check_digit(body))


def french_vat_number(registration_number: str) -> str:
    """Return the VAT number that belongs to a SIREN."""
    return f"FR{(12 + 3 * (int(registration_number) % 97)) % 97:02d}{registration_number}"


class LegalEntityFactory(factory.django.DjangoModelFactory[LegalEntity]):
    """The firm: French, in Lyon, subject to VAT; made once, then found again."""

    class Meta:
        model = LegalEntity
        django_get_or_create = ("is_default",)

    is_default = True
    name = "Dépann'Info Services"
    legal_form = "SARL"
    share_capital = Decimal("10000.00")
    registration_number = "999000011"
    register_town = "Lyon"
    vat_number = "FR66999000011"
    street = "12 quai Perrache"
    postcode = "69002"
    city = "Lyon"
    country = "FR"
    currency = "EUR"
    time_zone = "Europe/Paris"
    email = "bonjour@firm.example"
    phone = "+33 4 72 00 00 11"
    iban = "FR1420041010050500013M02606"
    bic = "PSSTFRPPPAR"


class ClientFactory(factory.django.DjangoModelFactory[Client]):
    """A French company with a SIREN and the VAT number that belongs to it."""

    class Meta:
        model = Client

    class Params:
        german = factory.Trait(
            country="DE",
            registration_number="HRB 1234",
            vat_number="DE136695976",
            city="Berlin",
            postcode="10115",
            language="en",
        )
        swiss = factory.Trait(
            country="CH",
            registration_number="CHE-100.155.212",
            vat_number="",
            city="Genève",
            postcode="1204",
        )
        lost = factory.Trait(lost_on=date(2026, 1, 31), lost_reason="Moved to another provider")

    code = factory.Sequence(lambda n: f"C{n + 1:04d}")
    name = factory.Sequence(lambda n: f"Client {n + 1}")
    registration_number = factory.Sequence(lambda n: siren(n + 1))
    vat_number = factory.LazyAttribute(
        lambda client: (
            french_vat_number(client.registration_number) if client.country == "FR" else ""
        )
    )
    street = "157 rue du Général-Leclerc"
    postcode = "33000"
    city = "Bordeaux"
    country = "FR"
    currency = "EUR"
    language = "fr"
    payment_days = 30
    client_since_on = date(2024, 1, 1)


class SiteFactory(factory.django.DjangoModelFactory[Site]):
    """An office of a client's."""

    class Meta:
        model = Site

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"Office {n + 1}")
    street = "3 place Bellecour"
    postcode = "69002"
    city = "Lyon"
    country = "FR"
    time_zone = "Europe/Paris"


class ContactFactory(factory.django.DjangoModelFactory[Contact]):
    """A person at a client, without access to the portal."""

    class Meta:
        model = Contact

    class Params:
        sees_tickets = factory.Trait(portal_scope=PortalScope.TICKETS)
        sees_everything = factory.Trait(portal_scope=PortalScope.EVERYTHING)

    client = factory.SubFactory(ClientFactory)
    first_name = "Camille"
    last_name = factory.Sequence(lambda n: f"Martin {n + 1}")
    email = factory.Sequence(lambda n: f"contact{n + 1}@client.example")
    phone = "+33 1 69 62 24 19"


class AssetFactory(factory.django.DjangoModelFactory[Asset]):
    """A laptop of a client's."""

    class Meta:
        model = Asset

    client = factory.SubFactory(ClientFactory)
    name = factory.Sequence(lambda n: f"LAPTOP-{n + 1:03d}")
    kind = "laptop"
    serial_number = factory.Sequence(lambda n: f"SN{n + 1:06d}")
    operating_system = "Windows 11"
    covered_since_on = date(2025, 1, 1)
