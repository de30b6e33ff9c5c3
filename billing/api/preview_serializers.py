"""The shapes of previews: what programs ask, and what would be billed."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from billing.forms.what_if import MOST_MONTHS
from billing.models import ChargeKind, Treatment, Unit
from clients.models import Client
from contracts.models import PlanLine, PlanRevision
from tickets.models import TimeEntry

MOST_CLIENTS = 2
CHANGING = ("POST", "PUT", "PATCH", "DELETE")


def _money(**kwargs: Any) -> serializers.DecimalField:  # noqa: ANN401  (the field's arguments)
    return serializers.DecimalField(max_digits=14, decimal_places=2, **kwargs)


class AsOfSerializer(serializers.Serializer[Any]):
    """Up to which day; the client's next billing day where it is left out."""

    as_of_on = serializers.DateField(required=False)


class PreviewLineSerializer(serializers.Serializer[Any]):
    """A line that is not written down: amount = quantity x unit_price / price_base, rounded."""

    description = serializers.CharField()
    kind = serializers.ChoiceField(choices=ChargeKind.choices, source="charge.kind")
    treatment = serializers.ChoiceField(choices=Treatment.choices, source="charge.treatment")
    starts_on = serializers.DateField(source="charge.period.start")
    last_day_on = serializers.DateField(source="charge.period.last_day")
    quantity = serializers.DecimalField(max_digits=14, decimal_places=4, source="charge.quantity")
    unit = serializers.ChoiceField(choices=Unit.choices, source="charge.unit")
    unit_price = serializers.DecimalField(
        max_digits=14, decimal_places=4, source="charge.unit_price"
    )
    price_base = serializers.IntegerField(source="charge.price_base")
    amount = _money()
    list_amount = _money(source="charge.list_amount")
    explanation = serializers.CharField()


class PreviewSectionSerializer(serializers.Serializer[Any]):
    """Lines of one contract, of one ticket, or corrections."""

    title = serializers.CharField()
    amount = _money()
    lines = PreviewLineSerializer(many=True)


class NextInvoiceSerializer(serializers.Serializer[Any]):
    """The next invoice so far; ``reason`` says why there would be none, ``held`` what waits."""

    client = serializers.IntegerField(source="client.pk")
    as_of_on = serializers.DateField(source="upcoming.as_of")
    currency = serializers.CharField(source="upcoming.currency")
    net = _money(source="upcoming.net")
    tax = _money(source="upcoming.tax")
    total = _money(source="upcoming.total")
    reason = serializers.CharField(source="upcoming.reason")
    held = serializers.ListField(source="upcoming.held", child=serializers.CharField())
    sections = PreviewSectionSerializer(source="upcoming.sections", many=True)


class PlanQuantitySerializer(serializers.Serializer[Any]):
    """So many units of a line of the plan."""

    plan_line = serializers.PrimaryKeyRelatedField(queryset=PlanLine.objects.all())
    quantity = serializers.DecimalField(max_digits=12, decimal_places=4, min_value=0)


class WhatIfQuestionSerializer(serializers.Serializer[Any]):
    """A client, a published revision of a plan, and whole months from the one of a day."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.all())
    revision = serializers.PrimaryKeyRelatedField(
        queryset=PlanRevision.objects.filter(published_on__isnull=False)
    )
    first_on = serializers.DateField()
    months = serializers.IntegerField(min_value=1, max_value=MOST_MONTHS, default=12)
    quantities = PlanQuantitySerializer(many=True, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse quantities of lines that the revision does not have."""
        strange = [
            one["plan_line"].pk
            for one in attrs.get("quantities", ())
            if one["plan_line"].revision_id != attrs["revision"].pk
        ]
        if strange:
            text = _("The plan has no line %(lines)s.") % {"lines": ", ".join(map(str, strange))}
            raise serializers.ValidationError({"quantities": [text]})
        return attrs


class SidesSerializer(serializers.Serializer[Any]):
    """An amount as it was and on the plan; the difference is what the client would pay more."""

    actual = _money()
    plan = _money()
    difference = _money()


class MonthComparedSerializer(serializers.Serializer[Any]):
    """One month on both sides: contracts' fixed prices, and work."""

    month = serializers.DateField()
    fixed = SidesSerializer()
    work = SidesSerializer()
    total = SidesSerializer()


class WorkComparedSerializer(serializers.Serializer[Any]):
    """One piece of work on both sides, with the sentence of how the plan would bill it."""

    worked_on = serializers.DateField(source="day")
    ticket = serializers.CharField()
    what = serializers.CharField()
    sides = SidesSerializer()
    treatment = serializers.ChoiceField(choices=Treatment.choices)
    explanation = serializers.CharField()


class WhatIfSerializer(serializers.Serializer[Any]):
    """What the months would have cost on the plan; ``reason`` says why there is no answer."""

    currency = serializers.CharField()
    reason = serializers.CharField()
    total = SidesSerializer()
    months = MonthComparedSerializer(many=True)
    works = WorkComparedSerializer(many=True)
    held = serializers.ListField(child=serializers.CharField())


class ChangeSerializer(serializers.Serializer[Any]):
    """A request to this API that is to be tried: its method, its path, its body."""

    method = serializers.ChoiceField(choices=CHANGING, default="POST")
    path = serializers.CharField(
        help_text=_("of this API, such as /api/v1/contract-lines/7/change/")
    )
    body = serializers.DictField(required=False, default=dict)


class EffectQuestionSerializer(serializers.Serializer[Any]):
    """For which clients the effect of a change is asked, and up to which day."""

    clients = serializers.PrimaryKeyRelatedField(
        many=True, queryset=Client.objects.all(), allow_empty=False
    )
    change = ChangeSerializer()
    as_of_on = serializers.DateField(required=False)

    def validate_clients(self, clients: list[Client]) -> list[Client]:
        """Keep a single request quick."""
        if len(clients) > MOST_CLIENTS:
            raise serializers.ValidationError(_("At most two clients can be looked at together."))
        return clients


class DifferenceSerializer(serializers.Serializer[Any]):
    """A line that the change brings, takes away or alters, and by how much."""

    before = PreviewLineSerializer(allow_null=True)
    after = PreviewLineSerializer(allow_null=True)
    amount = _money()


class ClientEffectSerializer(serializers.Serializer[Any]):
    """What changes for one of two clients."""

    client = serializers.IntegerField(source="client.pk")
    before = _money()
    after = _money()
    differences = DifferenceSerializer(many=True)


class RaisedLineSerializer(serializers.Serializer[Any]):
    """What a step does to a line; ``obstacle`` says why it cannot be worked out."""

    line = serializers.IntegerField(source="line.pk")
    description = serializers.CharField(source="line.description")
    old = serializers.DecimalField(max_digits=14, decimal_places=4)
    new = serializers.DecimalField(max_digits=14, decimal_places=4)
    arithmetic = serializers.ListField(child=serializers.CharField())
    obstacle = serializers.CharField()


class TriedIncreaseSerializer(serializers.Serializer[Any]):
    """A step of an increase clause that was tried.

    ``assumed_value`` is that of ``assumed_month_on``, which stood for one not published yet.
    """

    effective_on = serializers.DateField(source="step.effective_on")
    assumed_month_on = serializers.DateField(allow_null=True)
    assumed_value = serializers.DecimalField(max_digits=12, decimal_places=4, allow_null=True)
    lines = RaisedLineSerializer(many=True)


class EffectSerializer(serializers.Serializer[Any]):
    """What changes on everything that is due as of a day; a negative amount is a credit.

    ``clients`` says it client by client where two are asked about, ``monthly_before`` and
    ``monthly_after`` what their contracts come to a month on that day. Where the change is an
    increase clause, ``increases`` are its steps through the day, tried as if they were applied.
    """

    as_of_on = serializers.DateField(source="as_of")
    currency = serializers.CharField()
    before = _money()
    after = _money()
    amount = _money()
    reason = serializers.CharField()
    monthly_before = _money()
    monthly_after = _money()
    differences = DifferenceSerializer(many=True)
    clients = ClientEffectSerializer(many=True)
    increases = TriedIncreaseSerializer(many=True, allow_null=True)


class CandidateSerializer(serializers.Serializer[Any]):
    """A contract that could pay, with what is known and not known about it."""

    contract = serializers.IntegerField(source="contract_id")
    label = serializers.CharField()  # type: ignore[assignment]  # a field's own label is a text


class UndecidedSerializer(serializers.Serializer[Any]):
    """Work whose payer a person must name, with the contracts to choose from."""

    id = serializers.IntegerField(source="entry.pk")
    client = serializers.IntegerField(source="client.pk")
    ticket = serializers.IntegerField(source="ticket.pk")
    worked_on = serializers.DateField(source="entry.worked_on")
    minutes = serializers.IntegerField(source="entry.minutes")
    work_type = serializers.IntegerField(source="entry.work_type_id")
    technician = serializers.IntegerField(source="entry.technician_id", allow_null=True)
    reason = serializers.CharField()
    candidates = CandidateSerializer(source="choices", many=True)


class DecisionSerializer(serializers.Serializer[Any]):
    """Which contract pays, null for none; for this entry, or for all work on its ticket."""

    contract = serializers.IntegerField(allow_null=True)
    for_whole_ticket = serializers.BooleanField(default=False)


class DecidedSerializer(serializers.ModelSerializer[TimeEntry]):
    """An entry with who pays for it, decided for itself or for its ticket."""

    ticket_contract_choice = serializers.CharField(source="ticket.contract_choice")
    ticket_contract = serializers.IntegerField(source="ticket.contract_id", allow_null=True)

    class Meta:
        model = TimeEntry
        fields = (
            "id",
            "ticket",
            "contract_choice",
            "contract",
            "ticket_contract_choice",
            "ticket_contract",
        )
