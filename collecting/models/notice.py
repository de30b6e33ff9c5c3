"""What clients were reminded of, and what keeps them from being reminded."""

from datetime import date
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice
from clients.models import Client
from collecting.models.plan import Level, ReminderPlan
from core.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


def of_the_firm(user: "User | AnonymousUser") -> bool:
    """Whether this person works for the firm; clients do not read how they are collected from."""
    return bool(user.is_authenticated and user.is_firm_staff)


class ReminderNoticeQuerySet(models.QuerySet["ReminderNotice"]):
    """Reminders, by who may see them and how far they are."""

    def visible_to(self, user: "User | AnonymousUser") -> "ReminderNoticeQuerySet":
        """Return the reminders: the firm's own people only."""
        return self if of_the_firm(user) else self.none()

    def waiting(self) -> "ReminderNoticeQuerySet":
        """Return those that have neither been sent nor dropped."""
        return self.filter(sent_at=None, dropped_at=None)


@pghistory.track()
class ReminderNotice(models.Model):
    """One letter to one client about what is overdue, at the highest level that was due.

    Until it is sent its amounts are only what was open when it was decided; they are worked out
    anew when it is sent, and what has been paid, credited or disputed meanwhile is left out.
    """

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="reminders", verbose_name=_("client")
    )
    plan = models.ForeignKey(
        ReminderPlan, models.PROTECT, related_name="+", verbose_name=_("reminder plan")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    decided_at = models.DateTimeField(_("decided"))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("dropped"), null=True, blank=True)
    recipients = models.TextField(_("sent to"), blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)

    objects = ReminderNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client"],
                condition=Q(sent_at=None, dropped_at=None),
                name="collecting_remindernotice_one_waits",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None),
                name="collecting_remindernotice_sent_or_dropped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.get_level_display()}"

    def get_absolute_url(self) -> str:
        """Return the address of the reminder's page on the desk."""
        return address_of("collecting:reminder", self.pk)


class LeftOut(models.TextChoices):
    """Why an overdue invoice is not asked for now."""

    NO_PLAN = "no_plan", _("the client has no reminder plan")
    NO_REMINDERS = "no_reminders", _("the client gets no reminders")
    HELD = "held", _("reminders are on hold")
    COLLECTED = "collected", _("it is collected by direct debit")
    PAID = "paid", _("it is paid or credited")
    DISPUTED = "disputed", _("all that is open is disputed")
    CREDIT = "credit", _("the client's credit covers it")
    PROMISED = "promised", _("the client has promised to pay")
    NOT_YET = "not_yet", _("its day has not come")
    REACHED = "reached", _("it was reminded of at this level")
    TOO_SOON = "too_soon", _("the last reminder is too recent")
    SMALL = "small", _("less than the smallest amount")
    OVERTAKEN = "overtaken", _("another reminder took its place")


class NoticeLineQuerySet(models.QuerySet["NoticeLine"]):
    """Invoices of reminders, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "NoticeLineQuerySet":
        """Return the lines: the firm's own people only."""
        return self if of_the_firm(user) else self.none()


class NoticeLine(models.Model):
    """An invoice that a reminder asks for, at its own level: once at each."""

    notice = models.ForeignKey(
        ReminderNotice, models.CASCADE, related_name="lines", verbose_name=_("reminder")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="reminder_lines", verbose_name=_("invoice")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    amount = models.DecimalField(_("asked for"), max_digits=14, decimal_places=2)
    left_out = models.CharField(
        _("left out"), max_length=16, choices=LeftOut.choices, blank=True, default=""
    )

    objects = NoticeLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("invoice of a reminder")
        verbose_name_plural = _("invoices of reminders")
        ordering = ["notice", "invoice"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "level"],
                condition=Q(left_out=""),
                name="collecting_noticeline_once_a_level",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.get_level_display()}"


class ReminderHoldQuerySet(models.QuerySet["ReminderHold"]):
    """Holds, by who may see them and whether they count."""

    def visible_to(self, user: "User | AnonymousUser") -> "ReminderHoldQuerySet":
        """Return the holds: the firm's own people only."""
        return self if of_the_firm(user) else self.none()

    def standing(self) -> "ReminderHoldQuerySet":
        """Return the holds that nobody has lifted; their last day may have passed."""
        return self.filter(lifted_at=None)

    def in_force(self, today: date) -> "ReminderHoldQuerySet":
        """Return the holds that keep reminders back on this day."""
        return self.standing().filter(Q(last_day_on=None) | Q(last_day_on__gte=today))


@pghistory.track()
class ReminderHold(models.Model):
    """Why a client, or one invoice, is not reminded for a time or until somebody lifts it."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="reminder_holds", verbose_name=_("client")
    )
    invoice = models.ForeignKey(
        Invoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reminder_holds",
        verbose_name=_("invoice"),
    )
    reason = models.CharField(_("reason"), max_length=200)
    last_day_on = models.DateField(
        _("through"), null=True, blank=True, help_text=_("empty: until somebody lifts it")
    )
    held_at = models.DateTimeField(_("held since"))
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("held by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lifted by"),
    )

    objects = ReminderHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("hold of reminders")
        verbose_name_plural = _("holds of reminders")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["client", "invoice"],
                condition=Q(lifted_at=None),
                nulls_distinct=False,
                name="collecting_reminderhold_one_stands",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="collecting_reminderhold_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.reason
