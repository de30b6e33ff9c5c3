"""Who follows a ticket, and whom a reply is copied to."""

from collections.abc import Iterable

from django.db.models.functions import Lower

from accounts.models import User
from clients.models import Contact
from tickets.models import Mailbox, Ticket, TicketFollower


def followers_of(ticket: Ticket, user: User) -> list[TicketFollower]:
    """Return who is told of the ticket, the firm's people first; one query."""
    told = TicketFollower.objects.visible_to(user).filter(ticket=ticket).told()
    found = list(told.select_related("person", "contact", "added_by"))
    return sorted(found, key=lambda one: (one.is_contact, one.pk))


def following(ticket: Ticket, user: User) -> dict[str, object]:
    """Return the followers as their card shows them, and whether the reader is one."""
    found = followers_of(ticket, user)
    return {"followers": found, "follows": any(one.person_id == user.pk for one in found)}


def own_place(ticket: Ticket, user: User) -> TicketFollower | None:
    """Return the row by which this person follows the ticket, None where they do not."""
    rows = TicketFollower.objects.visible_to(user).filter(ticket=ticket)
    is_own = {"person": user} if user.is_firm_staff else {"contact__user": user}
    return rows.filter(**is_own).first()


def copied_addresses(ticket: Ticket, recipients: Iterable[str]) -> list[str]:
    """Return the addresses of following contacts whom the mail is not sent to anyway.

    An address of our own boards is nobody's: a copy to it would come back to us.
    """
    rows = TicketFollower.objects.filter(ticket=ticket).contacts().exclude(contact__email="")
    addresses = list(rows.order_by("pk").values_list("contact__email", flat=True))
    there = {one.casefold() for one in recipients} | _ours(addresses)
    return [one for one in addresses if one.casefold() not in there]


def contacts_at(client_id: int, addresses: Iterable[str]) -> list[Contact]:
    """Return the contacts of one client who have one of the addresses."""
    wanted = {one.lower() for one in addresses}
    found = Contact.objects.annotate(address=Lower("email")).filter(
        client=client_id, address__in=wanted - {""}
    )
    return list(found.select_related("user").order_by("pk"))


def _ours(addresses: Iterable[str]) -> set[str]:
    """Return those that are addresses of boards, with or without a mark after a plus."""
    plain = {_without_mark(one) for one in addresses}
    boards = Mailbox.objects.annotate(at=Lower("address")).filter(at__in=plain)
    known = set(boards.values_list("at", flat=True))
    return {one.casefold() for one in addresses if _without_mark(one) in known}


def _without_mark(address: str) -> str:
    name, _at, domain = address.lower().partition("@")
    return f"{name.partition('+')[0]}@{domain}"
