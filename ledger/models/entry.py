"""The entries of the books: two sides that are equal, never changed."""

from decimal import Decimal
from typing import TYPE_CHECKING

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from billing.models import Allocation, Charge, Invoice, JournalEntry
from clients.models import Client, LegalEntity
from core.addresses import address_of
from ledger.models.account import Account

if TYPE_CHECKING:
    from accounts.models import User

# Looked at when the transaction ends, so that an entry may be written line by line.
_BALANCES = """
IF (SELECT coalesce(sum(debit - credit), 0) <> 0 OR count(*) < 2
    FROM ledger_entryline WHERE entry_id = NEW.{entry}) THEN
    RAISE EXCEPTION 'entry % does not balance', NEW.{entry} USING ERRCODE = 'check_violation';
END IF;
RETURN NULL;
"""
_FOLLOWS = """
IF NEW.number <> 1 + coalesce((
    SELECT max(number) FROM ledger_entry
    WHERE legal_entity_id = NEW.legal_entity_id AND journal = NEW.journal AND year = NEW.year
), 0) THEN
    RAISE EXCEPTION 'entry % of journal % does not follow the last one', NEW.number, NEW.journal
        USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


def append_only() -> pgtrigger.Trigger:
    """Return the trigger that lets the database itself refuse to change or delete a row."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def _balanced(entry: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="balanced",
        operation=pgtrigger.Insert,
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        func=_BALANCES.format(entry=entry),
    )


class Journal(models.TextChoices):
    """The book in which an entry stands."""

    SALES = "VE", _("sales")
    BANK = "BQ", _("bank")
    MISCELLANEOUS = "OD", _("miscellaneous")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Entries, by who may see them."""

    def visible_to(self, user: "User") -> "EntryQuerySet":
        """Return the entries about the clients whose money this person may see."""
        return self.filter(client__in=Client.objects.with_money_visible_to(user))


class Entry(models.Model):
    """What happened, as it stands in the books; written once and never changed.

    ``source`` names what it was made of, so that nothing is booked twice. Numbers run without a
    gap in each journal and fiscal year (``year`` is the one in which it ends).
    """

    legal_entity = models.ForeignKey(
        LegalEntity, models.PROTECT, related_name="entries", verbose_name=_("company")
    )
    journal = models.CharField(_("journal"), max_length=2, choices=Journal.choices)
    year = models.PositiveSmallIntegerField(_("fiscal year"))
    number = models.PositiveIntegerField(_("number"))
    day = models.DateField(_("date"))
    piece = models.CharField(_("piece"), max_length=60)
    piece_on = models.DateField(_("date of the piece"))
    text = models.CharField(_("text"), max_length=200)
    source = models.CharField(_("source"), max_length=60, unique=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="+", verbose_name=_("client"))
    currency = models.CharField(_("currency"), max_length=3)
    chain_entry = models.OneToOneField(
        JournalEntry, models.PROTECT, null=True, blank=True, related_name="ledger_entry"
    )
    invoice = models.ForeignKey(
        Invoice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ledger_entries",
        verbose_name=_("document"),
    )
    posted_at = models.DateTimeField(_("posted"), auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["-day", "-pk"]
        indexes = [
            models.Index(fields=["legal_entity", "day", "id"], name="ledger_entry_of_days"),
            models.Index(fields=["-day", "-id"], name="ledger_entry_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["legal_entity", "journal", "year", "number"], name="ledger_entry_once"
            ),
        ]
        triggers = [
            append_only(),
            _balanced("id"),
            pgtrigger.Trigger(
                name="follows",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=_FOLLOWS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.journal}{self.year}-{self.number:06d}"

    def get_absolute_url(self) -> str:
        """Return the address of the entry's page."""
        return address_of("ledger:entry", self.pk)


class EntryLineQuerySet(models.QuerySet["EntryLine"]):
    """Lines of entries, by who may see them."""

    def visible_to(self, user: "User") -> "EntryLineQuerySet":
        """Return the lines of the entries this person may see."""
        return self.filter(entry__in=Entry.objects.visible_to(user))


class EntryLine(models.Model):
    """An amount on one side of an account.

    ``client`` is the auxiliary account, ``invoice`` what is asked for or settled. ``foreign`` is
    the amount in the entry's currency where that is not the one of the books.
    """

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="lines", verbose_name=_("entry"))
    position = models.PositiveSmallIntegerField(_("position"))
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="lines", verbose_name=_("account")
    )
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("client")
    )
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("invoice")
    )
    debit = models.DecimalField(_("debit"), max_digits=14, decimal_places=2, default=Decimal(0))
    credit = models.DecimalField(_("credit"), max_digits=14, decimal_places=2, default=Decimal(0))
    foreign = models.DecimalField(
        _("in its currency"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    objects = EntryLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of an entry")
        verbose_name_plural = _("lines of entries")
        ordering = ["entry", "position"]
        constraints = [
            models.UniqueConstraint(fields=["entry", "position"], name="ledger_entryline_once"),
            models.CheckConstraint(
                condition=Q(debit__gte=0, credit=0) | Q(debit=0, credit__gte=0),
                name="ledger_entryline_one_side",
            ),
        ]
        triggers = [append_only(), _balanced("entry_id")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.debit - self.credit}"


class EntrySeal(models.Model):
    """The digest of all that an entry says, taken when it was booked."""

    entry = models.OneToOneField(Entry, models.PROTECT, related_name="seal")
    digest = models.CharField(_("digest"), max_length=64)

    class Meta:
        verbose_name = _("seal of an entry")
        verbose_name_plural = _("seals of entries")
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.digest


class PostedAllocation(models.Model):
    """That a use of money stands in an entry; each stands in one only."""

    allocation = models.OneToOneField(Allocation, models.PROTECT, related_name="posted")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="allocations")

    class Meta:
        verbose_name = _("posted allocation")
        verbose_name_plural = _("posted allocations")
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.allocation_id}"


class RevenuePartQuerySet(models.QuerySet["RevenuePart"]):
    """Parts of revenue, by who may see them."""

    def visible_to(self, user: "User") -> "RevenuePartQuerySet":
        """Return the parts of the documents this person may see."""
        return self.filter(invoice__in=Invoice.objects.visible_to(user))


class RevenuePart(models.Model):
    """The part of a document's line that is revenue of one month; below nothing on a credit note.

    ``is_deferred`` says that the month comes after the document's: until then it is no revenue.
    """

    legal_entity = models.ForeignKey(LegalEntity, models.PROTECT, related_name="+")
    invoice = models.ForeignKey(
        Invoice, models.PROTECT, related_name="revenue_parts", verbose_name=_("document")
    )
    charge = models.ForeignKey(
        Charge, models.PROTECT, related_name="revenue_parts", verbose_name=_("line")
    )
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", verbose_name=_("account")
    )
    month = models.DateField(_("month"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    is_deferred = models.BooleanField(_("deferred"))

    objects = RevenuePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of revenue")
        verbose_name_plural = _("parts of revenue")
        ordering = ["invoice", "charge", "month"]
        indexes = [
            models.Index(
                fields=["legal_entity", "month"],
                condition=Q(is_deferred=True),
                name="ledger_revenuepart_deferred",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["charge", "month"], name="ledger_revenuepart_once"),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.amount}"
