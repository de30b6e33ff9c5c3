"""Discounts on drafts, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.models import Charge, Discount, Invoice
from billing.operations.grant_discount import (
    Concession,
    DiscountRefused,
    NotADraft,
    grant_discount,
)
from billing.operations.withdraw_discount import DiscountGone, withdraw_discount
from core.api.refusals import telling


class DiscountSerializer(serializers.ModelSerializer[Discount]):
    """A discount with who granted it; ``charges`` are the lines below nothing that it makes."""

    class Meta:
        model = Discount
        fields = (
            "id",
            "invoice",
            "line",
            "percent",
            "amount",
            "reason",
            "granted_by",
            "granted_at",
            "charges",
        )
        read_only_fields = fields


class NewDiscountSerializer(serializers.Serializer[Any]):
    """``percent`` or ``amount``, off ``line`` or, without one, off the whole draft."""

    invoice = serializers.PrimaryKeyRelatedField(queryset=Invoice.objects.all())
    line = serializers.PrimaryKeyRelatedField(
        queryset=Charge.objects.all(), required=False, allow_null=True
    )
    percent = serializers.DecimalField(max_digits=5, decimal_places=2, required=False)
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, required=False)
    reason = serializers.CharField(max_length=120)


class DiscountViewSet(viewsets.ReadOnlyModelViewSet[Discount]):
    """Discounts: list, read, grant on a draft, take off again."""

    queryset = Discount.objects.all()
    serializer_class = DiscountSerializer
    filterset_fields = ("invoice", "line")
    http_method_names = ["get", "post", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[Discount]:
        """Return what this person may see."""
        return Discount.objects.visible_to(cast(User, self.request.user)).prefetch_related(
            "charges"
        )

    @extend_schema(request=NewDiscountSerializer, responses={201: DiscountSerializer})
    def create(self, request: Request) -> Response:
        """Take a share or an amount off a draft, or off one of its lines."""
        user = cast(User, request.user)
        serializer = NewDiscountSerializer(data=request.data)
        fields: Any = serializer.fields
        fields["invoice"].queryset = Invoice.objects.visible_to(user)
        fields["line"].queryset = Charge.objects.visible_to(user)
        serializer.is_valid(raise_exception=True)
        values = serializer.validated_data
        line = values.get("line")
        concession = Concession(values["reason"], values.get("percent"), values.get("amount"))
        with telling(DiscountRefused, NotADraft):
            granted = grant_discount(
                invoice_id=values["invoice"].pk,
                concession=concession,
                line_id=line.pk if line else None,
                actor=user,
            )
        return Response(self.get_serializer(granted).data, status=201)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take a discount off its draft."""
        found = self.get_object()
        with telling(DiscountGone, NotADraft):
            withdraw_discount(discount_id=found.pk)
        return Response(status=204)
