"""Who else is told of what happens on a ticket, and the mails that tell the firm's people."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.user import UserKind
from core.outbox import Deliverable
from tickets.models.history import StatusChange
from tickets.models.merge import TicketMerge
from tickets.models.note import Note
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class FollowSource(models.TextChoices):
    """How somebody came to follow a ticket."""

    HAND = "hand", _("by a person")
    MAIL = "mail", _("by a mail that was copied to them")
    RULE = "rule", _("by a rule")


class TicketFollowerQuerySet(models.QuerySet["TicketFollower"]):
    """Followers, by who may see them and whether they are told anything."""

    def visible_to(self, user: "User") -> "TicketFollowerQuerySet":
        """Return those of visible tickets; clients see their own people and nobody of the firm."""
        seen = self.filter(ticket__in=Ticket.objects.visible_to(user))
        return seen if user.is_firm_staff else seen.contacts()

    def people(self) -> "TicketFollowerQuerySet":
        """Return the firm's people who may still sign in."""
        return self.filter(person__kind=UserKind.STAFF, person__is_active=True)

    def contacts(self) -> "TicketFollowerQuerySet":
        """Return the contacts of the ticket's own client whose access was not closed."""
        has_access = Q(contact__user=None) | Q(contact__user__is_active=True)
        return self.filter(has_access, contact__client=F("ticket__client"))

    def told(self) -> "TicketFollowerQuerySet":
        """Return those who are told what happens; who has left hears nothing."""
        either = Q(pk__in=self.people().values("pk")) | Q(pk__in=self.contacts().values("pk"))
        return self.filter(either)


@pghistory.track()
class TicketFollower(models.Model):
    """Somebody who is told of a ticket though it is not theirs.

    One of the firm's people gets a mail of what is said; a contact of the ticket's client gets a
    copy of each public reply.
    """

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="followers", verbose_name=_("ticket")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="followed",
        verbose_name=_("colleague"),
    )
    contact = models.ForeignKey(
        "clients.Contact",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="followed",
        verbose_name=_("contact"),
    )
    source = models.CharField(
        _("added"), max_length=4, choices=FollowSource.choices, default=FollowSource.HAND
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by"),
    )
    added_at = models.DateTimeField(_("added on"), default=timezone.now)
    carried_by = models.ForeignKey(
        TicketMerge,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="carried",
        verbose_name=_("came with the merge"),
    )

    objects = TicketFollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("follower of a ticket")
        verbose_name_plural = _("followers of tickets")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, contact__isnull=False)
                | Q(person__isnull=False, contact=None),
                name="tickets_ticketfollower_one_of_two",
                violation_error_message=_("Name a colleague or a contact."),
            ),
            models.UniqueConstraint(
                fields=["ticket", "person"], name="tickets_ticketfollower_person_once"
            ),
            models.UniqueConstraint(
                fields=["ticket", "contact"], name="tickets_ticketfollower_contact_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.contact)

    @property
    def is_contact(self) -> bool:
        """Whether it is one of the client's people."""
        return self.contact_id is not None


class FollowNoticeQuerySet(models.QuerySet["FollowNotice"]):
    """Notices, by who may see them."""

    def visible_to(self, user: "User") -> "FollowNoticeQuerySet":
        """Return those of visible tickets; clients see none."""
        if not user.is_firm_staff:
            return self.none()
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


class FollowNotice(Deliverable):
    """A mail that tells one of the firm's people of a ticket that they follow.

    It is about a note, about a change of status, or about their being added by a colleague.
    """

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="follow_notices", verbose_name=_("ticket")
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("told")
    )
    note = models.ForeignKey(
        Note, models.CASCADE, null=True, related_name="+", verbose_name=_("note")
    )
    step = models.ForeignKey(
        StatusChange,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("change of status"),
    )

    objects = FollowNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a followed ticket")
        verbose_name_plural = _("notices of followed tickets")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(state="waiting"),
                name="tickets_follownotice_waiting",
            ),
        ]
