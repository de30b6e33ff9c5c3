"""What the firm sells."""

from catalog.models.product import Product, ProductKind
from catalog.models.rate_card import Rate, RateCard
from catalog.models.tax_rate import TaxCode, TaxRate
from catalog.models.work_type import WorkType

__all__ = ["Product", "ProductKind", "Rate", "RateCard", "TaxCode", "TaxRate", "WorkType"]
