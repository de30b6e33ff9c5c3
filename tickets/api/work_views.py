"""Time, parts and flat-rate services, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core.api.refusals import telling
from core.business_hours import Interval
from tickets.api import serializers
from tickets.domain.work import FlatRatePerformed, PartTaken, Pricing, TimeWorked
from tickets.forms.time import firm_zone
from tickets.models import FlatRateItem, PartUsed, TimeCorrection, TimeEntry
from tickets.operations.delete_time import delete_time
from tickets.operations.edit_flat_rate import edit_flat_rate
from tickets.operations.edit_part import edit_part
from tickets.operations.edit_time import edit_time
from tickets.operations.log_time import log_time
from tickets.operations.perform_flat_rate import perform_flat_rate
from tickets.operations.remove_flat_rate import remove_flat_rate
from tickets.operations.remove_part import remove_part
from tickets.operations.take_back_time import take_back_time
from tickets.operations.use_part import use_part
from tickets.refusals import Refusal

TIME_FIELDS = (
    "started_at",
    "ended_at",
    "minutes",
    "worked_on",
    "is_billable",
    "not_billable_reason",
    "is_out_of_scope",
    "note",
)
PRICING_FIELDS = (
    "billable_minutes",
    "waiver",
    "work_role_id",
    "travel_zone_id",
    "hourly_rate",
    "contract_choice",
    "contract_id",
)
PART_FIELDS = ("description", "quantity", "unit_price", "is_billable", "used_on")


def _described(
    names: tuple[str, ...], values: dict[str, Any], row: object | None
) -> dict[str, Any]:
    """Return the named values as given, else as the row has them."""
    known = {name: getattr(row, name) for name in names} if row is not None else {}
    return {**known, **{name: values[name] for name in names if name in values}}


def _time(values: dict[str, Any], entry: TimeEntry | None = None) -> TimeWorked:
    described = _described(TIME_FIELDS, values, entry)
    breaks = _breaks(values, entry)
    if "minutes" in values and "started_at" not in values:
        described |= {"started_at": None, "ended_at": None}
        breaks = ()
    work_type = values.get("work_type") or (entry.work_type if entry else None)
    technician = values.get("technician") or (entry.technician if entry else None)
    keys = ("work_role", "travel_zone", "contract")
    priced = values | {
        f"{name}_id": values[name] and values[name].pk for name in keys if name in values
    }
    return TimeWorked(
        pricing=Pricing(**_described(PRICING_FIELDS, priced, entry)),
        work_type_id=work_type.pk if work_type else 0,
        technician_id=technician.pk if technician else None,
        breaks=breaks,
        **described,
    )


def _breaks(values: dict[str, Any], entry: TimeEntry | None) -> tuple[Interval, ...]:
    if "breaks" in values:
        return tuple(Interval(start, end) for start, end in values["breaks"])
    return entry.pauses if entry else ()


def _part(values: dict[str, Any], part: PartUsed | None = None) -> PartTaken:
    described = _described(PART_FIELDS, values, part)
    product = values.get("product", part.product if part else None)
    described.setdefault("used_on", timezone.localdate())
    return PartTaken(product_id=product.pk if product else None, **described)


class TimeEntryViewSet(viewsets.ModelViewSet[TimeEntry]):
    """Worked time: list, read, log, correct, remove; take back what is billed already."""

    queryset = TimeEntry.objects.all()
    serializer_class = serializers.TimeEntrySerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")
    filterset_fields = ("ticket", "ticket__client", "technician", "worked_on", "work_type")
    action_permissions = {"take_back": "tickets.add_timecorrection"}

    def get_queryset(self) -> QuerySet[TimeEntry]:
        """Return what this person may see."""
        return TimeEntry.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Log time on a ticket."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        with telling(Refusal):
            entry = log_time(
                ticket_id=values["ticket"].pk,
                work=_time(values),
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(entry).data, status=201)

    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Correct time that is not on an invoice."""
        entry = self.get_object()
        serializer = self.get_serializer(entry, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        with telling(Refusal):
            entry = edit_time(
                entry_id=entry.pk,
                work=_time(serializer.validated_data, entry),
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(entry).data)

    def perform_destroy(self, instance: TimeEntry) -> None:
        """Take time back that is not on an invoice."""
        with telling(Refusal):
            delete_time(entry_id=instance.pk, actor=cast(User, self.request.user))

    @extend_schema(
        request=serializers.TimeCorrectionSerializer,
        responses={201: serializers.TimeCorrectionSerializer},
    )
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str | None = None) -> Response:
        """Take back minutes of billed time; try it at /effects/ to see the credit first."""
        entry = self.get_object()
        given = serializers.TimeCorrectionSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with telling(Refusal):
            correction = take_back_time(
                entry_id=entry.pk,
                found_on=timezone.localdate(timezone=firm_zone()),
                actor=cast(User, request.user),
                **given.validated_data,
            )
        return Response(serializers.TimeCorrectionSerializer(correction).data, status=201)


class TimeCorrectionViewSet(viewsets.ReadOnlyModelViewSet[TimeCorrection]):
    """What was taken back of billed time: list, read; it is written by its time entry."""

    queryset = TimeCorrection.objects.all()
    serializer_class = serializers.TimeCorrectionSerializer
    filterset_fields = ("time_entry", "time_entry__ticket", "found_on")

    def get_queryset(self) -> QuerySet[TimeCorrection]:
        """Return what this person may see."""
        return TimeCorrection.objects.visible_to(cast(User, self.request.user))


class PartUsedViewSet(viewsets.ModelViewSet[PartUsed]):
    """Parts used: list, read, add, correct, take back."""

    queryset = PartUsed.objects.all()
    serializer_class = serializers.PartUsedSerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")
    filterset_fields = ("ticket", "ticket__client", "product", "used_on")

    def get_queryset(self) -> QuerySet[PartUsed]:
        """Return what this person may see."""
        return PartUsed.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Note a part on a ticket."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        with telling(Refusal):
            part = use_part(
                ticket_id=values["ticket"].pk,
                part=_part(values),
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(part).data, status=201)

    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Correct a part that is not on an invoice."""
        part = self.get_object()
        serializer = self.get_serializer(part, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        with telling(Refusal):
            part = edit_part(
                part_id=part.pk,
                part=_part(serializer.validated_data, part),
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(self.get_serializer(part).data)

    def perform_destroy(self, instance: PartUsed) -> None:
        """Take a part back that is not on an invoice."""
        with telling(Refusal):
            remove_part(part_id=instance.pk, actor=cast(User, self.request.user))


class FlatRateItemViewSet(viewsets.ModelViewSet[FlatRateItem]):
    """Flat-rate services performed: list, read, add, correct the quantity, take back."""

    queryset = FlatRateItem.objects.all()
    serializer_class = serializers.FlatRateItemSerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")
    filterset_fields = ("ticket", "ticket__client", "product")

    def get_queryset(self) -> QuerySet[FlatRateItem]:
        """Return what this person may see."""
        return FlatRateItem.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Note a flat-rate service on a ticket."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        ticket, product = values.pop("ticket"), values.pop("product")
        with telling(Refusal):
            item = perform_flat_rate(
                ticket_id=ticket.pk,
                performed=FlatRatePerformed(product_id=product.pk, **values),
                actor=cast(User, request.user),
            )
        return Response(self.get_serializer(item).data, status=201)

    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Correct the quantity of a service that is not on an invoice."""
        item = self.get_object()
        serializer = self.get_serializer(item, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        with telling(Refusal):
            item = edit_flat_rate(
                item_id=item.pk,
                quantity=serializer.validated_data.get("quantity", item.quantity),
                price=item.price,
                actor=cast(User, request.user),
            )
        return Response(self.get_serializer(item).data)

    def perform_destroy(self, instance: FlatRateItem) -> None:
        """Take a service back that is not on an invoice."""
        with telling(Refusal):
            remove_flat_rate(item_id=instance.pk, actor=cast(User, self.request.user))
