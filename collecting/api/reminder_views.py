"""Reminders, holds, promises and notes over the API."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.models import User
from billing.views.issuing import firm_today
from clients.models import LegalEntity
from collecting.api import reminder_serializers as serializers
from collecting.models import (
    CollectingTerms,
    ContactNote,
    PaymentPromise,
    ReminderHold,
    ReminderNotice,
    ReminderPlan,
)
from collecting.operations.hold_reminders import CollectingRefused, hold_reminders
from collecting.operations.lift_hold import lift_hold
from collecting.operations.note_contact import note_contact
from collecting.operations.remind_client import remind_client
from collecting.operations.save_plan import save_plan
from collecting.operations.set_terms import set_terms
from collecting.operations.take_promise import Promised, take_promise
from collecting.operations.withdraw_promise import withdraw_promise
from collecting.queries.promises import standing_promises
from collecting.queries.reminders import accounts
from collecting.queries.worklist import calls
from core.api.refusals import telling


def user_of(request: Request) -> User:
    """Return who asks."""
    return cast(User, request.user)


def checked(serializer: BaseSerializer[Any]) -> dict[str, Any]:
    """Return what was sent.

    :raises ValidationError: some of it cannot be used
    """
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)


class PlanViewSet(viewsets.ReadOnlyModelViewSet[ReminderPlan]):
    """Reminder plans: list, read, write as a whole."""

    queryset = ReminderPlan.objects.prefetch_related("steps", "words")
    serializer_class = serializers.ReminderPlanSerializer

    def create(self, request: Request) -> Response:
        """Write a new plan."""
        return Response(self._saved(request, None), status=201)

    @extend_schema(
        request=serializers.ReminderPlanSerializer, responses=serializers.ReminderPlanSerializer
    )
    def update(self, request: Request, pk: str | None = None) -> Response:
        """Let a plan say something else."""
        return Response(self._saved(request, self.get_object()))

    def _saved(self, request: Request, plan: ReminderPlan | None) -> Any:  # noqa: ANN401  (what DRF calls data)
        serializer = serializers.ReminderPlanSerializer(plan, data=request.data)
        serializer.is_valid(raise_exception=True)
        with telling(CollectingRefused):
            saved = save_plan(plan_id=plan.pk if plan else None, terms=serializer.terms())
        return serializers.ReminderPlanSerializer(self.queryset.get(pk=saved.pk)).data


class NoticeViewSet(viewsets.ReadOnlyModelViewSet[ReminderNotice]):
    """Reminders that went, wait or were dropped; what would go today; and sending one now."""

    queryset = ReminderNotice.objects.all()
    serializer_class = serializers.ReminderSerializer
    filterset_fields = ("client", "level", "lines__invoice")

    def get_queryset(self) -> QuerySet[ReminderNotice]:
        """Return what this person may see, with the invoices."""
        visible = ReminderNotice.objects.visible_to(user_of(self.request))
        return visible.prefetch_related("lines")

    @extend_schema(responses=serializers.ReminderPreviewSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None)
    def preview(self, request: Request) -> Response:
        """Say what would go today and what not, and why; nothing is written."""
        zone = LegalEntity.objects.current().zone
        found = accounts(firm_today(), zone, user=user_of(request))
        return Response(serializers.ReminderPreviewSerializer(found, many=True).data)

    @extend_schema(
        request=serializers.OfClientSerializer, responses={200: serializers.ReminderSerializer}
    )
    def create(self, request: Request) -> Response:
        """Let a client's reminder go now where one is due."""
        client = checked(serializers.OfClientSerializer(data=request.data))["client"]
        with telling(CollectingRefused):
            notice = remind_client(client_id=client.pk, now=timezone.now(), actor=user_of(request))
            if notice is None:
                raise CollectingRefused(_("No reminder is due, or one is on its way already."))
        return Response(self.get_serializer(self.get_queryset().get(pk=notice.pk)).data, status=201)


class HoldViewSet(viewsets.ReadOnlyModelViewSet[ReminderHold]):
    """Holds of reminders: list, hold, lift."""

    queryset = ReminderHold.objects.all()
    serializer_class = serializers.ReminderHoldSerializer
    filterset_fields = ("client", "invoice")
    action_permissions = {"lift": "collecting.change_reminderhold"}

    def get_queryset(self) -> QuerySet[ReminderHold]:
        """Return what this person may see."""
        return ReminderHold.objects.visible_to(user_of(self.request))

    @extend_schema(
        request=serializers.NewReminderHoldSerializer,
        responses={201: serializers.ReminderHoldSerializer},
    )
    def create(self, request: Request) -> Response:
        """Send no reminders for a client or an invoice."""
        values = checked(serializers.NewReminderHoldSerializer(data=request.data))
        invoice = values.get("invoice")
        with telling(CollectingRefused):
            hold = hold_reminders(
                client_id=values["client"].pk,
                invoice_id=invoice.pk if invoice else None,
                reason=values["reason"],
                last_day_on=values.get("last_day_on"),
                actor=user_of(request),
                now=timezone.now(),
            )
        return Response(self.get_serializer(hold).data, status=201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: str | None = None) -> Response:
        """Let reminders go again."""
        hold = lift_hold(hold_id=self.get_object().pk, actor=user_of(request), now=timezone.now())
        return Response(self.get_serializer(hold).data)


class PromiseViewSet(viewsets.ReadOnlyModelViewSet[PaymentPromise]):
    """Promises to pay: list, take, take back; kept or broken follows from what came in."""

    queryset = PaymentPromise.objects.all()
    serializer_class = serializers.PaymentPromiseSerializer
    filterset_fields = ("client",)
    action_permissions = {"withdraw": "collecting.change_paymentpromise"}

    def get_queryset(self) -> QuerySet[PaymentPromise]:
        """Return what this person may see."""
        return PaymentPromise.objects.visible_to(user_of(self.request))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401  (DRF's signature)
        """List promises with where they stand."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response([_promise(one) for one in _standing(page)])

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:  # noqa: ANN401  (as above)
        """Return one promise."""
        return Response(_read(self.get_object()))

    @extend_schema(
        request=serializers.NewPaymentPromiseSerializer,
        responses={201: serializers.PaymentPromiseSerializer},
    )
    def create(self, request: Request) -> Response:
        """Write down what a client promises to pay."""
        values = checked(serializers.NewPaymentPromiseSerializer(data=request.data))
        client = values.pop("client")
        with telling(CollectingRefused):
            row = take_promise(
                client_id=client.pk,
                promised=Promised(**values),
                today=firm_today(),
                actor=user_of(request),
                now=timezone.now(),
            )
        return Response(_read(row), status=201)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str | None = None) -> Response:
        """Let a promise count no more."""
        return Response(
            _read(withdraw_promise(promise_id=self.get_object().pk, now=timezone.now()))
        )


def _standing(rows: Any) -> Any:  # noqa: ANN401  (promises)
    return standing_promises(rows, firm_today())


def _promise(one: Any) -> Any:  # noqa: ANN401  (a promise with where it stands)
    one.row.state, one.row.standing = one.state.value, one.standing
    return serializers.PaymentPromiseSerializer(one.row).data


def _read(row: PaymentPromise) -> Any:  # noqa: ANN401  (what DRF calls data)
    [found] = _standing([row])
    return _promise(found)


class NoteViewSet(viewsets.ReadOnlyModelViewSet[ContactNote]):
    """Notes of what was said about money: list, write."""

    queryset = ContactNote.objects.all()
    serializer_class = serializers.ContactNoteSerializer
    filterset_fields = ("client",)

    def get_queryset(self) -> QuerySet[ContactNote]:
        """Return what this person may see."""
        return ContactNote.objects.visible_to(user_of(self.request))

    @extend_schema(
        request=serializers.NewContactNoteSerializer,
        responses={201: serializers.ContactNoteSerializer},
    )
    def create(self, request: Request) -> Response:
        """Write down what was said, and when to get in touch again."""
        values = checked(serializers.NewContactNoteSerializer(data=request.data))
        client = values.pop("client")
        with telling(CollectingRefused):
            note = note_contact(
                client_id=client.pk, **values, actor=user_of(request), now=timezone.now()
            )
        return Response(self.get_serializer(note).data, status=201)


class TermsViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[CollectingTerms]):
    """How clients are collected from, where that is their own: list, agree."""

    queryset = CollectingTerms.objects.all()
    serializer_class = serializers.CollectingTermsSerializer
    filterset_fields = ("client", "plan")

    def get_queryset(self) -> QuerySet[CollectingTerms]:
        """Return what this person may see."""
        return CollectingTerms.objects.visible_to(user_of(self.request)).order_by("pk")

    @extend_schema(
        request=serializers.NewCollectingTermsSerializer,
        responses={201: serializers.CollectingTermsSerializer},
    )
    def create(self, request: Request) -> Response:
        """Agree on a client's plan and next contact; what was agreed before is replaced."""
        values = checked(serializers.NewCollectingTermsSerializer(data=request.data))
        plan = values["plan"]
        with telling(CollectingRefused):
            terms = set_terms(
                client_id=values["client"].pk,
                plan_id=plan.pk if plan else None,
                gets_reminders=values["gets_reminders"],
                next_contact_on=values["next_contact_on"],
            )
        return Response(self.get_serializer(terms).data, status=201)


class CallViewSet(viewsets.GenericViewSet[PaymentPromise]):
    """Whom to call about what is overdue."""

    queryset = PaymentPromise.objects.all()
    serializer_class = serializers.CallSerializer
    pagination_class = None
    filter_backends = ()

    def list(self, request: Request) -> Response:
        """List whom to call, the heaviest debts first."""
        found = calls(user_of(request), firm_today(), LegalEntity.objects.current().zone)
        return Response(serializers.CallSerializer(found, many=True).data)
