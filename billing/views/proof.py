"""The proof of a run: its table, and the rows behind each figure."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.requests import UserRequest
from billing.models import BillingRun, Place, Subject
from billing.proof_words import reason_text
from billing.queries.books.accounting import pieces_of
from core.display import minutes_text, number_text

ROWS_A_PAGE = 100
IN_MINUTES = frozenset({Subject.MINUTES.value, Subject.TAKEN_BACK.value})


@dataclass(frozen=True)
class ProofCell:
    """A figure of the table, with the address of its rows."""

    text: str
    reason: str
    url: str


@dataclass(frozen=True)
class ProofRow:
    """A subject: all there is of it, and how much went where."""

    label: str
    total: str
    places: list[tuple[str, list[ProofCell]]]
    is_whole: bool


def proof_of(run: BillingRun) -> dict[str, object]:
    """Return the table of a run: a row for each subject, a column for each place."""
    cells: dict[tuple[str, str], list[ProofCell]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for one in run.proofs.all():
        url = reverse("billing:run-proof", args=[run.pk, one.subject, one.place])
        address = f"{url}?reason={one.reason}" if one.reason else url
        text = quantity_text(one.subject, one.amount)
        cells[one.subject, one.place].append(ProofCell(text, reason_text(one.reason), address))
        totals[one.subject] += one.amount
    used = {place for _, place in cells}
    places = [place for place in Place if place in used]
    return {
        "places": [place.label for place in places],
        "rows": [
            ProofRow(
                label=str(subject.label),
                total=quantity_text(subject, totals[subject]),
                places=[(str(place.label), cells[subject, place]) for place in places],
                is_whole=(subject, Place.LOST) not in cells,
            )
            for subject in Subject
            if subject in totals
        ],
        "is_whole": Place.LOST not in used,
    }


def quantity_text(subject: str, amount: int) -> str:
    """Write minutes as hours and minutes, everything else as a number."""
    return minutes_text(amount) if subject in IN_MINUTES else number_text(amount)


@require_safe
@permission_required("billing.view_billingrun", raise_exception=True)
def rows(request: UserRequest, pk: int, subject: str, place: str) -> HttpResponse:
    """List the evidence behind a figure of the proof, as it is by now."""
    run = get_object_or_404(BillingRun.objects.visible_to(request.user), pk=pk)
    if subject not in Subject.values or place not in Place.values:
        raise Http404
    reason = request.GET.get("reason", "")
    typed = request.GET.get("page", "1")
    number = max(1, int(typed)) if typed.isdecimal() else 1
    found = pieces_of(
        run.pk,
        subject,
        f"{place}/{reason}",
        count=ROWS_A_PAGE + 1,
        after=(number - 1) * ROWS_A_PAGE,
    )
    context = {
        "run": run,
        "subject": Subject(subject).label,
        "place": Place(place).label,
        "reason": reason_text(reason),
        "pieces": [(one, quantity_text(subject, one.amount)) for one in found[:ROWS_A_PAGE]],
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if len(found) > ROWS_A_PAGE else None,
        "asked_reason": reason,
    }
    return render(request, "billing/run_proof.html", context)
