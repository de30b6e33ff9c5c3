"""Automation rules, their log and their dry run, for programs."""

from datetime import datetime, time, timedelta
from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from tickets.domain.rules import TESTS_OF_CHOICE, TESTS_OF_TEXT, TEXTS, Property, Test, Verb
from tickets.forms.time import firm_zone
from tickets.models import AutomationRule, RuleRun, RuleWhen
from tickets.operations.remove_rule import remove_rule
from tickets.operations.save_rule import save_rule
from tickets.queries.firm_hours import firm_hours
from tickets.queries.past_happenings import LONGEST_PERIOD, dry_run
from tickets.queries.rule_words import CHANGES, WRITTEN, RuleWords


class ConditionSerializer(serializers.Serializer[dict[str, Any]]):
    """One question about a ticket; several values are alternatives."""

    property = serializers.ChoiceField(choices=[one.value for one in Property])
    test = serializers.ChoiceField(choices=[one.value for one in Test])
    values = serializers.ListField(child=serializers.CharField(), default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a way of asking that does not suit the property."""
        is_text = attrs["property"] in TEXTS
        if attrs["test"] not in (TESTS_OF_TEXT if is_text else TESTS_OF_CHOICE):
            raise serializers.ValidationError({"test": _("This property is not asked like this.")})
        if attrs["test"] not in {Test.SET, Test.EMPTY} and not attrs["values"]:
            raise serializers.ValidationError({"values": _("Say at least one.")})
        return attrs


class ActionSerializer(serializers.Serializer[dict[str, Any]]):
    """One thing to do: a verb, and the id or the text that it is about.

    By skill: ``3:2`` is the skill 3 at level 2, ``3:2@7`` the same within group 7; empty, or
    ``@7``, what the category of the ticket asks for.
    """

    verb = serializers.ChoiceField(choices=[one.value for one in Verb])
    value = serializers.CharField(allow_blank=True, max_length=5000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is not there."""
        verb = Verb(attrs["verb"])
        is_typed = verb in WRITTEN and verb != Verb.TAG
        value = attrs["value"]
        if not (value.strip() if is_typed else RuleWords().knows(verb, value)):
            raise serializers.ValidationError({"value": _("There is no such thing.")})
        return attrs


class AutomationRuleSerializer(serializers.ModelSerializer[AutomationRule]):
    """When this happens, if the ticket is so, then do that."""

    properties = serializers.ListField(
        child=serializers.ChoiceField(choices=sorted(CHANGES)), required=False
    )
    conditions = ConditionSerializer(many=True, required=False)
    actions = ActionSerializer(many=True, allow_empty=False)

    class Meta:
        model = AutomationRule
        fields = (
            "id", "name", "position", "is_active", "since", "when", "properties", "status", "hours",
            "in_working_hours", "promise", "percent", "reaches_back", "any_is_enough",
            "conditions", "actions", "stops",
        )  # fmt: skip
        read_only_fields = ("position", "since")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """See that what the rule waits for is said."""
        told = {
            name: attrs.get(name, getattr(self.instance, name, None)) for name in self.Meta.fields
        }
        if told["when"] == RuleWhen.WAITING and not (told["status"] and told["hours"]):
            raise serializers.ValidationError(_("Say in which status, and for how many hours."))
        if told["when"] == RuleWhen.SLA and not (told["promise"] and told["percent"]):
            raise serializers.ValidationError(_("Say of which promise, and how much of it."))
        return attrs


class RuleRunSerializer(serializers.ModelSerializer[RuleRun]):
    """A rule that held for a ticket: what it saw, what it did, and what not and why."""

    seen = serializers.ListField(child=serializers.DictField(), read_only=True)
    done = serializers.ListField(child=serializers.DictField(), read_only=True)

    class Meta:
        model = RuleRun
        fields = (
            "id", "rule", "rule_name", "ticket", "ran_at", "outcome", "reason", "seen", "done",
        )  # fmt: skip


class PeriodSerializer(serializers.Serializer[dict[str, Any]]):
    """The days that a dry run looks back on."""

    since = serializers.DateField()
    until = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """See that the days are in order, and not too many."""
        if attrs["since"] > attrs["until"]:
            raise serializers.ValidationError({"until": _("This is before the first day.")})
        if attrs["until"] - attrs["since"] > LONGEST_PERIOD:
            message = _("A dry run looks back on a year at most.")
            raise serializers.ValidationError({"since": message})
        return attrs


class DryRunMatchSerializer(serializers.Serializer[Any]):
    """A moment at which the rule would have acted on a ticket."""

    ticket = serializers.IntegerField(source="ticket.pk")
    number = serializers.CharField(source="ticket.number")
    at = serializers.DateTimeField()


class DryRunSerializer(serializers.Serializer[Any]):
    """What a rule would have done in a period; nothing is written.

    Where ``is_cut`` is true there was more than a dry run looks at: it went back to
    ``complete_since`` only.
    """

    looked_at = serializers.IntegerField()
    is_cut = serializers.BooleanField()
    complete_since = serializers.DateTimeField(allow_null=True)
    matches = DryRunMatchSerializer(many=True)


class AutomationRuleViewSet(viewsets.ModelViewSet[AutomationRule]):
    """Automation rules: list, read, add, change, throw away, try on past tickets."""

    queryset = AutomationRule.objects.all()
    serializer_class = AutomationRuleSerializer
    filterset_fields = ("when", "is_active")
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def perform_create(self, serializer: BaseSerializer[Any]) -> None:
        """Add a rule after the others."""
        serializer.instance = save_rule(facts=serializer.validated_data, now=timezone.now())

    def perform_update(self, serializer: BaseSerializer[Any]) -> None:
        """Write a rule anew, or switch it."""
        rule = cast(AutomationRule, serializer.instance)
        serializer.instance = save_rule(
            facts=serializer.validated_data, now=timezone.now(), rule_id=rule.pk
        )

    def perform_destroy(self, instance: AutomationRule) -> None:
        """Throw a rule away."""
        remove_rule(rule_id=instance.pk)

    @extend_schema(
        parameters=[
            OpenApiParameter("since", str, required=True, description="first day"),
            OpenApiParameter("until", str, required=True, description="last day"),
        ],
        responses=DryRunSerializer,
    )
    @action(detail=True, url_path="dry-run")
    def dry_run(self, request: Request, pk: str) -> Response:
        """Tell what the rule would have done in a period."""
        rule = self.get_object()
        given = PeriodSerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        since, until = given.validated_data["since"], given.validated_data["until"]
        start, day_after = (
            datetime.combine(day, time(0), firm_zone())
            for day in (since, until + timedelta(days=1))
        )
        hours = firm_hours({since.year - 1, since.year, until.year})
        tried = dry_run(rule, start, min(day_after, timezone.now()), hours)
        return Response(DryRunSerializer(tried).data)


class RuleRunViewSet(
    mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[RuleRun]
):
    """What rules did: list, read."""

    queryset = RuleRun.objects.all()
    serializer_class = RuleRunSerializer
    filterset_fields = ("rule", "ticket", "outcome")

    def get_queryset(self) -> QuerySet[RuleRun]:
        """Return what this person may see."""
        return RuleRun.objects.visible_to(cast(User, self.request.user))
