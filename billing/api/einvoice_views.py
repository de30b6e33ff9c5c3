"""Electronic invoices, for programs."""

from typing import cast

from django.db.models import QuerySet
from rest_framework import viewsets

from accounts.models import User
from billing.api.einvoice_serializers import RuleCheckSerializer
from billing.models import RuleCheck


class RuleCheckViewSet(viewsets.ReadOnlyModelViewSet[RuleCheck]):
    """Checks of documents against the official rules, the latest first, with their findings."""

    queryset = RuleCheck.objects.all()
    serializer_class = RuleCheckSerializer
    filterset_fields = ("invoice",)

    def get_queryset(self) -> QuerySet[RuleCheck]:
        """Return what this person may see."""
        return RuleCheck.objects.visible_to(cast(User, self.request.user))
