"""What the firm sells, made for tests.

``FirmRateCardFactory`` comes with the firm's two rates: remote at 84.00 (at least 15 minutes, steps
of 15) and on site at 96.00 (at least 30, steps of 15), unless ``rates=False`` is asked for. A
client's card comes without rates.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import factory

from catalog.models import Product, ProductKind, Rate, RateCard, TaxCode, TaxRate, WorkType
from clients.tests.factories import ClientFactory

LONG_AGO = date(2020, 1, 1)


class TaxRateFactory(factory.django.DjangoModelFactory[TaxRate]):
    """France's standard rate, without an end; made once, then found again."""

    class Meta:
        model = TaxRate
        django_get_or_create = ("country", "tax_code", "starts_on")

    country = "FR"
    tax_code = TaxCode.STANDARD
    rate = Decimal("20.00")
    starts_on = LONG_AGO


class WorkTypeFactory(factory.django.DjangoModelFactory[WorkType]):
    """Remote work; ``on_site`` for the other everyday kind. Found again by its code."""

    class Meta:
        model = WorkType
        django_get_or_create = ("code",)

    class Params:
        on_site = factory.Trait(code="onsite", name="On-site", position=2)

    code = "remote"
    name = "Remote"
    position = 1


class RateFactory(factory.django.DjangoModelFactory[Rate]):
    """An hour at 84.00, at least 15 minutes, in steps of 15, without an end."""

    class Meta:
        model = Rate

    rate_card = factory.SubFactory("catalog.tests.factories.ClientRateCardFactory")
    work_type = factory.SubFactory(WorkTypeFactory)
    hourly_rate = Decimal("84.0000")
    minimum_minutes: int | None = 15
    step_minutes: int | None = 15
    starts_on = LONG_AGO


class FirmRateCardFactory(factory.django.DjangoModelFactory[RateCard]):
    """The firm's own card with the rates for remote and on-site work; there is only one."""

    class Meta:
        model = RateCard
        django_get_or_create = ("client",)

    name = "Standard rates"
    client = None

    @classmethod
    def _create(cls, model_class: type[RateCard], *args: Any, **kwargs: Any) -> RateCard:
        with_rates = kwargs.pop("rates", True)
        card: RateCard = super()._create(model_class, *args, **kwargs)
        if with_rates and not card.rates.exists():
            RateFactory(rate_card=card, work_type__code="remote")
            RateFactory(
                rate_card=card,
                work_type__on_site=True,
                hourly_rate=Decimal("96.0000"),
                minimum_minutes=30,
            )
        return card


class ClientRateCardFactory(factory.django.DjangoModelFactory[RateCard]):
    """What was agreed with one client; without rates until some are added."""

    class Meta:
        model = RateCard
        django_get_or_create = ("client",)

    client = factory.SubFactory(ClientFactory)
    name = factory.LazyAttribute(lambda card: f"Rates of {card.client.name}")


class ClientRateFactory(RateFactory):
    """A client's own price of 76.00; minimum and step as the firm's card says."""

    hourly_rate = Decimal("76.0000")
    minimum_minutes = None
    step_minutes = None


class ProductFactory(factory.django.DjangoModelFactory[Product]):
    """A part at 48.00; traits for a flat-rate service at 149.00 and a recurring one at 24.90."""

    class Meta:
        model = Product

    class Params:
        flat_rate = factory.Trait(
            kind=ProductKind.FLAT_RATE, name="Virus removal", price=Decimal("149.0000"), cost=None
        )
        recurring = factory.Trait(
            kind=ProductKind.RECURRING,
            name="Workstation care",
            price=Decimal("24.9000"),
            cost=Decimal("6.0000"),
        )

    code = factory.Sequence(lambda n: f"PART-{n + 1}")
    name = "Memory 16 GB"
    kind = ProductKind.PART
    price = Decimal("48.0000")
    cost = Decimal("31.0000")
