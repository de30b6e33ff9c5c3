"""Mails, mailboxes and ratings, for programs."""

from typing import Any, cast

from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from clients.models import Client, Contact
from core.api.refusals import telling
from core.secret_box import seal
from tickets.api.serializers import TicketSerializer
from tickets.fetching import probe
from tickets.models import InboundMail, Mailbox, OutboundMail, Rating, Ticket
from tickets.operations.add_mail_to_ticket import add_mail_to_ticket
from tickets.operations.discard_mail import discard_mail
from tickets.operations.make_ticket_of_mail import make_ticket_of_mail
from tickets.operations.restore_mail import restore_mail
from tickets.operations.retry_mails import retry_mails
from tickets.refusals import Refusal


class InboundMailSerializer(serializers.ModelSerializer[InboundMail]):
    """A mail that came in, and what has become of it."""

    class Meta:
        model = InboundMail
        fields = (
            "id",
            "mailbox",
            "received_at",
            "size",
            "state",
            "reason",
            "sender",
            "sender_name",
            "subject",
            "message_id",
            "ticket",
            "note",
            "last_error",
            "decided_by",
            "decided_at",
        )
        read_only_fields = fields


class OutboundMailSerializer(serializers.ModelSerializer[OutboundMail]):
    """A mail on its way to a client."""

    recipients = serializers.ListField(child=serializers.EmailField(), read_only=True)
    copies = serializers.ListField(child=serializers.EmailField(), read_only=True)

    class Meta:
        model = OutboundMail
        fields = (
            "id",
            "kind",
            "ticket",
            "note",
            "mailbox",
            "recipients",
            "copies",
            "message_id",
            "state",
            "attempts",
            "last_error",
            "created_at",
            "done_at",
            "bounced_at",
            "bounce_reason",
        )
        read_only_fields = fields


class MailboxSerializer(serializers.ModelSerializer[Mailbox]):
    """A board's mail address; its password is written, never read."""

    password = serializers.CharField(
        write_only=True, required=False, allow_blank=True, max_length=200, trim_whitespace=False
    )

    class Meta:
        model = Mailbox
        fields = (
            "id",
            "board",
            "address",
            "sender_name",
            "has_plus_addresses",
            "acknowledges",
            "adds_copied",
            "asks_for_rating",
            "trusted_checker",
            "host",
            "port",
            "security",
            "username",
            "password",
            "folder",
            "is_polled",
            "polled_at",
            "poll_error",
        )
        read_only_fields = ("polled_at", "poll_error")

    def validate_password(self, value: str) -> str:
        """Return the password as it may be stored."""
        return seal(value)

    def update(self, instance: Mailbox, validated_data: dict[str, Any]) -> Mailbox:
        """Change it; another folder starts from its own beginning."""
        place = {name: getattr(instance, name) for name in ("host", "folder", "username")}
        if any(validated_data.get(name, was) != was for name, was in place.items()):
            instance.start_anew()
        return super().update(instance, validated_data)


class RatingSerializer(serializers.ModelSerializer[Rating]):
    """How a client found the help on a ticket: 1 bad, 2 all right, 3 good."""

    class Meta:
        model = Rating
        fields = (
            "id",
            "ticket",
            "score",
            "comment",
            "contact",
            "technician",
            "channel",
            "given_at",
        )
        read_only_fields = fields


class MakeTicketSerializer(serializers.Serializer[Any]):
    """For whom the ticket is."""

    client = serializers.PrimaryKeyRelatedField(queryset=Client.objects.all())
    contact = serializers.PrimaryKeyRelatedField(queryset=Contact.objects.all(), required=False)
    remembers_sender = serializers.BooleanField(default=False)


class AddToTicketSerializer(serializers.Serializer[Any]):
    """The ticket that a mail belongs to."""

    ticket = serializers.PrimaryKeyRelatedField(queryset=Ticket.objects.all())


class ConnectionSerializer(serializers.Serializer[Any]):
    """What the mail server said."""

    mails = serializers.IntegerField()


class InboundMailViewSet(viewsets.ReadOnlyModelViewSet[InboundMail]):
    """Mails that came in: list, read, put where they belong."""

    queryset = InboundMail.objects.all()
    serializer_class = InboundMailSerializer
    filterset_fields = ("state", "reason", "ticket", "sender")
    action_permissions = dict.fromkeys(
        ("make_ticket", "add_to_ticket", "discard", "restore"), "tickets.change_inboundmail"
    )

    def get_queryset(self) -> QuerySet[InboundMail]:
        """Return what this person may see, without the bytes."""
        return InboundMail.objects.visible_to(cast(User, self.request.user)).without_bytes()

    @extend_schema(request=MakeTicketSerializer, responses={201: TicketSerializer})
    @action(detail=True, methods=["post"], url_path="make-ticket")
    def make_ticket(self, request: Request, pk: str | None = None) -> Response:
        """Make a ticket of the mail."""
        found, values = self.get_object(), _checked(MakeTicketSerializer(data=request.data))
        contact = values.get("contact")
        with telling(Refusal):
            ticket = make_ticket_of_mail(
                mail_id=found.pk,
                client_id=values["client"].pk,
                contact_id=contact.pk if contact else None,
                remembers_sender=values["remembers_sender"],
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(TicketSerializer(ticket).data, status=201)

    @extend_schema(request=AddToTicketSerializer, responses=TicketSerializer)
    @action(detail=True, methods=["post"], url_path="add-to-ticket")
    def add_to_ticket(self, request: Request, pk: str | None = None) -> Response:
        """Put the mail onto a ticket."""
        found, values = self.get_object(), _checked(AddToTicketSerializer(data=request.data))
        with telling(Refusal):
            ticket = add_mail_to_ticket(
                mail_id=found.pk,
                ticket_id=values["ticket"].pk,
                actor=cast(User, request.user),
                now=timezone.now(),
            )
        return Response(TicketSerializer(ticket).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def discard(self, request: Request, pk: str | None = None) -> Response:
        """Throw the mail away; it can be brought back."""
        with telling(Refusal):
            found = discard_mail(
                mail_id=self.get_object().pk, actor=cast(User, request.user), now=timezone.now()
            )
        return Response(self.get_serializer(found).data)

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def restore(self, request: Request, pk: str | None = None) -> Response:
        """Bring a discarded mail back."""
        with telling(Refusal):
            found = restore_mail(
                mail_id=self.get_object().pk, actor=cast(User, request.user), now=timezone.now()
            )
        return Response(self.get_serializer(found).data)


class OutboundMailViewSet(viewsets.ReadOnlyModelViewSet[OutboundMail]):
    """Mails on their way to clients: list, read, try again."""

    queryset = OutboundMail.objects.all()
    serializer_class = OutboundMailSerializer
    filterset_fields = ("state", "kind", "ticket")
    action_permissions = {"retry": "tickets.change_outboundmail"}

    def get_queryset(self) -> QuerySet[OutboundMail]:
        """Return what this person may see."""
        return OutboundMail.objects.visible_to(cast(User, self.request.user))

    @extend_schema(request=None)
    @action(detail=True, methods=["post"])
    def retry(self, request: Request, pk: str | None = None) -> Response:
        """Try again to send what was not sent."""
        retry_mails(mail_ids=[self.get_object().pk], now=timezone.now())
        return Response(self.get_serializer(self.get_object()).data)


class MailboxViewSet(
    mixins.CreateModelMixin, mixins.UpdateModelMixin, viewsets.ReadOnlyModelViewSet[Mailbox]
):
    """The mail addresses of boards: list, read, set up, test."""

    queryset = Mailbox.objects.all()
    serializer_class = MailboxSerializer
    action_permissions = {"test": "tickets.change_mailbox"}

    @extend_schema(request=None, responses=ConnectionSerializer)
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str | None = None) -> Response:
        """Sign in to the mail server and say how many mails are there."""
        with telling(Refusal):
            return Response({"mails": probe(self.get_object())})


class RatingViewSet(viewsets.ReadOnlyModelViewSet[Rating]):
    """What clients say about the help they got: list, read."""

    queryset = Rating.objects.all()
    serializer_class = RatingSerializer
    filterset_fields = ("ticket", "ticket__client", "technician", "score")
    portal_permission = "accounts.use_portal"

    def get_queryset(self) -> QuerySet[Rating]:
        """Return what this person may see."""
        return Rating.objects.visible_to(cast(User, self.request.user))


def _checked(serializer: serializers.Serializer[Any]) -> dict[str, Any]:
    serializer.is_valid(raise_exception=True)
    return dict(serializer.validated_data)
