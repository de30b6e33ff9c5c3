"""What is charged."""

from billing.models.agreed_discount import AgreedDiscount
from billing.models.bank import BankAccount, BankEntry, BankStatement
from billing.models.cancellation import Cancellation
from billing.models.charge import GOODS, Charge, ChargeKind, Reach, Treatment, Unit
from billing.models.claim import Claim
from billing.models.closing import Closing, ClosingKind
from billing.models.discount import Discount
from billing.models.exchange_rate import ExchangeRate
from billing.models.export import Export, ExportKind
from billing.models.hand_line import HandLine, OutsideCode
from billing.models.hold import ClientHold, HeldItem
from billing.models.invoice import DocumentKind, Invoice, InvoiceStatus, TaxSituation
from billing.models.journal import JournalEntry, NumberSeries
from billing.models.letterhead import Letterhead
from billing.models.low_hours import LowHours
from billing.models.outbox import InvoiceDocument, OutboxKind, OutboxMessage, Reader
from billing.models.payment import Allocation, Payment, Reversal, ReversalReason
from billing.models.pdf_bundle import (
    BundleContents,
    BundleFile,
    BundleItem,
    BundleState,
    ItemState,
    PdfBundle,
)
from billing.models.platform import PlatformEvent, PlatformStatus
from billing.models.proof import Place, RunProof, Subject
from billing.models.reading import EvidenceKind, OpenEvidence, SettledLine
from billing.models.refund import PaymentMethod, Refund
from billing.models.rule_check import RuleCheck
from billing.models.run import BatchState, BillingRun, Outcome, RunBatch, RunOutcome, RunState
from billing.models.schedule import BillingSchedule
from billing.models.supplier_invoice import SupplierInvoice
from billing.models.tax_line import TaxLine
from billing.models.write_off import WriteOff
from core.outbox import OutboxState

__all__ = [
    "GOODS",
    "AgreedDiscount",
    "Allocation",
    "BankAccount",
    "BankEntry",
    "BankStatement",
    "BatchState",
    "BillingRun",
    "BillingSchedule",
    "BundleContents",
    "BundleFile",
    "BundleItem",
    "BundleState",
    "Cancellation",
    "Charge",
    "ChargeKind",
    "Claim",
    "ClientHold",
    "Closing",
    "ClosingKind",
    "Discount",
    "DocumentKind",
    "EvidenceKind",
    "ExchangeRate",
    "Export",
    "ExportKind",
    "HandLine",
    "HeldItem",
    "Invoice",
    "InvoiceDocument",
    "InvoiceStatus",
    "ItemState",
    "JournalEntry",
    "Letterhead",
    "LowHours",
    "NumberSeries",
    "OpenEvidence",
    "OutboxKind",
    "OutboxMessage",
    "OutboxState",
    "Outcome",
    "OutsideCode",
    "Payment",
    "PaymentMethod",
    "PdfBundle",
    "Place",
    "PlatformEvent",
    "PlatformStatus",
    "Reach",
    "Reader",
    "Refund",
    "Reversal",
    "ReversalReason",
    "RuleCheck",
    "RunBatch",
    "RunOutcome",
    "RunProof",
    "RunState",
    "SettledLine",
    "Subject",
    "SupplierInvoice",
    "TaxLine",
    "TaxSituation",
    "Treatment",
    "Unit",
    "WriteOff",
]
