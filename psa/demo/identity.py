"""Numbers of companies that do not exist, right in form."""

from stdnum import luhn
from stdnum.iso7064 import mod_11_10

FRENCH_KEYS = 97


def siren(serial: int) -> str:
    """Return a French company number: eight digits and a check digit (Luhn)."""
    digits = f"9{serial:07d}"
    return digits + luhn.calc_check_digit(digits)


def french_vat(company_number: str) -> str:
    """Return the French VAT number of a company (key: 12 + 3 x SIREN mod 97, mod 97)."""
    key = (12 + 3 * (int(company_number) % FRENCH_KEYS)) % FRENCH_KEYS
    return f"FR{key:02d}{company_number}"


def belgian_vat(serial: int) -> str:
    """Return a Belgian VAT number: eight digits and 97 less their remainder by 97."""
    digits = f"0{serial:07d}"
    return f"BE{digits}{97 - int(digits) % 97:02d}"


def german_vat(serial: int) -> str:
    """Return a German VAT number: eight digits and a check digit (ISO 7064 Mod 11, 10)."""
    digits = f"9{serial:07d}"
    return f"DE{digits}{mod_11_10.calc_check_digit(digits)}"
