"""Addresses of the parties in the API."""

from rest_framework.routers import SimpleRouter

from clients.api import views


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("clients", views.ClientViewSet, basename="client")
    router.register("sites", views.SiteViewSet, basename="site")
    router.register("contacts", views.ContactViewSet, basename="contact")
    router.register("assets", views.AssetViewSet, basename="asset")
