"""Why banks send direct debits back, in plain words, and after which the mandate is stopped."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.display import labelled_text

RETURN_WORDS: dict[str, Promise] = {
    "AC01": _("the account number is wrong"),
    "AC04": _("the account is closed"),
    "AC06": _("the account is blocked"),
    "AC13": _("it is a consumer's account; B2B is for companies only"),
    "AG01": _("direct debits are not allowed on this account"),
    "AG02": _("the bank does not take the file in this form"),
    "AM04": _("not enough money in the account"),
    "AM05": _("it was collected twice"),
    "BE05": _("the creditor identifier is not known"),
    "CNOR": _("the firm's bank cannot be reached"),
    "DNOR": _("the client's bank cannot be reached"),
    "FF01": _("the file is not in the right form"),
    "MD01": _("there is no mandate, or it was revoked"),
    "MD02": _("the mandate's data are missing or wrong"),
    "MD06": _("the client asked for the money back"),
    "MD07": _("the account holder has died"),
    "MS02": _("the client refused the collection"),
    "MS03": _("the client's bank gives no reason"),
    "RC01": _("the bank's code (BIC) is wrong"),
    "RR01": _("the law asks for more about the account"),
    "RR02": _("the law asks for the account holder's name or address"),
    "RR03": _("the law asks for the firm's name or address"),
    "RR04": _("a reason of law that the bank does not tell"),
    "SL01": _("the client told their bank to let it pass no longer"),
    "TM01": _("it reached the bank too late"),
}
# Collecting again by the same mandate would only come back, or be unlawful.
STOPS_THE_MANDATE = frozenset({"AC01", "AC04", "AC06", "AC13", "AG01", "MD01", "MD02", "MD07"})


def words_of(code: str) -> str:
    """Return what a code means, or that it is not known."""
    if not code:
        return str(_("the bank gave no code"))
    return str(RETURN_WORDS.get(code, _("a reason that is not on the list")))


def choices() -> list[tuple[str, str]]:
    """Return the codes with their words, the commonest first."""
    first = ["AM04", "MD01", "AC04", "MD06", "MS02", "MS03"]
    codes = [*first, *(code for code in RETURN_WORDS if code not in first)]
    return [(code, labelled_text(code, RETURN_WORDS[code])) for code in codes]
