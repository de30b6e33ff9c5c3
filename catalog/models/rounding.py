"""How the minutes of work are rounded, wherever that is said."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RoundingScope(models.TextChoices):
    """Over what minutes are added up before they are rounded."""

    ENTRY = "entry", _("each time entry")
    TICKET = "ticket", _("all work of a type on a ticket")
    DAY = "day", _("all work of a type on a ticket and day")


class RoundingOrder(models.TextChoices):
    """Whether the minimum is applied before or after rounding to steps."""

    MINIMUM_FIRST = "minimum_first", _("minimum, then steps")
    STEPS_FIRST = "steps_first", _("steps, then minimum")


def grace_field() -> "models.PositiveSmallIntegerField[int | None, int | None]":
    """Return the column for minutes of a begun step that are not billed."""
    return models.PositiveSmallIntegerField(
        _("grace in minutes"),
        null=True,
        blank=True,
        help_text=_("so many minutes of a further step are not billed"),
    )


def scope_field() -> "models.CharField[str, str]":
    """Return the column for the scope of rounding, empty where the next place decides."""
    return models.CharField(
        _("rounded over"), max_length=8, choices=RoundingScope.choices, blank=True
    )


def order_field() -> "models.CharField[str, str]":
    """Return the column for the order of minimum and steps, empty where the next place decides."""
    return models.CharField(
        _("order of rounding"), max_length=16, choices=RoundingOrder.choices, blank=True
    )
