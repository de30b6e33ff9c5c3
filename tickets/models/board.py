"""Where tickets stand."""

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class ServiceBoard(models.Model):
    """A group of tickets that one team works on."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    is_default = models.BooleanField(_("new tickets go here"), default=False)
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("led by"),
        help_text=_("is warned when a promise runs out"),
    )
    sla_policy = models.ForeignKey(
        "contracts.SLAPolicy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="boards",
        verbose_name=_("service level"),
        help_text=_("where neither ticket, contract nor client names one"),
    )

    class Meta:
        verbose_name = _("service board")
        verbose_name_plural = _("service boards")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=models.Q(is_default=True),
                name="tickets_serviceboard_one_default",
            ),
        ]

    def __str__(self) -> str:
        return gettext(self.name)


class StatusKind(models.TextChoices):
    """What a status means for the work."""

    ACTIVE = "active", _("the firm works on it")
    WAITING = "waiting", _("waits for the client")
    CLOSED = "closed", _("closed")


@pghistory.track()
class TicketStatus(models.Model):
    """A state a ticket can be in; its kind says who must act."""

    code = models.SlugField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=40)
    kind = models.CharField(_("means"), max_length=8, choices=StatusKind.choices)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    pauses_clock = models.BooleanField(
        _("stops the SLA clock"),
        default=False,
        help_text=_("time that passes in this status is not the firm's"),
    )

    class Meta:
        verbose_name = _("ticket status")
        verbose_name_plural = _("ticket statuses")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return gettext(self.name)

    @property
    def is_closed(self) -> bool:
        """Whether a ticket in this status is done."""
        return self.kind == StatusKind.CLOSED

    @property
    def is_waiting(self) -> bool:
        """Whether the next move is the client's."""
        return self.kind == StatusKind.WAITING
