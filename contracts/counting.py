"""What counts for a line whose quantity is counted: devices, people or sites on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import Combinable
from django.db.models.fields import DecimalField
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact

from clients.models import Asset, Contact, Site
from contracts.models import ContractLine, CountedThing

QUANTITY = DecimalField(max_digits=12, decimal_places=4)


@dataclass(frozen=True, slots=True)
class CountedOne:
    """A device, a person or a site that counts, with what conditions may ask of it."""

    name: str
    kind: str = ""
    group: str = ""
    role: str = ""
    site_id: int | None = None


Things = dict[str, list[CountedOne]]


def quantity_of_version(day: date | OuterRef) -> Combinable:
    """Return, for a query of line versions, the quantity: counted that day, or as it was typed."""
    counted = Case(
        When(line__counts=CountedThing.ASSETS, then=_counted(_assets(day))),
        When(line__counts=CountedThing.CONTACTS, then=_counted(_contacts(day))),
        When(line__counts=CountedThing.SITES, then=_counted(_sites(day))),
        output_field=IntegerField(),
    )
    return Case(
        When(line__counts="", then=F("quantity")),
        default=Cast(Coalesce(counted, 0), QUANTITY),
        output_field=QUANTITY,
    )


def things_of_client(client_id: int, day: date) -> Things:
    """Return everything of a client that counts on the day, by what it is. Three queries."""
    return things_of_clients([client_id], day)[client_id]


def things_of_clients(client_ids: Iterable[int], day: date) -> dict[int, Things]:
    """Return everything that counts on the day, by client and by what it is. Three queries."""
    found: dict[int, Things] = {
        pk: {CountedThing.ASSETS: [], CountedThing.CONTACTS: [], CountedThing.SITES: []}
        for pk in client_ids
    }
    for asset in _on(Asset.objects.filter(client__in=found), day):
        one = CountedOne(str(asset), kind=asset.kind, group=asset.group, site_id=asset.site_id)
        found[asset.client_id][CountedThing.ASSETS].append(one)
    for contact in _on(Contact.objects.filter(client__in=found), day):
        one = CountedOne(str(contact), role=contact.role, site_id=contact.site_id)
        found[contact.client_id][CountedThing.CONTACTS].append(one)
    for site in _on(Site.objects.filter(client__in=found), day):
        found[site.client_id][CountedThing.SITES].append(CountedOne(str(site), site_id=site.pk))
    return found


def counted_for(line: Any, things: Things) -> Sequence[CountedOne] | None:  # noqa: ANN401  (a line of a contract or a plan)
    """Return what counts for the line; None where its quantity is typed."""
    if not line.counts:
        return None
    site_id = getattr(line, "count_site_id", None)
    return [one for one in things[line.counts] if _fits(line, one, site_id)]


def counted_quantities(lines: Iterable[ContractLine], things: Things) -> dict[int, Decimal]:
    """Return the counted quantity of each line that has one, by its id."""
    found = {line.pk: counted_for(line, things) for line in lines}
    return {pk: Decimal(len(ones)) for pk, ones in found.items() if ones is not None}


def _fits(line: Any, one: CountedOne, site_id: int | None) -> bool:  # noqa: ANN401  (a row)
    return (
        line.count_kind in {"", one.kind}
        and line.count_group in {"", one.group}
        and line.count_role in {"", one.role}
        and site_id in {None, one.site_id}
    )


def _on(rows: QuerySet[Any], day: date | OuterRef) -> QuerySet[Any]:
    still = Q(covered_until_on=None) | Q(covered_until_on__gte=day)
    return rows.filter(still, covered_since_on__lte=day)


def _asked(name: str, condition: str) -> Q:
    """Return that the line's condition is met: it is empty, or equal."""
    outer = OuterRef(f"line__{condition}")
    return Q(Exact(outer, "")) | Q(**{name: outer})


def _at_site(name: str) -> Q:
    outer = OuterRef("line__count_site_id")
    return Q(Exact(Coalesce(outer, 0), 0)) | Q(**{name: outer})


def _assets(day: date | OuterRef) -> QuerySet[Any]:
    own = Asset.objects.filter(client=OuterRef("line__contract__client"))
    return _on(own, day).filter(
        _asked("kind", "count_kind"), _asked("group", "count_group"), _at_site("site")
    )


def _contacts(day: date | OuterRef) -> QuerySet[Any]:
    own = Contact.objects.filter(client=OuterRef("line__contract__client"))
    return _on(own, day).filter(_asked("role", "count_role"), _at_site("site"))


def _sites(day: date | OuterRef) -> QuerySet[Any]:
    own = Site.objects.filter(client=OuterRef("line__contract__client"))
    return _on(own, day).filter(_at_site("pk"))


def _counted(rows: QuerySet[Any]) -> Subquery:
    counts = rows.order_by().values("client").annotate(n=Count("pk")).values("n")
    return Subquery(counts, output_field=IntegerField())
