"""Addresses of what is sold in the API."""

from rest_framework.routers import SimpleRouter

from catalog.api import views


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("products", views.ProductViewSet, basename="product")
    router.register("work-types", views.WorkTypeViewSet, basename="work-type")
    router.register("rate-cards", views.RateCardViewSet, basename="rate-card")
    router.register("rates", views.RateViewSet, basename="rate")
    router.register("tax-rates", views.TaxRateViewSet, basename="tax-rate")
    router.register("work-roles", views.WorkRoleViewSet, basename="work-role")
    router.register("role-assignments", views.RoleAssignmentViewSet, basename="role-assignment")
    router.register("travel-zones", views.TravelZoneViewSet, basename="travel-zone")
