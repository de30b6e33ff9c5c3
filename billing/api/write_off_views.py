"""What will never be paid, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.models import Invoice, WriteOff
from billing.operations.write_off_invoice import Loss, WriteOffRefused, write_off_invoice
from core.api.refusals import telling


class WriteOffSerializer(serializers.ModelSerializer[WriteOff]):
    """What the firm has given up of an invoice, when and why."""

    class Meta:
        model = WriteOff
        fields = (
            "id",
            "invoice",
            "amount",
            "written_off_on",
            "reason",
            "takes_back_tax",
            "recorded_at",
        )
        read_only_fields = ("recorded_at",)


class NewWriteOffSerializer(serializers.Serializer[Any]):
    """What is given up: all that is open where no amount is said, today where no day is."""

    invoice = serializers.PrimaryKeyRelatedField(queryset=Invoice.objects.all())
    amount = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, allow_null=True, default=None
    )
    written_off_on = serializers.DateField(required=False)
    reason = serializers.CharField(max_length=200)
    takes_back_tax = serializers.BooleanField(default=False)


class WriteOffViewSet(viewsets.ReadOnlyModelViewSet[WriteOff]):
    """Write-offs: list, read, write off."""

    queryset = WriteOff.objects.all()
    serializer_class = WriteOffSerializer
    filterset_fields = ("invoice", "written_off_on")

    def get_queryset(self) -> QuerySet[WriteOff]:
        """Return what this person may see."""
        return WriteOff.objects.visible_to(cast(User, self.request.user))

    @extend_schema(request=NewWriteOffSerializer, responses={201: WriteOffSerializer})
    def create(self, request: Request) -> Response:
        """Write off what is open on an invoice, or a part of it."""
        asked = NewWriteOffSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        invoice = self._invoice(values.pop("invoice"))
        today = timezone.localdate(timezone=invoice.legal_entity.zone)
        loss = Loss(**{"written_off_on": today, **values})
        with telling(WriteOffRefused):
            done = write_off_invoice(
                invoice_id=invoice.pk, loss=loss, actor=cast(User, request.user)
            )
        return Response(self.get_serializer(done).data, status=201)

    def _invoice(self, asked: Invoice) -> Invoice:
        """Return the invoice if this person may see it."""
        visible = Invoice.objects.visible_to(cast(User, self.request.user))
        found = visible.select_related("legal_entity").filter(pk=asked.pk).first()
        if found is None:
            raise serializers.ValidationError({"invoice": "There is no such invoice."})
        return found
