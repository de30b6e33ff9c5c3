"""What the firm sells as managed services: plans, their revisions and what each promises."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contracts.models.contract import OtherWork, RenewalKind
from contracts.models.coverage import CoverageTerms
from contracts.models.hours import AllowanceTerms
from contracts.models.line_terms import LineTerms, PriceTerms
from core.addresses import address_of

_OF_A_PUBLISHED_ONE = """
IF EXISTS (
    SELECT 1 FROM contracts_planrevision
    WHERE id IN (OLD.revision_id, NEW.revision_id) AND published_on IS NOT NULL
) THEN
    RAISE EXCEPTION 'what a published revision promises cannot change'
        USING ERRCODE = 'restrict_violation';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
"""


def fixed_with_revision() -> list[pgtrigger.Trigger]:
    """Return the trigger that fixes rows together with the revision they belong to."""
    return [
        pgtrigger.Trigger(
            name="fixed",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            func=_OF_A_PUBLISHED_ONE,
        )
    ]


@pghistory.track()
class ManagedPlan(models.Model):
    """A template of contracts that the firm sells under a name: Bronze, Silver, Gold."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("what it promises"), blank=True)
    is_active = models.BooleanField(_("on sale"), default=True)

    class Meta:
        verbose_name = _("managed plan")
        verbose_name_plural = _("managed plans")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the plan's page on the desk."""
        return address_of("contracts:plan", self.pk)


@pghistory.track()
class PlanRevision(models.Model):
    """What a plan promises from its publication on; a draft until then, and fixed after it."""

    plan = models.ForeignKey(
        ManagedPlan, models.CASCADE, related_name="revisions", verbose_name=_("managed plan")
    )
    number = models.PositiveSmallIntegerField(_("revision"))
    published_on = models.DateField(_("published"), null=True, blank=True)
    note = models.CharField(_("what is new"), max_length=200, blank=True)
    sla_policy = models.ForeignKey(
        "contracts.SLAPolicy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("SLA policy"),
    )
    other_work = models.CharField(
        _("work not named"), max_length=4, choices=OtherWork.choices, default=OtherWork.BILL
    )
    renewal_kind = models.CharField(
        _("renewal"), max_length=12, choices=RenewalKind.choices, default=RenewalKind.NONE
    )
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("notice in days"), default=0)
    renewal_uplift = models.DecimalField(
        _("increase at renewal in %"), max_digits=5, decimal_places=2, default=0
    )

    class Meta:
        verbose_name = _("revision of a plan")
        verbose_name_plural = _("revisions of plans")
        ordering = ["plan", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="contracts_planrevision_once"),
            models.UniqueConstraint(
                fields=["plan"],
                condition=Q(published_on=None),
                name="contracts_planrevision_one_draft",
                violation_error_message=_("The plan already has a revision in preparation."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_on__isnull=False),
                func=(
                    "RAISE EXCEPTION 'a published revision cannot change' "
                    "USING ERRCODE = 'restrict_violation';"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.plan} r{self.number}"

    @property
    def is_published(self) -> bool:
        """Whether contracts can be made of it, so that it never changes again."""
        return self.published_on is not None


@pghistory.track()
class PlanLine(LineTerms, PriceTerms):
    """A line of a plan; a set-up fee is one that is billed once."""

    revision = models.ForeignKey(
        PlanRevision, models.CASCADE, related_name="lines", verbose_name=_("revision")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    follows = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="followed_by",
        verbose_name=_("line of the revision before"),
    )

    class Meta:
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        ordering = ["revision", "position", "pk"]
        triggers = fixed_with_revision()

    def __str__(self) -> str:
        return self.description


@pghistory.track()
class PlanCoverage(CoverageTerms):
    """What a plan says about some work."""

    revision = models.ForeignKey(
        PlanRevision, models.CASCADE, related_name="coverage", verbose_name=_("revision")
    )

    class Meta:
        verbose_name = _("coverage of a plan")
        verbose_name_plural = _("coverage of plans")
        ordering = ["revision", "work_type__position", "pk"]
        triggers = fixed_with_revision()

    def __str__(self) -> str:
        return f"{self.work_type or '*'}: {self.get_effect_display()}"


@pghistory.track()
class PlanAllowance(AllowanceTerms):
    """Hours that a plan includes."""

    revision = models.ForeignKey(
        PlanRevision, models.CASCADE, related_name="allowances", verbose_name=_("revision")
    )

    class Meta:
        verbose_name = _("allowance of a plan")
        verbose_name_plural = _("allowances of plans")
        ordering = ["revision", "pk"]
        triggers = fixed_with_revision()

    def __str__(self) -> str:
        return self.name
