"""What is sold, for programs."""

from typing import cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from catalog.api.serializers import (
    ProductSerializer,
    RateCardSerializer,
    RateSerializer,
    RoleAssignmentSerializer,
    TaxRateSerializer,
    TravelZoneSerializer,
    WorkRoleSerializer,
    WorkTypeSerializer,
    ZonePriceSerializer,
)
from catalog.models import (
    Product,
    Rate,
    RateCard,
    RoleAssignment,
    TaxRate,
    TravelZone,
    WorkRole,
    WorkType,
)
from catalog.operations.set_zone_price import ZonePriceNotAcceptable, set_zone_price
from core.api.refusals import telling


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


class WorkRoleViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[WorkRole],
):
    """Roles with rates of their own."""

    queryset = WorkRole.objects.all()
    serializer_class = WorkRoleSerializer
    filterset_fields = ("is_active",)


class RoleAssignmentViewSet(viewsets.ModelViewSet[RoleAssignment]):
    """Who usually works in which role."""

    queryset = RoleAssignment.objects.all()
    serializer_class = RoleAssignmentSerializer
    filterset_fields = ("user", "work_role")


class TravelZoneViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[TravelZone],
):
    """Travel zones with what a journey into each costs by day."""

    queryset = TravelZone.objects.prefetch_related("prices")
    serializer_class = TravelZoneSerializer
    filterset_fields = ("is_active",)
    action_permissions = {"prices": "catalog.change_travelzone"}

    @extend_schema(request=ZonePriceSerializer, responses={201: ZonePriceSerializer})
    @action(detail=True, methods=["post"])
    def prices(self, request: Request, pk: str | None = None) -> Response:
        """Let a journey cost another price from a day on."""
        zone = self.get_object()
        given = ZonePriceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        with telling(ZonePriceNotAcceptable):
            price = set_zone_price(zone_id=zone.pk, **given.validated_data)
        return Response(ZonePriceSerializer(price).data, status=201)
