"""What clients say about the help they got."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class Score(models.IntegerChoices):
    """How good the help was."""

    BAD = 1, pgettext_lazy("rating", "bad")
    FAIR = 2, pgettext_lazy("rating", "all right")
    GOOD = 3, pgettext_lazy("rating", "good")


class RatingChannel(models.TextChoices):
    """Where it was said."""

    MAIL = "mail", _("by mail")
    PORTAL = "portal", _("in the portal")


class RatingQuerySet(models.QuerySet["Rating"]):
    """Ratings, by who may see them."""

    def visible_to(self, user: "User") -> "RatingQuerySet":
        """Return the ratings of visible tickets."""
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


@pghistory.track()
class Rating(models.Model):
    """How a client found the help on a closed ticket; the latest word counts."""

    ticket = models.OneToOneField(
        Ticket, models.CASCADE, related_name="rating", verbose_name=_("ticket")
    )
    score = models.PositiveSmallIntegerField(_("rating"), choices=Score.choices)
    comment = models.TextField(_("comment"), blank=True)
    contact = models.ForeignKey(
        "clients.Contact",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contact"),
    )
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("technician"),
    )
    channel = models.CharField(_("said"), max_length=8, choices=RatingChannel.choices)
    given_at = models.DateTimeField(_("given"))

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        ordering = ["-given_at", "-pk"]
        indexes = [models.Index(fields=["given_at"], name="tickets_rating_given")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__gte=1, score__lte=3), name="tickets_rating_score_exists"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_score_display()}: {self.ticket}"

    @property
    def is_good(self) -> bool:
        """Whether the client was content."""
        return self.score == Score.GOOD

    @property
    def is_bad(self) -> bool:
        """Whether the client was not content."""
        return self.score == Score.BAD
