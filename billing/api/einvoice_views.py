"""Electronic invoices, for programs."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.api.einvoice_serializers import (
    ExchangeRateSerializer,
    PlatformEventSerializer,
    ReceivedFileSerializer,
    RuleCheckSerializer,
    SupplierInvoiceSerializer,
)
from billing.einvoice.received import NotReadable
from billing.einvoice.supplier_files import bytes_of, file_as_received, refusal_of
from billing.models import ExchangeRate, PlatformEvent, RuleCheck, SupplierInvoice
from billing.operations.receive_supplier_invoice import receive_supplier_invoice
from billing.operations.record_platform_status import StatusRefused, record_platform_status
from core.api.refusals import Refused, telling


class RuleCheckViewSet(viewsets.ReadOnlyModelViewSet[RuleCheck]):
    """Checks of documents against the official rules, the latest first, with their findings."""

    queryset = RuleCheck.objects.all()
    serializer_class = RuleCheckSerializer
    filterset_fields = ("invoice",)

    def get_queryset(self) -> QuerySet[RuleCheck]:
        """Return what this person may see."""
        return RuleCheck.objects.visible_to(cast(User, self.request.user))


class PlatformEventViewSet(viewsets.ReadOnlyModelViewSet[PlatformEvent]):
    """Statuses of documents at the platform: list, read, record."""

    queryset = PlatformEvent.objects.all()
    serializer_class = PlatformEventSerializer
    filterset_fields = ("invoice", "status")

    def get_queryset(self) -> QuerySet[PlatformEvent]:
        """Return what this person may see."""
        return PlatformEvent.objects.visible_to(cast(User, self.request.user))

    def create(self, request: Request) -> Response:
        """Record a status; the same once more changes nothing."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        values = dict(serializer.validated_data)
        invoice = values.pop("invoice")
        values.setdefault("reason", "")
        with telling(StatusRefused):
            event = record_platform_status(
                invoice_id=invoice.pk, actor=cast(User, request.user), **values
            )
        return Response(self.get_serializer(event).data, status=201)


class SupplierInvoiceViewSet(viewsets.ReadOnlyModelViewSet[SupplierInvoice]):
    """Electronic invoices of suppliers: list, read, take in, download as received."""

    queryset = SupplierInvoice.objects.all()
    serializer_class = SupplierInvoiceSerializer
    filterset_fields = ("supplier", "number", "issued_on", "due_on", "sha256")
    parser_classes = (MultiPartParser, FormParser, JSONParser)

    def get_queryset(self) -> QuerySet[SupplierInvoice]:
        """Return what this person may see."""
        return SupplierInvoice.objects.visible_to(cast(User, self.request.user))

    @extend_schema(
        request={"multipart/form-data": ReceivedFileSerializer},
        responses={200: SupplierInvoiceSerializer, 201: SupplierInvoiceSerializer},
    )
    def create(self, request: Request) -> Response:
        """Take a file in; the same bytes again are answered with what is kept, status 200."""
        serializer = ReceivedFileSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        upload = serializer.validated_data["file"]
        try:
            taken = receive_supplier_invoice(
                file_name=upload.name,
                content=bytes_of(upload),
                actor=cast(User, request.user),
            )
        except NotReadable as fault:
            raise Refused(refusal_of(fault)) from fault
        status = 201 if taken.is_new else 200
        return Response(self.get_serializer(taken.invoice).data, status=status)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Request, pk: str | None = None) -> HttpResponse:
        """Download the file as it was received, to the byte."""
        return file_as_received(self.get_object())


class ExchangeRateViewSet(viewsets.ModelViewSet[ExchangeRate]):
    """Exchange rates, by which VAT is stated in euro: list, read, enter, correct."""

    queryset = ExchangeRate.objects.all()
    serializer_class = ExchangeRateSerializer
    filterset_fields = ("currency", "valid_from_on")
    http_method_names = ("get", "post", "patch", "head", "options")

    def get_queryset(self) -> QuerySet[ExchangeRate]:
        """Return what this person may see."""
        return ExchangeRate.objects.visible_to(cast(User, self.request.user))
