"""Roles: what each kind of person may do, as Django groups.

A permission is written as Django names it, ``app.verb_model``. A contact's role follows from what
their company lets them see; everything else is given by an administrator.
"""

from collections.abc import Iterable

READ = ("view",)
EDIT = ("view", "add", "change")
FULL = ("view", "add", "change", "delete")


def _may(verbs: Iterable[str], *models: str) -> frozenset[str]:
    pairs = (model.split(".") for model in models)
    return frozenset(f"{app}.{verb}_{model}" for app, model in pairs for verb in verbs)


PARTIES = ("clients.client", "clients.site", "clients.contact", "clients.asset")
ORDERS = ("clients.purchaseorder",)
CATALOG = (
    "catalog.product",
    "catalog.worktype",
    "catalog.workrole",
    "catalog.roleassignment",
    "catalog.travelzone",
    "catalog.travelzoneprice",
    "catalog.ratecard",
    "catalog.rate",
)
TAXES = ("catalog.taxrate",)
CONTRACTS = (
    "contracts.contract",
    "contracts.contractline",
    "contracts.lineversion",
    "contracts.coveragerule",
    "contracts.allowance",
    "contracts.drawweight",
    "contracts.prepaidblock",
    "contracts.contractpause",
    "contracts.indexationclause",
    "contracts.indexation",
    "contracts.indexbase",
    "contracts.renewal",
)
PLANS = (
    "contracts.managedplan",
    "contracts.planrevision",
    "contracts.planline",
    "contracts.plancoverage",
    "contracts.planallowance",
)
TERMS = (
    "contracts.indextable",
    "contracts.indexvalue",
    "contracts.businesscalendar",
    "contracts.calendarwindow",
    "contracts.calendarday",
    "contracts.surcharge",
    "contracts.slapolicy",
    "contracts.slatarget",
    "contracts.clientsla",
)
TICKETS = ("tickets.ticket", "tickets.note")
WORK = (
    "tickets.timeentry",
    "tickets.partused",
    "tickets.flatrateitem",
    "tickets.checklistitem",
    "tickets.ticketfollower",
    "tickets.ticketlink",
    "tickets.ticketmerge",
    "tickets.cannedreply",
    "tickets.savedview",
)
SCHEDULE = ("tickets.appointment", "tickets.leave")
MAINTENANCE = ("tickets.maintenanceplan", "tickets.maintenancevisit")
CORRECTIONS = ("tickets.timecorrection",)
CLOCKS = ("tickets.ticketclock", "tickets.clockstretch")
VERDICTS = ("tickets.slaverdict", "tickets.slawarning")
RULES = ("tickets.automationrule", "tickets.rulerun")
ASSIGNMENT = (
    "tickets.skill",
    "tickets.personskill",
    "tickets.categoryskill",
    "tickets.techniciangroup",
    "tickets.tag",
)
DESK_SETUP = ("tickets.serviceboard", "tickets.ticketstatus", "catalog.category")
TEMPLATES = ("tickets.tickettemplate",)
BILLING = (
    "billing.invoice",
    "billing.charge",
    "billing.billingrun",
    "billing.runoutcome",
    "billing.helditem",
)
BY_HAND = ("billing.handline", "billing.discount", "billing.agreeddiscount")
HOLDS = ("billing.clienthold",)
MONEY_IN = (
    "billing.payment",
    "billing.allocation",
    "billing.refund",
    "billing.reversal",
    "billing.writeoff",
    "billing.bankaccount",
    "billing.bankstatement",
    "billing.bankentry",
)
COLLECTING = (
    "collecting.dispute",
    "collecting.latecharge",
    "collecting.laterate",
    "collecting.lateterms",
    "collecting.collectingmail",
    "collecting.collectingterms",
    "collecting.contactnote",
    "collecting.paymentpromise",
    "collecting.reminderhold",
    "collecting.remindernotice",
    "collecting.reminderplan",
    "collecting.sentstatement",
)
BOOKS = ("ledger.account", "ledger.accountrule", "ledger.book")
ENTRIES = ("ledger.entry", "billing.closing", "billing.export")
SERIES = ("billing.numberseries",)
ONLINE = ("payments.stripeaccount", "payments.onlinepayment")
DEBITS = ("clients.mandate", "payments.debitbatch", "payments.directdebit")
TICKET_FILES = ("tickets.attachment",)
MAILS = ("tickets.inboundmail", "tickets.outboundmail")
RATINGS = ("tickets.rating",)
MAILBOXES = ("tickets.mailbox",)
E_INVOICES = (
    "billing.rulecheck",
    "billing.platformevent",
    "billing.supplierinvoice",
    "billing.exchangerate",
)
PDF_BUNDLES = ("billing.pdfbundle",)
OUTBOX = ("billing.outboxmessage", "billing.invoicedocument")

DESK = frozenset({"accounts.use_desk"})
TECHNICIAN = (
    DESK
    | _may(READ, *PARTIES, *ORDERS, *CATALOG, *CONTRACTS, *PLANS, *TERMS, *DESK_SETUP, *CLOCKS)
    | _may(EDIT, "clients.contact", "clients.asset", "clients.site", *TICKETS)
    | _may(FULL, *WORK)
    | _may(READ, *MAINTENANCE, *RULES, *ASSIGNMENT)
    | _may(FULL, *SCHEDULE)
    | _may(FULL, *TICKET_FILES)
    | _may(READ, *RATINGS, *TEMPLATES)
    | _may(("view", "change"), *MAILS)
)
DISPATCHER = (
    TECHNICIAN
    | _may(EDIT, *PARTIES, *MAINTENANCE)
    | _may(FULL, *TEMPLATES)
    | _may(READ, *VERDICTS)
    | {"tickets.assign_ticket", "tickets.change_slawarning", "tickets.schedule_others"}
)
ACCOUNTANT = (
    DESK
    | {"accounts.view_costs", "accounts.view_dashboards", "accounts.view_audit_trail"}
    | _may(READ, *TICKETS, *TICKET_FILES, *WORK, *DESK_SETUP, *PLANS, *TERMS)
    | _may(EDIT, *PARTIES, *ORDERS, *CATALOG, *TAXES, *CONTRACTS, *MONEY_IN, *E_INVOICES)
    | _may(EDIT, *DEBITS, *HOLDS, *CORRECTIONS, *BOOKS, *COLLECTING, *PDF_BUNDLES)
    | _may(("view", "add"), *ENTRIES)
    | _may(EDIT, *SERIES)
    | _may(READ, *BILLING, *OUTBOX, *ONLINE)
    | _may(("view", "change"), "payments.stripeevent")
    | _may(FULL, "billing.billingrun", *BY_HAND)
    | {
        "billing.issue_invoice",
        "billing.delete_invoice",
        "billing.change_outboxmessage",
        "tickets.change_timeentry",
        "tickets.change_partused",
    }
)
SALES = (
    DESK
    | _may(READ, *CATALOG, *PLANS, *TERMS, *TICKETS, *TICKET_FILES)
    | _may(EDIT, *PARTIES, *ORDERS, *CONTRACTS)
)
MANAGER = (
    DISPATCHER
    | ACCOUNTANT
    | _may(EDIT, *CONTRACTS, *PLANS, *TERMS, *ASSIGNMENT)
    | _may(FULL, "tickets.automationrule")
    | {"accounts.view_user", "tickets.approve_timesheetday", "tickets.curate_savedview"}
)
ADMINISTRATOR = (
    MANAGER
    | _may(FULL, *PARTIES, *ORDERS, *CATALOG, *TAXES, *CONTRACTS, *DESK_SETUP)
    | _may(FULL, *PLANS, *TERMS)
    | _may(EDIT, *MAILBOXES, "payments.stripeaccount", "billing.letterhead")
    | _may(EDIT, "accounts.user", "clients.legalentity")
    | {"accounts.change_firm", "core.view_keptmail", "core.view_private_keptmail"}
)
STAFF_READS_MAIL = frozenset({"core.view_keptmail"})

PORTAL = frozenset({"accounts.use_portal"})
PORTAL_INVOICES = PORTAL | {"accounts.use_portal_invoices"}

ROLES: dict[str, frozenset[str]] = {
    "technician": TECHNICIAN | STAFF_READS_MAIL,
    "dispatcher": DISPATCHER | STAFF_READS_MAIL,
    "accountant": ACCOUNTANT | STAFF_READS_MAIL,
    "sales": SALES | STAFF_READS_MAIL,
    "manager": MANAGER | STAFF_READS_MAIL,
    "administrator": ADMINISTRATOR,
    "client-tickets": PORTAL,
    "client-everything": PORTAL_INVOICES,
}
STAFF_ROLES = ("technician", "dispatcher", "accountant", "sales", "manager", "administrator")
