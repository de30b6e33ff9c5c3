"""What the firm sells."""

from catalog.models.category import Category
from catalog.models.product import Product, ProductKind
from catalog.models.rate_card import Rate, RateCard
from catalog.models.rounding import RoundingOrder, RoundingScope
from catalog.models.tax_rate import TaxCode, TaxRate
from catalog.models.travel_zone import TravelZone, TravelZonePrice
from catalog.models.work_role import RoleAssignment, WorkRole
from catalog.models.work_type import WorkType

__all__ = [
    "Category",
    "Product",
    "ProductKind",
    "Rate",
    "RateCard",
    "RoleAssignment",
    "RoundingOrder",
    "RoundingScope",
    "TaxCode",
    "TaxRate",
    "TravelZone",
    "TravelZonePrice",
    "WorkRole",
    "WorkType",
]
