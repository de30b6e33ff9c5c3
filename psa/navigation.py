"""Where one can go from every page: the one list of the navigation.

An entry is shown where its address exists and the reader has its permission, so that no link is
dead and none leads to a refusal. Entries of the same group stand together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.addresses import address as known_address

Label = str | Promise


@dataclass(frozen=True)
class Entry:
    """A place: its name, where it is, and who may go there."""

    label: Label
    url_name: str
    icon: str
    permission: str
    group: Label = ""


class Link(NamedTuple):
    """An entry as one reader sees it on one page, in their language."""

    label: str
    url: str
    icon: str
    is_current: bool = False


class Group(NamedTuple):
    """Links that stand together under a heading."""

    label: str
    items: tuple[Link, ...]


BILLING = _("Billing")
BUSINESS = _("Business")
FIRM = _("Firm")
# Pages of one room that are about something of another.
BELONGS_TO = {
    "billing:contract-transfer": "contracts:contracts",
    "billing:contract-transfer-undo": "contracts:contracts",
}

DESK = (
    Entry(_("My work"), "tickets:my-work", "checklist", "tickets.change_ticket"),
    Entry(_("Tickets"), "tickets:tickets", "ticket", "tickets.view_ticket"),
    Entry(_("Dispatch"), "dispatch:calendar", "calendar", "tickets.view_appointment"),
    Entry(_("Service levels"), "tickets:attainment", "target", "tickets.view_slaverdict"),
    Entry(_("My time"), "time:sheet", "calendar-event", "tickets.add_timeentry"),
    Entry(_("Timers"), "time:timers", "clock-play", "tickets.add_timeentry"),
    Entry(_("Approval"), "time:approvals", "clipboard-check", "tickets.approve_timesheetday"),
    Entry(_("Mails"), "tickets:mails", "mail", "tickets.view_inboundmail"),
    Entry(_("Satisfaction"), "tickets:ratings", "mood-smile", "tickets.view_rating"),
    Entry(
        _("Maintenance"), "maintenance:calendar", "calendar-repeat", "tickets.view_maintenanceplan"
    ),
    Entry(_("Automation"), "automation:rules", "bolt", "tickets.view_automationrule"),
    Entry(_("Dashboards"), "dashboards:overview", "chart-bar", "accounts.view_dashboards"),
    Entry(_("Clients"), "clients:clients", "building", "clients.view_client", BUSINESS),
    Entry(_("Contacts"), "clients:contacts", "users", "clients.view_contact", BUSINESS),
    Entry(_("Assets"), "clients:assets", "device-desktop", "clients.view_asset", BUSINESS),
    Entry(_("Contracts"), "contracts:contracts", "file-text", "contracts.view_contract", BUSINESS),
    Entry(_("Plans"), "contracts:plans", "packages", "contracts.view_managedplan", BUSINESS),
    Entry(
        _("Decisions"), "contracts:decisions", "calendar-due", "contracts.view_contract", BUSINESS
    ),
    Entry(_("Catalog"), "catalog:products", "package", "catalog.view_product", BUSINESS),
    Entry(_("Runs"), "billing:runs", "refresh", "billing.view_billingrun", BILLING),
    Entry(_("Drafts"), "billing:drafts", "file-plus", "billing.view_invoice", BILLING),
    Entry(_("Invoices"), "billing:invoices", "file-invoice", "billing.view_invoice", BILLING),
    Entry(_("On hold"), "billing:holds", "player-pause", "billing.view_clienthold", BILLING),
    Entry(
        _("Purchase orders"), "billing:orders", "file-check", "clients.view_purchaseorder", BILLING
    ),
    Entry(_("Unbilled work"), "billing:unbilled", "hourglass", "billing.view_charge", BILLING),
    Entry(
        _("Decisions on work"),
        "billing:decisions",
        "scale",
        "tickets.change_timeentry",
        BILLING,
    ),
    Entry(_("What if"), "billing:what-if", "switch-horizontal", "billing.view_charge", BILLING),
    Entry(
        _("Agreed discounts"),
        "billing:agreed-discounts",
        "discount",
        "billing.view_agreeddiscount",
        BILLING,
    ),
    Entry(_("Hours"), "billing:balances", "clock", "contracts.view_prepaidblock", BILLING),
    Entry(_("Payments"), "billing:payments", "cash", "billing.view_payment", BILLING),
    Entry(
        _("Direct debits"),
        "payments:batches",
        "arrow-down",
        "payments.view_debitbatch",
        BILLING,
    ),
    Entry(
        _("Payments online"),
        "online:payments",
        "credit-card",
        "payments.view_onlinepayment",
        BILLING,
    ),
    Entry(_("Ageing"), "billing:ageing", "calendar-due", "billing.view_payment", BILLING),
    Entry(_("Calls"), "collecting:calls", "phone", "collecting.view_paymentpromise", BILLING),
    Entry(
        _("Reminders"), "collecting:reminders", "mail", "collecting.view_remindernotice", BILLING
    ),
    Entry(
        _("Late interest"), "collecting:late", "percentage", "collecting.view_latecharge", BILLING
    ),
    Entry(_("Disputes"), "collecting:disputes", "message-2", "collecting.view_dispute", BILLING),
    Entry(
        _("Bank accounts"),
        "billing:bank-accounts",
        "building-bank",
        "billing.view_bankentry",
        BILLING,
    ),
    Entry(_("Journal"), "ledger:entries", "book", "ledger.view_entry", BILLING),
    Entry(
        _("Supplier invoices"),
        "billing:supplier-invoices",
        "file-import",
        "billing.view_supplierinvoice",
        BILLING,
    ),
    Entry(
        _("Exchange rates"), "billing:exchange-rates", "coins", "billing.view_exchangerate", BILLING
    ),
    Entry(_("Number series"), "billing:series", "hash", "billing.view_numberseries", BILLING),
    Entry(_("Outbox"), "billing:outbox", "send", "billing.view_outboxmessage", BILLING),
    Entry(_("Mailboxes"), "tickets:mailboxes", "mailbox", "tickets.view_mailbox", FIRM),
    Entry(_("Kept mails"), "mails", "mail", "core.view_keptmail", FIRM),
    Entry(_("People"), "accounts:people", "users-group", "accounts.view_user", FIRM),
    Entry(_("Audit trail"), "accounts:audit-trail", "history", "accounts.view_audit_trail", FIRM),
    Entry(_("Desk"), "tickets:setup", "list-check", "tickets.change_serviceboard", FIRM),
    Entry(_("Settings"), "clients:firm", "settings", "accounts.change_firm", FIRM),
)
CREATIONS = (
    Entry(_("Ticket"), "tickets:ticket-create", "ticket", "tickets.add_ticket"),
    Entry(_("Client"), "clients:client-create", "building", "clients.add_client"),
    Entry(_("Contract"), "contracts:contract-create", "file-text", "contracts.add_contract"),
    Entry(_("Prepaid block"), "contracts:block-sell", "clock", "contracts.add_prepaidblock"),
    Entry(_("Invoice"), "billing:invoice-create", "file-invoice", "billing.add_handline"),
    Entry(_("Billing run"), "billing:run-create", "refresh", "billing.add_billingrun"),
    Entry(_("Payment"), "billing:payment-create", "cash", "billing.add_payment"),
)
PORTAL = (
    Entry(_("Overview"), "portal:home", "home", "accounts.use_portal"),
    Entry(_("Invoices"), "portal:invoices", "file-invoice", "accounts.use_portal_invoices"),
    Entry(_("Payments"), "portal:payments", "cash", "accounts.use_portal_invoices"),
    Entry(_("Tickets"), "portal:tickets", "ticket", "accounts.use_portal"),
    Entry(_("Contracts"), "portal:contracts", "file-text", "accounts.use_portal_invoices"),
)
ACCOUNT = (
    Entry(_("Profile"), "accounts:profile", "user", ""),
    Entry(_("Second factor"), "mfa_index", "shield-lock", ""),
    Entry(_("Sessions"), "usersessions_list", "devices", ""),
    Entry(_("API tokens"), "accounts:tokens", "key", "accounts.use_desk"),
)


def groups(request: HttpRequest) -> tuple[Group, ...]:
    """Return the desk's navigation as this reader sees it."""
    entries = [entry for entry in DESK if _is_open(entry, request)]
    found: dict[str, list[Link]] = {}
    for entry, link in zip(entries, _links(entries, request), strict=True):
        found.setdefault(str(entry.group), []).append(link)
    return tuple(Group(label, tuple(items)) for label, items in found.items())


def links(entries: Iterable[Entry], request: HttpRequest) -> tuple[Link, ...]:
    """Return those of the entries that exist and that this reader may follow."""
    return _links([entry for entry in entries if _is_open(entry, request)], request)


def address(url_name: str) -> str:
    """Return the address of a page, or nothing where the product has no such page."""
    try:
        return known_address(url_name)
    except NoReverseMatch:
        return ""


def _is_open(entry: Entry, request: HttpRequest) -> bool:
    allowed = not entry.permission or request.user.has_perm(entry.permission)
    return allowed and bool(address(entry.url_name))


def _links(entries: list[Entry], request: HttpRequest) -> tuple[Link, ...]:
    urls = [address(entry.url_name) for entry in entries]
    # A page belongs to the entry whose address is the longest beginning of its own.
    match = request.resolver_match
    path = address(BELONGS_TO.get(match.view_name, "") if match else "") or request.path
    current = max((url for url in urls if path.startswith(url)), key=len, default="")
    return tuple(
        Link(str(entry.label), url, entry.icon, url == current)
        for entry, url in zip(entries, urls, strict=True)
    )
