"""How documents look, for programs."""

import binascii
from base64 import b64decode, b64encode
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from rest_framework import serializers, viewsets

from accounts.models import User
from billing.forms.letterhead import checked_colour, checked_logo
from billing.models import Letterhead


class LogoField(serializers.CharField):
    """A PNG in base64; empty for none."""

    def to_representation(self, value: Any) -> str:  # noqa: ANN401  (DRF's signature)
        """Write the picture out."""
        return b64encode(bytes(value)).decode()

    def to_internal_value(self, data: Any) -> Any:  # noqa: ANN401  (as above)
        """Read it, and refuse what cannot be printed."""
        text = super().to_internal_value(data)
        try:
            return checked_logo(b64decode(text, validate=True)) if text else b""
        except binascii.Error as fault:
            raise serializers.ValidationError("This is not base64.") from fault
        except forms.ValidationError as fault:
            raise serializers.ValidationError(fault.messages) from fault


class LetterheadSerializer(serializers.ModelSerializer[Letterhead]):
    """A company's logo, colour, and whether its invoices end with their evidence."""

    logo = LogoField(required=False, allow_blank=True)

    class Meta:
        model = Letterhead
        fields = ("id", "legal_entity", "logo", "accent", "prints_evidence")

    def validate_accent(self, value: str) -> str:
        """Refuse a colour on which nobody can read."""
        try:
            return checked_colour(value)
        except forms.ValidationError as fault:
            raise serializers.ValidationError(fault.messages) from fault


class LetterheadViewSet(viewsets.ModelViewSet[Letterhead]):
    """Letterheads: list, read, set, change."""

    queryset = Letterhead.objects.all()
    serializer_class = LetterheadSerializer
    filterset_fields = ("legal_entity",)
    http_method_names = ("get", "post", "patch", "head", "options")

    def get_queryset(self) -> QuerySet[Letterhead]:
        """Return what this person may see."""
        return Letterhead.objects.visible_to(cast(User, self.request.user))
