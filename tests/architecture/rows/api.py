"""The API: the same permissions as the pages."""

from collections.abc import Mapping
from typing import Any

from tests.architecture.access_ladder import Objects, Row
from tests.architecture.access_rows import deed, noun, own
from tests.architecture.access_world import World

LIST = ("GET", "POST")
CHANGE = ("GET", "PUT", "PATCH")
PATCH = ("GET", "PATCH")
ALL = (*CHANGE, "DELETE")
CORRECT = (*PATCH, "DELETE")
READ = ("GET",)
PUT = ("GET", "PUT")
REMOVE = ("GET", "DELETE")
TICKETS = "accounts.use_portal"
MONEY = "accounts.use_portal_invoices"


def _pk(name: str) -> Objects:
    def kwargs(world: World) -> Mapping[str, Any]:
        return {"pk": getattr(world, name).pk}

    return kwargs


def _none(_world: World) -> Mapping[str, Any]:
    return {}


def plan_part(model: str, name: str, *methods: str) -> Row:
    """Something of a plan: read by many, changed and taken out by who may change plans."""
    permissions = dict.fromkeys((*methods, "DELETE"), PLAN)
    return Row("api", {"GET": f"contracts.view_{model}", **permissions}, _pk(name))


PLAN = "contracts.change_managedplan"
SEE_LINE, CHANGE_LINE = "contracts.view_contractline", "contracts.change_contractline"
PARTIES: dict[str, Row] = {
    "api:client-list": noun("clients.client", methods=LIST),
    "api:client-detail": noun("clients.client", _pk("company"), CHANGE),
    "api:site-list": noun("clients.site", methods=LIST),
    "api:site-detail": noun("clients.site", _pk("site"), ALL),
    "api:contact-list": noun("clients.contact", methods=LIST),
    "api:contact-detail": noun("clients.contact", _pk("contact"), CHANGE),
    "api:asset-list": noun("clients.asset", methods=LIST),
    "api:asset-detail": noun("clients.asset", _pk("asset"), ALL),
}
CATALOG: dict[str, Row] = {
    "api:product-list": noun("catalog.product", methods=LIST),
    "api:product-detail": noun("catalog.product", _pk("product"), CHANGE),
    "api:work-type-list": noun("catalog.worktype", methods=LIST),
    "api:work-type-detail": noun("catalog.worktype", _pk("work_type"), CHANGE),
    "api:rate-card-list": noun("catalog.ratecard", methods=LIST),
    "api:rate-card-detail": noun("catalog.ratecard", _pk("rate_card"), CHANGE),
    "api:rate-list": noun("catalog.rate", methods=LIST),
    "api:rate-detail": noun("catalog.rate", _pk("rate"), CHANGE),
    "api:tax-rate-list": noun("catalog.taxrate", methods=LIST),
    "api:tax-rate-detail": noun("catalog.taxrate", _pk("tax_rate"), CHANGE),
}
TERMS: dict[str, Row] = {
    "api:work-role-list": noun("catalog.workrole", methods=LIST),
    "api:work-role-detail": noun("catalog.workrole", _pk("work_role"), CHANGE),
    "api:role-assignment-list": noun("catalog.roleassignment", methods=LIST),
    "api:role-assignment-detail": noun("catalog.roleassignment", _pk("role_assignment"), ALL),
    "api:travel-zone-list": noun("catalog.travelzone", methods=LIST),
    "api:travel-zone-detail": noun("catalog.travelzone", _pk("zone"), CHANGE),
    "api:travel-zone-prices": deed("catalog.change_travelzone", _pk("zone")),
    "api:business-calendar-list": noun("contracts.businesscalendar", methods=LIST),
    "api:business-calendar-detail": noun("contracts.businesscalendar", _pk("calendar"), PUT),
    "api:calendar-day-list": noun("contracts.calendarday", methods=LIST),
    "api:calendar-day-detail": noun("contracts.calendarday", _pk("calendar_day"), REMOVE),
    "api:surcharge-list": noun("contracts.surcharge", methods=LIST),
    "api:surcharge-detail": noun("contracts.surcharge", _pk("surcharge"), CHANGE),
    "api:sla-policy-list": noun("contracts.slapolicy", methods=LIST),
    "api:sla-policy-detail": noun("contracts.slapolicy", _pk("policy"), PUT),
}
PLANS: dict[str, Row] = {
    "api:plan-list": noun("contracts.managedplan", methods=LIST),
    "api:plan-detail": noun("contracts.managedplan", _pk("plan"), CHANGE),
    "api:plan-revise": deed(PLAN, _pk("plan")),
    "api:plan-revision-list": noun("contracts.planrevision"),
    "api:plan-revision-detail": plan_part("planrevision", "draft_revision", "PATCH"),
    "api:plan-revision-publish": deed(PLAN, _pk("draft_revision")),
    "api:plan-revision-lines": deed(PLAN, _pk("draft_revision")),
    "api:plan-revision-coverage": deed(PLAN, _pk("draft_revision")),
    "api:plan-revision-allowances": deed(PLAN, _pk("draft_revision")),
    "api:plan-revision-sell": deed("contracts.add_contract", _pk("revision")),
    "api:plan-line-list": noun("contracts.planline"),
    "api:plan-line-detail": plan_part("planline", "plan_line", "PUT"),
    "api:plan-coverage-list": noun("contracts.plancoverage"),
    "api:plan-coverage-detail": plan_part("plancoverage", "plan_coverage"),
    "api:plan-allowance-list": noun("contracts.planallowance"),
    "api:plan-allowance-detail": plan_part("planallowance", "plan_allowance", "PUT"),
}
CONTRACTS: dict[str, Row] = {
    "api:contract-coverage-rules": deed("contracts.change_coveragerule", _pk("contract")),
    "api:contract-move": deed("contracts.change_contract", _pk("contract")),
    "api:coverage-rule-list": noun("contracts.coveragerule"),
    "api:coverage-rule-detail": noun("contracts.coveragerule", _pk("coverage")),
    "api:coverage-rule-end": deed("contracts.change_coveragerule", _pk("coverage")),
    "api:contract-list": noun("contracts.contract", methods=LIST, portal=MONEY),
    "api:contract-detail": noun("contracts.contract", _pk("contract"), PATCH, MONEY),
    "api:contract-end": deed("contracts.change_contract", _pk("contract")),
    "api:contract-coverage": deed("contracts.change_coveragerule", _pk("contract"), "PUT"),
    "api:contract-lines": deed("contracts.add_contractline", _pk("contract")),
    "api:contract-line-list": noun("contracts.contractline", portal=MONEY),
    "api:contract-line-detail": Row(
        "api",
        {"GET": SEE_LINE, "PATCH": CHANGE_LINE, "DELETE": CHANGE_LINE},
        _pk("line"),
        portal=MONEY,
    ),
    "api:line-version-list": Row("api", {"GET": SEE_LINE}),
    "api:line-version-detail": Row(
        "api", {"GET": SEE_LINE, "PATCH": CHANGE_LINE, "DELETE": CHANGE_LINE}, _pk("version")
    ),
    "api:contract-line-change": deed("contracts.change_contractline", _pk("line")),
    "api:contract-line-end": deed("contracts.change_contractline", _pk("line")),
}
WORK: dict[str, Row] = {
    "api:service-board-list": noun("tickets.serviceboard"),
    "api:service-board-detail": noun("tickets.serviceboard", _pk("board")),
    "api:ticket-status-list": noun("tickets.ticketstatus"),
    "api:ticket-status-detail": noun("tickets.ticketstatus", _pk("status")),
    "api:category-list": noun("catalog.category"),
    "api:category-detail": noun("catalog.category", _pk("category")),
    "api:ticket-list": noun("tickets.ticket", methods=LIST, portal=TICKETS),
    "api:ticket-detail": noun("tickets.ticket", _pk("ticket"), PATCH, TICKETS),
    "api:note-list": noun("tickets.note", methods=LIST, portal=TICKETS),
    "api:note-detail": noun("tickets.note", _pk("note"), portal=TICKETS),
    "api:time-entry-list": noun("tickets.timeentry", methods=LIST),
    "api:time-entry-detail": noun("tickets.timeentry", _pk("time_entry"), CORRECT),
    "api:part-used-list": noun("tickets.partused", methods=LIST),
    "api:part-used-detail": noun("tickets.partused", _pk("part"), CORRECT),
    "api:flat-rate-item-list": noun("tickets.flatrateitem", methods=LIST),
    "api:flat-rate-item-detail": noun("tickets.flatrateitem", _pk("flat_rate"), CORRECT),
}
BILLING: dict[str, Row] = {
    "api:billing-run-list": noun("billing.billingrun", methods=LIST),
    "api:billing-run-detail": noun("billing.billingrun", _pk("run")),
    "api:billing-run-dry-run": deed("billing.view_billingrun", _none),
    "api:billing-run-proof": noun("billing.billingrun", _pk("run")),
    "api:billing-run-schedule": Row("api", dict.fromkeys(("GET", "PUT"), "billing.add_billingrun")),
    "api:client-hold-list": noun("billing.clienthold", methods=LIST),
    "api:client-hold-detail": noun("billing.clienthold", _pk("hold")),
    "api:client-hold-release": deed("billing.change_clienthold", _pk("hold")),
    "api:held-item-list": noun("billing.helditem"),
    "api:held-item-detail": noun("billing.helditem", _pk("held_item")),
    "api:purchase-order-list": noun("clients.purchaseorder", methods=LIST),
    "api:purchase-order-detail": noun("clients.purchaseorder", _pk("order"), PATCH),
    "api:invoice-hold": deed("billing.delete_invoice", _pk("draft")),
    "api:invoice-release": deed("billing.delete_invoice", _pk("draft")),
    "api:run-outcome-list": noun("billing.runoutcome"),
    "api:run-outcome-detail": noun("billing.runoutcome", _pk("outcome")),
    "api:invoice-list": noun("billing.invoice", portal=MONEY),
    "api:invoice-detail": noun("billing.invoice", _pk("invoice"), portal=MONEY),
    "api:invoice-check": deed("billing.add_rulecheck", _pk("invoice"), "POST"),
    "api:invoice-cii": deed("billing.view_invoice", _pk("invoice"), "GET", MONEY),
    "api:invoice-ubl": deed("billing.view_invoice", _pk("invoice"), "GET", MONEY),
    "api:invoice-pdf": deed("billing.view_invoice", _pk("invoice"), "GET", MONEY),
    "api:invoice-issue": deed("billing.issue_invoice", _pk("draft")),
    "api:invoice-refresh": deed("billing.delete_invoice", _pk("draft")),
    "api:invoice-discard": deed("billing.delete_invoice", _pk("draft")),
    "api:charge-list": noun("billing.charge", portal=MONEY),
    "api:charge-detail": noun("billing.charge", _pk("charge"), portal=MONEY),
    "api:payment-list": noun("billing.payment", methods=LIST, portal=MONEY),
    "api:payment-detail": noun("billing.payment", _pk("payment"), portal=MONEY),
}
ROWS: dict[str, Row] = {
    "api:api-root": own(),
    "api:schema": own(),
    "api:docs": own(),
    **PARTIES,
    **CATALOG,
    **TERMS,
    **PLANS,
    **CONTRACTS,
    **WORK,
    **BILLING,
}
