"""The chart of accounts, and which account is used for what."""

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from billing.models import BankAccount, PaymentMethod
from catalog.models import TaxCode
from clients.models import LegalEntity

NUMBER = RegexValidator(
    r"^[1-7][0-9]{2,11}$", _("An account has at least three digits and belongs to classes 1 to 7.")
)


class AccountPurpose(models.TextChoices):
    """What an account is for."""

    RECEIVABLE = "receivable", _("what clients owe")
    CLIENT_CREDIT = "client_credit", _("credit of clients")
    DEPOSIT = "deposit", _("deposits invoiced")
    SERVICES = "services", _("sales of services")
    GOODS = "goods", _("sales of goods")
    LATE_INTEREST = "late_interest", _("late interest claimed")
    RECOVERY_FEE = "recovery_fee", _("recovery costs claimed")
    DEFERRED = "deferred", _("deferred revenue")
    TAX = "tax", _("VAT on sales")
    BANK = "bank", _("money received and paid")
    LOSS = "loss", _("losses on clients")
    EXCHANGE_LOSS = "exchange_loss", _("exchange losses")
    EXCHANGE_GAIN = "exchange_gain", _("exchange gains")


class Book(models.Model):
    """How a legal entity's books are kept."""

    legal_entity = models.OneToOneField(
        LegalEntity, models.PROTECT, related_name="book", verbose_name=_("company")
    )
    first_month = models.PositiveSmallIntegerField(
        _("first month of the fiscal year"), default=1, db_default=1
    )
    defers_revenue = models.BooleanField(
        _("revenue of later months is deferred"),
        default=True,
        db_default=True,
        help_text=_("what contracts bill in advance becomes revenue month by month"),
    )

    class Meta:
        verbose_name = _("book")
        verbose_name_plural = _("books")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_month__gte=1, first_month__lte=12),
                name="ledger_book_first_month",
                violation_error_message=_("A month is a number from 1 to 12."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.legal_entity)

    @property
    def first_month_name(self) -> str:
        """The month in which the fiscal year begins, in words."""
        return str(MONTHS[self.first_month])


@pghistory.track()
class Account(models.Model):
    """An account of a legal entity's chart."""

    legal_entity = models.ForeignKey(
        LegalEntity, models.PROTECT, related_name="accounts", verbose_name=_("company")
    )
    number = models.CharField(_("number"), max_length=12, validators=[NUMBER])
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["legal_entity", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "number"],
                name="ledger_account_once",
                violation_error_message=_("This account is in the chart already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@pghistory.track()
class AccountRule(models.Model):
    """From a day on, amounts of a purpose are booked on an account.

    A rule that names a tax code, a category, a rate or a method of payment holds for those only,
    and comes before the ones that do not. An account set at a product comes before all rules.
    """

    legal_entity = models.ForeignKey(
        LegalEntity, models.PROTECT, related_name="account_rules", verbose_name=_("company")
    )
    purpose = models.CharField(_("for"), max_length=16, choices=AccountPurpose.choices)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="rules", verbose_name=_("account")
    )
    starts_on = models.DateField(_("from"))
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, blank=True, default=""
    )
    tax_category = models.CharField(
        _("tax category"),
        max_length=2,
        blank=True,
        default="",
        choices=[
            ("S", _("S: with VAT")),
            ("AE", _("AE: reverse charge")),
            ("K", _("K: goods within the EU")),
            ("G", _("G: export")),
            ("E", _("E: exempt")),
            ("O", _("O: outside the scope")),
            ("Z", _("Z: zero rate")),
        ],
    )
    tax_rate = models.DecimalField(
        _("tax rate in %"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    method = models.CharField(
        _("method"), max_length=12, choices=PaymentMethod.choices, blank=True, default=""
    )
    bank_account = models.ForeignKey(
        BankAccount,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bank account"),
    )

    class Meta:
        verbose_name = _("account rule")
        verbose_name_plural = _("account rules")
        ordering = ["legal_entity", "purpose", "tax_code", "method", "-starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "legal_entity", "purpose", "starts_on", "tax_code", "tax_category",
                    "tax_rate", "method", "bank_account",
                ],
                nulls_distinct=False,
                name="ledger_accountrule_once",
                violation_error_message=_("A rule for the same from the same day exists already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.account}"
