"""Answers that are given again and again."""

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models import User


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    """Canned replies, by who may use them."""

    def visible_to(self, user: "User") -> "CannedReplyQuerySet":
        """Return those that everybody at the firm uses, and one's own."""
        if not user.is_firm_staff:
            return self.none()
        return self.filter(Q(owner=None) | Q(owner=user))


@pghistory.track()
class CannedReply(models.Model):
    """An answer kept ready, with places for the contact's name and the like."""

    title = models.CharField(_("title"), max_length=80)
    body = models.TextField(_("text"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("only for"),
    )

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("canned reply")
        verbose_name_plural = _("canned replies")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address where it is changed."""
        return reverse("tickets:reply-edit", args=[self.pk])

    @property
    def is_owned(self) -> bool:
        """Whether it is one person's own."""
        return self.owner_id is not None
