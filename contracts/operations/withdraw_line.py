"""Take back a line that has not begun."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import ContractLine
from contracts.operations._line_terms import LineNotAcceptable


@transaction.atomic(durable=True)
def withdraw_line(*, line_id: int, today: date) -> None:
    """Delete a line that is only to come.

    :raises LineNotAcceptable: it has begun, or is billed in advance already
    """
    line = ContractLine.objects.select_for_update(of=["self"]).get(pk=line_id)
    if line.starts_on <= today or line.claims.exists():
        raise LineNotAcceptable(_("This line has begun or is billed: end it instead."))
    line.delete()
