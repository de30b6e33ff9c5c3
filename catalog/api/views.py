"""What is sold, for programs."""

from typing import cast

from django.db.models import QuerySet
from rest_framework import mixins, viewsets

from accounts.models import User
from catalog.api.serializers import (
    ProductSerializer,
    RateCardSerializer,
    RateSerializer,
    TaxRateSerializer,
    WorkTypeSerializer,
)
from catalog.models import Product, Rate, RateCard, TaxRate, WorkType


class ProductViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[Product],
):
    """Parts, recurring services and flat-rate services."""

    queryset = Product.objects.all()
    serializer_class = ProductSerializer
    filterset_fields = ("code", "kind", "is_active")


class WorkTypeViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[WorkType],
):
    """Kinds of work."""

    queryset = WorkType.objects.all()
    serializer_class = WorkTypeSerializer
    filterset_fields = ("code", "is_active")


class RateCardViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[RateCard],
):
    """Rate cards with their rates."""

    queryset = RateCard.objects.all()
    serializer_class = RateCardSerializer
    filterset_fields = ("client",)

    def get_queryset(self) -> QuerySet[RateCard]:
        """Return what this person may see."""
        cards = RateCard.objects.visible_to(cast(User, self.request.user))
        return cards.prefetch_related("rates")


class RateViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[Rate],
):
    """Hourly rates with the days on which they hold."""

    queryset = Rate.objects.all()
    serializer_class = RateSerializer
    filterset_fields = ("rate_card", "work_type")

    def get_queryset(self) -> QuerySet[Rate]:
        """Return what this person may see."""
        return Rate.objects.visible_to(cast(User, self.request.user))


class TaxRateViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[TaxRate],
):
    """Tax rates by country and code."""

    queryset = TaxRate.objects.all()
    serializer_class = TaxRateSerializer
    filterset_fields = ("country", "tax_code")
