"""Rules that act on tickets by themselves, what they were asked about, and what they did."""

from typing import TYPE_CHECKING, Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.outbox import Deliverable
from tickets.domain.rules import Action, Condition, Property, Rule, Test, Verb, When
from tickets.models.clock import OfTicketQuerySet, PromiseKind
from tickets.models.ticket import Ticket

if TYPE_CHECKING:
    from accounts.models import User


class RuleWhen(models.TextChoices):
    """What rules wait for."""

    CREATED = When.CREATED.value, _("a ticket is opened")
    UPDATED = When.UPDATED.value, _("a ticket is changed")
    REPLIED = When.REPLIED.value, _("the client answers")
    WAITING = When.WAITING.value, _("a ticket stays in a status")
    SLA = When.SLA.value, _("a promised time is used up")


@pghistory.track(exclude=["since"])
class AutomationRule(models.Model):
    """When this happens, if the ticket is so, then do that."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    position = models.PositiveIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("on"), default=True)
    since = models.DateTimeField(_("on since"), default=timezone.now, editable=False)
    when = models.CharField(_("when"), max_length=8, choices=RuleWhen.choices)
    properties = models.JSONField(_("of these properties"), default=list, blank=True)
    status = models.ForeignKey(
        "tickets.TicketStatus",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("in the status"),
    )
    hours = models.PositiveIntegerField(_("for hours"), null=True, blank=True)
    in_working_hours = models.BooleanField(_("count the firm's working hours only"), default=True)
    promise = models.CharField(
        _("of the time for"), max_length=12, choices=PromiseKind.choices, blank=True
    )
    percent = models.PositiveSmallIntegerField(_("used, in %"), null=True, blank=True)
    reaches_back = models.BooleanField(
        _("also for what was so before the rule was on"), default=False
    )
    any_is_enough = models.BooleanField(_("one condition is enough"), default=False)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    actions = models.JSONField(_("actions"), default=list)
    stops = models.BooleanField(_("no further rule after this one"), default=False)

    class Meta:
        verbose_name = _("automation rule")
        verbose_name_plural = _("automation rules")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(when="waiting") | Q(status__isnull=False, hours__gte=1),
                name="tickets_automationrule_waits_for_something",
                violation_error_message=_("Say in which status, and for how many hours."),
            ),
            models.CheckConstraint(
                condition=~Q(when="sla") | Q(percent__gte=1, percent__lte=500) & ~Q(promise=""),
                name="tickets_automationrule_share_of_a_promise",
                violation_error_message=_("Say of which promise, and how much of it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the rule's page."""
        return reverse("automation:rule", args=[self.pk])

    @property
    def is_timed(self) -> bool:
        """Whether it waits for time to pass."""
        return self.when in {RuleWhen.WAITING, RuleWhen.SLA}

    def as_value(self) -> Rule:
        """Return the rule as it is reckoned with."""
        return Rule(
            pk=self.pk or 0,
            when=When(self.when),
            properties=frozenset(self.properties),
            any_is_enough=self.any_is_enough,
            stops=self.stops,
            conditions=tuple(
                Condition(Property(one["property"]), Test(one["test"]), tuple(one["values"]))
                for one in self.conditions
            ),
            actions=tuple(Action(Verb(one["verb"]), one["value"]) for one in self.actions),
        )


class RuleOccurrence(Deliverable):
    """Something that happened to a ticket, written with it: the rules are asked about it once."""

    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="rule_occurrences", verbose_name=_("ticket")
    )
    when = models.CharField(_("what happened"), max_length=8, choices=RuleWhen.choices)
    changed = models.JSONField(_("changed"), default=list)
    note = models.ForeignKey(
        "tickets.Note", models.SET_NULL, null=True, related_name="+", verbose_name=_("answer")
    )
    rule = models.ForeignKey(
        AutomationRule,
        models.CASCADE,
        null=True,
        related_name="+",
        verbose_name=_("meant for"),
    )
    happened_at = models.DateTimeField(_("happened"))
    first = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        related_name="chain",
        verbose_name=_("what started it all"),
    )
    depth = models.PositiveSmallIntegerField(_("rules before it"), default=0)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("occurrence for rules")
        verbose_name_plural = _("occurrences for rules")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state="waiting"),
                name="tickets_occurrence_waiting",
            ),
        ]

    @property
    def root_id(self) -> int:
        """The first occurrence of its chain."""
        return self.first_id or self.pk


class RunOutcome(models.TextChoices):
    """How a rule that held got on."""

    DONE = "done", _("done")
    PARTLY = "partly", _("in part")
    NOTHING = "nothing", _("nothing to do")
    FAILED = "failed", _("failed")
    HELD = "held", _("held back")

    @classmethod
    def without_effect(cls) -> list["RunOutcome"]:
        """Return the outcomes after which the ticket is as it was."""
        return [cls.NOTHING, cls.FAILED, cls.HELD]


class ActionOutcome(models.TextChoices):
    """How one action got on."""

    DONE = "done", _("done")
    SKIPPED = "skipped", _("skipped")
    FAILED = "failed", _("failed")


class ActionReason(models.TextChoices):
    """Why an action was skipped, or failed."""

    NONE = "", ""
    SAME = "same", _("it was so already")
    GONE = "gone", _("what the rule names is not there any more")
    MERGED = "merged", _("the ticket goes on in another one")
    SENT_BEFORE = "sent_before", _("the client has had this answer on this ticket")
    NO_ADDRESS = "no_address", _("written down, but no mail: there is no address")
    NOT_ACTIVE = "not_active", _("this person is not active")
    NOBODY_IN = "nobody_in", _("nobody of the group works now")
    NOBODY_KNOWS = "nobody_knows", _("nobody knows enough of what is needed")
    NOBODY_KNOWING_IN = "nobody_free", _("nobody who knows it works now")
    NO_SKILL = "no_skill", _("the ticket's category asks for no skill")
    NOBODY_TO_TELL = "nobody_to_tell", _("nobody active has an address there")
    CHAIN = "chain", _("rules set each other off too often")
    RAN = "ran", _("it acted already on what started this")
    REFUSED = "refused", _("refused")
    ERROR = "error", _("something went wrong")


class RuleRun(models.Model):
    """A rule that held for a ticket: what it saw, what it did, and what not and why."""

    rule = models.ForeignKey(
        AutomationRule,
        models.SET_NULL,
        null=True,
        related_name="runs",
        verbose_name=_("rule"),
    )
    rule_name = models.CharField(_("rule"), max_length=80)
    ticket = models.ForeignKey(
        Ticket, models.CASCADE, related_name="rule_runs", verbose_name=_("ticket")
    )
    occurrence = models.ForeignKey(
        RuleOccurrence, models.PROTECT, related_name="runs", verbose_name=_("because of")
    )
    root = models.ForeignKey(
        RuleOccurrence, models.PROTECT, related_name="+", verbose_name=_("what started it all")
    )
    ran_at = models.DateTimeField(_("when"))
    outcome = models.CharField(
        _("outcome"), max_length=8, choices=RunOutcome.choices, default=RunOutcome.DONE
    )
    reason = models.CharField(
        _("held back because"), max_length=16, choices=ActionReason.choices, blank=True
    )
    seen = models.JSONField(_("conditions seen"), default=list)
    done = models.JSONField(_("actions"), default=list)

    objects = OfTicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("run of a rule")
        verbose_name_plural = _("runs of rules")
        ordering = ["-ran_at", "-pk"]
        indexes = [
            models.Index(fields=["rule", "-ran_at"], name="tickets_rulerun_of_rule"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "root"],
                condition=~Q(outcome="held"),
                name="tickets_rulerun_once_a_chain",
            ),
            models.UniqueConstraint(
                fields=["rule", "occurrence"], name="tickets_rulerun_once_an_occurrence"
            ),
        ]

    def __str__(self) -> str:
        return self.rule_name

    @property
    def is_held_back(self) -> bool:
        """Whether it did nothing because the chain had become too long."""
        return self.outcome == RunOutcome.HELD

    def effects(self) -> list[dict[str, Any]]:
        """Return the actions that were really done."""
        return [one for one in self.done if one["outcome"] == ActionOutcome.DONE]


class RuleNoticeQuerySet(models.QuerySet["RuleNotice"]):
    """Notices, by who may see them."""

    def visible_to(self, user: "User") -> "RuleNoticeQuerySet":
        """Return the notices about tickets that this person may see; clients see none."""
        return self.filter(run__in=RuleRun.objects.visible_to(user))


class RuleNotice(Deliverable):
    """A mail by which a rule tells one of the firm's people about a ticket."""

    run = models.ForeignKey(RuleRun, models.CASCADE, related_name="notices", verbose_name=_("run"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("told")
    )

    objects = RuleNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice of a rule")
        verbose_name_plural = _("notices of rules")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(state="waiting"), name="tickets_notice_waiting"
            ),
        ]
