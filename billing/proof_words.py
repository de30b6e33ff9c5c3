"""Why evidence is where it is, in the words of the proof."""

from django.utils.translation import gettext as _


def reason_text(reason: str) -> str:
    """Return the words for a reason of the proof, empty for none."""
    if not reason:
        return ""
    return _words().get(reason, reason)


def _words() -> dict[str, str]:
    return {
        "after": _("after the day of the run"),
        "ahead": _("beyond the day of the run"),
        "calendar_unknown": _("holidays not known"),
        "cancelled": _("cancelled"),
        "changed": _("changed since the run"),
        "client": _("the client is held"),
        "contract_ambiguous": _("several contracts could pay"),
        "contract_unclear": _("not clear whether a contract pays"),
        "discarded": _("its draft was discarded"),
        "freed": _("its invoice was cancelled"),
        "flat_rate_missing": _("no flat rate on the ticket"),
        "negative_total": _("comes to less than nothing"),
        "new": _("entered since the run"),
        "not_approved": _("not approved"),
        "not_due": _("not due yet"),
        "order_missing": _("no purchase order"),
        "rate_missing": _("no hourly rate"),
        "uncounted": _("in none of these places"),
        "twice": _("billed twice"),
        "zone_price_missing": _("no price of the travel zone"),
        "portion": _("its parts do not add up"),
    }
