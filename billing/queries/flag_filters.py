"""Keeping the drafts with one flag, decided by the database as ``flags_of`` decides it by row."""

from collections.abc import Callable

from django.db.models import Aggregate, Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from billing.domain.tax import EU, TAX_COUNTRY, tax_country
from billing.einvoice.missing import missing_of_firm
from billing.models import Invoice, TaxSituation
from billing.parties import missing_of_seller
from billing.queries.flags import (
    ENOUGH_TO_COMPARE,
    FAR_ABOVE,
    FAR_BELOW,
    LOOKED_BACK_AT,
    issued_before,
)
from clients.models import Client, ClientKind, LegalEntity

Rows = QuerySet[Invoice]
CHOICES = [
    ("on_hold", _("on hold")),
    ("parked", _("client on hold")),
    ("negative", _("negative")),
    ("stale", _("out of date")),
    ("missing", _("cannot be issued")),
    ("electronic", _("no e-invoice")),
    ("high", _("unusually high")),
    ("low", _("unusually low")),
    ("first", _("first invoice")),
    ("order_missing", _("order missing")),
    ("order_expired", _("order expired")),
    ("order_over", _("order over its limit")),
    ("held_evidence", _("held evidence")),
    ("no_vat", _("no VAT number")),
    ("unapproved", _("unapproved time")),
    ("second", _("second draft")),
    ("no_address", _("no address")),
    ("rate", _("no exchange rate")),
]


class Middle(Aggregate):
    """The middle one of some amounts, the lower of two."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def with_flag(rows: Rows, code: str) -> Rows:
    """Return the rows, read ``with_flag_facts``, that have the flag."""
    if code in _FACTS:
        return rows.filter(_FACTS[code])
    return _OTHERS[code](rows)


_FACTS = {
    "on_hold": Q(held_at__isnull=False),
    "parked": Q(parked_as__isnull=False),
    "negative": Q(total__lt=0),
    "stale": Q(is_stale=True),
    "order_missing": Q(lacks_order=True),
    "order_expired": Q(has_order_out_of_time=True),
    "order_over": Q(has_order_over=True),
    "held_evidence": Q(held_pieces__gt=0),
    "unapproved": Q(unapproved__gt=0),
    "rate": Q(lacks_rate=True),
    "second": Q(has_other_draft=True),
    "no_address": Q(client__invoice_email="", has_reader=False),
}


def _with_usual(rows: Rows) -> Rows:
    nested = (
        Invoice.objects.issued()
        .invoices_only()
        .filter(client=OuterRef(OuterRef("client")), group_label=OuterRef(OuterRef("group_label")))
    )
    latest = nested.order_by("-issued_on", "-pk").values("pk")[:LOOKED_BACK_AT]
    usual = Invoice.objects.filter(pk__in=latest).order_by().values("client")
    known = usual.annotate(n=Count("pk"), middle=Middle("net")).filter(n__gte=ENOUGH_TO_COMPARE)
    return rows.annotate(usual=Subquery(known.values("middle"))).filter(usual__gt=0)


def _high(rows: Rows) -> Rows:
    return _with_usual(rows).filter(net__gt=F("usual") * FAR_ABOVE)


def _low(rows: Rows) -> Rows:
    return _with_usual(rows).filter(net__lt=F("usual") * FAR_BELOW)


def _first(rows: Rows) -> Rows:
    return rows.filter(~Exists(issued_before()))


def _missing(rows: Rows) -> Rows:
    entity = LegalEntity.objects.filter(is_default=True).first()
    if entity is not None and missing_of_seller(entity):
        return rows
    blank = Q(client__country="FR", client__postcode="")
    for field in ("name", "street", "city", "country"):
        blank |= Q(**{f"client__{field}": ""})
    return rows.filter(blank)


def _no_vat(rows: Rows) -> Rows:
    entity = LegalEntity.objects.filter(is_default=True).first()
    home = tax_country(entity.country) if entity else ""
    countries = Client.objects.order_by().values_list("country", flat=True).distinct()
    abroad = [one for one in countries if tax_country(one) in EU and tax_country(one) != home]
    return rows.filter(
        tax_situation=TaxSituation.DOMESTIC, client__country__in=abroad, client__vat_number=""
    )


def _not_electronic(rows: Rows) -> Rows:
    """Keep the drafts whose client machines cannot name or reach; all, if the firm lacks that."""
    entity = LegalEntity.objects.filter(is_default=True).first()
    if entity is not None and missing_of_firm(entity):
        return rows
    is_french = Q(client__country__in=[code for code in TAX_COUNTRY if TAX_COUNTRY[code] == "FR"])
    is_french |= Q(client__country="FR")
    has_siren = is_french & Q(client__registration_number__regex=r"^(\d{9}|\d{14})$")
    is_reached = ~Q(client__electronic_address="") | ~Q(client__invoice_email="") | has_siren
    needs_siren = is_french & ~Q(client__kind=ClientKind.PERSON)
    return rows.filter((needs_siren & ~has_siren) | ~is_reached)


_OTHERS: dict[str, Callable[[Rows], Rows]] = {
    "high": _high,
    "low": _low,
    "first": _first,
    "missing": _missing,
    "no_vat": _no_vat,
    "electronic": _not_electronic,
}
