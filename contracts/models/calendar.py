"""When the firm works, and what work outside those hours costs more."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@pghistory.track()
class BusinessCalendar(models.Model):
    """Hours of a week in a time zone, with the public holidays of a country or region."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=48, default="Europe/Paris")
    country = models.CharField(
        _("holidays of country"), max_length=2, blank=True, help_text=_("empty: none")
    )
    region = models.CharField(_("holidays of region"), max_length=8, blank=True)
    is_default = models.BooleanField(_("the firm's own"), default=False)

    class Meta:
        verbose_name = _("business calendar")
        verbose_name_plural = _("business calendars")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="contracts_businesscalendar_one_default",
                violation_error_message=_("Another calendar already is the firm's own."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address at which its week and its days are shown."""
        return reverse("contracts:calendar", args=[self.pk])


class Weekday(models.IntegerChoices):
    """A day of the week."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


@pghistory.track()
class CalendarWindow(models.Model):
    """Open hours on a weekday; one that closes before it opens runs past midnight."""

    calendar = models.ForeignKey(
        BusinessCalendar, models.CASCADE, related_name="windows", verbose_name=_("calendar")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    opens_at = models.TimeField(_("opens"))
    closes_at = models.TimeField(_("closes"), help_text=_("00:00 for midnight"))

    class Meta:
        verbose_name = _("open hours")
        verbose_name_plural = _("open hours")
        ordering = ["calendar", "weekday", "opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "weekday", "opens_at"], name="contracts_calendarwindow_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens_at:%H:%M}-{self.closes_at:%H:%M}"


@pghistory.track()
class CalendarDay(models.Model):
    """A day unlike others: closed, or with hours of its own; several rows for several windows."""

    calendar = models.ForeignKey(
        BusinessCalendar, models.CASCADE, related_name="days", verbose_name=_("calendar")
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120, blank=True)
    is_holiday = models.BooleanField(_("counts as a holiday"), default=False)
    opens_at = models.TimeField(_("opens"), null=True, blank=True, help_text=_("empty: closed"))
    closes_at = models.TimeField(_("closes"), null=True, blank=True)

    class Meta:
        verbose_name = _("day unlike others")
        verbose_name_plural = _("days unlike others")
        ordering = ["calendar", "day", "opens_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day", "opens_at"],
                nulls_distinct=False,
                name="contracts_calendarday_once",
            ),
            models.CheckConstraint(
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="contracts_calendarday_both_times",
                violation_error_message=_("Name both times, or none for a closed day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}".strip()


class SurchargeTime(models.TextChoices):
    """When a surcharge counts."""

    OUTSIDE_HOURS = "outside", _("outside business hours")
    HOLIDAYS = "holidays", _("on holidays")
    WINDOW = "window", _("on these weekdays and times")


@pghistory.track()
class Surcharge(models.Model):
    """What hours at unusual times cost: a multiplier of the rate. Of several the highest counts."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    multiplier = models.DecimalField(_("multiplier"), max_digits=4, decimal_places=2)
    applies = models.CharField(
        pgettext_lazy("a surcharge", "counts"), max_length=8, choices=SurchargeTime.choices
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=Weekday.choices),
        verbose_name=_("weekdays"),
        default=list,
        blank=True,
    )
    from_at = models.TimeField(_("from"), null=True, blank=True)
    until_at = models.TimeField(_("until"), null=True, blank=True)
    calendar = models.ForeignKey(
        BusinessCalendar,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="surcharges",
        verbose_name=_("only with calendar"),
        help_text=_("empty: whichever calendar the contract or the firm has"),
    )
    starts_on = models.DateField(_("from day"), null=True, blank=True)
    last_day_on = models.DateField(_("through day"), null=True, blank=True)

    class Meta:
        verbose_name = _("surcharge")
        verbose_name_plural = _("surcharges")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(multiplier__gt=0),
                name="contracts_surcharge_positive",
                violation_error_message=_("A multiplier must be above nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(applies=SurchargeTime.WINDOW)
                | Q(from_at__isnull=False, until_at__isnull=False),
                name="contracts_surcharge_window_has_times",
                violation_error_message=_("Name the times between which it counts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ×{self.multiplier}"

    def get_absolute_url(self) -> str:
        """Return the address at which the surcharge is changed."""
        return reverse("contracts:surcharge-edit", args=[self.pk])
