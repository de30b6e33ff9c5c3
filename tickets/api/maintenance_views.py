"""Maintenance, for programs: the plans, and what came of each day."""

from typing import cast

from django.db.models import QuerySet
from rest_framework import mixins, serializers, viewsets

from accounts.models import User
from tickets.models import MaintenancePlan, MaintenanceVisit


class MaintenancePlanSerializer(serializers.ModelSerializer[MaintenancePlan]):
    """Preventive work that comes round by an RRULE."""

    class Meta:
        model = MaintenancePlan
        fields = (
            "id", "client", "name", "description", "site", "asset", "contract", "board",
            "category", "priority", "assignee", "points", "first_on", "rule", "lead_days",
            "active_from_on", "is_active",
        )  # fmt: skip


class MaintenanceVisitSerializer(serializers.ModelSerializer[MaintenanceVisit]):
    """One day of a plan: its ticket, or why it was skipped."""

    class Meta:
        model = MaintenanceVisit
        fields = ("id", "plan", "due_on", "ticket", "skipped_because", "skipped_by")


class MaintenancePlanViewSet(viewsets.ReadOnlyModelViewSet[MaintenancePlan]):
    """Maintenance plans: list, read."""

    queryset = MaintenancePlan.objects.all()
    serializer_class = MaintenancePlanSerializer
    filterset_fields = ("client", "asset", "site", "contract", "is_active")

    def get_queryset(self) -> QuerySet[MaintenancePlan]:
        """Return what this person may see."""
        return MaintenancePlan.objects.visible_to(cast(User, self.request.user))


class MaintenanceVisitViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[MaintenanceVisit]):
    """Days of maintenance that were raised or skipped: list."""

    queryset = MaintenanceVisit.objects.all()
    serializer_class = MaintenanceVisitSerializer
    filterset_fields = ("plan", "plan__client", "due_on")

    def get_queryset(self) -> QuerySet[MaintenanceVisit]:
        """Return what this person may see."""
        return MaintenanceVisit.objects.visible_to(cast(User, self.request.user))
