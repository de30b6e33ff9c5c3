"""A client's call for help."""

from typing import TYPE_CHECKING

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Now, Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clients.models import Client
from core.addresses import address_of

if TYPE_CHECKING:
    from accounts.models import User


class Priority(models.TextChoices):
    """How soon a ticket needs an answer."""

    URGENT = "1_urgent", _("urgent")
    HIGH = "2_high", _("high")
    NORMAL = "3_normal", _("normal")
    LOW = "4_low", _("low")


class BillingMode(models.TextChoices):
    """How the work on a ticket becomes money."""

    HOURLY = "hourly", _("time and materials")
    FLAT_RATE = "flat_rate", _("flat rate")
    FREE = "free", _("free of charge")


class ContractChoice(models.TextChoices):
    """Whether a person has said which contract pays for the work."""

    AUTOMATIC = "automatic", _("by the contracts' rules")
    CONTRACT = "contract", _("this contract")
    NONE = "none", _("no contract: the client's rates")


# What of a ticket, once changed, is news for everybody who has read it.
NEWS = (
    "client",
    "board",
    "status",
    "category",
    "subject",
    "description",
    "priority",
    "contact",
    "site",
    "asset",
    "assignee",
    "news_number",
)
# What lists are narrowed by: with it in the index, a long walk past other tickets reads no row.
NARROWED_BY = ("closed_at", "client", "status", "assignee", "board", "billing_mode")
TELL_NEWS = """
NEW."news_number" = nextval('tickets_news');
INSERT INTO tickets_readmark (person_id, ticket_id, number)
SELECT id, NEW.id, NEW."news_number" FROM accounts_user
WHERE id = (NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb->>'user')::bigint
ON CONFLICT (person_id, ticket_id) DO UPDATE SET number = EXCLUDED.number
WHERE tickets_readmark.number >= OLD."news_number";
RETURN NEW;
"""


class TicketQuerySet(models.QuerySet["Ticket"]):
    """Tickets, by who may see them and where they stand."""

    def visible_to(self, user: "User") -> "TicketQuerySet":
        """Return the tickets of the clients this person may see; the firm's people see all."""
        if user.is_firm_staff:
            return self  # asking for the clients of each would keep a long list from its index
        return self.filter(client__in=Client.objects.visible_to(user))

    def open(self) -> "TicketQuerySet":
        """Return the tickets that are not closed."""
        return self.filter(closed_at__isnull=True)


@pghistory.track(exclude=["rating_version", "due_at", "clock_next_at", "news_number"])
class Ticket(models.Model):
    """A request of a client's, from the call to the last minute worked on it."""

    client = models.ForeignKey(
        Client, models.PROTECT, related_name="tickets", verbose_name=_("client")
    )
    number = models.CharField(_("number"), max_length=20, unique=True)
    board = models.ForeignKey(
        "tickets.ServiceBoard", models.PROTECT, related_name="tickets", verbose_name=_("board")
    )
    status = models.ForeignKey(
        "tickets.TicketStatus", models.PROTECT, related_name="+", verbose_name=_("status")
    )
    category = models.ForeignKey(
        "catalog.Category", models.SET_NULL, null=True, blank=True, verbose_name=_("category")
    )
    subject = models.CharField(_("subject"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    priority = models.CharField(
        _("priority"), max_length=12, choices=Priority.choices, default=Priority.NORMAL
    )
    billing_mode = models.CharField(
        _("billed as"), max_length=12, choices=BillingMode.choices, default=BillingMode.HOURLY
    )
    contact = models.ForeignKey(
        "clients.Contact", models.SET_NULL, null=True, blank=True, verbose_name=_("contact")
    )
    site = models.ForeignKey(
        "clients.Site", models.SET_NULL, null=True, blank=True, verbose_name=_("site")
    )
    asset = models.ForeignKey(
        "clients.Asset", models.SET_NULL, null=True, blank=True, verbose_name=_("asset")
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assigned to"),
    )
    hourly_rate = models.DecimalField(
        _("hourly rate"),
        max_digits=10,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("agreed for this ticket; empty: by contract and rate card"),
    )
    contract_choice = models.CharField(
        _("paid by"),
        max_length=10,
        choices=ContractChoice.choices,
        default=ContractChoice.AUTOMATIC,
    )
    contract = models.ForeignKey(
        "contracts.Contract",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("contract"),
    )
    purchase_order = models.ForeignKey(
        "clients.PurchaseOrder",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("purchase order"),
    )
    sla_policy = models.ForeignKey(
        "contracts.SLAPolicy",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        verbose_name=_("service level"),
        help_text=_("empty: by contract, client and board"),
    )
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    rating_version = models.PositiveIntegerField(default=0, editable=False)
    # Two instants for lists and sweeps, worked out from the clock whenever something happens.
    due_at = models.DateTimeField(_("next promise ends"), null=True, blank=True, editable=False)
    clock_next_at = models.DateTimeField(null=True, editable=False, db_default=Now())
    # The latest of all news that changed it; lists compare it with what each person has read.
    news_number = models.BigIntegerField(
        editable=False,
        db_default=models.Func(
            models.Value("tickets_news"), function="nextval", output_field=models.BigIntegerField()
        ),
    )
    tags = models.ManyToManyField(
        "tickets.Tag", through="tickets.TicketTag", related_name="tickets", verbose_name=_("tags")
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = _("ticket")
        verbose_name_plural = _("tickets")
        ordering = ["-opened_at", "-pk"]
        permissions = [("assign_ticket", "Can assign tickets to others")]
        indexes = [
            models.Index(fields=["client", "-opened_at"], name="tickets_ticket_of_client"),
            models.Index(
                fields=["priority", "opened_at"],
                condition=models.Q(closed_at__isnull=True),
                name="tickets_ticket_open",
            ),
            models.Index(
                fields=["due_at", "priority", "opened_at", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="tickets_ticket_burning",
            ),
            models.Index(
                fields=["clock_next_at"],
                condition=models.Q(closed_at__isnull=True),
                name="tickets_ticket_clock_next",
            ),
            models.Index(
                fields=["assignee", "due_at"],
                condition=models.Q(closed_at__isnull=True),
                name="tickets_ticket_on_a_desk",
            ),
            models.Index(
                fields=["priority", "opened_at", "id"],
                include=NARROWED_BY,
                name="tickets_ticket_urgent_first",
            ),
            models.Index(
                fields=["opened_at", "id"], include=NARROWED_BY, name="tickets_ticket_by_opening"
            ),
            GinIndex(
                OpClass(Upper("subject"), name="gin_trgm_ops"),
                OpClass(Upper("number"), name="gin_trgm_ops"),
                name="tickets_ticket_words",
            ),
            models.Index(
                fields=["status", "priority", "opened_at", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="tickets_ticket_on_board",
            ),
            models.Index(
                fields=["assignee", "status", "id"],
                condition=models.Q(closed_at__isnull=True),
                name="tickets_ticket_counted",
            ),
            models.Index(fields=["news_number"], name="tickets_ticket_news"),
            models.Index(
                fields=["status", "-closed_at", "-id"],
                condition=models.Q(closed_at__isnull=False),
                name="tickets_ticket_done",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(contract_choice="contract", contract__isnull=False)
                | ~models.Q(contract_choice="contract") & models.Q(contract=None),
                name="tickets_ticket_contract_where_chosen",
                violation_error_message=_("Name the contract that pays."),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="news",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange(*NEWS),
                func=TELL_NEWS,
            ),
            pgtrigger.Trigger(
                name="rating_version",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                condition=pgtrigger.AnyChange(
                    "client",
                    "billing_mode",
                    "closed_at",
                    "hourly_rate",
                    "contract_choice",
                    "contract",
                    "purchase_order",
                    "category",
                    "site",
                    "asset",
                ),
                func="NEW.rating_version = OLD.rating_version + 1; RETURN NEW;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    def get_absolute_url(self) -> str:
        """Return the address of the ticket's page on the desk."""
        return address_of("tickets:ticket", self.pk)

    @property
    def is_closed(self) -> bool:
        """Whether the work is done."""
        return self.closed_at is not None

    @property
    def is_urgent(self) -> bool:
        """Whether it cannot wait."""
        return self.priority == Priority.URGENT

    @property
    def is_flat_rate(self) -> bool:
        """Whether its time is part of a flat rate."""
        return self.billing_mode == BillingMode.FLAT_RATE

    @property
    def is_free(self) -> bool:
        """Whether nothing on it is billed."""
        return self.billing_mode == BillingMode.FREE
