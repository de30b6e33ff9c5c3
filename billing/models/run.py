"""A billing run: all that is due as of a day, client by client."""

from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import OuterRef, Q, Value
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from core.addresses import address_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class RunState(models.TextChoices):
    """How far a run is."""

    RUNNING = "running", _("running")
    FINISHED = "finished", _("finished")


class BillingRunQuerySet(models.QuerySet["BillingRun"]):
    """Billing runs, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "BillingRunQuerySet":
        """Return the runs: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class BillingRun(models.Model):
    """The making of drafts for everything that is due as of a day.

    ``scope`` names the clients of the run, "all" or a digest of their ids: while a run of the same
    day and scope is unfinished, starting it again returns the same row. A day of the schedule has
    one run for good.
    """

    as_of_on = models.DateField(_("as of"))
    scope = models.CharField(_("clients"), max_length=64, default="all")
    state = models.CharField(
        _("state"), max_length=8, choices=RunState.choices, default=RunState.RUNNING
    )
    issues_drafts = models.BooleanField(_("issues its drafts"), default=False)
    scheduled_on = models.DateField(
        _("scheduled for"), null=True, blank=True, help_text=_("empty: started by a person")
    )
    proved_at = models.DateTimeField(_("proved"), null=True, blank=True)
    client_count = models.PositiveIntegerField(_("clients"), default=0)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("started by"),
    )

    objects = BillingRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("billing run")
        verbose_name_plural = _("billing runs")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["as_of_on", "scope"],
                condition=Q(state=RunState.RUNNING),
                name="billing_billingrun_one_at_work",
            ),
            models.UniqueConstraint(
                fields=["scheduled_on"],
                condition=Q(scheduled_on__isnull=False),
                name="billing_billingrun_one_a_scheduled_day",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Billing run %(key)s")) % {"key": self.pk}

    def get_absolute_url(self) -> str:
        """Return the address of the run's page."""
        return address_of("billing:run", self.pk)

    @property
    def is_finished(self) -> bool:
        """Whether every client has an outcome."""
        return self.state == RunState.FINISHED


class BatchState(models.TextChoices):
    """How far a batch is."""

    WAITING = "waiting", _("waiting")
    ISSUING = "issuing", _("drafted, being issued")
    DONE = "done", _("done")


class RunBatch(models.Model):
    """Some clients of a run, billed together in one transaction.

    Where drafts are to be issued at once, that follows in a transaction of its own: until it is
    done the batch is "issuing", so that a run which is stopped in between goes on there.
    """

    run = models.ForeignKey(BillingRun, models.CASCADE, related_name="batches")
    client_ids = ArrayField(models.BigIntegerField())
    state = models.CharField(max_length=8, choices=BatchState.choices, default=BatchState.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("batch of a run")
        verbose_name_plural = _("batches of a run")
        ordering = ["run", "pk"]
        indexes = [
            models.Index(
                fields=["run"], condition=Q(state="waiting"), name="billing_runbatch_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.pk}"


class Outcome(models.TextChoices):
    """What a run did for a client."""

    DRAFTED = "drafted", _("drafted")
    NOTHING_DUE = "nothing_due", _("nothing due")
    HELD = "held", _("held")


class RunOutcomeQuerySet(models.QuerySet["RunOutcome"]):
    """Outcomes, by who may see them."""

    def visible_to(self, user: "User") -> "RunOutcomeQuerySet":
        """Return the outcomes of visible runs."""
        return self.filter(run__in=BillingRun.objects.visible_to(user))

    def with_invoices(self) -> "RunOutcomeQuerySet":
        """Add ``documents``: key and number of each invoice that the run made for the client."""
        invoices = apps.get_model("billing", "Invoice").objects.filter(
            run=OuterRef("run"), client=OuterRef("client")
        )
        facts = JSONObject(id="pk", number="number", label="group_label")
        return self.annotate(documents=ArraySubquery(invoices.order_by("pk").values(facts=facts)))


class RunOutcome(models.Model):
    """What a run did for one client, with the reason where it held back.

    Its invoices are those of the run and the client; their number and sums are kept here, so that
    the page of a large run stays quick. ``held_count`` are the pieces of evidence left out.

    The reason is kept twice: as a sentence in the firm's language, for searching, and as ``hold``
    and ``facts``, from which it is told in the reader's.
    """

    run = models.ForeignKey(BillingRun, models.CASCADE, related_name="outcomes")
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    hold = models.CharField(_("held because"), max_length=24, blank=True, db_default="")
    facts = models.JSONField(_("facts"), default=dict, db_default=Value({}, models.JSONField()))
    invoice_count = models.PositiveIntegerField(_("invoices"), default=0)
    net = models.DecimalField(_("net"), max_digits=14, decimal_places=2, default=0)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2, default=0)
    held_count = models.PositiveIntegerField(_("held back"), default=0)
    discarded_at = models.DateTimeField(_("draft discarded"), null=True, blank=True)

    objects = RunOutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["run", "client__name"]
        constraints = [
            models.UniqueConstraint(fields=["run", "client"], name="billing_runoutcome_once"),
        ]

    def __str__(self) -> str:
        return f"{self.client}: {self.get_outcome_display()}"
