"""Lines that clients of the demonstration firm do not accept: one is open, one was credited."""

from datetime import date, timedelta

from accounts.models import User
from billing.models import Charge, Invoice
from collecting.models import DisputeGround
from collecting.operations.answer_dispute import answer_dispute
from collecting.operations.credit_dispute import Concession, credit_dispute
from collecting.operations.open_dispute import Objection, open_dispute
from collecting.queries.disputes import disputable_lines
from psa.demo.desk import Desk
from psa.demo.people import CONTACT_EMAIL

OBJECTIONS = (
    Objection(
        DisputeGround.NOT_ORDERED,
        "Nous ne retrouvons pas cette commande. Pouvez-vous vérifier ?",
    ),
    Objection(DisputeGround.COVERED, "Cela devrait être compris dans notre contrat."),
)
ANSWER = "Nous regardons le relevé et revenons vers vous."


def leave_disputes(desk: Desk, today: date) -> None:
    """Let the client who is shown dispute a line of its last invoices; one more was credited."""
    contact = User.objects.get(email=CONTACT_EMAIL)
    ours = Invoice.objects.visible_to(contact).issued().invoices_only()
    unpaid = ours.open().order_by("-issued_on", "-pk")[:1]
    paid = ours.exclude(pk__in=[one.pk for one in unpaid]).order_by("-issued_on", "-pk")[:1]
    lines = [one for bill in (*unpaid, *paid) for one in disputable_lines(bill).reverse()[:1]]
    if len(lines) < len(OBJECTIONS):
        return
    questioned, covered = (_open(desk, lines, place, contact, today) for place in (0, 1))
    answer_dispute(
        dispute_id=questioned, body=ANSWER, actor=desk.staff.manager, now=desk.at(today, 8, 30)
    )
    credit_dispute(
        dispute_id=covered,
        concession=Concession("Compris dans le contrat", today, answer="Vous avez raison."),
        actor=desk.staff.accountant,
        now=desk.at(today, 8, 40),
    )


def _open(desk: Desk, lines: list[Charge], place: int, contact: User, today: date) -> int:
    yesterday = today - timedelta(days=1)
    return open_dispute(
        line_id=lines[place].pk,
        objection=OBJECTIONS[place],
        actor=contact,
        now=desk.at(yesterday, 16, 10 + place),
    ).pk
