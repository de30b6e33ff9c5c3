"""Whether an issued document keeps the official rules of electronic invoices."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models.invoice import Invoice

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class RuleCheckQuerySet(models.QuerySet["RuleCheck"]):
    """Checks, by who may see them and whether they are still to be made."""

    def visible_to(self, user: "User | AnonymousUser") -> "RuleCheckQuerySet":
        """Return the checks: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()

    def waiting(self) -> "RuleCheckQuerySet":
        """Return the checks that a worker has still to make."""
        return self.filter(checked_at=None)


class RuleCheck(models.Model):
    """A check of a document as CII and as UBL; a later one is a row of its own.

    ``findings`` are the rules that it breaks, ``fault`` why it could not be checked.
    """

    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="rule_checks", verbose_name=_("invoice")
    )
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("asked by"),
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    findings = models.JSONField(_("findings"), default=list)
    fault = models.TextField(_("could not be checked because"), blank=True)

    objects = RuleCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of the rules")
        verbose_name_plural = _("checks of the rules")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice"],
                condition=Q(checked_at=None),
                name="billing_rulecheck_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice}: {self.asked_at:%Y-%m-%d}"

    @property
    def is_waiting(self) -> bool:
        """Whether a worker has still to make it."""
        return self.checked_at is None

    @property
    def is_passed(self) -> bool:
        """Whether it was made and nothing fatal was found."""
        is_made = self.checked_at is not None and not self.fault
        return is_made and not any(one["is_fatal"] for one in self.findings)
