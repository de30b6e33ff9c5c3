"""What every new contract must have; opens no transaction."""

from django.utils.translation import gettext as _

from contracts.models import Contract


class ContractNotAcceptable(Exception):
    """The contract cannot be written down as it was given."""


def require_free_number(number: str) -> None:
    """Refuse the number of another contract.

    :raises ContractNotAcceptable: it is taken
    """
    if Contract.objects.filter(number=number).exists():
        raise ContractNotAcceptable(
            _("There is already a contract with the number %(number)s.") % {"number": number}
        )
