"""What was done on a ticket: the evidence that becomes money."""

from typing import TYPE_CHECKING, TypeVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.models import TaxCode
from core.business_hours import Interval
from tickets.domain.stretches import without_breaks
from tickets.models.ticket import ContractChoice, Ticket

if TYPE_CHECKING:
    from accounts.models import User

Evidence = TypeVar("Evidence", bound=models.Model)

NEXT_VERSION = pgtrigger.Trigger(
    name="version",
    operation=pgtrigger.Update,
    when=pgtrigger.Before,
    func="NEW.version = OLD.version + 1; RETURN NEW;",
)


class Waiver(models.TextChoices):
    """Why work or a part is not billed."""

    GOODWILL = "goodwill", _("goodwill")
    INTERNAL = "internal", _("internal work")
    WARRANTY = "warranty", _("warranty")
    REWORK = "rework", _("rework")
    TRAINING = "training", _("training")
    OTHER = "other", _("another reason")


class EvidenceQuerySet(models.QuerySet[Evidence]):
    """Evidence, by who may see it."""

    def visible_to(self, user: "User") -> "EvidenceQuerySet[Evidence]":
        """Return the evidence on the tickets this person may see."""
        return self.filter(ticket__in=Ticket.objects.visible_to(user))


def _external_ref_once(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=["external_ref"], condition=~Q(external_ref=""), name=name
    )


@pghistory.track(exclude=["version"])
class TimeEntry(models.Model):
    """Minutes a technician worked on a ticket."""

    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="time_entries", verbose_name=_("ticket")
    )
    technician = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="time_entries",
        verbose_name=_("technician"),
    )
    work_type = models.ForeignKey(
        "catalog.WorkType", models.PROTECT, related_name="+", verbose_name=_("work type")
    )
    started_at = models.DateTimeField(_("from"), null=True, blank=True)
    ended_at = models.DateTimeField(_("to"), null=True, blank=True)
    breaks = ArrayField(
        ArrayField(models.DateTimeField(), size=2),
        verbose_name=_("breaks"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("from when to when nothing was worked in between"),
    )
    minutes = models.PositiveIntegerField(_("minutes worked"))
    worked_on = models.DateField(_("worked on"), help_text=_("the local day on which work began"))
    billable_minutes = models.PositiveIntegerField(
        _("billable minutes"),
        null=True,
        blank=True,
        help_text=_("instead of those worked; empty: the same"),
    )
    work_role = models.ForeignKey(
        "catalog.WorkRole",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("work role"),
    )
    travel_zone = models.ForeignKey(
        "catalog.TravelZone",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("travel zone"),
        help_text=_("the journey costs the zone's price instead of its time"),
    )
    hourly_rate = models.DecimalField(
        _("hourly rate"),
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("agreed for this work; empty: by ticket, contract and rate card"),
    )
    contract_choice = models.CharField(
        _("paid by"),
        max_length=10,
        choices=ContractChoice.choices,
        default=ContractChoice.AUTOMATIC,
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("contract"),
    )
    is_billable = models.BooleanField(_("billable"), default=True)
    waiver = models.CharField(_("waived as"), max_length=8, choices=Waiver.choices, blank=True)
    not_billable_reason = models.CharField(_("why not billable"), max_length=200, blank=True)
    is_out_of_scope = models.BooleanField(
        _("outside the flat rate"), default=False, help_text=_("billed by the hour all the same")
    )
    is_approved = models.BooleanField(_("approved"), default=True)
    note = models.TextField(_("what was done"), blank=True)
    billed_elsewhere = models.BooleanField(_("billed by another system"), default=False)
    external_ref = models.CharField(_("reference elsewhere"), max_length=60, blank=True)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("time entry")
        verbose_name_plural = _("time entries")
        ordering = ["worked_on", "started_at", "pk"]
        indexes = [models.Index(fields=["worked_on"], name="tickets_timeentry_worked_on")]
        constraints = [
            _external_ref_once("tickets_timeentry_external_ref_once"),
            models.CheckConstraint(
                condition=Q(minutes__gt=0),
                name="tickets_timeentry_some_minutes",
                violation_error_message=_("A time entry needs at least one minute."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                name="tickets_timeentry_ends_after_start",
                violation_error_message=_("The work ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(contract_choice="contract", contract__isnull=False)
                | ~Q(contract_choice="contract") & Q(contract=None),
                name="tickets_timeentry_contract_where_chosen",
                violation_error_message=_("Name the contract that pays."),
            ),
        ]
        triggers = [NEXT_VERSION]

    def __str__(self) -> str:
        return f"{self.worked_on} {self.minutes} min"

    @property
    def pauses(self) -> tuple[Interval, ...]:
        """The breaks, as time that was not worked."""
        return tuple(Interval(start, end) for start, end in self.breaks)

    @property
    def stretches(self) -> tuple[Interval, ...]:
        """When it was worked, where that is known; the breaks are left out."""
        if self.started_at is None or self.ended_at is None:
            return ()
        return without_breaks(Interval(self.started_at, self.ended_at), self.pauses)


@pghistory.track(exclude=["version"])
class PartUsed(models.Model):
    """A part that was built in or handed over on a ticket."""

    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="parts_used", verbose_name=_("ticket")
    )
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, null=True, blank=True, verbose_name=_("product")
    )
    reference = models.CharField(_("reference"), max_length=40, blank=True)
    description = models.CharField(_("description"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4)
    unit_price = models.DecimalField(_("unit price"), max_digits=14, decimal_places=4)
    unit_cost = models.DecimalField(
        _("unit cost"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, default=TaxCode.STANDARD
    )
    used_on = models.DateField(_("used on"))
    is_billable = models.BooleanField(_("billable"), default=True)
    waiver = models.CharField(_("waived as"), max_length=8, choices=Waiver.choices, blank=True)
    billed_elsewhere = models.BooleanField(_("billed by another system"), default=False)
    external_ref = models.CharField(_("reference elsewhere"), max_length=60, blank=True)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("part used")
        verbose_name_plural = _("parts used")
        ordering = ["used_on", "pk"]
        indexes = [models.Index(fields=["used_on"], name="tickets_partused_used_on")]
        constraints = [
            _external_ref_once("tickets_partused_external_ref_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_price__gte=0),
                name="tickets_partused_positive",
                violation_error_message=_("Quantity must be positive and the price not negative."),
            ),
        ]
        triggers = [NEXT_VERSION]

    def __str__(self) -> str:
        return self.description


@pghistory.track(exclude=["version"])
class FlatRateItem(models.Model):
    """A known job at a flat rate, performed on a ticket; due once the ticket is closed."""

    ticket = models.ForeignKey(
        Ticket, models.PROTECT, related_name="flat_rate_items", verbose_name=_("ticket")
    )
    product = models.ForeignKey(
        "catalog.Product", models.PROTECT, verbose_name=_("flat-rate service")
    )
    description = models.CharField(_("description"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=4, default=1)
    price = models.DecimalField(_("price"), max_digits=14, decimal_places=4)
    tax_code = models.CharField(
        _("tax code"), max_length=12, choices=TaxCode.choices, default=TaxCode.STANDARD
    )
    billed_elsewhere = models.BooleanField(_("billed by another system"), default=False)
    external_ref = models.CharField(_("reference elsewhere"), max_length=60, blank=True)
    entered_at = models.DateTimeField(_("entered"), auto_now_add=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("flat-rate service performed")
        verbose_name_plural = _("flat-rate services performed")
        ordering = ["pk"]
        constraints = [
            _external_ref_once("tickets_flatrateitem_external_ref_once"),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, price__gte=0),
                name="tickets_flatrateitem_positive",
                violation_error_message=_("Quantity must be positive and the price not negative."),
            ),
        ]
        triggers = [NEXT_VERSION]

    def __str__(self) -> str:
        return self.description
