"""People who sign in."""

from typing import Any, ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.permissions import read_permissions


class UserKind(models.TextChoices):
    """Which face of the product a person signs in to."""

    STAFF = "staff", _("staff")
    PORTAL = "portal", _("portal")


class UserQuerySet(models.QuerySet["User"]):
    """People, by who may see them."""

    def visible_to(self, user: "User") -> "UserQuerySet":
        """Return the people this person may see: staff see all, others themselves."""
        return self if user.is_firm_staff else self.filter(pk=user.pk)

    def staff(self) -> "UserQuerySet":
        """Return the firm's own people who may still sign in."""
        return self.filter(kind=UserKind.STAFF, is_active=True)


class UserFactory(BaseUserManager["User"]):
    """Makes people from an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401  (any field of the model)
        """Save a new person."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":  # noqa: ANN401  (any field of the model)
        """Save a new administrator who needs no group."""
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail address, in whatever case it was typed."""
        return self.get(email__iexact=username)


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # knox's
    """A person who signs in, by e-mail address."""

    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80, blank=True)
    kind = models.CharField(
        _("kind"), max_length=8, choices=UserKind.choices, default=UserKind.STAFF
    )
    language = models.CharField(
        _("language"), max_length=8, choices=settings.LANGUAGES, default="en"
    )
    theme = models.CharField(
        _("appearance"),
        max_length=5,
        choices=[("auto", _("as the device")), ("light", _("light")), ("dark", _("dark"))],
        default="auto",
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), auto_now_add=True)

    objects: ClassVar[Any] = UserFactory.from_queryset(UserQuerySet)()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["last_name", "first_name", "email"]
        permissions = [
            ("use_desk", "Can use the desk"),
            ("use_portal", "Can use the portal"),
            ("use_portal_invoices", "Can see invoices and contracts in the portal"),
            ("view_dashboards", "Can see the dashboards"),
            ("view_audit_trail", "Can see who changed what"),
            ("view_costs", "Can see what things cost the firm"),
            ("change_firm", "Can change the firm's own settings"),
        ]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_user_email_unique"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """Say whether this person may do something; what was asked once is known.

        Django keeps the permissions of a person it has read, but asks every backend each time:
        a page with its navigation asks some two hundred times.
        """
        if obj is not None:
            return super().has_perm(perm, obj)
        known: dict[str, bool] = self.__dict__.setdefault("_may", {})
        if perm not in known:
            read_permissions(self)
            known[perm] = super().has_perm(perm)
        return known[perm]

    def get_full_name(self) -> str:
        """Return first and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self) -> str:
        """Return the first name, or the e-mail address where there is none."""
        return self.first_name or self.email

    @property
    def initials(self) -> str:
        """Two letters for a small round picture."""
        letters = self.first_name[:1] + self.last_name[:1]
        return (letters or self.email[:2]).upper()

    @property
    def is_firm_staff(self) -> bool:
        """Whether this is one of the firm's own people."""
        return self.kind == UserKind.STAFF

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets this person in."""
        return self.is_superuser


class GroupMembershipEvent(
    pghistory.create_event_model(  # type: ignore[misc]  # a base made for the purpose
        User.groups.through,
        pghistory.InsertEvent(),
        pghistory.DeleteEvent(),
        obj_field=None,
    )
):
    """A role that was given to a person or taken away."""

    class Meta:
        verbose_name = _("role given or taken")
        verbose_name_plural = _("roles given or taken")
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
