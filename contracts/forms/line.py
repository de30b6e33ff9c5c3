"""What can be typed about a line, in plans and contracts, and what is wrong with it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from clients.models import Client
from contracts.domain.price import Tier, tiers_of
from contracts.forms.line_fields import (
    TIERS,
    TYPED,
    day,
    missing,
    placed_fields,
    sold_fields,
    tier_fields,
)
from contracts.models import ContractLine
from contracts.operations._line_terms import (
    PLACES,
    RECKONING,
    TERMS,
    TIERED,
    NewLine,
    SoldLine,
    picked,
)

CENT = Decimal("0.01")
DAY_ORDER = _("The last day comes before the first.")
BILLED = _(
    "This line has been billed: rhythm, periods, pricing and what it counts stay as they were. To "
    "change them, end the line and add a new one."
)


class SoldLineForm(forms.Form):
    """One recurring service as it is sold; a product fills in what is left empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields.update(sold_fields())
        self.fields.update(tier_fields())

    def has_changed(self) -> bool:
        """Whether something was typed; a choice that was only left as it stands does not count."""
        return any(name in self.changed_data for name in (*TYPED, *tier_fields()))

    @property
    def tier_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the tiers, row by row."""
        return [(self[f"tier_{n}_up_to"], self[f"tier_{n}_price"]) for n in range(TIERS)]

    def clean(self) -> dict[str, Any]:
        """Take description and price from the product, and refuse a line without either."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        product: Product | None = cleaned.get("product")
        if product is not None:
            cleaned["description"] = cleaned.get("description") or product.name
            if cleaned.get("unit_price") is None and not self.has_error("unit_price"):
                cleaned["unit_price"] = product.price
        if not cleaned.get("description"):
            self.add_error("description", missing(_("Say what is billed, or choose a product.")))
        if cleaned.get("unit_price") is None and not self.has_error("unit_price"):
            if cleaned.get("pricing") in TIERED:
                cleaned["unit_price"] = Decimal(0)
            else:
                self.add_error("unit_price", missing(_("Say what it costs, or choose a product.")))
        if cleaned.get("quantity") is None and not self.has_error("quantity"):
            if cleaned.get("counts"):
                cleaned["quantity"] = Decimal(0)
            else:
                self.add_error("quantity", missing(_("Say how many, or choose what is counted.")))
        self._clean_tiers(cleaned)
        return cleaned

    def sold(self) -> dict[str, Any]:
        """Return what was typed as operations take it."""
        given = {name: value for name, value in self.cleaned_data.items() if name[:5] != "tier_"}
        for name in ("product", "site", "count_site", "purchase_order"):
            if name in given:
                row = given.pop(name)
                given[f"{name}_id"] = row.pk if row else None
        for name in ("quantity", "included_quantity", "overage_price"):
            given[name] = given.get(name) or Decimal(0)
        return given

    def sold_line(self) -> SoldLine:
        """Return the line of a plan."""
        return SoldLine(**self.sold())

    def _clean_tiers(self, cleaned: dict[str, Any]) -> None:
        """Read the tiers row by row: an empty row is skipped, one without a price is refused."""
        tiers = []
        for n in range(TIERS):
            limit, price = cleaned.get(f"tier_{n}_up_to"), cleaned.get(f"tier_{n}_price")
            if price is not None:
                tiers.append(Tier(limit, price))
            elif limit is not None:
                self.add_error(f"tier_{n}_price", _("Say what one costs in this tier."))
        cleaned["tiers"] = tuple(tiers) if cleaned.get("pricing") in TIERED else ()


class LineForm(SoldLineForm):
    """One recurring service of a contract; with a client, also where it belongs."""

    def __init__(self, *args: Any, client: Client | None = None, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        super().__init__(*args, **kwargs)
        self.fields["starts_on"] = day(_("First day"), _("empty: with the contract"))
        self.fields["last_day_on"] = day(_("Last day"), _("empty: with the contract"))
        if client is not None:
            self.fields.update(placed_fields(client))

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order."""
        cleaned = super().clean()
        first, last = cleaned.get("starts_on"), cleaned.get("last_day_on")
        if first and last and last < first:
            self.add_error("last_day_on", DAY_ORDER)
        return cleaned

    def line(self) -> NewLine:
        """Return the line as the operations take it."""
        return NewLine(**self.sold())


class LineTermsForm(LineForm):
    """How a line of a contract is sold; what its billed periods rest on cannot be typed."""

    def __init__(self, *args: Any, line: ContractLine, is_billed: bool, **kwargs: Any) -> None:  # noqa: ANN401  (Django's signature)
        kwargs["initial"] = {**terms_initial(line), **(kwargs.get("initial") or {})}
        super().__init__(*args, client=line.contract.client, **kwargs)
        for name in ("starts_on", "last_day_on", "billed_through_on"):
            self.fields.pop(name, None)
        self.is_billed = is_billed
        self.has_price = not is_billed and line.versions.count() == 1
        if not self.has_price:
            for name in (*TYPED[2:], *tier_fields(), "pricing"):
                if name in self.fields:
                    self.fields[name].disabled = True
        for name in RECKONING if is_billed else ():
            self.fields[name.removesuffix("_id")].disabled = True


def terms_initial(line: Any) -> dict[str, Any]:  # noqa: ANN401  (a line of a contract or a plan)
    """Return what a form shows of a line that is sold already."""
    names = [name for name in (*TERMS, *PLACES) if hasattr(line, name)]
    shown = {name.removesuffix("_id"): value for name, value in picked(line, names).items()}
    priced = line if hasattr(line, "tiers") else line.versions.order_by("-starts_on").first()
    return {**shown, **(price_initial(priced) if priced is not None else {})}


def price_initial(priced: Any) -> dict[str, Any]:  # noqa: ANN401  (a version, or a line of a plan)
    """Return what a form shows of quantity and price, without zeros at the end."""
    shown: dict[str, Any] = {
        "quantity": plain(priced.quantity),
        "unit_price": price_plain(priced.unit_price),
        "included_quantity": plain(priced.included_quantity),
        "overage_price": price_plain(priced.overage_price),
    }
    for n, tier in enumerate(tiers_of(priced.tiers)):
        shown[f"tier_{n}_up_to"] = None if tier.up_to is None else plain(tier.up_to)
        shown[f"tier_{n}_price"] = price_plain(tier.unit_price)
    return shown


def plain(number: Decimal) -> str:
    """Write a number as one types it: 12, not 12.0000."""
    return f"{number.normalize():f}"


def price_plain(price: Decimal) -> str:
    """Write a price as one types it: 59.90, or 1.4525 where it has more places."""
    return plain(price) if price != price.quantize(CENT) else f"{price.quantize(CENT):f}"
