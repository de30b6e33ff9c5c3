"""Plans by which clients are reminded of what is overdue, and which client has which."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from core.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

MOST_DAYS = 365


class Level(models.IntegerChoices):
    """How a reminder sounds; each is sent once for an invoice, and only the highest that is due."""

    FRIENDLY = 1, _("friendly")
    FIRM = 2, _("firm")
    FORMAL = 3, _("formal")


@pghistory.track()
class ReminderPlan(models.Model):
    """When a group of clients is reminded, in which words, and from which amount on."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    is_default = models.BooleanField(_("for every client without a plan of its own"), default=False)
    grace_days = models.PositiveSmallIntegerField(
        _("grace"),
        default=2,
        validators=[MaxValueValidator(MOST_DAYS)],
        help_text=_("days after the due day before an invoice counts as late: banks take time"),
    )
    days_between = models.PositiveSmallIntegerField(
        _("days between two reminders"),
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("a client hears from us at most once in so many days"),
    )
    smallest_amount = models.DecimalField(
        _("smallest amount"),
        max_digits=14,
        decimal_places=2,
        default=Decimal("10.00"),
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("less than this in one currency waits until more is late"),
    )

    class Meta:
        verbose_name = _("reminder plan")
        verbose_name_plural = _("reminder plans")
        ordering = ["-is_default", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="collecting_reminderplan_one_default",
            ),
            models.CheckConstraint(
                condition=Q(days_between__gte=1), name="collecting_reminderplan_once_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the plan's page."""
        return address_of("collecting:plan-edit", self.pk)


@pghistory.track()
class ReminderStep(models.Model):
    """One level of a plan: how many days after the due day and the grace it is due."""

    plan = models.ForeignKey(
        ReminderPlan, models.CASCADE, related_name="steps", verbose_name=_("plan")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    days = models.PositiveSmallIntegerField(
        _("days late"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )

    class Meta:
        verbose_name = _("step of a reminder plan")
        verbose_name_plural = _("steps of reminder plans")
        ordering = ["plan", "level"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "level"], name="collecting_reminderstep_level_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.get_level_display()}"


@pghistory.track()
class ReminderWords(models.Model):
    """What a plan says at a level in one language, instead of the words that come with it."""

    plan = models.ForeignKey(
        ReminderPlan, models.CASCADE, related_name="words", verbose_name=_("plan")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices)
    language = models.CharField(_("language"), max_length=8, choices=settings.LANGUAGES)
    words = models.TextField(_("words"), max_length=2000)

    class Meta:
        verbose_name = _("words of a reminder plan")
        verbose_name_plural = _("words of reminder plans")
        ordering = ["plan", "level", "language"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "level", "language"], name="collecting_reminderwords_once"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class CollectingTermsQuerySet(models.QuerySet["CollectingTerms"]):
    """Terms, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "CollectingTermsQuerySet":
        """Return the terms: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


@pghistory.track()
class CollectingTerms(models.Model):
    """How the firm collects from one client, where that differs: plan, and when to call next."""

    client = models.OneToOneField(
        Client, models.CASCADE, related_name="collecting_terms", verbose_name=_("client")
    )
    plan = models.ForeignKey(
        ReminderPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="clients",
        verbose_name=_("reminder plan"),
        help_text=_("empty: the plan for every client"),
    )
    gets_reminders = models.BooleanField(_("gets reminders"), default=True)
    next_contact_on = models.DateField(_("next contact"), null=True, blank=True)

    objects = CollectingTermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("how a client is collected from")
        verbose_name_plural = _("how clients are collected from")

    def __str__(self) -> str:
        return str(self.client)
