"""The shapes in which programs see clocks, verdicts, warnings and kept promises."""

from typing import Any

from rest_framework import serializers

from tickets.models import ClockStretch, SLAVerdict, SLAWarning, TicketClock
from tickets.queries.attainment import GroupBy


class ClockSerializer(serializers.ModelSerializer[TicketClock]):
    """What is promised for a ticket, and what its clock showed when it was last read."""

    class Meta:
        model = TicketClock
        fields = (
            "ticket", "policy", "source", "contract", "response_seconds", "resolution_seconds",
            "responded_at", "solved_first_at", "is_paused", "response_due_at",
            "resolution_due_at", "response_used", "resolution_used", "warns_at", "read_at",
        )  # fmt: skip


class StretchSerializer(serializers.ModelSerializer[ClockStretch]):
    """A time during which a clock ran or was paused, under the hours valid then."""

    calendar = serializers.IntegerField(source="version.calendar_id", allow_null=True, default=None)
    calendar_version = serializers.IntegerField(
        source="version.number", allow_null=True, default=None
    )

    class Meta:
        model = ClockStretch
        fields = (
            "id", "ticket", "starts_at", "ends_at", "is_paused", "cause", "status", "calendar",
            "calendar_version", "time_zone",
        )  # fmt: skip


class VerdictSerializer(serializers.ModelSerializer[SLAVerdict]):
    """How a promise was kept; a miss stays."""

    class Meta:
        model = SLAVerdict
        fields = (
            "id", "ticket", "kind", "outcome", "judged_at", "due_at", "target_seconds",
            "used_seconds", "priority", "policy", "source", "client", "contract", "board",
            "technician",
        )  # fmt: skip


class WarningSerializer(serializers.ModelSerializer[SLAWarning]):
    """A share of a promised time was used: who is told, when, and how that went."""

    class Meta:
        model = SLAWarning
        fields = (
            "id", "ticket", "kind", "target_seconds", "percent", "reached_at", "due_at", "person",
            "state", "send_at", "attempts", "last_error", "sent_at",
        )  # fmt: skip


class KeptSerializer(serializers.Serializer[object]):
    """How many promises of one kind were kept and missed; a share in thousandths."""

    met = serializers.IntegerField()
    missed = serializers.IntegerField()
    per_mille = serializers.IntegerField(allow_null=True)


class AttainmentSerializer(serializers.Serializer[Any]):
    """Kept promises of one group: a month (2026-03), or the id of what verdicts are counted by."""

    key = serializers.CharField()
    name = serializers.CharField(source="label")
    response = KeptSerializer()
    first_resolution = KeptSerializer()
    resolution = KeptSerializer()


class GroupSerializer(serializers.Serializer[object]):
    """By what to count."""

    by = serializers.ChoiceField(
        choices=[(one.value, one.value) for one in GroupBy], default=GroupBy.MONTH.value
    )
