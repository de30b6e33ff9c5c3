"""What can be found, as PostgreSQL's full text search reads it.

Triggers on the tables that hold the texts keep the entries (migrations 0003 and 0004), so
nothing that is written, imported or copied in bulk can be forgotten.
"""

from typing import TYPE_CHECKING

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class SearchKind(models.TextChoices):
    """What sort of thing an entry leads to."""

    TICKET = "ticket", _("Tickets")
    NOTE = "note", _("Notes")
    TIME = "time", _("Time entries")
    CLIENT = "client", _("Clients")
    CONTACT = "contact", _("Contacts")
    ASSET = "asset", _("Assets")
    CONTRACT = "contract", _("Contracts")


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    """Entries, by who may use them."""

    def visible_to(self, user: "User | AnonymousUser") -> "SearchEntryQuerySet":
        """Return the entries: the firm's own people only.

        An entry is a hint. What it leads to is read through its own ``visible_to``.
        """
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class SearchEntry(models.Model):
    """The words of one thing, with and without their endings, in each language of the product."""

    kind = models.CharField(_("kind"), max_length=10, choices=SearchKind.choices)
    target_id = models.BigIntegerField(_("row it leads to"))
    shown_id = models.BigIntegerField(_("row whose page shows it"))
    name = models.TextField(_("names and numbers, in small letters without accents"), blank=True)
    document = SearchVectorField(_("words"))
    changed_at = models.DateTimeField(_("changed"))

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "target_id"], name="psa_searchentry_once"),
        ]
        indexes = [
            GinIndex(fields=["document"], name="psa_searchentry_words"),
            GinIndex(
                OpClass("name", name="gin_trgm_ops"),
                name="psa_searchentry_names",
                condition=~models.Q(name=""),
            ),
            models.Index(fields=["changed_at", "id"], name="psa_searchentry_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.target_id}"


class SearchWordQuerySet(models.QuerySet["SearchWord"]):
    """Words, by who may see them."""

    def visible_to(self, user: "User | AnonymousUser") -> "SearchWordQuerySet":
        """Return the words: the firm's own people only."""
        return self if user.is_authenticated and user.is_firm_staff else self.none()


class SearchWord(models.Model):
    """A word stem that occurs somewhere: what a word with a typing error is compared with."""

    stem = models.TextField(_("stem"), primary_key=True)

    objects = SearchWordQuerySet.as_manager()

    class Meta:
        verbose_name = _("search word")
        verbose_name_plural = _("search words")
        indexes = [
            GinIndex(OpClass("stem", name="gin_trgm_ops"), name="psa_searchword_alike"),
        ]

    def __str__(self) -> str:
        return self.stem


class LearntUpTo(models.Model):
    """How far the vocabulary has been read from the entries; one row."""

    changed_at = models.DateTimeField(_("changed"), null=True)
    entry_id = models.BigIntegerField(_("entry"), default=0)

    class Meta:
        verbose_name = _("state of the search words")
        verbose_name_plural = _("states of the search words")

    def __str__(self) -> str:
        return str(self.changed_at or "")
