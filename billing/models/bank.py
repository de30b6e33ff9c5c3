"""The firm's bank accounts, the statements read into them, and what stands in these."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from billing.models.payment import Payment, Reversal

if TYPE_CHECKING:
    from accounts.models import User


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    """Bank accounts, by who may see them."""

    def visible_to(self, user: "User") -> "BankAccountQuerySet":
        """Return all to the firm's people, none to others."""
        return self.all() if user.is_firm_staff else self.none()


class BankAccount(models.Model):
    """An account of the firm whose statements are read; ``csv_mapping`` says how its CSV reads."""

    name = models.CharField(_("name"), max_length=100)
    iban = models.CharField(_("IBAN or account number"), max_length=34, unique=True)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    csv_mapping = models.JSONField(_("columns of its CSV"), default=dict, blank=True)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of what is open on the account."""
        return reverse("billing:bank", args=[self.pk])


class BankStatementQuerySet(models.QuerySet["BankStatement"]):
    """Statements, by who may see them."""

    def visible_to(self, user: "User") -> "BankStatementQuerySet":
        """Return all to the firm's people, none to others."""
        return self.all() if user.is_firm_staff else self.none()


class BankStatement(models.Model):
    """A file that a bank wrote, read once."""

    account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="statements", verbose_name=_("bank account")
    )
    file_name = models.CharField(_("file"), max_length=200)
    kind = models.CharField(_("format"), max_length=4)
    sha256 = models.CharField(_("checksum"), max_length=64)
    line_count = models.PositiveIntegerField(_("lines"))
    new_count = models.PositiveIntegerField(_("new lines"))
    imported_at = models.DateTimeField(_("imported"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BankStatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class BankEntryQuerySet(models.QuerySet["BankEntry"]):
    """Lines of statements, by who may see them and where they stand."""

    def visible_to(self, user: "User") -> "BankEntryQuerySet":
        """Return all to the firm's people, none to others."""
        return self.all() if user.is_firm_staff else self.none()

    def open(self) -> "BankEntryQuerySet":
        """Return the lines that nobody has dealt with."""
        return self.filter(payment=None, reversal=None, set_aside_at=None, booked_as="")


class BankEntry(models.Model):
    """A line of a statement: open, until it is booked as a payment or a return, or set aside."""

    account = models.ForeignKey(
        BankAccount, models.PROTECT, related_name="entries", verbose_name=_("bank account")
    )
    statement = models.ForeignKey(
        BankStatement, models.PROTECT, related_name="entries", verbose_name=_("statement")
    )
    booked_on = models.DateField(_("booked on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    name = models.CharField(_("name"), max_length=140, blank=True)
    iban = models.CharField(_("account"), max_length=34, blank=True)
    text = models.CharField(_("text"), max_length=1000, blank=True)
    bank_reference = models.CharField(_("bank's reference"), max_length=140, blank=True)
    is_return = models.BooleanField(_("return"), default=False)
    return_code = models.CharField(_("reason of the return"), max_length=8, blank=True)
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    payment = models.OneToOneField(
        Payment, models.PROTECT, null=True, blank=True, related_name="bank_entry"
    )
    reversal = models.OneToOneField(
        Reversal, models.PROTECT, null=True, blank=True, related_name="bank_entry"
    )
    booked_as = models.CharField(
        _("booked as"),
        max_length=80,
        blank=True,
        db_default="",
        default="",
        help_text=_("what it was in sum, where it is more than one payment"),
    )
    set_aside_at = models.DateTimeField(_("set aside"), null=True, blank=True)
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BankEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a statement")
        verbose_name_plural = _("lines of statements")
        ordering = ["booked_on", "pk"]
        indexes = [
            models.Index(
                fields=["account", "booked_on"],
                condition=Q(payment=None, reversal=None, set_aside_at=None),
                name="billing_bankentry_open",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "fingerprint"], name="billing_bankentry_once"
            ),
            models.CheckConstraint(
                condition=Q(payment=None, reversal=None)
                | Q(payment=None, set_aside_at=None)
                | Q(reversal=None, set_aside_at=None),
                name="billing_bankentry_one_end",
            ),
            models.CheckConstraint(
                condition=Q(booked_as="") | Q(payment=None, reversal=None, set_aside_at=None),
                name="billing_bankentry_booked_in_sum_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount}"

    def get_absolute_url(self) -> str:
        """Return the address of the line's page."""
        return reverse("billing:bank-entry", args=[self.pk])

    @property
    def is_credit(self) -> bool:
        """Whether money came."""
        return self.amount > 0

    @property
    def is_open(self) -> bool:
        """Whether nobody has dealt with it."""
        return not (self.payment_id or self.reversal_id or self.set_aside_at or self.booked_as)
