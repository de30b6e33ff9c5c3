"""Noting that a client revoked a mandate."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from clients.models import Mandate, MandateEnd
from payments.operations._mandates import MandateRefused, end

__all__ = ["MandateRefused", "end_mandate"]


@transaction.atomic(durable=True)
def end_mandate(*, mandate_id: int, ended_on: date, note: str, today: date) -> Mandate:
    """Let nothing more be collected by a mandate; what is at the bank already goes its way.

    :raises MandateRefused: it ended before, or the day is to come or before it was signed
    """
    mandate = Mandate.objects.select_for_update(no_key=True).get(pk=mandate_id)
    if mandate.ended_on:
        raise MandateRefused(_("This mandate has ended already."))
    if ended_on < mandate.signed_on:
        raise MandateRefused(_("A mandate cannot end before it was signed."), "ended_on")
    if ended_on > today:
        raise MandateRefused(_("Note it on the day it ends; that day is yet to come."), "ended_on")
    end(mandate, MandateEnd.REVOKED, ended_on, note)
    return mandate
