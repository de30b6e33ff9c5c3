"""What was promised."""

from contracts.models.calendar import (
    BusinessCalendar,
    CalendarDay,
    CalendarWindow,
    Surcharge,
    SurchargeTime,
    Weekday,
)
from contracts.models.calendar_version import CalendarVersion
from contracts.models.contract import Contract, EndKind, OtherWork, RenewalKind
from contracts.models.contract_line import ChangeEffect, ContractLine, LineVersion
from contracts.models.coverage import CoverageEffect, CoverageRule
from contracts.models.hours import Allowance, BlockUnit, DrawWeight, PrepaidBlock, Rollover
from contracts.models.index_base import IndexBase
from contracts.models.indexation import (
    Indexation,
    IndexationClause,
    IndexationKind,
    IndexTable,
    IndexValue,
)
from contracts.models.line_terms import (
    BillingAnchor,
    BillingRhythm,
    BillingTiming,
    CountedThing,
    LineUnit,
    Pricing,
    Proration,
    QuantityRule,
    StubRule,
)
from contracts.models.pause import ContractPause
from contracts.models.plan import (
    ManagedPlan,
    PlanAllowance,
    PlanCoverage,
    PlanLine,
    PlanRevision,
)
from contracts.models.renewal import Renewal, RenewalDecision
from contracts.models.sla import ClientSLA, ClockZone, SLAPolicy, SLAPriority, SLATarget

__all__ = [
    "Allowance",
    "BillingAnchor",
    "BillingRhythm",
    "BillingTiming",
    "BlockUnit",
    "BusinessCalendar",
    "CalendarDay",
    "CalendarVersion",
    "CalendarWindow",
    "ChangeEffect",
    "ClientSLA",
    "ClockZone",
    "Contract",
    "ContractLine",
    "ContractPause",
    "CountedThing",
    "CoverageEffect",
    "CoverageRule",
    "DrawWeight",
    "EndKind",
    "IndexBase",
    "IndexTable",
    "IndexValue",
    "Indexation",
    "IndexationClause",
    "IndexationKind",
    "LineUnit",
    "LineVersion",
    "ManagedPlan",
    "OtherWork",
    "PlanAllowance",
    "PlanCoverage",
    "PlanLine",
    "PlanRevision",
    "PrepaidBlock",
    "Pricing",
    "Proration",
    "QuantityRule",
    "Renewal",
    "RenewalDecision",
    "RenewalKind",
    "Rollover",
    "SLAPolicy",
    "SLAPriority",
    "SLATarget",
    "StubRule",
    "Surcharge",
    "SurchargeTime",
    "Weekday",
]
