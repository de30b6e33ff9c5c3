"""Take back a change of a line."""

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ContractLine, LineVersion
from contracts.operations._line_rules import LineNotAcceptable


@transaction.atomic(durable=True)
def withdraw_version(*, version_id: int) -> ContractLine:
    """Delete a later version, so that the one before it holds on.

    :raises LineNotAcceptable: it is the price with which the line began
    """
    version = LineVersion.objects.get(pk=version_id)
    line = ContractLine.objects.select_for_update(of=["self"]).get(pk=version.line_id)
    if not line.versions.filter(starts_on__lt=version.starts_on).exists():
        raise LineNotAcceptable(
            _("This is the price with which the line began: correct it instead.")
        )
    version.delete()
    return line
