"""A managed-services contract."""

from datetime import date
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models.rounding import grace_field, order_field, scope_field
from clients.models import Client
from core.addresses import address_of
from core.periods import Period

if TYPE_CHECKING:
    from accounts.models import User


class ContractQuerySet(models.QuerySet["Contract"]):
    """Contracts, by who may see them and when they run."""

    def visible_to(self, user: "User") -> "ContractQuerySet":
        """Return the contracts of the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))

    def in_force_on(self, day: date) -> "ContractQuerySet":
        """Return the contracts that run on the day."""
        still = Q(last_day_on__isnull=True) | Q(last_day_on__gte=day)
        return self.filter(still, starts_on__lte=day)


class ContractPartQuerySet(models.QuerySet[Any]):
    """What belongs to a contract, by who may see it."""

    def visible_to(self, user: "User") -> "ContractPartQuerySet":
        """Return what belongs to the contracts this person may see."""
        return self.filter(contract__in=Contract.objects.visible_to(user))


class OtherWork(models.TextChoices):
    """What becomes of work that the contract does not name."""

    BILL = "bill", _("billed at the client's rates")
    ASK = "ask", _("a person decides")


class RenewalKind(models.TextChoices):
    """What happens at the end of a contract's term."""

    NONE = "none", _("no term, runs on")
    AUTOMATIC = "automatic", _("renews by itself")
    MANUAL = "manual", _("ends unless it is renewed")


class EndKind(models.TextChoices):
    """Why a contract ended, in one word."""

    CHURNED = "churned", _("the client left")
    NOT_RENEWED = "not_renewed", _("not renewed")
    REPLACED = "replaced", _("replaced by another contract")
    TRANSFERRED = "transferred", _("transferred to another client")
    FIRM = "firm", _("ended by the firm")


@pghistory.track()
class Contract(models.Model):
    """What the firm promised a client for a fixed price, from a day on."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="contracts", verbose_name=_("client")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    name = models.CharField(_("title"), max_length=160)
    starts_on = models.DateField(_("first day"))
    last_day_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("inclusive; empty while it runs on")
    )
    anchor_on = models.DateField(
        _("months counted from"),
        null=True,
        blank=True,
        help_text=_("empty: the first day; a transfer does not move it"),
    )
    terms_from_on = models.DateField(
        _("terms counted from"),
        null=True,
        blank=True,
        help_text=_("empty: as the months; else the day on which some term began"),
    )
    plan_revision = models.ForeignKey(
        "contracts.PlanRevision",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("plan"),
    )
    transferred_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="transferred_to",
        verbose_name=_("transferred from"),
    )
    sla_policy = models.ForeignKey(
        "contracts.SLAPolicy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("SLA policy"),
    )
    calendar = models.ForeignKey(
        "contracts.BusinessCalendar",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("business hours"),
        help_text=_("for surcharges; empty: the firm's"),
    )
    site = models.ForeignKey(
        "clients.Site",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("site"),
    )
    cost_centre = models.CharField(_("cost centre"), max_length=60, blank=True)
    purchase_order = models.ForeignKey(
        "clients.PurchaseOrder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contracts",
        verbose_name=_("purchase order"),
    )
    other_work = models.CharField(
        _("work not named"), max_length=4, choices=OtherWork.choices, default=OtherWork.BILL
    )
    minimum_minutes = models.PositiveSmallIntegerField(
        _("minimum minutes"), null=True, blank=True, help_text=_("empty: as the rate card says")
    )
    step_minutes = models.PositiveSmallIntegerField(
        _("step in minutes"), null=True, blank=True, help_text=_("empty: as the rate card says")
    )
    grace_minutes = grace_field()
    rounding_scope = scope_field()
    rounding_order = order_field()
    renewal_kind = models.CharField(
        _("renewal"), max_length=12, choices=RenewalKind.choices, default=RenewalKind.NONE
    )
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    term_ends_on = models.DateField(
        _("term ends"), null=True, blank=True, help_text=_("last day of the term that runs now")
    )
    notice_days = models.PositiveSmallIntegerField(_("notice in days"), default=0)
    renewal_uplift = models.DecimalField(
        _("increase at renewal in %"), max_digits=5, decimal_places=2, default=0
    )
    notice_received_on = models.DateField(_("notice received"), null=True, blank=True)
    end_kind = models.CharField(_("end"), max_length=12, choices=EndKind.choices, blank=True)
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    notes = models.TextField(_("internal notes"), blank=True)

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day_on__isnull=True) | Q(last_day_on__gte=F("starts_on")),
                name="contracts_contract_ends_after_start",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(step_minutes__isnull=True) | Q(step_minutes__gte=1),
                name="contracts_contract_step_positive",
                violation_error_message=_("A step has at least one minute."),
            ),
            models.CheckConstraint(
                condition=Q(renewal_kind=RenewalKind.NONE)
                | Q(term_months__gte=1, term_ends_on__isnull=False),
                name="contracts_contract_renewal_has_term",
                violation_error_message=_("A contract that renews needs a term and its end."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        """Return the address of the contract's page on the desk."""
        return address_of("contracts:contract", self.pk)

    @property
    def counted_from(self) -> date:
        """The day from which its months are counted: a transfer does not move them."""
        return self.anchor_on or self.starts_on

    @property
    def terms_from(self) -> date:
        """The day from which its terms are counted."""
        return self.terms_from_on or self.counted_from

    @property
    def term(self) -> Period:
        """The days on which the contract is in force."""
        return Period.through(self.starts_on, self.last_day_on)
