"""What looks odd on a draft, so that a person looks before it is issued. Nothing else is said."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median_low
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.domain.tax import EU, tax_country
from billing.einvoice.missing import missing_for, sentence_for
from billing.models import (
    Charge,
    Claim,
    ClientHold,
    ExchangeRate,
    HeldItem,
    Invoice,
    InvoiceStatus,
    TaxSituation,
)
from billing.parties import (
    buyer_as_issued,
    missing_of_buyer,
    missing_of_seller,
    sentence_for_missing,
)
from billing.queries.changes import has_changed_agreements, has_changed_roles
from billing.queries.exchange import LONGEST
from clients.models import Contact, PortalScope, PurchaseOrder
from core.display import money_text
from tickets.models import TimeEntry

LOOKED_BACK_AT = 6
ENOUGH_TO_COMPARE = 3
FAR_ABOVE = 2
FAR_BELOW = Decimal("0.5")


@dataclass(frozen=True)
class Flag:
    """One odd thing: a code for the filter, a word for the list, a sentence for the page."""

    code: str
    word: str
    sentence: str
    tone: str = "warn"


class Flags(list[Flag]):
    """All that is odd about a draft; as text, its words."""

    def __str__(self) -> str:
        return ", ".join(flag.word for flag in self)


def with_flag_facts(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Add what the flags rest on, in the same query."""
    recent = issued_before().order_by("-issued_on", "-pk").values("net")[:LOOKED_BACK_AT]
    return with_state_facts(invoices).annotate(
        recent_nets=ArraySubquery(recent),
        unapproved=Coalesce(Subquery(_left_behind_rows()), 0),
        held_pieces=Coalesce(Subquery(_held_rows()), 0),
        has_other_draft=Exists(_other_drafts()),
        has_reader=Exists(_readers()),
        lacks_rate=_without_rate(),
    )


def with_state_facts(invoices: QuerySet[Invoice]) -> QuerySet[Invoice]:
    """Add what the flags say of the draft itself, its orders and its client."""
    parked = ClientHold.objects.filter(client=OuterRef("client"), released_at=None)
    return invoices.annotate(
        is_stale=Exists(changed_evidence()) | has_changed_agreements() | has_changed_roles(),
        parked_as=Subquery(parked.values("reason")[:1]),
        lacks_order=Exists(_without_order()),
        has_order_out_of_time=Exists(_orders_out_of_time()),
        has_order_over=Exists(_orders_over()),
    )


def issued_before() -> QuerySet[Invoice]:
    """Return what was issued to the same client for the same and stands: the draft's history."""
    return Invoice.objects.invoices_only().filter(
        client=OuterRef("client"),
        group_label=OuterRef("group_label"),
        status=InvoiceStatus.ISSUED,
        cancellation=None,
    )


def _other_drafts() -> QuerySet[Invoice]:
    same = {"client": OuterRef("client"), "group_label": OuterRef("group_label")}
    return Invoice.objects.drafts().filter(**same).exclude(pk=OuterRef("pk"))


def _readers() -> QuerySet[Contact]:
    readers = Contact.objects.filter(client=OuterRef("client"), portal_scope=PortalScope.EVERYTHING)
    return readers.exclude(email="")


def _without_rate() -> "ExpressionWrapper[Q]":
    rates = ExchangeRate.objects.filter(
        currency=OuterRef("currency"), valid_from_on__gte=OuterRef("as_of_on") - LONGEST
    )
    is_needed = Q(legal_entity__country="FR") & ~Q(currency="EUR") & ~Q(tax=0)
    return ExpressionWrapper(is_needed & ~Q(Exists(rates)), output_field=BooleanField())


def _left_behind_rows() -> Any:  # noqa: ANN401  (a values queryset)
    waiting = TimeEntry.objects.filter(
        ticket__client=OuterRef("client"),
        is_approved=False,
        billed_elsewhere=False,
        worked_on__lt=OuterRef("as_of_on"),
    )
    return _counted(waiting, "ticket__client")


def _held_rows() -> Any:  # noqa: ANN401  (a values queryset)
    return _counted(HeldItem.objects.filter(client=OuterRef("client"), run=OuterRef("run")), "run")


def _counted(rows: Any, by: str) -> Any:  # noqa: ANN401  (any queryset)
    return rows.order_by().values(by).annotate(found=Count("pk")).values("found")


def _without_order() -> QuerySet[Charge]:
    return Charge.objects.filter(
        invoice=OuterRef("pk"),
        purchase_order=None,
        client__requires_purchase_order=True,
        client__purchase_order="",
    ).exclude(amount=0)


def _orders_out_of_time() -> QuerySet[Charge]:
    outside = (
        Q(purchase_order__is_closed=True)
        | Q(purchase_order__last_day_on__lt=F("last_day_on"))
        | Q(purchase_order__starts_on__gt=F("starts_on"))
    )
    return Charge.objects.filter(outside, invoice=OuterRef("pk"), purchase_order__isnull=False)


def _orders_over() -> QuerySet[PurchaseOrder]:
    on_paper = Charge.objects.signed().filter(purchase_order=OuterRef("pk"), invoice__isnull=False)
    ordered = on_paper.order_by().values("purchase_order")
    spent = ordered.annotate(sum=Sum("signed_amount")).values("sum")
    orders = PurchaseOrder.objects.filter(charges__invoice=OuterRef("pk"))
    return orders.filter(limit_amount__lt=Subquery(spent))


def changed_evidence() -> QuerySet[Claim]:
    """Return the claims of a draft whose work has changed since it was rated."""
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
    if draft.is_held:
        sentence = _("On hold: %(reason)s") % {"reason": draft.held_reason}
        found.append(Flag("on_hold", _("on hold"), sentence, "bad"))
    if parked := _fact(draft, "parked_as"):
        sentence = _("Billing of this client is on hold (%(reason)s).") % {"reason": parked}
        found.append(Flag("parked", _("client on hold"), sentence, "bad"))
    if draft.total < 0:
        sentence = _("It comes to less than nothing and cannot be issued.")
        found.append(Flag("negative", _("negative"), sentence, "bad"))
    if _fact(draft, "is_stale"):
        sentence = _("What it rests on changed after this draft was made; refresh it.")
        found.append(Flag("stale", _("out of date"), sentence, "bad"))
    for owner, missing in (
        (draft.client.name, missing_of_buyer(buyer_as_issued(draft.client))),
        (_("The firm"), missing_of_seller(draft.legal_entity)),
    ):
        if missing:
            found.append(
                Flag("missing", _("cannot be issued"), sentence_for_missing(owner, missing), "bad")
            )
    if facts := missing_for(draft):
        tone = "bad" if draft.legal_entity.needs_electronic_invoice else "info"
        found.append(Flag("electronic", _("no e-invoice"), sentence_for(facts), tone))
    return found


def _oddities(draft: Invoice) -> list[Flag]:
    return [
        flag
        for flag in (
            _against_the_usual(draft),
            *_about_orders(draft),
            _held_back(draft),
            _without_vat_number(draft),
            _left_behind(draft),
            _another_draft(draft),
            _nobody_to_send_to(draft),
            _without_euro(draft),
        )
        if flag
    ]


def _against_the_usual(draft: Invoice) -> Flag | None:
    nets: list[Decimal] = _fact(draft, "recent_nets")
    if not nets:
        return Flag(
            "first", _("first invoice"), _("This would be the client's first invoice."), "info"
        )
    usual = median_low(nets)
    if len(nets) < ENOUGH_TO_COMPARE or usual <= 0:
        return None
    words = {
        "usual": money_text(usual, draft.currency),
        "count": len(nets),
    }
    if draft.net > usual * FAR_ABOVE:
        sentence = _("More than twice the usual %(usual)s of the last %(count)d invoices.")
        return Flag("high", _("unusually high"), sentence % words)
    if draft.net < usual * FAR_BELOW:
        sentence = _("Less than half the usual %(usual)s of the last %(count)d invoices.")
        return Flag("low", _("unusually low"), sentence % words)
    return None


def _about_orders(draft: Invoice) -> list[Flag]:
    found = []
    if _fact(draft, "lacks_order"):
        sentence = _("The client pays only with a purchase order, and some lines have none.")
        found.append(Flag("order_missing", _("order missing"), sentence))
    if _fact(draft, "has_order_out_of_time"):
        sentence = _("A purchase order is closed, or does not hold on all days of its lines.")
        found.append(Flag("order_expired", _("order expired"), sentence))
    if _fact(draft, "has_order_over"):
        sentence = _("With this draft a purchase order goes over its limit.")
        found.append(Flag("order_over", _("order over its limit"), sentence))
    return found


def _held_back(draft: Invoice) -> Flag | None:
    count = _fact(draft, "held_pieces")
    if not count:
        return None
    sentence = ngettext(
        "%(count)d piece of the client's evidence waits for a person and is not on this draft.",
        "%(count)d pieces of the client's evidence wait for a person and are not on this draft.",
        count,
    )
    return Flag("held_evidence", _("held evidence"), sentence % {"count": count})


def _without_vat_number(draft: Invoice) -> Flag | None:
    country = tax_country(draft.client.country)
    is_abroad = country in EU and country != tax_country(draft.legal_entity.country)
    if draft.tax_situation != TaxSituation.DOMESTIC or not is_abroad or draft.client.vat_number:
        return None
    sentence = _("The client is in another EU country but has no VAT number: VAT is charged.")
    return Flag("no_vat", _("no VAT number"), sentence)


def _left_behind(draft: Invoice) -> Flag | None:
    count = _fact(draft, "unapproved")
    if not count:
        return None
    sentence = ngettext(
        "%(count)d time entry of before the day is not approved and stays behind.",
        "%(count)d time entries of before the day are not approved and stay behind.",
        count,
    )
    return Flag("unapproved", _("unapproved time"), sentence % {"count": count})


def _another_draft(draft: Invoice) -> Flag | None:
    if not _fact(draft, "has_other_draft"):
        return None
    return Flag("second", _("second draft"), _("The client has another draft as well."), "info")


def _nobody_to_send_to(draft: Invoice) -> Flag | None:
    if draft.client.invoice_email or _fact(draft, "has_reader"):
        return None
    sentence = _("Nobody receives this client's invoices by mail: no address is known.")
    return Flag("no_address", _("no address"), sentence)


def _without_euro(draft: Invoice) -> Flag | None:
    if not _fact(draft, "lacks_rate"):
        return None
    sentence = _("The VAT must be stated in euro as well: enter the exchange rate.")
    return Flag("rate", _("no exchange rate"), sentence)


def _fact(draft: Invoice, name: str) -> Any:  # noqa: ANN401  (a value the query added)
    return getattr(draft, name)
