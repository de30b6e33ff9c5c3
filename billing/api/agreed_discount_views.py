"""Agreed discounts, for programs."""

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from accounts.models import User
from billing.models import AgreedDiscount
from clients.models import Client


class AgreedDiscountSerializer(serializers.ModelSerializer[AgreedDiscount]):
    """``percent`` off all contracts, one or one line; or ``amount_a_month`` off one ``line``."""

    class Meta:
        model = AgreedDiscount
        fields = (
            "id",
            "client",
            "contract",
            "line",
            "percent",
            "amount_a_month",
            "reason",
            "starts_on",
            "last_day_on",
        )

    def validate_client(self, client: Client) -> Client:
        """Refuse a client whom this person may not see."""
        user = cast(User, self.context["request"].user)
        if not Client.objects.visible_to(user).filter(pk=client.pk).exists():
            raise serializers.ValidationError("There is no such client.")
        return client

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Judge the whole as its form does; a line says which contract it is of."""
        if attrs.get("line") and not attrs.get("contract"):
            attrs["contract"] = attrs["line"].contract
        known = (
            {name: getattr(self.instance, name) for name in self.Meta.fields[1:]}
            if (self.instance)
            else {}
        )
        row = AgreedDiscount(**{**known, **attrs})
        try:
            row.clean()
            row.validate_constraints()
        except ValidationError as fault:
            raise serializers.ValidationError(serializers.as_serializer_error(fault)) from fault
        return attrs


class AgreedDiscountViewSet(viewsets.ModelViewSet[AgreedDiscount]):
    """Agreed discounts: list, read, agree, change, forget."""

    queryset = AgreedDiscount.objects.all()
    serializer_class = AgreedDiscountSerializer
    filterset_fields = ("client", "contract", "line")
    http_method_names = ("get", "post", "patch", "delete", "head", "options")

    def get_queryset(self) -> QuerySet[AgreedDiscount]:
        """Return what this person may see."""
        return AgreedDiscount.objects.visible_to(cast(User, self.request.user))
