"""Steps shared by all that is done with lines of bank statements."""

from django.utils.translation import gettext as _

from billing.models import BankEntry
from billing.operations._payments import PaymentRefused


def lock_open_entry(entry_id: int) -> BankEntry:
    """Lock a line before all else, so that it is dealt with once, and return it."""
    entry = BankEntry.objects.select_for_update(no_key=True).get(pk=entry_id)
    if not entry.is_open:
        raise PaymentRefused(_("Somebody has dealt with this line already."))
    return entry
