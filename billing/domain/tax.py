"""Value-added tax: whose tax a sale falls under, and at which rate.

The category is a code of UNTDID 5305 as EN 16931 uses it: S standard, Z zero-rated, AE reverse
charge, O outside the scope, E exempt. Only S carries a rate above nothing.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from billing.domain.charge import RatedCharge
from billing.domain.evidence import Buyer, ClientEvidence, Firm
from billing.domain.terms import Hold, NotBillable, Situation
from core.money import ZERO

EU = frozenset({
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT",
    "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
})  # fmt: skip
# Monaco belongs to the French territory for VAT; some systems write Greece as its VAT numbers do.
TAX_COUNTRY = {"MC": "FR", "EL": "GR"}
CATEGORY = {
    Situation.REVERSE_CHARGE: "AE",
    Situation.OUTSIDE_EU: "O",
    Situation.SMALL_BUSINESS: "E",
    Situation.OUTSIDE_SCOPE: "O",
}
ZERO_RATED = "zero"
# What no tax is on wherever the client is, since it pays for nothing that was sold: late interest
# and the compensation for recovery costs. It stands on documents of its own: beside what is
# outside the scope, EN 16931 allows no other category.
INTEREST = "interest"
RECOVERY_FEE = "recovery_fee"
OUTSIDE_CODES = frozenset({INTEREST, RECOVERY_FEE})


def tax_country(country: str) -> str:
    """Return the country whose VAT territory the country belongs to."""
    return TAX_COUNTRY.get(country, country)


def situation_of(firm: Firm, buyer: Buyer) -> Situation:
    """Return which country's tax applies; an EU client without VAT number is taxed like a local.

    :raises NotBillable: the client's country is not known
    """
    if not buyer.country:
        raise NotBillable(Hold.COUNTRY_MISSING)
    ours, theirs = tax_country(firm.country), tax_country(buyer.country)
    if firm.is_small_business:
        return Situation.SMALL_BUSINESS
    if ours == theirs:
        return Situation.DOMESTIC
    if ours not in EU or theirs not in EU:
        return Situation.OUTSIDE_EU
    return Situation.REVERSE_CHARGE if buyer.vat_number else Situation.DOMESTIC


def situation_of_lines(tax_codes: Iterable[str], firm: Firm, buyer: Buyer) -> Situation:
    """Return the situation of a document with lines of these tax codes.

    :raises NotBillable: the client's country is not known
    """
    codes = frozenset(tax_codes)
    if codes and codes <= OUTSIDE_CODES:
        return Situation.OUTSIDE_SCOPE
    return situation_of(firm, buyer)


def tax_of(
    charge: RatedCharge, situation: Situation, evidence: ClientEvidence
) -> tuple[str, Decimal]:
    """Return the tax category and the rate in percent of a charge, by its last day of service.

    :raises NotBillable: no rate is known for its tax code on that day
    """
    if charge.tax_code in OUTSIDE_CODES:
        return CATEGORY[Situation.OUTSIDE_SCOPE], ZERO
    if situation != Situation.DOMESTIC:
        return CATEGORY[situation], ZERO
    if charge.tax_code == ZERO_RATED:
        return "Z", ZERO
    percent = _percent_on(charge.period.last_day, charge.tax_code, evidence)
    return ("S" if percent else "Z"), percent


def _percent_on(day: date, tax_code: str, evidence: ClientEvidence) -> Decimal:
    for tax in evidence.taxes.get(tax_code, ()):
        if day in tax.period:
            return tax.percent
    raise NotBillable(
        Hold.TAX_RATE_MISSING,
        tax_code=tax_code,
        country=evidence.firm.country,
        day=day.isoformat(),
    )
