"""Late interest of the demonstration firm: terms, rates, and one claim that waits as a draft."""

from datetime import date, timedelta
from decimal import Decimal

from collecting.domain.late_rates import half_year_of
from collecting.models import LateBasis, LateRateKind
from collecting.operations.claim_late_charges import LateWish, claim_late_charges
from collecting.operations.set_late_rate import set_late_rate
from collecting.operations.set_late_terms import AgreedLate, set_late_terms
from collecting.queries.late import late_accounts
from psa.demo.desk import Desk

LAW = (LateBasis.ECB_PLUS, Decimal(10), Decimal("40.00"))
# What a half-year of the demonstration has: near what was published, whenever the firm is loaded.
ECB = Decimal("2.15")
HALF_YEARS = 5
HALF_A_YEAR = timedelta(days=182)


def leave_late_charges(desk: Desk, today: date) -> None:
    """Agree on what the law has, enter the rates, and claim from the one that owes most."""
    since = today - HALF_YEARS * HALF_A_YEAR
    basis, points, fee = LAW
    set_late_terms(agreed=AgreedLate(since, basis, points, fee))
    for back in range(HALF_YEARS + 1):
        half = half_year_of(today - back * HALF_A_YEAR)
        set_late_rate(kind=LateRateKind.ECB, starts_on=half, percent=ECB)
    owing = [one for one in late_accounts(today, today) if one.claimable]
    for account in sorted(owing, key=lambda one: one.total)[-1:]:
        claim_late_charges(
            client_id=account.client.pk,
            wish=LateWish(today),
            today=today,
            actor=desk.staff.accountant,
            now=desk.at(today, 9, 0),
        )
