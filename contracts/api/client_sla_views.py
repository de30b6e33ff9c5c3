"""Service levels of clients, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import mixins, serializers, viewsets

from accounts.models import User
from clients.models import Client
from contracts.models import ClientSLA
from contracts.operations.set_client_sla import set_client_sla


class ClientSLASerializer(serializers.ModelSerializer[ClientSLA]):
    """The service level that counts for a client whose contracts name none."""

    class Meta:
        model = ClientSLA
        fields = ("id", "client", "policy")
        # Naming another service level for a client replaces the one before.
        extra_kwargs = {"client": {"validators": ()}}

    def validate_client(self, client: Client) -> Client:
        """Refuse clients that this person may not see, and another client for a known row."""
        user = cast(User, self.context["request"].user)
        if not Client.objects.visible_to(user).filter(pk=client.pk).exists():
            raise serializers.ValidationError(_("There is no such client."))
        if self.instance is not None and self.instance.client_id != client.pk:
            raise serializers.ValidationError(_("A service level stays with its client."))
        return client

    def create(self, validated_data: dict[str, Any]) -> ClientSLA:
        """Let the service level count for the client."""
        return self._save(validated_data["client"], validated_data)

    def update(self, instance: ClientSLA, validated_data: dict[str, Any]) -> ClientSLA:
        """Let another service level count for the client."""
        return self._save(instance.client, validated_data)

    def _save(self, client: Client, values: dict[str, Any]) -> ClientSLA:
        saved = set_client_sla(client_id=client.pk, policy_id=values["policy"].pk)
        return cast(ClientSLA, saved)


class ClientSLAViewSet(
    mixins.CreateModelMixin,
    mixins.UpdateModelMixin,
    mixins.DestroyModelMixin,
    viewsets.ReadOnlyModelViewSet[ClientSLA],
):
    """The service levels of clients whose contracts name none."""

    http_method_names = ("get", "post", "put", "delete", "head", "options")
    queryset = ClientSLA.objects.all()
    serializer_class = ClientSLASerializer
    filterset_fields = ("client", "policy")

    def get_queryset(self) -> QuerySet[ClientSLA]:
        """Return what this person may see."""
        return ClientSLA.objects.visible_to(cast(User, self.request.user)).order_by("pk")

    def perform_destroy(self, instance: ClientSLA) -> None:
        """Let the board's service level count for the client."""
        set_client_sla(client_id=instance.client_id, policy_id=None)
