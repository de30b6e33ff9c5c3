"""What was promised."""

from contracts.models.contract import Contract
from contracts.models.contract_line import BillingTiming, ContractLine, LineUnit, LineVersion
from contracts.models.coverage import CoverageRule

__all__ = ["BillingTiming", "Contract", "ContractLine", "CoverageRule", "LineUnit", "LineVersion"]
