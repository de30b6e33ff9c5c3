"""Business hours, surcharges and service levels, for programs."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import mixins, serializers, viewsets

from contracts.models import (
    BusinessCalendar,
    CalendarDay,
    CalendarWindow,
    SLAPolicy,
    SLATarget,
    Surcharge,
)
from contracts.operations.keep_calendar_versions import keep_calendar_versions
from contracts.operations.save_calendar import save_calendar
from contracts.operations.save_sla_policy import save_sla_policy
from core.holiday_calendar import is_known


class WindowSerializer(serializers.ModelSerializer[CalendarWindow]):
    """Open hours on a weekday, Monday 0; hours that close before they open run past midnight."""

    class Meta:
        model = CalendarWindow
        fields = ("weekday", "opens_at", "closes_at")


class DaySerializer(serializers.ModelSerializer[CalendarDay]):
    """A day unlike others: closed, or with hours of its own."""

    class Meta:
        model = CalendarDay
        fields = ("id", "calendar", "day", "name", "is_holiday", "opens_at", "closes_at")


class CalendarSerializer(serializers.ModelSerializer[BusinessCalendar]):
    """A business calendar with its week."""

    windows = WindowSerializer(many=True)

    class Meta:
        model = BusinessCalendar
        fields = ("id", "name", "time_zone", "country", "region", "is_default", "windows")
        validators = ()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a country or a region whose holidays nobody knows."""
        country, region = attrs.get("country", ""), attrs.get("region", "")
        if not is_known(country):
            told = {"country": _("No holidays are known for this country.")}
            raise serializers.ValidationError(told)
        if not is_known(country, region):
            raise serializers.ValidationError({"region": _("This country has no such region.")})
        return attrs

    def create(self, validated_data: dict[str, Any]) -> BusinessCalendar:
        """Add a calendar."""
        return self._save(validated_data, None)

    def update(
        self, instance: BusinessCalendar, validated_data: dict[str, Any]
    ) -> BusinessCalendar:
        """Write a calendar anew."""
        return self._save(validated_data, instance.pk)

    def _save(self, values: dict[str, Any], calendar_id: int | None) -> BusinessCalendar:
        windows = values.pop("windows")
        week = [(one["weekday"], one["opens_at"], one["closes_at"]) for one in windows]
        now = timezone.now()
        return save_calendar(facts=values, week=week, now=now, calendar_id=calendar_id)


class SurchargeSerializer(serializers.ModelSerializer[Surcharge]):
    """What hours at unusual times cost: a multiplier of the rate."""

    class Meta:
        model = Surcharge
        fields = (
            "id", "name", "multiplier", "applies", "weekdays", "from_at", "until_at", "calendar",
            "starts_on", "last_day_on",
        )  # fmt: skip


class TargetSerializer(serializers.ModelSerializer[SLATarget]):
    """Minutes to the first answer and to the solution for one priority."""

    class Meta:
        model = SLATarget
        fields = ("priority", "response_minutes", "resolution_minutes")


class PolicySerializer(serializers.ModelSerializer[SLAPolicy]):
    """A service level with its times by priority."""

    targets = TargetSerializer(many=True)

    class Meta:
        model = SLAPolicy
        fields = (
            "id", "name", "calendar", "zone_of", "pauses_response", "warning_percentages",
            "lead_percent", "warns_at_any_hour", "is_active", "targets",
        )  # fmt: skip

    def create(self, validated_data: dict[str, Any]) -> SLAPolicy:
        """Add a service level."""
        return self._save(validated_data, None)

    def update(self, instance: SLAPolicy, validated_data: dict[str, Any]) -> SLAPolicy:
        """Write a service level anew."""
        return self._save(validated_data, instance.pk)

    def _save(self, values: dict[str, Any], policy_id: int | None) -> SLAPolicy:
        targets: Mapping[str, tuple[int | None, int | None]] = {
            one["priority"]: (one.get("response_minutes"), one.get("resolution_minutes"))
            for one in values.pop("targets")
        }
        return save_sla_policy(facts=values, targets=targets, policy_id=policy_id)


WHOLE = ("get", "post", "put", "head", "options")


class CalendarViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[BusinessCalendar],
):
    """Business calendars with their week; PUT writes one anew."""

    http_method_names = WHOLE

    queryset = BusinessCalendar.objects.prefetch_related("windows")
    serializer_class = CalendarSerializer


class CalendarDayViewSet(
    mixins.CreateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet[CalendarDay],
):
    """Days unlike others."""

    queryset = CalendarDay.objects.all()
    serializer_class = DaySerializer
    filterset_fields = ("calendar", "day")

    def perform_create(self, serializer: serializers.BaseSerializer[CalendarDay]) -> None:
        """Add the day; clocks count by it from now on."""
        day = serializer.save()
        keep_calendar_versions(now=timezone.now(), calendar_id=day.calendar_id)

    def perform_destroy(self, instance: CalendarDay) -> None:
        """Let the day be like others again; clocks count by that from now on."""
        super().perform_destroy(instance)
        keep_calendar_versions(now=timezone.now(), calendar_id=instance.calendar_id)


class SurchargeViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[Surcharge],
):
    """Surcharges."""

    queryset = Surcharge.objects.all()
    serializer_class = SurchargeSerializer
    filterset_fields = ("applies", "calendar")


class PolicyViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[SLAPolicy],
):
    """Service levels with their times; PUT writes one anew."""

    http_method_names = WHOLE

    queryset = SLAPolicy.objects.prefetch_related("targets")
    serializer_class = PolicySerializer
    filterset_fields = ("is_active",)
