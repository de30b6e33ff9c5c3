"""When the firm bills by itself."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

THE_ONLY_ONE = 1


@pghistory.track()
class BillingSchedule(models.Model):
    """The firm's billing day and hour; one row, made when the schedule is first set.

    ``done_through_on`` is the last day whose clients have been billed: every day after it, up to
    today's hour, is due, however long nothing ran.
    """

    is_on = models.BooleanField(_("bills by itself"), default=False)
    day = models.PositiveSmallIntegerField(
        _("billing day"), default=1, help_text=_("day of the month, 31 for its last")
    )
    hour = models.PositiveSmallIntegerField(
        _("from hour"), default=6, help_text=_("in the firm's time zone, 0 to 23")
    )
    done_through_on = models.DateField(_("done through"), null=True, blank=True)

    class Meta:
        verbose_name = _("billing schedule")
        verbose_name_plural = _("billing schedules")
        constraints = [
            models.CheckConstraint(
                condition=Q(pk=THE_ONLY_ONE), name="billing_billingschedule_only_one"
            ),
            models.CheckConstraint(
                condition=Q(day__gte=1, day__lte=31),
                name="billing_billingschedule_day_exists",
                violation_error_message=_("A day of the month is from 1 to 31."),
            ),
            models.CheckConstraint(
                condition=Q(hour__lte=23),
                name="billing_billingschedule_hour_exists",
                violation_error_message=_("An hour is from 0 to 23."),
            ),
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(done_through_on__isnull=False),
                name="billing_billingschedule_knows_where_it_is",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Billing schedule"))
