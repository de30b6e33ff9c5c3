"""Turn an empty database into a firm."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import SetupLink, User
from accounts.roles import ADMINISTRATOR
from accounts.set_up import usable_links
from catalog.models import Rate, RateCard, TaxRate, WorkType
from clients.models import LegalEntity


class SetUpClosed(Exception):
    """The link has been used or has expired, or somebody else set the firm up meanwhile."""


@dataclass(frozen=True)
class Administrator:
    """The first person."""

    email: str
    password_hash: str
    first_name: str
    last_name: str
    language: str


@dataclass(frozen=True)
class WorkToSell:
    """A kind of work with its price."""

    name: str
    hourly_rate: Decimal
    minimum_minutes: int
    step_minutes: int


@dataclass(frozen=True)
class Beginning:
    """All that set-up asked."""

    administrator: Administrator
    firm: LegalEntity
    taxes: Mapping[str, Decimal]
    taxes_since: date
    work: Sequence[WorkToSell]
    work_since: date


@transaction.atomic(durable=True)
def set_up_firm(*, link_id: int, beginning: Beginning, now: datetime) -> User:
    """Make the first administrator, the firm, its taxes and rates, and shut the wizard for good.

    :raises SetUpClosed: there is an administrator, or the link no longer works
    """
    link = SetupLink.objects.select_for_update().filter(pk=link_id).first()
    if link is None or not usable_links(now).filter(pk=link_id).exists():
        raise SetUpClosed(_("This set-up link no longer works."))
    beginning.firm.is_default = True
    beginning.firm.save()
    _add_taxes(beginning)
    _add_rates(beginning)
    link.used_at = now
    link.save(update_fields=["used_at"])
    return _add_administrator(beginning.administrator)


def _add_administrator(who: Administrator) -> User:
    person: User = User.objects.create(
        email=who.email,
        password=who.password_hash,
        first_name=who.first_name,
        last_name=who.last_name,
        language=who.language,
    )
    person.groups.add(Group.objects.get(name=ADMINISTRATOR))
    return person


def _add_taxes(beginning: Beginning) -> None:
    country = beginning.firm.country
    known = set(TaxRate.objects.filter(country=country).values_list("tax_code", flat=True))
    for tax_code, rate in beginning.taxes.items():
        if tax_code not in known:
            TaxRate.objects.create(
                country=country, tax_code=tax_code, rate=rate, starts_on=beginning.taxes_since
            )


def _add_rates(beginning: Beginning) -> None:
    if not beginning.work:
        return
    card, _made = RateCard.objects.get_or_create(
        client=None, defaults={"name": _("Our hourly rates")}
    )
    for position, sold in enumerate(beginning.work, start=1):
        work_type = WorkType.objects.create(
            code=slugify(sold.name)[:36] or f"work-{position}", name=sold.name, position=position
        )
        Rate.objects.create(
            rate_card=card,
            work_type=work_type,
            hourly_rate=sold.hourly_rate,
            minimum_minutes=sold.minimum_minutes,
            step_minutes=sold.step_minutes,
            starts_on=beginning.work_since,
        )
