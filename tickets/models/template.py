"""Tickets that come again and again, prepared."""

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tickets.models.ticket import BillingMode, Priority

MOST_POINTS = 100
LONGEST_POINT = 200


def require_checklist(text: str) -> None:
    """Refuse a checklist that no ticket could take.

    :raises ValidationError: it has too many points, or one is too long
    """
    points = points_in(text)
    if len(points) > MOST_POINTS:
        told = _("A checklist has at most %(most)d points.") % {"most": MOST_POINTS}
        raise ValidationError(told)
    if any(len(point) > LONGEST_POINT for point in points):
        raise ValidationError(_("A point has at most %(n)s characters.") % {"n": LONGEST_POINT})


def points_in(text: str) -> list[str]:
    """Return the points of a checklist, one a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@pghistory.track()
class TicketTemplate(models.Model):
    """What a new ticket of a known kind starts from: a leaving colleague, a new workstation."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    subject = models.CharField(_("subject"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    priority = models.CharField(
        _("priority"), max_length=12, choices=Priority.choices, default=Priority.NORMAL
    )
    billing_mode = models.CharField(
        _("billed as"), max_length=12, choices=BillingMode.choices, default=BillingMode.HOURLY
    )
    board = models.ForeignKey(
        "tickets.ServiceBoard",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("board"),
    )
    category = models.ForeignKey(
        "catalog.Category",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("category"),
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    checklist = models.TextField(
        _("checklist"),
        blank=True,
        validators=[require_checklist],
        help_text=_("one point a line"),
    )

    class Meta:
        verbose_name = _("ticket template")
        verbose_name_plural = _("ticket templates")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address where it is changed."""
        return reverse("tickets:template-edit", args=[self.pk])
