"""Where a contract stands: its next decision, pause and increase, for its own page."""

from datetime import date

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from contracts.domain.renewal import Standing, last_notice_day, standing_on
from contracts.indexing import undecided_days, with_parts
from contracts.indexing_text import clause_text
from contracts.models import Contract, EndKind, IndexationClause, RenewalKind
from contracts.terms import running_term
from contracts.views.contracts import find_contract
from contracts.views.decisions import lead_days
from core.periods import add_months


@require_safe
@permission_required("contracts.view_contract", raise_exception=True)
def contract_terms(request: UserRequest, pk: int) -> HttpResponse:
    """Show what is to be decided about a contract next, and what lies ahead by itself."""
    found = find_contract(request, pk)
    today = timezone.localdate()
    term = running_term(found)
    is_open = not found.end_kind and found.renewal_kind != RenewalKind.NONE
    standing = standing_on(today, term, lead_days()) if term and is_open else None
    clauses = with_parts(IndexationClause.objects.filter(contract=found))
    context = {
        "contract": found,
        "last_notice_on": last_notice_day(term) if term and is_open else None,
        "is_due": standing in {Standing.DECISION_DUE, Standing.NOTICE_OVER, Standing.TERM_OVER},
        "clauses": [_clause(clause, today) for clause in clauses],
        "pauses": [one for one in found.pauses.all() if one.days.end > today],
        "successor": Contract.objects.visible_to(request.user).filter(transferred_from=pk).first(),
        "is_undoable": found.transferred_from_id is not None
        and not found.lines.filter(claims__isnull=False).exists(),
        "leaves": _leaves(found) and request.user.has_perm("clients.change_client"),
    }
    return render(request, "contracts/contract_terms.html", context)


def _clause(clause: IndexationClause, day: date) -> dict[str, object]:
    """Return a clause in words with its next undecided step."""
    ahead = undecided_days(clause, add_months(max(day, clause.first_on), clause.every_months))
    first = ahead[0] if ahead else None
    return {
        "clause": clause,
        "text": clause_text(clause),
        "next_on": first,
        "is_due": first is not None and first <= day,
    }


def _leaves(contract: Contract) -> bool:
    """Whether the client has left with this contract, its last one, and nobody has noted it."""
    left = contract.end_kind in {EndKind.CHURNED, EndKind.NOT_RENEWED, EndKind.FIRM}
    if not left or contract.last_day_on is None or contract.client.lost_on is not None:
        return False
    others = contract.client.contracts.exclude(pk=contract.pk)
    return not others.exclude(last_day_on__lte=contract.last_day_on).exists()
