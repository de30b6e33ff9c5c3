"""What has been drawn so far: by live charges, and by work that is open."""

from datetime import date

from billing.domain.agreements import Drawn
from billing.domain.charge import RatedCharge
from billing.domain.evidence import ClientEvidence
from billing.domain.taken_back import charge_taken_back
from billing.domain.time import charge_time


def open_draws(evidence: ClientEvidence, as_of: date) -> list[RatedCharge]:
    """Return what open work before the day would take from hours, as a run would charge it."""
    charges = [*charge_time(evidence, as_of).charges, *charge_taken_back(evidence, as_of)]
    return [charge for charge in charges if charge.drawn is not None]


def drawn_so_far(evidence: ClientEvidence, as_of: date) -> list[Drawn]:
    """Return what was drawn for work before the day, as a run of that day would leave it."""
    found = (charge.drawn for charge in open_draws(evidence, as_of))
    return [*evidence.drawn, *(one for one in found if one is not None)]
