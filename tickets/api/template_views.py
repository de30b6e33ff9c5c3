"""Ticket templates, for programs."""

from rest_framework import serializers, viewsets

from tickets.models import TicketTemplate


class TicketTemplateSerializer(serializers.ModelSerializer[TicketTemplate]):
    """What a new ticket of a known kind starts from; ``checklist`` has one point a line."""

    class Meta:
        model = TicketTemplate
        fields = (
            "id",
            "name",
            "subject",
            "description",
            "priority",
            "billing_mode",
            "board",
            "category",
            "assignee",
            "checklist",
        )


class TicketTemplateViewSet(viewsets.ModelViewSet[TicketTemplate]):
    """Ticket templates: list, read, prepare, change, throw away."""

    queryset = TicketTemplate.objects.all()
    serializer_class = TicketTemplateSerializer
    http_method_names = ("get", "post", "patch", "delete", "head", "options")
