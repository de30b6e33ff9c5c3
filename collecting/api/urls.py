"""Addresses of collecting in the API."""

from rest_framework.routers import SimpleRouter

from collecting.api import views


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("disputes", views.DisputeViewSet, basename="dispute")
