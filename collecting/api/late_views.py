"""Late interest and recovery costs over the API."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from billing.views.issuing import firm_today
from clients.models import Client
from collecting.api.reminder_views import checked, user_of
from collecting.late_words import why_not
from collecting.models import LateBasis, LateCharge, LateRate, LateRateKind, LateStretch, LateTerms
from collecting.operations.claim_late_charges import (
    CollectingRefused,
    LateWish,
    claim_late_charges,
)
from collecting.operations.remove_late_terms import remove_late_terms
from collecting.operations.set_late_rate import set_late_rate
from collecting.operations.set_late_terms import AgreedLate, set_late_terms
from collecting.queries.late import late_accounts
from core.api.refusals import telling

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class LateStretchSerializer(serializers.ModelSerializer[LateStretch]):
    """Days in a row: what was open on them, at which yearly rate in per cent."""

    class Meta:
        model = LateStretch
        fields = ("first_on", "last_on", "open", "percent", "days")


class LateChargeSerializer(serializers.ModelSerializer[LateCharge]):
    """Interest or recovery costs that were claimed; ``line`` is the line by hand they stand on."""

    stretches = LateStretchSerializer(many=True, read_only=True)
    client = serializers.IntegerField(source="line.client_id", read_only=True)

    class Meta:
        model = LateCharge
        fields = (
            "id", "client", "invoice", "kind", "amount", "through_on", "line", "stretches",
            "claimed_at", "released_at",
        )  # fmt: skip


class LateWishSerializer(serializers.Serializer[Any]):
    """Whose, through which day, of which invoices (all where left out), and the sum expected."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.none())
    through = serializers.DateField(required=False)
    invoices = serializers.ListField(child=serializers.IntegerField(), required=False)
    expected = serializers.DecimalField(**MONEY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (DRF's signature)
        super().__init__(*args, **kwargs)
        request = self.context.get("request")
        if request is not None:
            field: Any = self.fields["client"]
            field.queryset = Client.objects.with_money_visible_to(user_of(request))


class LateInvoiceSerializer(serializers.Serializer[Any]):
    """A late invoice: what is claimed of it, or why nothing is."""

    invoice = serializers.IntegerField(source="invoice.pk")
    number = serializers.CharField(source="invoice.number")
    due_on = serializers.DateField(source="invoice.due_on")
    stretches = serializers.SerializerMethodField()
    interest = serializers.DecimalField(**MONEY)
    correction = serializers.DecimalField(**MONEY)
    fee = serializers.DecimalField(**MONEY)
    why_not = serializers.SerializerMethodField()

    @extend_schema(responses=LateStretchSerializer(many=True))
    def get_stretches(self, late: Any) -> list[dict[str, str | int]]:  # noqa: ANN401  (as above)
        """Return the days that nobody has claimed."""
        return [
            {
                "first_on": one.first_on.isoformat(),
                "last_on": one.last_on.isoformat(),
                "open": str(one.open),
                "percent": str(one.percent),
                "days": one.days,
            }
            for one in late.stretches
        ]

    def get_why_not(self, late: Any) -> str:  # noqa: ANN401  (as above)
        """Say why nothing is claimed of it; empty where something is."""
        return why_not(late)


class LateAccountSerializer(serializers.Serializer[Any]):
    """What one client owes one company of the firm's for paying late."""

    client = serializers.IntegerField(source="client.pk")
    legal_entity = serializers.IntegerField(source="entity.pk")
    currency = serializers.CharField()
    interest = serializers.DecimalField(**MONEY)
    fees = serializers.DecimalField(**MONEY)
    total = serializers.DecimalField(**MONEY)
    invoices = LateInvoiceSerializer(many=True)


class LateChargeViewSet(viewsets.ReadOnlyModelViewSet[LateCharge]):
    """Late charges: those that were claimed, what could be, and claiming it."""

    queryset = LateCharge.objects.all()
    serializer_class = LateChargeSerializer
    filterset_fields = ("invoice", "kind", "line__client")

    def get_queryset(self) -> QuerySet[LateCharge]:
        """Return what this person may see."""
        visible = LateCharge.objects.visible_to(user_of(self.request))
        return visible.select_related("line").prefetch_related("stretches")

    @extend_schema(responses=LateAccountSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def preview(self, request: Request) -> Response:
        """Say what all clients owe through today, and why some owe nothing; nothing is written."""
        today = firm_today()
        found = late_accounts(today, today, user=user_of(request))
        return Response(LateAccountSerializer(found, many=True).data)

    @extend_schema(request=LateWishSerializer, responses={201: LateChargeSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Claim what a client owes: a draft is made, and what stands on it is answered."""
        values = checked(LateWishSerializer(data=request.data, context={"request": request}))
        today = firm_today()
        wish = LateWish(
            values.get("through", today), values.get("invoices"), values.get("expected")
        )
        with telling(CollectingRefused):
            drafts = claim_late_charges(
                client_id=values["client"].pk,
                wish=wish,
                today=today,
                actor=user_of(request),
                now=timezone.now(),
            )
        claimed = self.get_queryset().filter(line__claims__charge__invoice__in=drafts)
        return Response(self.get_serializer(claimed, many=True).data, status=201)


class LateRateSerializer(serializers.ModelSerializer[LateRate]):
    """The rate of a half-year; sending one again puts it right."""

    kind = serializers.ChoiceField(choices=LateRateKind.choices)

    class Meta:
        model = LateRate
        fields = ("id", "kind", "starts_on", "percent")
        validators: list[Any] = []


class LateRateViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[LateRate]):
    """Rates by half-year: list, enter or put right."""

    queryset = LateRate.objects.all()
    serializer_class = LateRateSerializer
    filterset_fields = ("kind",)

    def create(self, request: Request) -> Response:
        """Enter the rate of a half-year."""
        values = checked(self.get_serializer(data=request.data))
        with telling(CollectingRefused):
            rate = set_late_rate(**values | {"kind": LateRateKind(values["kind"])})
        return Response(self.get_serializer(rate).data, status=201)


class LateTermsSerializer(serializers.ModelSerializer[LateTerms]):
    """What invoices from a day on say of late payment, to all clients or to one."""

    basis = serializers.ChoiceField(choices=LateBasis.choices)

    class Meta:
        model = LateTerms
        fields = ("id", "client", "starts_on", "basis", "number", "fee")
        validators: list[Any] = []


class LateTermsViewSet(viewsets.ReadOnlyModelViewSet[LateTerms]):
    """Terms of late payment: list, enter or put right, take away."""

    queryset = LateTerms.objects.all()
    serializer_class = LateTermsSerializer
    filterset_fields = ("client",)
    http_method_names = ["get", "post", "head", "options"]
    action_permissions = {"remove": "collecting.change_lateterms"}

    def get_queryset(self) -> QuerySet[LateTerms]:
        """Return what this person may see."""
        return LateTerms.objects.visible_to(user_of(self.request))

    def create(self, request: Request) -> Response:
        """Enter terms."""
        values = checked(self.get_serializer(data=request.data))
        client = values.get("client")
        if client is not None:
            get_object_or_404(Client.objects.visible_to(user_of(request)), pk=client.pk)
        agreed = AgreedLate(
            values["starts_on"],
            LateBasis(values["basis"]),
            values["number"],
            values.get("fee", LateTerms._meta.get_field("fee").default),
            client.pk if client else None,
        )
        with telling(CollectingRefused):
            terms = set_late_terms(agreed=agreed)
        return Response(self.get_serializer(terms).data, status=201)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str | None = None) -> Response:
        """Take terms away; what was claimed by them stays claimed."""
        remove_late_terms(terms_id=self.get_object().pk)
        return Response(status=204)
