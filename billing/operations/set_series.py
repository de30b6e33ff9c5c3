"""Saying how the numbers of a series begin, before the first one is given."""

import re

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import DocumentKind, Invoice, NumberSeries
from billing.series import default_prefix
from clients.models import LegalEntity

LONGEST = NumberSeries._meta.get_field("prefix").max_length or 0


class SeriesRefused(Exception):
    """The series cannot begin like this; the message says why, nothing has changed."""


@transaction.atomic(durable=True)
def set_series(
    *, legal_entity_id: int, document_kind: str, year: int, prefix: str, this_year: int
) -> NumberSeries:
    """Let the numbers of one company, kind and year begin with a prefix.

    The company's row is locked, as issuing locks it: so no number is given meanwhile.

    :raises SeriesRefused: the series gave numbers already, or another one begins the same
    """
    entity = LegalEntity.objects.select_for_update(no_key=True).get(pk=legal_entity_id)
    prefix = prefix.strip().upper()
    if not re.fullmatch(r"[A-Z0-9]+(-[A-Z0-9]+)*", prefix) or len(prefix) > LONGEST:
        raise SeriesRefused(
            _("Letters and digits only, such as F or FA; %(n)d at most.") % {"n": LONGEST}
        )
    if year < this_year:
        raise SeriesRefused(_("The series of a year that is over stays as it was."))
    known = NumberSeries.objects.filter(legal_entity=entity, year=year)
    series = known.filter(document_kind=document_kind).first() or NumberSeries(
        legal_entity=entity, document_kind=document_kind, year=year
    )
    if series.last:
        raise SeriesRefused(
            _("%(series)s has given numbers already: it goes on as it began.") % {"series": series}
        )
    _guard_alone(entity, document_kind, year, prefix)
    series.prefix = prefix
    series.save()
    return series


def _guard_alone(entity: LegalEntity, document_kind: str, year: int, prefix: str) -> None:
    """No other document of the company may have, or come to have, the same number."""
    begins = {
        row.document_kind: row.prefix
        for row in NumberSeries.objects.filter(legal_entity=entity, year=year)
    }
    for kind, label in DocumentKind.choices:
        if kind != document_kind and begins.get(kind, default_prefix(entity, kind)) == prefix:
            raise SeriesRefused(
                _("%(prefix)s-%(year)s begins the numbers of another kind already: %(kind)s.")
                % {"prefix": prefix, "year": year, "kind": label}
            )
    taken = Invoice.objects.filter(legal_entity=entity, number__startswith=f"{prefix}-{year}-")
    if taken.exists():
        raise SeriesRefused(
            _("%(prefix)s-%(year)s is the beginning of numbers that were given already.")
            % {"prefix": prefix, "year": year}
        )
