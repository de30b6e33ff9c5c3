"""I9: no row points at a row of another client."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from billing.queries.books.finding import Check

# What points, the table it is in, how its client is found, what it points at and whose that is.
_OWN = "x.client_id"
_LINKS = (
    ("ticket", "tickets_ticket", _OWN, "clients_contact o ON o.id = x.contact_id", "o.client_id"),
    ("ticket", "tickets_ticket", _OWN, "clients_site o ON o.id = x.site_id", "o.client_id"),
    ("ticket", "tickets_ticket", _OWN, "clients_asset o ON o.id = x.asset_id", "o.client_id"),
    ("contact", "clients_contact", _OWN, "clients_site o ON o.id = x.site_id", "o.client_id"),
    ("asset", "clients_asset", _OWN, "clients_site o ON o.id = x.site_id", "o.client_id"),
    ("asset", "clients_asset", _OWN, "clients_contact o ON o.id = x.contact_id", "o.client_id"),
    ("charge", "billing_charge", _OWN, "tickets_ticket o ON o.id = x.ticket_id", "o.client_id"),
    (
        "charge",
        "billing_charge",
        _OWN,
        "contracts_contract o ON o.id = x.contract_id",
        "o.client_id",
    ),
    ("charge", "billing_charge", _OWN, "billing_charge o ON o.id = x.credits_id", "o.client_id"),
    ("discount", "billing_charge", _OWN, "billing_charge o ON o.id = x.reduces_id", "o.client_id"),
    (
        "invoice",
        "billing_invoice",
        _OWN,
        "billing_invoice o ON o.id = x.corrects_id",
        "o.client_id",
    ),
    ("charge", "billing_charge", _OWN, "billing_invoice o ON o.id = x.invoice_id", "o.client_id"),
    (
        "allocation",
        "billing_allocation x JOIN billing_payment p ON p.id = x.payment_id",
        "p.client_id",
        "billing_invoice o ON o.id = x.invoice_id",
        "o.client_id",
    ),
    (
        "allocation",
        "billing_allocation x JOIN billing_payment p ON p.id = x.payment_id",
        "p.client_id",
        "billing_refund o ON o.id = x.refund_id",
        "o.client_id",
    ),
    *(
        (name, table, _OWN, f"{target} o ON o.id = x.{column}", "o.client_id")
        for name, table, target, column in (
            ("charge", "billing_charge", "clients_purchaseorder", "purchase_order_id"),
            ("invoice", "billing_invoice", "clients_purchaseorder", "covering_order_id"),
            ("contract", "contracts_contract", "clients_purchaseorder", "purchase_order_id"),
            ("contract", "contracts_contract", "clients_site", "site_id"),
            ("ticket", "tickets_ticket", "clients_purchaseorder", "purchase_order_id"),
            ("ticket", "tickets_ticket", "contracts_contract", "contract_id"),
            ("line by hand", "billing_handline", "clients_purchaseorder", "purchase_order_id"),
        )
    ),
    *(
        (
            "contract line",
            "contracts_contractline x JOIN contracts_contract c ON c.id = x.contract_id",
            "c.client_id",
            f"{target} o ON o.id = x.{column}",
            "o.client_id",
        )
        for target, column in (
            ("clients_purchaseorder", "purchase_order_id"),
            ("clients_site", "site_id"),
            ("clients_site", "count_site_id"),
        )
    ),
    (
        "time entry",
        "tickets_timeentry x JOIN tickets_ticket t ON t.id = x.ticket_id",
        "t.client_id",
        "contracts_contract o ON o.id = x.contract_id",
        "o.client_id",
    ),
    (
        "claim",
        "billing_claim x JOIN billing_charge c ON c.id = x.charge_id",
        "c.client_id",
        (
            "tickets_timecorrection k ON k.id = x.time_correction_id"
            " JOIN tickets_timeentry e ON e.id = k.time_entry_id"
            " JOIN tickets_ticket o ON o.id = e.ticket_id"
        ),
        "o.client_id",
    ),
    *(
        (
            "held item",
            "billing_helditem",
            _OWN,
            f"{table} e ON e.id = x.{column} JOIN {parent} o ON o.id = e.{link}",
            "o.client_id",
        )
        for table, column, parent, link in (
            ("tickets_timeentry", "time_entry_id", "tickets_ticket", "ticket_id"),
            ("tickets_partused", "part_used_id", "tickets_ticket", "ticket_id"),
            ("tickets_flatrateitem", "flat_rate_item_id", "tickets_ticket", "ticket_id"),
            ("contracts_contractline", "contract_line_id", "contracts_contract", "contract_id"),
        )
    ),
    (
        "claim",
        "billing_claim x JOIN billing_charge c ON c.id = x.charge_id",
        "c.client_id",
        "billing_handline o ON o.id = x.hand_line_id",
        "o.client_id",
    ),
    (
        "block",
        "contracts_prepaidblock",
        _OWN,
        "contracts_contract o ON o.id = x.contract_id",
        "o.client_id",
    ),
    *(
        (
            "claim",
            "billing_claim x JOIN billing_charge c ON c.id = x.charge_id",
            "c.client_id",
            f"contracts_prepaidblock o ON o.id = x.{column}",
            "o.client_id",
        )
        for column in ("prepaid_block_id", "drawn_block_id")
    ),
    *(
        (
            "claim",
            "billing_claim x JOIN billing_charge c ON c.id = x.charge_id",
            "c.client_id",
            f"{table} e ON e.id = x.{column} JOIN {parent} o ON o.id = e.{link}",
            "o.client_id",
        )
        for table, column, parent, link in (
            ("tickets_timeentry", "time_entry_id", "tickets_ticket", "ticket_id"),
            ("tickets_partused", "part_used_id", "tickets_ticket", "ticket_id"),
            ("tickets_flatrateitem", "flat_rate_item_id", "tickets_ticket", "ticket_id"),
            ("contracts_contractline", "contract_line_id", "contracts_contract", "contract_id"),
            ("contracts_allowance", "allowance_id", "contracts_contract", "contract_id"),
        )
    ),
)


def check_ownership() -> Check:
    """Follow every link between things of clients and find those that lead to another client."""
    check = Check("I9", _("No row points at a row of another client"))
    for statement in _statements():
        check.ask(statement)
    return check


def _statements() -> Iterator[str]:
    for name, table, own, target, theirs in _LINKS:
        source = table if " x " in table else f"{table} x"
        first = f"'{name} ' || min(x.id) FILTER (WHERE {own} <> {theirs})"
        yield (
            f"SELECT count(*), count(*) FILTER (WHERE {own} <> {theirs}), {first}"  # noqa: S608  (fixed words)
            f" FROM {source} JOIN {target}"
        )
