"""The demonstration firm's address, two strangers who write to it, and what clients say."""

from datetime import date, timedelta
from email.message import EmailMessage
from random import Random

from psa.demo.desk import Desk
from tickets.models import Mailbox, RatingChannel, Score, ServiceBoard, Ticket
from tickets.operations.claim_mail import claim_mail
from tickets.operations.place_mail import place_mail
from tickets.operations.rate_ticket import rate_ticket
from tickets.operations.store_mail import store_mail

ADDRESS = "aide@fixpoint.example"
SEED = 7
ASKED_DAYS = 120
ANSWERS = 0.4
WORDS = (Score.GOOD,) * 16 + (Score.FAIR,) * 3 + (Score.BAD,)
COMMENTS = {
    Score.GOOD: ("Très rapide, merci.", "", "", "Technicien à l'écoute.", ""),
    Score.FAIR: ("Il a fallu deux passages.", "", "Un peu d'attente au téléphone."),
    Score.BAD: ("La panne est revenue le lendemain.",),
}
STRANGERS = (
    (
        "Nora Petit <nora.petit@boutique-des-halles.example>",
        "La caisse n'imprime plus",
        "Bonjour,\n\nla caisse n'imprime plus depuis ce matin. Pouvez-vous passer ?\n\nNora Petit",
    ),
    (
        "Offres <offres@grossiste-it.example>",
        "Nos prix de la semaine",
        "Bonjour,\n\nvoici nos meilleurs prix de la semaine.",
    ),
)


def write_letters(desk: Desk, today: date) -> None:
    """Let clients rate what was closed, and strangers write to the desk's address."""
    chance = Random(SEED)  # noqa: S311  (dice of a story, not secrets)
    _rate(chance, today, desk)
    board = ServiceBoard.objects.order_by("-is_default", "name")[0]
    Mailbox.objects.create(board=board, address=ADDRESS)
    for number, (sender, subject, text) in enumerate(STRANGERS):
        now = desk.at(today, 8, 5 + number)
        stored = store_mail(
            raw=_letter(sender, subject, text, number), key=f"demo:{number}", now=now
        )
        if claim_mail(mail_id=stored.pk, now=now):
            place_mail(mail_id=stored.pk, now=now)


def _rate(chance: Random, today: date, desk: Desk) -> None:
    since = desk.at(today - timedelta(days=ASKED_DAYS), 0, 0)
    closed = Ticket.objects.filter(closed_at__gte=since).order_by("pk")
    for ticket in closed:
        if ticket.closed_at is None or chance.random() > ANSWERS:
            continue
        score = chance.choice(WORDS)
        said_at = ticket.closed_at + timedelta(hours=chance.randint(1, 30))
        rate_ticket(
            ticket_id=ticket.pk,
            score=score,
            comment=chance.choice(COMMENTS[score]),
            channel=chance.choice((RatingChannel.MAIL, RatingChannel.PORTAL)),
            contact_id=ticket.contact_id,
            now=min(said_at, desk.at(today, 8, 0)),
        )


def _letter(sender: str, subject: str, text: str, number: int) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, ADDRESS, subject
    mail["Message-ID"] = f"<demo-{number}@{sender.rpartition('@')[2].rstrip('>')}>"
    if sender.startswith("Offres"):
        mail["Precedence"] = "bulk"
    mail.set_content(text)
    return bytes(mail)
