"""The shapes in which programs see tickets and the work on them."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from catalog.models import Category, Product
from tickets.models import (
    FlatRateItem,
    Note,
    PartUsed,
    ServiceBoard,
    Ticket,
    TicketStatus,
    TicketTemplate,
    TimeCorrection,
    TimeEntry,
)


class ServiceBoardSerializer(serializers.ModelSerializer[ServiceBoard]):
    """A group of tickets one team works on."""

    class Meta:
        model = ServiceBoard
        fields = ("id", "name", "is_default", "lead", "sla_policy")


class TicketStatusSerializer(serializers.ModelSerializer[TicketStatus]):
    """A state a ticket can be in."""

    class Meta:
        model = TicketStatus
        fields = ("id", "code", "name", "kind", "position", "pauses_clock")


class CategorySerializer(serializers.ModelSerializer[Category]):
    """What tickets are about."""

    class Meta:
        model = Category
        fields = ("id", "name")


class TicketSerializer(serializers.ModelSerializer[Ticket]):
    """A client's request; ``template`` brings its checklist along when a ticket is opened."""

    template = serializers.PrimaryKeyRelatedField(
        queryset=TicketTemplate.objects.all(), required=False, write_only=True
    )

    class Meta:
        model = Ticket
        fields = (
            "id",
            "number",
            "client",
            "board",
            "status",
            "category",
            "subject",
            "description",
            "priority",
            "billing_mode",
            "contact",
            "site",
            "asset",
            "assignee",
            "sla_policy",
            "opened_at",
            "closed_at",
            "due_at",
            "template",
        )
        read_only_fields = ("number", "opened_at", "closed_at", "due_at")
        extra_kwargs = {"board": {"required": False}, "status": {"required": False}}


class NoteSerializer(serializers.ModelSerializer[Note]):
    """A public reply or an internal note."""

    class Meta:
        model = Note
        fields = (
            "id",
            "ticket",
            "author",
            "body",
            "is_public",
            "written_at",
            "source",
            "contact",
            "sender",
            "is_automatic",
        )
        read_only_fields = (
            "author",
            "written_at",
            "source",
            "contact",
            "sender",
            "is_automatic",
        )


class TimeEntrySerializer(serializers.ModelSerializer[TimeEntry]):
    """Worked time: from ``started_at`` to ``ended_at``, or ``minutes`` on the day ``worked_on``."""

    class Meta:
        model = TimeEntry
        fields = (
            "id",
            "ticket",
            "technician",
            "work_type",
            "started_at",
            "ended_at",
            "breaks",
            "minutes",
            "worked_on",
            "is_billable",
            "not_billable_reason",
            "is_out_of_scope",
            "billable_minutes",
            "waiver",
            "work_role",
            "travel_zone",
            "hourly_rate",
            "contract_choice",
            "contract",
            "is_approved",
            "note",
            "billed_elsewhere",
            "external_ref",
        )
        read_only_fields = ("is_approved", "billed_elsewhere", "external_ref")
        extra_kwargs = {
            "technician": {"required": False},
            "minutes": {"required": False},
            "worked_on": {"required": False},
        }

    def validate_breaks(self, breaks: list[list[datetime]]) -> list[list[datetime]]:
        """Refuse a break that has no end, or ends before it starts."""
        if any(len(one) != 2 or one[1] <= one[0] for one in breaks):  # noqa: PLR2004  (from, to)
            raise serializers.ValidationError(_("A break ends after it starts."))
        return breaks


class TimeCorrectionSerializer(serializers.ModelSerializer[TimeCorrection]):
    """Minutes of billed time that are taken back; the next billing run credits them."""

    class Meta:
        model = TimeCorrection
        fields = (
            "id",
            "time_entry",
            "minutes",
            "reason",
            "found_on",
            "corrected_by",
            "entered_at",
        )
        read_only_fields = ("time_entry", "found_on", "corrected_by", "entered_at")


class PartUsedSerializer(serializers.ModelSerializer[PartUsed]):
    """A part that was used; its cost only for those who may see costs."""

    class Meta:
        model = PartUsed
        fields = (
            "id",
            "ticket",
            "product",
            "reference",
            "description",
            "quantity",
            "unit_price",
            "unit_cost",
            "used_on",
            "is_billable",
            "billed_elsewhere",
            "external_ref",
        )
        read_only_fields = ("reference", "unit_cost", "billed_elsewhere", "external_ref")
        extra_kwargs = {
            "description": {"required": False},
            "unit_price": {"required": False},
        }

    def get_fields(self) -> dict[str, Any]:
        """Leave the cost out for those who may not see what things cost the firm."""
        fields = super().get_fields()
        request = self.context.get("request")
        if request is not None and not request.user.has_perm("accounts.view_costs"):
            fields.pop("unit_cost")
        return fields


class FlatRateItemSerializer(serializers.ModelSerializer[FlatRateItem]):
    """A known job at a flat rate; ``includes_time`` makes the ticket's time part of it."""

    product = serializers.PrimaryKeyRelatedField(queryset=Product.objects.flat_rates())
    includes_time = serializers.BooleanField(write_only=True, default=True)

    class Meta:
        model = FlatRateItem
        fields = (
            "id",
            "ticket",
            "product",
            "description",
            "quantity",
            "price",
            "includes_time",
            "billed_elsewhere",
            "external_ref",
        )
        read_only_fields = ("description", "price", "billed_elsewhere", "external_ref")
