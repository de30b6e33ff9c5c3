"""The shapes of electronic invoices for programs."""

from typing import Any, ClassVar

from rest_framework import serializers

from billing.models import PlatformEvent, RuleCheck


class FindingSerializer(serializers.Serializer[Any]):
    """A rule that a document breaks."""

    rule_set = serializers.CharField()
    rule = serializers.CharField()
    text = serializers.CharField()
    place = serializers.CharField()
    is_fatal = serializers.BooleanField()


class RuleCheckSerializer(serializers.ModelSerializer[RuleCheck]):
    """A check of a document against the official rules; without ``checked_at`` it waits."""

    findings = FindingSerializer(many=True)

    class Meta:
        model = RuleCheck
        fields = ("id", "invoice", "asked_at", "checked_at", "is_passed", "fault", "findings")


class PlatformEventSerializer(serializers.ModelSerializer[PlatformEvent]):
    """A status that a document took at the platform."""

    class Meta:
        model = PlatformEvent
        fields = ("id", "invoice", "status", "happened_on", "reason", "recorded_at")
        validators: ClassVar[list[Any]] = []  # a repeated status is answered, not refused
