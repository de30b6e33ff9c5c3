"""What must be decided about contracts by when, and what changes by itself: one calendar."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import DateField, ExpressionWrapper, F, Q
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from clients.models import Client, PurchaseOrder
from contracts.domain.renewal import decide_from, last_notice_day
from contracts.indexing import due_clause_ids, undecided_days
from contracts.indexing_text import clause_text
from contracts.models import (
    Contract,
    ContractLine,
    ContractPause,
    IndexationClause,
    LineVersion,
    PrepaidBlock,
    RenewalKind,
)
from contracts.terms import running_term
from core.display import day_text, money_text, number_text

if TYPE_CHECKING:
    from accounts.models import User

MOST_OF_A_KIND = 300
TO_MANAGER = "contract__client__account_manager"
Days = tuple[date, date]
KINDS: dict[str, str | Promise] = {
    "renewal": gettext_lazy("renewals"),
    "increase": gettext_lazy("price increases"),
    "end": gettext_lazy("contracts that end"),
    "block": gettext_lazy("prepaid blocks that expire"),
    "order": gettext_lazy("purchase orders that expire"),
    "change": gettext_lazy("changes already agreed"),
}
ICONS = {
    "renewal": "refresh",
    "increase": "trending-up",
    "end": "calendar-due",
    "block": "hourglass",
    "order": "file-text",
    "change": "calendar-event",
}


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Something that is to be decided by a day, or happens on it."""

    on: date
    kind: str
    client: Client
    title: str
    detail: str
    url: str
    action: str
    number: str = ""
    opens_on: date | None = None

    @property
    def icon(self) -> str:
        """The picture of its kind."""
        return ICONS[self.kind]


@dataclass(frozen=True)
class Asked:
    """Whose decisions are listed, from which day through which, and how long before due."""

    user: "User"
    today: date
    until: date
    lead_days: int
    manager_id: int | None = None


def decisions(asked: Asked, kinds: Iterable[str] = ()) -> tuple[list[Decision], bool]:
    """Return the decisions by day, and whether there are more than are listed."""
    wanted = set(kinds) or set(KINDS)
    found: list[Decision] = []
    is_cut = False
    for kind, source in _SOURCES.items():
        if kind in wanted:
            rows = list(islice(source(asked), MOST_OF_A_KIND + 1))
            is_cut = is_cut or len(rows) > MOST_OF_A_KIND
            found += rows[:MOST_OF_A_KIND]
    return sorted(found, key=lambda one: (one.on, one.client.name, one.number)), is_cut


def _renewals(asked: Asked) -> Iterator[Decision]:
    notice_day = ExpressionWrapper(F("term_ends_on") - F("notice_days"), output_field=DateField())
    open_terms = _contracts(asked).filter(
        Q(last_day_on=None) | Q(last_day_on=F("term_ends_on")),
        end_kind="",
        term_ends_on__isnull=False,
    )
    rows = open_terms.exclude(renewal_kind=RenewalKind.NONE).annotate(notice_day=notice_day)
    for contract in rows.filter(notice_day__lte=asked.until).order_by("notice_day", "number"):
        term = running_term(contract)
        if term is None:
            continue
        is_automatic = contract.renewal_kind == RenewalKind.AUTOMATIC
        detail = (
            _("renews by itself unless notice is given by then")
            if is_automatic
            else _("ends on %(day)s unless it is renewed") % {"day": day_text(term.ends_on)}
        )
        yield Decision(
            on=last_notice_day(term),
            kind="renewal",
            client=contract.client,
            number=contract.number,
            title=_("Renewal of %(contract)s") % {"contract": contract.name},
            detail=detail,
            url=reverse("contracts:renewal", args=[contract.pk]),
            action=_("Decide"),
            opens_on=decide_from(term, asked.lead_days),
        )


def _increases(asked: Asked) -> Iterator[Decision]:
    clauses = IndexationClause.objects.filter(contract__in=_contracts(asked))
    ids = due_clause_ids(clauses, asked.until)[: MOST_OF_A_KIND + 1]
    rows = IndexationClause.objects.filter(pk__in=ids).select_related(
        "contract__client__account_manager", "table"
    )
    for clause in rows.prefetch_related("steps").order_by("first_on", "pk"):
        for day in undecided_days(clause, asked.until):
            yield Decision(
                on=day,
                kind="increase",
                client=clause.contract.client,
                number=clause.contract.number,
                title=_("Price increase of %(contract)s") % {"contract": clause.contract.name},
                detail=clause_text(clause),
                url=f"{reverse('contracts:indexations')}?until={day.isoformat()}",
                action=_("Decide"),
                opens_on=day - timedelta(days=asked.lead_days),
            )


def _ends(asked: Asked) -> Iterator[Decision]:
    decided = ~Q(end_kind="") | Q(renewal_kind=RenewalKind.NONE)
    rows = _contracts(asked).filter(decided, last_day_on__range=(asked.today, asked.until))
    for contract in rows.order_by("last_day_on", "number"):
        kind = contract.get_end_kind_display() if contract.end_kind else ""
        yield Decision(
            on=contract.last_day_on or asked.until,
            kind="end",
            client=contract.client,
            number=contract.number,
            title=_("Last day of %(contract)s") % {"contract": contract.name},
            detail=": ".join(part for part in (kind, contract.end_reason) if part),
            url=contract.get_absolute_url(),
            action=_("Contract"),
        )


def _blocks(asked: Asked) -> Iterator[Decision]:
    rows = PrepaidBlock.objects.visible_to(asked.user).filter(
        _of_manager(asked, "client"),
        cancelled_on=None,
        last_day_on__range=(asked.today, asked.until),
    )
    for block in rows.select_related("client__account_manager", "contract").order_by("last_day_on"):
        yield Decision(
            on=block.last_day_on or asked.until,
            kind="block",
            client=block.client,
            number=block.contract.number if block.contract else "",
            title=_("%(block)s expires") % {"block": block.name},
            detail=_("what is left then is lost"),
            url=_page_of(block, block.client),
            action=_("Prepaid block"),
            opens_on=(block.last_day_on or asked.until) - timedelta(days=asked.lead_days),
        )


def _orders(asked: Asked) -> Iterator[Decision]:
    rows = PurchaseOrder.objects.visible_to(asked.user).filter(
        _of_manager(asked, "client"),
        is_closed=False,
        last_day_on__range=(asked.today, asked.until),
    )
    for order in rows.select_related("client__account_manager").order_by("last_day_on"):
        yield Decision(
            on=order.last_day_on or asked.until,
            kind="order",
            client=order.client,
            title=_("Purchase order %(number)s expires") % {"number": order.number},
            detail=_("ask the client for the next one"),
            url=order.client.get_absolute_url(),
            action=_("Client"),
            opens_on=(order.last_day_on or asked.until) - timedelta(days=asked.lead_days),
        )


def _changes(asked: Asked) -> Iterator[Decision]:
    """Yield what has been agreed for days to come: prices, quantities, line ends, pauses."""
    contracts = _contracts(asked)
    days = (asked.today + timedelta(days=1), asked.until)
    yield from _versions_to_come(contracts, days)
    yield from _line_ends(contracts, days)
    yield from _pauses_to_come(contracts, days)


def _versions_to_come(contracts: Any, days: Days) -> Iterator[Decision]:  # noqa: ANN401  (annotated rows)
    rows = LineVersion.objects.filter(line__contract__in=contracts, starts_on__range=days)
    related = rows.select_related(f"line__{TO_MANAGER}")
    for version in related.order_by("starts_on", "pk"):
        quantity = "" if version.line.counts else f"{number_text(version.quantity)} × "
        price = money_text(version.unit_price, version.line.contract.client.currency)
        text = f"{quantity}{price}"
        reason = f"; {version.reason}" if version.reason else ""
        yield _change(version.starts_on, version.line, version.line.description, text + reason)


def _line_ends(contracts: Any, days: Days) -> Iterator[Decision]:  # noqa: ANN401  (annotated rows)
    rows = ContractLine.objects.filter(contract__in=contracts, last_day_on__range=days)
    for line in rows.select_related(TO_MANAGER).order_by("last_day_on", "pk"):
        yield _change(line.last_day_on or days[1], line, line.description, _("last day"))


def _pauses_to_come(contracts: Any, days: Days) -> Iterator[Decision]:  # noqa: ANN401  (annotated rows)
    rows = ContractPause.objects.filter(contract__in=contracts, starts_on__range=days)
    for pause in rows.select_related(TO_MANAGER).order_by("starts_on", "pk"):
        detail = _("Pause: %(reason)s") % {"reason": pause.reason}
        yield _change(pause.starts_on, pause, pause.contract.name, detail)


def _change(on: date, part: Any, title: str, detail: str) -> Decision:  # noqa: ANN401  (a part of a contract)
    contract = part.contract
    return Decision(
        on=on,
        kind="change",
        client=contract.client,
        number=contract.number,
        title=title,
        detail=detail,
        url=contract.get_absolute_url(),
        action=_("Contract"),
    )


def _contracts(asked: Asked) -> Any:  # noqa: ANN401  (a queryset of contracts)
    rows = Contract.objects.visible_to(asked.user).filter(_of_manager(asked, "client"))
    return rows.select_related("client__account_manager")


def _of_manager(asked: Asked, path: str) -> Q:
    return Q(**{f"{path}__account_manager": asked.manager_id}) if asked.manager_id else Q()


def _page_of(block: PrepaidBlock, client: Client) -> str:
    try:
        return block.get_absolute_url()
    except NoReverseMatch:
        return client.get_absolute_url()


_SOURCES: dict[str, Callable[[Asked], Iterator[Decision]]] = {
    "renewal": _renewals,
    "increase": _increases,
    "end": _ends,
    "block": _blocks,
    "order": _orders,
    "change": _changes,
}


def by_month(found: Sequence[Decision], today: date) -> list[tuple[date | None, list[Decision]]]:
    """Return decisions by month, what is late first, under None."""
    groups: dict[date | None, list[Decision]] = {}
    for one in found:
        month = None if one.on < today else one.on.replace(day=1)
        groups.setdefault(month, []).append(one)
    return sorted(groups.items(), key=lambda group: group[0] or date.min)
