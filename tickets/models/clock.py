"""The clock of a ticket: its stretches, what is promised, and how each promise was kept."""

from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.models.merge import TicketMerge
from tickets.models.ticket import Priority, Ticket

if TYPE_CHECKING:
    from accounts.models import User


class OfTicketQuerySet(models.QuerySet[Any]):
    """What belongs to a ticket, by who may see it: the firm's people, who see the ticket."""

    def visible_to(self, user: "User") -> "OfTicketQuerySet":
        """Return what belongs to the tickets this person may see; clients see none of it."""
        if not user.is_firm_staff:
            return self.none()
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


class StretchCause(models.TextChoices):
    """Why a stretch of a clock began."""

    OPENED = "opened", _("opened")
    STATUS = "status", _("another status")
    REOPENED = "reopened", _("reopened")
    HOURS = "hours", _("other business hours")


class PromiseSource(models.TextChoices):
    """Whose service level counts for a ticket."""

    TICKET = "ticket", _("the ticket itself")
    CONTRACT = "contract", _("the contract")
    CLIENT = "client", _("the client")
    BOARD = "board", _("the board")
    NONE = "none", _("nobody")


class PromiseKind(models.TextChoices):
    """What is promised."""

    RESPONSE = "response", _("first answer")
    RESOLUTION = "resolution", _("solution")


class ClockStretch(models.Model):
    """A time during which a ticket's clock ran or was paused, under the hours valid then."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="clock_stretches", verbose_name=_("ticket")
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"), null=True)
    is_paused = models.BooleanField(_("paused"), default=False)
    cause = models.CharField(_("began because"), max_length=8, choices=StretchCause.choices)
    status = models.ForeignKey(
        "tickets.TicketStatus",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("status"),
    )
    version = models.ForeignKey(
        "contracts.CalendarVersion",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("business hours"),
        help_text=_("empty: around the clock"),
    )
    time_zone = models.CharField(_("time zone"), max_length=48)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("stretch of a clock")
        verbose_name_plural = _("stretches of clocks")
        ordering = ["ticket", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"], condition=Q(ends_at=None), name="tickets_clockstretch_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="tickets_clockstretch_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.starts_at}"


class TicketClock(models.Model):
    """What is promised for a ticket now, and what its clock shows; kept for lists.

    Everything here follows from the stretches and is worked out anew whenever something happens.
    """

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, primary_key=True, related_name="clock", verbose_name=_("ticket")
    )
    policy = models.ForeignKey(
        "contracts.SLAPolicy",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("SLA policy"),
    )
    source = models.CharField(
        _("promised by"),
        max_length=8,
        choices=PromiseSource.choices,
        default=PromiseSource.NONE,
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("contract"),
    )
    response_seconds = models.PositiveIntegerField(_("first answer within seconds"), null=True)
    resolution_seconds = models.PositiveIntegerField(_("solved within seconds"), null=True)
    responded_at = models.DateTimeField(_("first answered"), null=True)
    solved_first_at = models.DateTimeField(_("first solved"), null=True)
    is_paused = models.BooleanField(_("paused"), default=False)
    response_due_at = models.DateTimeField(_("first answer due"), null=True)
    resolution_due_at = models.DateTimeField(_("solution due"), null=True)
    response_used = models.PositiveIntegerField(_("used of the first answer, seconds"), default=0)
    resolution_used = models.PositiveIntegerField(_("used of the solution, seconds"), default=0)
    warns_at = models.DateTimeField(_("three quarters used"), null=True)
    followed = models.PositiveBigIntegerField(_("last step that it followed"), default=0)
    read_at = models.DateTimeField(_("read"), null=True)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("clock of a ticket")
        verbose_name_plural = _("clocks of tickets")

    def __str__(self) -> str:
        return f"{self.ticket_id}"


class Outcome(models.TextChoices):
    """Whether a promise was kept."""

    MET = "met", pgettext_lazy("promise", "kept")
    MISSED = "missed", pgettext_lazy("promise", "missed")


class VerdictKind(models.TextChoices):
    """What a verdict is about: a ticket that is reopened has a first and a final solution."""

    RESPONSE = "response", _("first answer")
    FIRST_RESOLUTION = "first", _("first solution")
    RESOLUTION = "resolution", _("final solution")


class SLAVerdictQuerySet(OfTicketQuerySet):
    """Verdicts, by who may see them and whether reports count them."""

    def counted(self) -> "SLAVerdictQuerySet":
        """Leave out promises that were kept only because the ticket goes on in another one.

        A miss stays, and what was kept before the merge stays kept.
        """
        standing = TicketMerge.objects.standing()
        merged = standing.filter(ticket=OuterRef("ticket"), merged_at__lte=OuterRef("judged_at"))
        return self.exclude(Exists(merged), outcome=Outcome.MET)

    def visible_to(self, user: "User") -> "SLAVerdictQuerySet":
        """Return the verdicts of the tickets this person may see; clients see none."""
        return cast("SLAVerdictQuerySet", super().visible_to(user))


class SLAVerdict(models.Model):
    """How a promise was kept. A miss stays, whatever happens to the ticket later."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="verdicts", verbose_name=_("ticket")
    )
    kind = models.CharField(_("about"), max_length=12, choices=VerdictKind.choices)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome.choices)
    judged_at = models.DateTimeField(_("kept or missed at"))
    due_at = models.DateTimeField(_("was due"), null=True)
    target_seconds = models.PositiveIntegerField(_("promised, seconds"))
    used_seconds = models.PositiveIntegerField(_("used, seconds"))
    priority = models.CharField(_("priority"), max_length=12, choices=Priority.choices)
    policy = models.ForeignKey(
        "contracts.SLAPolicy", models.PROTECT, related_name="+", verbose_name=_("SLA policy")
    )
    source = models.CharField(_("promised by"), max_length=8, choices=PromiseSource.choices)
    client = models.ForeignKey(
        "clients.Client", models.PROTECT, related_name="+", verbose_name=_("client")
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("contract"),
    )
    board = models.ForeignKey(
        "tickets.ServiceBoard", models.PROTECT, related_name="+", verbose_name=_("board")
    )
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("technician"),
    )

    objects = SLAVerdictQuerySet.as_manager()

    class Meta:
        verbose_name = _("SLA verdict")
        verbose_name_plural = _("SLA verdicts")
        ordering = ["-judged_at", "-pk"]
        indexes = [models.Index(fields=["judged_at"], name="tickets_slaverdict_when")]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "kind"], name="tickets_slaverdict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_outcome_display()}"

    @property
    def is_missed(self) -> bool:
        """Whether the promise was broken."""
        return self.outcome == Outcome.MISSED
