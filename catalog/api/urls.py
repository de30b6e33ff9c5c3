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
