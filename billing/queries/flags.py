"""What looks odd on a draft, so that a person looks before it is issued. Nothing else is said."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.domain.tax import EU, tax_country
from billing.models import Claim, Invoice, InvoiceStatus, TaxSituation
from billing.parties import missing_of_buyer, missing_of_seller, sentence_for_missing
from clients.models import Contact, PortalScope
from core.display import money_text
from tickets.models import TimeEntry

LOOKED_BACK_AT = 6
ENOUGH_TO_COMPARE = 3
FAR_ABOVE = 2
FAR_BELOW = Decimal("0.5")


@dataclass(frozen=True)
class Flag:
    """One odd thing: a word for the list, a sentence for the draft's page."""

    word: str
    sentence: str
    tone: str = "warn"


class Flags(list[Flag]):
    """All that is odd about a draft; as text, its words."""

    def __str__(self) -> str:
        return ", ".join(flag.word for flag in self)


def with_flag_facts(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Add what the flags rest on, in the same query."""
    issued = Invoice.objects.filter(client=OuterRef("client"), status=InvoiceStatus.ISSUED)
    drafts = Invoice.objects.filter(client=OuterRef("client"), status=InvoiceStatus.DRAFT)
    readers = Contact.objects.filter(
        client=OuterRef("client"), portal_scope=PortalScope.EVERYTHING
    ).exclude(email="")
    left_behind = (
        TimeEntry.objects.filter(
            ticket__client=OuterRef("client"),
            is_approved=False,
            billed_elsewhere=False,
            worked_on__lt=OuterRef("as_of_on"),
        )
        .order_by()
        .values("ticket__client")
        .annotate(found=Count("pk"))
        .values("found")
    )
    recent = issued.order_by("-issued_on", "-pk").values("net")[:LOOKED_BACK_AT]
    return invoices.annotate(
        recent_nets=ArraySubquery(recent),
        is_stale=Exists(_changed_evidence()),
        unapproved=Coalesce(Subquery(left_behind), 0),
        has_other_draft=Exists(drafts.exclude(pk=OuterRef("pk"))),
        has_reader=Exists(readers),
    )


def _changed_evidence() -> QuerySet[Claim]:
    own = Claim.objects.filter(charge__invoice=OuterRef("pk"))
    changed = Q()
    for source in ("time_entry", "part_used", "flat_rate_item"):
        same = {
            "evidence_version": F(f"{source}__version"),
            "ticket_version": F(f"{source}__ticket__rating_version"),
        }
        changed |= Q(**{f"{source}__isnull": False}) & ~Q(**same)
    return own.filter(changed)


def flags_of(draft: Invoice) -> Flags:
    """Return what is odd about a draft read ``with_flag_facts``, what stops it first."""
    return Flags([*_obstacles(draft), *_oddities(draft)])


def _obstacles(draft: Invoice) -> list[Flag]:
    found = []
    if _fact(draft, "is_stale"):
        sentence = _("Work on it changed after this draft was made; refresh it before issuing.")
        found.append(Flag(_("out of date"), sentence, "bad"))
    for owner, missing in (
        (draft.client.name, missing_of_buyer(draft.client)),
        (_("The firm"), missing_of_seller(draft.legal_entity)),
    ):
        if missing:
            found.append(Flag(_("cannot be issued"), sentence_for_missing(owner, missing), "bad"))
    return found


def _oddities(draft: Invoice) -> list[Flag]:
    return [
        flag
        for flag in (
            _against_the_usual(draft),
            _without_vat_number(draft),
            _left_behind(draft),
            _another_draft(draft),
            _nobody_to_send_to(draft),
        )
        if flag
    ]


def _against_the_usual(draft: Invoice) -> Flag | None:
    nets: list[Decimal] = _fact(draft, "recent_nets")
    if not nets:
        return Flag(_("first invoice"), _("This would be the client's first invoice."), "info")
    usual = median(nets)
    if len(nets) < ENOUGH_TO_COMPARE or usual <= 0:
        return None
    words = {
        "usual": money_text(usual, draft.currency),
        "count": len(nets),
    }
    if draft.net > usual * FAR_ABOVE:
        sentence = _("More than twice the usual %(usual)s of the last %(count)d invoices.")
        return Flag(_("unusually high"), sentence % words)
    if draft.net < usual * FAR_BELOW:
        sentence = _("Less than half the usual %(usual)s of the last %(count)d invoices.")
        return Flag(_("unusually low"), sentence % words)
    return None


def _without_vat_number(draft: Invoice) -> Flag | None:
    country = tax_country(draft.client.country)
    is_abroad = country in EU and country != tax_country(draft.legal_entity.country)
    if draft.tax_situation != TaxSituation.DOMESTIC or not is_abroad or draft.client.vat_number:
        return None
    sentence = _("The client is in another EU country but has no VAT number: VAT is charged.")
    return Flag(_("no VAT number"), sentence)


def _left_behind(draft: Invoice) -> Flag | None:
    count = _fact(draft, "unapproved")
    if not count:
        return None
    sentence = ngettext(
        "%(count)d time entry of before the day is not approved and stays behind.",
        "%(count)d time entries of before the day are not approved and stay behind.",
        count,
    )
    return Flag(_("unapproved time"), sentence % {"count": count})


def _another_draft(draft: Invoice) -> Flag | None:
    if not _fact(draft, "has_other_draft"):
        return None
    return Flag(_("second draft"), _("The client has another draft as well."), "info")


def _nobody_to_send_to(draft: Invoice) -> Flag | None:
    if draft.client.invoice_email or _fact(draft, "has_reader"):
        return None
    sentence = _("Nobody receives this client's invoices by mail: no address is known.")
    return Flag(_("no address"), sentence)


def _fact(draft: Invoice, name: str) -> Any:  # noqa: ANN401  (a value the query added)
    return getattr(draft, name)
