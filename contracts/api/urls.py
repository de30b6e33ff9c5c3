"""Addresses of contracts in the API."""

from rest_framework.routers import SimpleRouter

from contracts.api import views


def register(router: SimpleRouter) -> None:
    """Add this room's nouns."""
    router.register("contracts", views.ContractViewSet, basename="contract")
    router.register("contract-lines", views.ContractLineViewSet, basename="contract-line")
