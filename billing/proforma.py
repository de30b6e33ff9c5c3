"""The proforma of a draft: what an invoice would say, marked as none and entered nowhere.

It has no number and no series, is not kept and not sealed: it is drawn from the draft as that is
now. Issuing the draft makes the invoice.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from billing.appendix import look_of
from billing.models import Invoice
from billing.paper import paper_of, pdf_of
from core.display import document_day_text


class NoProforma(Exception):
    """Only a draft has a proforma; the message says so."""


def render_proforma(draft: Invoice) -> bytes:
    """Return the proforma as PDF/A-3.

    :raises NoProforma: the invoice is issued, and is a document of its own
    """
    if not draft.is_draft:
        raise NoProforma(
            _("%(invoice)s is issued: hand out the invoice itself.") % {"invoice": draft}
        )
    return pdf_of(proforma_of(draft) | look_of(draft))


def proforma_of(draft: Invoice) -> dict[str, Any]:
    """Return what is printed, in the client's language."""
    paper = paper_of(draft)
    with translation.override(draft.language):
        title = _("Proforma invoice")
        day = document_day_text(draft.as_of_on)
        _dateless, *facts = paper["facts"]
        return paper | {
            "title": title,
            "number": day,
            "stamp": pgettext("stamp", "PROFORMA"),
            "labels": paper["labels"] | {"document": title},
            "facts": [(_("Date"), day), *facts],
            "due": (_("Total with VAT"), paper["due"][1]),
            "payment": [(_("To be paid"), _("by the invoice that follows"))],
            "slip": "",
            "mentions": [
                _("This proforma is not an invoice: it asks for no payment, and no VAT can be "
                  "deducted by it."),
                *paper["mentions"],
            ],
        }  # fmt: skip
