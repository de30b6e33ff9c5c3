"""Which terms the clock has to see to, and what notice on a day would mean."""

from datetime import date, timedelta

from django.db.models import DateField, ExpressionWrapper, F, Q

from contracts.domain.renewal import Term, last_notice_day, next_term
from contracts.models import Contract, RenewalKind


def passed_term_ids(today: date, limit: int) -> list[int]:
    """Return contracts whose notice day or term has passed without a decision."""
    notice_day = ExpressionWrapper(F("term_ends_on") - F("notice_days"), output_field=DateField())
    undecided = Contract.objects.filter(end_kind="").annotate(notice_day=notice_day)
    by_itself = Q(
        renewal_kind=RenewalKind.AUTOMATIC, last_day_on__isnull=True, notice_day__lt=today
    )
    by_hand = Q(renewal_kind=RenewalKind.MANUAL) & (
        Q(last_day_on__isnull=True) | Q(term_ends_on__lt=today)
    )
    found = undecided.filter(by_itself | by_hand).order_by("pk")
    return list(found.values_list("pk", flat=True)[:limit])


def running_term(contract: Contract) -> Term | None:
    """Return the term of a contract that has one."""
    if not contract.term_months or contract.term_ends_on is None:
        return None
    return Term(
        contract.terms_from, contract.term_months, contract.term_ends_on, contract.notice_days
    )


def last_day_after_notice(contract: Contract, received_on: date) -> date:
    """Return the last day of a contract whose notice comes on a day."""
    term = running_term(contract)
    if term is None:
        return received_on + timedelta(days=contract.notice_days)
    if contract.renewal_kind != RenewalKind.AUTOMATIC:
        return term.ends_on
    while received_on > last_notice_day(term):
        term = next_term(term)
    return term.ends_on
