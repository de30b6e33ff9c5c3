"""Invoices and lines by hand, for programs."""

from decimal import Decimal
from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from billing.api.serializers import InvoiceDetailSerializer
from billing.by_hand import Written, faults_of
from billing.models import Charge, HandLine, Invoice
from billing.operations.add_hand_lines import NotADraft, add_hand_lines
from billing.operations.change_hand_line import change_hand_line
from billing.operations.draft_by_hand import HandLineRefused, draft_by_hand
from billing.operations.remove_hand_line import remove_hand_line
from catalog.models import Product, TaxCode
from clients.models import Client, LegalEntity, PurchaseOrder
from core.api.refusals import telling

SAID = (
    "product",
    "description",
    "quantity",
    "unit_price",
    "tax_code",
    "starts_on",
    "last_day_on",
)


class WrittenLineSerializer(serializers.Serializer[Any]):
    """A line: what is left out, the product says; without days it is of today."""

    product = serializers.PrimaryKeyRelatedField(
        queryset=Product.objects.filter(is_active=True), required=False, allow_null=True
    )
    description = serializers.CharField(max_length=300, required=False, allow_blank=True)
    quantity = serializers.DecimalField(max_digits=12, decimal_places=4, default=Decimal(1))
    unit_price = serializers.DecimalField(max_digits=12, decimal_places=4, required=False)
    tax_code = serializers.ChoiceField(choices=TaxCode.choices, required=False)
    starts_on = serializers.DateField(required=False)
    last_day_on = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Say beside the field what is wrong with the line."""
        today = timezone.localdate(timezone=LegalEntity.objects.current().zone)
        if not self.partial:
            attrs.setdefault("starts_on", attrs.get("last_day_on", today))
            _refuse(attrs)
        return attrs


def _refuse(attrs: dict[str, Any]) -> None:
    faults = {fault.field: fault.sentence for fault in faults_of(Written(**attrs))}
    if faults:
        raise serializers.ValidationError(faults)


class ByHandSerializer(serializers.Serializer[Any]):
    """Lines for a new draft of ``client``, or for a draft that is there: ``invoice``."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.all(), required=False)
    invoice = serializers.PrimaryKeyRelatedField(queryset=Invoice.objects.all(), required=False)
    purchase_order = serializers.PrimaryKeyRelatedField(
        queryset=PurchaseOrder.objects.all(), required=False, allow_null=True
    )
    reason = serializers.CharField(max_length=200)
    lines = WrittenLineSerializer(many=True, allow_empty=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what names both a client and a draft, or neither."""
        if ("client" in attrs) == ("invoice" in attrs):
            raise serializers.ValidationError({"client": "Give a client or a draft, not both."})
        if "invoice" in attrs and attrs.get("purchase_order"):
            raise serializers.ValidationError(
                {"purchase_order": "The order that pays for the draft pays for its new lines."}
            )
        return attrs


class HandLineSerializer(serializers.ModelSerializer[HandLine]):
    """A line by hand with who entered it and why; ``invoice`` is where it stands now."""

    invoice = serializers.SerializerMethodField()

    class Meta:
        model = HandLine
        fields = (
            "id",
            "client",
            "invoice",
            "product",
            "is_goods",
            "description",
            "starts_on",
            "last_day_on",
            "quantity",
            "unit_price",
            "tax_code",
            "ledger_account",
            "purchase_order",
            "reason",
            "entered_by",
            "entered_at",
        )

    def get_invoice(self, line: HandLine) -> int | None:
        """Return the draft or invoice that it stands on, empty where it waits for the next run."""
        standing = [claim for claim in line.claims.all() if claim.released_at is None]
        return standing[0].charge.invoice_id if standing else None


class HandLineViewSet(viewsets.ReadOnlyModelViewSet[HandLine]):
    """Lines by hand: list, read, write onto a new draft or one that is there, change, remove."""

    queryset = HandLine.objects.all()
    serializer_class = HandLineSerializer
    filterset_fields = ("client", "product", "purchase_order")
    http_method_names = ["get", "post", "patch", "delete", "head", "options"]

    def get_queryset(self) -> QuerySet[HandLine]:
        """Return what this person may see, with where each line stands."""
        visible = HandLine.objects.visible_to(cast(User, self.request.user))
        return visible.prefetch_related("claims__charge")

    @extend_schema(request=ByHandSerializer, responses={201: InvoiceDetailSerializer})
    def create(self, request: Request) -> Response:
        """Write an invoice by hand, or lines onto a draft; the draft is answered."""
        values = _checked(request)
        actor = cast(User, request.user)
        written = {"lines": [Written(**line) for line in values["lines"]]}
        facts: dict[str, Any] = {**written, "reason": values["reason"], "actor": actor}
        order = values.get("purchase_order")
        with telling(HandLineRefused, NotADraft):
            if "invoice" in values:
                draft = add_hand_lines(invoice_id=values["invoice"].pk, **facts)
            else:
                draft = draft_by_hand(
                    client_id=values["client"].pk,
                    as_of_on=timezone.localdate(timezone=LegalEntity.objects.current().zone),
                    purchase_order_id=order.pk if order else None,
                    **facts,
                )
        return Response(_as_read(draft, actor), status=201)

    @extend_schema(request=WrittenLineSerializer, responses=HandLineSerializer)
    def partial_update(self, request: Request, pk: str | None = None) -> Response:
        """Change a line while it stands on a draft; what is left out stays as it is."""
        line = self.get_object()
        serializer = WrittenLineSerializer(data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        said = {name: getattr(line, name) for name in SAID}
        values = said | serializer.validated_data
        _refuse(values)
        with telling(HandLineRefused, NotADraft):
            change_hand_line(hand_line_id=line.pk, line=Written(**values))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str | None = None) -> Response:
        """Take a line off its draft."""
        line = self.get_object()
        with telling(HandLineRefused, NotADraft):
            remove_hand_line(hand_line_id=line.pk)
        return Response(status=204)


def _as_read(draft: Invoice, user: User) -> Any:  # noqa: ANN401  (a serializer's data)
    lines = Charge.objects.printed().order_by("position")
    visible = Invoice.objects.visible_to(user).with_balance()
    found = visible.prefetch_related("tax_lines", Prefetch("charges", lines)).get(pk=draft.pk)
    return InvoiceDetailSerializer(found).data


def _checked(request: Request) -> dict[str, Any]:
    """Return what is asked for, of clients, drafts and orders that this person may see."""
    user = cast(User, request.user)
    serializer = ByHandSerializer(data=request.data)
    seen = {
        "client": Client.objects.visible_to(user),
        "invoice": Invoice.objects.visible_to(user),
        "purchase_order": PurchaseOrder.objects.visible_to(user),
    }
    for name, rows in seen.items():
        field: Any = serializer.fields[name]
        field.queryset = rows
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
