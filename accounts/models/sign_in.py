"""Who came to the door."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accounts.models.user import User


class SignInQuerySet(models.QuerySet["SignIn"]):
    """Attempts to sign in, by who may see them."""

    def visible_to(self, user: "User") -> "SignInQuerySet":
        """Return the attempts this person may see: their own, or all with the permission."""
        return self if user.has_perm("accounts.view_user") else self.filter(user=user)


class SignIn(models.Model):
    """An attempt to sign in, kept whether it succeeded or not."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    email = models.CharField(_("e-mail address"), max_length=254, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="sign_ins",
        verbose_name=_("person"),
    )
    succeeded = models.BooleanField(_("succeeded"))
    address = models.GenericIPAddressField(_("network address"), null=True, blank=True)
    browser = models.CharField(_("browser"), max_length=200, blank=True)

    objects = SignInQuerySet.as_manager()

    class Meta:
        verbose_name = _("attempt to sign in")
        verbose_name_plural = _("attempts to sign in")
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "-at"], name="accounts_signin_of_person")]

    def __str__(self) -> str:
        return f"{self.at} {self.email}"
