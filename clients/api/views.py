"""The parties, for programs."""

from typing import cast

from django.db.models import QuerySet
from rest_framework import mixins, viewsets

from accounts.models import User
from clients.api.serializers import (
    AssetSerializer,
    ClientSerializer,
    ContactSerializer,
    SiteSerializer,
)
from clients.models import Asset, Client, Contact, Site


class ClientViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[Client],
):
    """Clients: list, read, add, change."""

    queryset = Client.objects.all()
    serializer_class = ClientSerializer
    filterset_fields = ("code", "country", "account_manager")

    def get_queryset(self) -> QuerySet[Client]:
        """Return what this person may see."""
        return Client.objects.visible_to(cast(User, self.request.user))


class SiteViewSet(viewsets.ModelViewSet[Site]):
    """Sites of clients."""

    queryset = Site.objects.all()
    serializer_class = SiteSerializer
    filterset_fields = ("client",)

    def get_queryset(self) -> QuerySet[Site]:
        """Return what this person may see."""
        return Site.objects.visible_to(cast(User, self.request.user))


class ContactViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    viewsets.ReadOnlyModelViewSet[Contact],
):
    """People at clients: list, read, add, change."""

    queryset = Contact.objects.all()
    serializer_class = ContactSerializer
    filterset_fields = ("client", "email")

    def get_queryset(self) -> QuerySet[Contact]:
        """Return what this person may see."""
        return Contact.objects.visible_to(cast(User, self.request.user))


class AssetViewSet(viewsets.ModelViewSet[Asset]):
    """Devices of clients."""

    queryset = Asset.objects.all()
    serializer_class = AssetSerializer
    filterset_fields = ("client", "site", "kind", "serial_number")

    def get_queryset(self) -> QuerySet[Asset]:
        """Return what this person may see."""
        return Asset.objects.visible_to(cast(User, self.request.user))
