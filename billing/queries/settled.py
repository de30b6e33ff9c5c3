"""What contract lines were billed, without the periods that are settled."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import F

from billing.domain.agreements import LineTerm
from billing.domain.settled import digest_of_terms
from billing.models import Claim, SettledLine
from billing.queries.contract_lines import Billed, ClientIds, billed_by


def billed_unless_settled(
    lines: Mapping[int, Sequence[LineTerm]], client_ids: ClientIds, currency: str
) -> tuple[Billed, dict[int, date]]:
    """Return what live charges carry, and by line the day before which they are not listed.

    A settled line whose terms have changed since is read from its beginning.
    """
    known = {line.id: line for of_client in lines.values() for line in of_client}
    settled = _settled(known, client_ids, currency)
    unsettled = Claim.objects.filter(contract_line__one_of=known.keys() - settled.keys())
    billed = billed_by(unsettled, client_ids)
    if settled:
        later = Claim.objects.filter(
            contract_line__settled__line__one_of=settled,
            period_on__gte=F("contract_line__settled__before_on"),
        )
        billed |= billed_by(later, client_ids)
    return billed, settled


def _settled(
    lines: Mapping[int, LineTerm], client_ids: ClientIds, currency: str
) -> dict[int, date]:
    rows: Iterable[tuple[int, date, str]] = SettledLine.objects.filter(
        line__contract__client__one_of=client_ids
    ).values_list("line_id", "before_on", "digest")
    return {
        line_id: before_on
        for line_id, before_on, digest in rows
        if digest == digest_of_terms(lines[line_id], currency)
    }
