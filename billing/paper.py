"""The printed invoice: what stands on it, in the client's language, and the PDF made of it."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any, Literal, cast

import typst
from babel.numbers import format_decimal
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from billing.appendix import look_of
from billing.domain.charge import RatedCharge
from billing.einvoice.reading import tax_in_euro
from billing.explain import explain
from billing.mentions import REPLACES, Mention, is_collected, mention_of, mentions_for
from billing.models import Charge, ChargeKind, Invoice, TaxLine, TaxSituation, Treatment, Unit
from billing.paper_labels import labels_of
from billing.parties import Party, buyer_as_issued, seller_as_issued
from billing.reductions import Reductions, parted, rows_of_discounts
from billing.slip import slip_of
from core.display import (
    days_text,
    document_day_text,
    grouped_text,
    money_text,
    number_text,
    percent_text,
    reader_locale,
)

TEMPLATE = Path(__file__).parent / "typst" / "invoice.typ"
FONTS = settings.BASE_DIR / "static" / "vendor" / "paper"
STANDARD: Literal["a-3b"] = "a-3b"
TAKEN_BACK = "taken_back/1"
_MINUTES_PER_HOUR = 60
_BARE = dict.fromkeys(("detail", "note", "quantity", "price", "tax"), "")
Pair = tuple[str, str]


def render_pdf(invoice: Invoice, *, is_preview: bool = False) -> bytes:
    """Return the document as PDF/A-3; a draft and a preview carry a stamp that says so."""
    stamped = paper_of(invoice) | look_of(invoice)
    if is_preview:
        with translation.override(invoice.language):
            stamped |= {"stamp": _("DRAFT")}
    return pdf_of(stamped)


def pdf_of(paper: Mapping[str, Any]) -> bytes:
    """Return what is printed as PDF/A-3."""
    said = {"paper": json.dumps(paper, ensure_ascii=False)}
    pdf = compiler().compile(format="pdf", sys_inputs=said, pdf_standards=[STANDARD])
    return cast("bytes", pdf)


@lru_cache(maxsize=1)
def compiler() -> typst.Compiler:
    """Return what sets the page, made once a process."""
    fonts = [str(FONTS)] if FONTS.is_dir() else []
    return typst.Compiler(str(TEMPLATE), font_paths=fonts, ignore_system_fonts=True)


def paper_of(invoice: Invoice) -> dict[str, Any]:
    """Return all that is printed, as text in the invoice's own language."""
    with translation.override(invoice.language):
        seller = invoice.seller or seller_as_issued(invoice.legal_entity)
        buyer = invoice.buyer or buyer_as_issued(invoice.client)
        day = invoice.issued_on or invoice.as_of_on
        return {
            "language": invoice.language[:2],
            "title": title_of(invoice),
            "number": invoice.number or "–",
            "stamp": _("DRAFT") if invoice.is_draft else "",
            "day": [day.year, day.month, day.day],
            "labels": labels_of(invoice),
            "seller": _seller(seller),
            "buyer": [buyer["name"], *_address(buyer, seller["country"])],
            "buyer_ids": _ids_of(buyer),
            "facts": _facts(invoice, buyer),
            "sections": _sections(invoice),
            "taxes": [_tax_row(line) for line in invoice.tax_lines.all()],
            "totals": _totals(invoice),
            "due": (_due_label(invoice), money_text(invoice.total, invoice.currency)),
            "payment": _corrected(invoice) or _payment(invoice, seller),
            "slip": slip_of(invoice, seller),
            "mentions": [mention["text"] for mention in _mentions(invoice)],
        }


def title_of(invoice: Invoice) -> str:
    """Return what the document is called, with its number."""
    if invoice.is_credit_note:
        return _("Credit note %(number)s") % {"number": invoice.number}
    return _("Invoice %(number)s") % {"number": invoice.number or _("draft")}


def _due_label(invoice: Invoice) -> str:
    return _("Total credited") if invoice.is_credit_note else _("Total due")


def _corrected(invoice: Invoice) -> list[Pair]:
    """Return which invoice a credit note takes back, and why; nothing for an invoice."""
    of = invoice.corrects
    if of is None or of.issued_on is None:
        return []
    return [
        (_("Invoice"), of.number),
        (_("Dated"), document_day_text(of.issued_on)),
        (_("Reason"), invoice.reason),
    ]


def _mentions(invoice: Invoice) -> list[Mention]:
    if not invoice.is_draft:
        return list(invoice.mentions)
    kinds = (charge.kind for charge in _printed(invoice))
    said = mentions_for(
        invoice.legal_entity,
        situation=invoice.tax_situation,
        language=invoice.language,
        kinds=kinds,
    )
    of = invoice.replaces
    if of is not None and of.issued_on:
        language, number = invoice.language, of.number
        said.append(mention_of(REPLACES, language=language, number=number, day=of.issued_on))
    return said


def _seller(seller: Party) -> dict[str, Any]:
    reach = (seller["phone"], seller["email"], seller["website"])
    place = f"{seller['postcode']} {seller['city']}".strip()
    return {
        "name": seller["name"],
        "address": [seller["street"], place, *(way for way in reach if way)],
        "legal": " · ".join(legal_identity(seller)),
    }


def legal_identity(seller: Party) -> Iterable[str]:
    """Return who sends a paper, as the law names a company."""
    form = seller["legal_form"]
    if form and seller["share_capital"]:
        capital = money_text(Decimal(seller["share_capital"]), seller["currency"])
        form = _("%(form)s with a capital of %(capital)s") % {"form": form, "capital": capital}
    yield f"{seller['name']}, {form}" if form else seller["name"]
    yield f"{seller['street']}, {seller['postcode']} {seller['city']}"
    if seller["register_town"]:
        yield f"RCS {seller['register_town']} {seller['registration_number']}"
    elif seller["registration_number"]:
        yield f"SIREN {seller['registration_number']}"
    if seller["vat_number"]:
        yield _("VAT %(number)s") % {"number": seller["vat_number"]}


def _address(buyer: Party, home: str) -> list[str]:
    place = f"{buyer['postcode']} {buyer['city']}".strip()
    lines = [*buyer["street"].splitlines(), place]
    if buyer["country"] != home:
        lines.append(str(reader_locale().territories.get(buyer["country"], buyer["country"])))
    return [line for line in lines if line]


def _ids_of(buyer: Party) -> list[str]:
    ids = []
    if buyer["registration_number"]:
        name = "SIREN" if buyer["country"] == "FR" else _("Registration")
        ids.append(f"{name} {buyer['registration_number']}")
    if buyer["vat_number"]:
        ids.append(_("VAT %(number)s") % {"number": buyer["vat_number"]})
    return ids


def _facts(invoice: Invoice, buyer: Party) -> list[Pair]:
    facts = [(_("Date"), document_day_text(invoice.issued_on) if invoice.issued_on else "–")]
    if invoice.corrects:
        facts.append((_("Corrects"), invoice.corrects.number))
    elif invoice.due_on:
        facts.append((_("Due"), document_day_text(invoice.due_on)))
    facts.append((_("Client no."), buyer["code"]))
    if invoice.purchase_order:
        facts.append((_("Your order"), invoice.purchase_order))
    days = [(charge.starts_on, charge.last_day_on) for charge in _printed(invoice)]
    if days:
        first, last = min(start for start, _end in days), max(end for _start, end in days)
        facts.append((_("Services"), days_text(first, last)))
    return facts


def _printed(invoice: Invoice) -> list[Charge]:
    return [charge for charge in invoice.charges.all() if charge.position is not None]


def _sections(invoice: Invoice) -> list[dict[str, Any]]:
    sections, known = [], parted(invoice.charges.all())
    for title, group in groupby(known.lines, key=_section_title):
        charges = list(group)
        total = sum((known.net_of(charge) for charge in charges), Decimal(0))
        rows = [row for charge in charges for row in _rows(charge, invoice, known)]
        sections.append(
            {"title": title, "sum": _plain(total) if len(rows) > 1 else "", "rows": rows}
        )
    return sections


def _rows(charge: Charge, invoice: Invoice, known: Reductions) -> Iterable[dict[str, str]]:
    """Yield a line, and beneath it what is taken off it."""
    yield _row(charge, invoice)
    for one in known.of(charge):
        yield _BARE | {"description": one.description, "amount": _plain(one.amount)}


def _section_title(charge: Charge) -> str:
    if charge.kind == ChargeKind.ADJUSTMENT:
        return _("Corrections of earlier periods")
    if charge.ticket:
        return _("Ticket %(number)s · %(subject)s") % {
            "number": charge.ticket.number,
            "subject": charge.ticket.subject,
        }
    if charge.contract:
        return _("Contract %(number)s · %(name)s") % {
            "number": charge.contract.number,
            "name": charge.contract.name,
        }
    return _("Other")


def _row(charge: Charge, invoice: Invoice) -> dict[str, str]:
    return {
        "description": description_in_section(charge),
        "detail": _detail(charge),
        "note": _note(charge, invoice.currency),
        "quantity": quantity_text(charge),
        "price": price_text(charge),
        "tax": _rate_text(charge.tax_rate, charge.tax_category),
        "amount": _plain(charge.amount),
    }


def description_in_section(charge: Charge) -> str:
    """Return the line's text without the ticket that the section's title already names."""
    if not charge.ticket:
        return charge.description
    named = f"{charge.ticket.number} {charge.ticket.subject}"
    return charge.description.removeprefix(named).lstrip(" \u00a0\u202f:")  # as French spaces it


def _detail(charge: Charge) -> str:
    """Return the days of a line, and its arithmetic where the columns do not show it."""
    days = days_text(charge.starts_on, charge.last_day_on)
    if charge.credits_id is not None:
        return days
    if charge.kind == ChargeKind.TIME or charge.basis.get("rule") == TAKEN_BACK:
        return explain(charge)
    if charge.unit == Unit.PRO_RATA:
        return f"{days} · {explain(charge)}"
    return days


def _note(charge: Charge, currency: str) -> str:
    if charge.treatment != Treatment.COVERED:
        return ""
    return _("Covered by your contract, worth %(amount)s") % {
        "amount": money_text(charge.list_amount, currency)
    }


def quantity_text(charge: Charge | RatedCharge) -> str:
    """Write a line's quantity as people read it: 1:30 h, 12, 3 pc."""
    if charge.unit == Unit.MINUTE:
        hours, minutes = divmod(abs(int(charge.quantity)), _MINUTES_PER_HOUR)
        sign = "-" if charge.quantity < 0 else ""
        return f"{sign}{hours}:{minutes:02d} h"
    return number_text(charge.quantity)


def price_text(charge: Charge | RatedCharge) -> str:
    """Write a line's unit price with what it is the price of."""
    price = format_decimal(charge.unit_price, format="#,##0.00##", locale=reader_locale())
    per = {
        Unit.MINUTE: pgettext("price per", "h"),
        Unit.MONTH: pgettext("price per", "month"),
        Unit.QUARTER: pgettext("price per", "quarter"),
        Unit.HALF_YEAR: pgettext("price per", "half-year"),
        Unit.YEAR: pgettext("price per", "year"),
    }
    unit = per.get(Unit(charge.unit))
    return f"{price} / {unit}" if unit else str(price)


def _rate_text(rate: Decimal, category: str) -> str:
    return percent_text(rate) if category in {"S", "Z"} else "–"


def _tax_row(line: TaxLine) -> dict[str, str]:
    names = {"AE": _("Reverse charge"), "O": _("Outside the scope"), "E": _("Exempt")}
    rate = names.get(line.category) or percent_text(line.rate)
    return {"rate": rate, "base": _plain(line.base), "tax": _plain(line.tax)}


def _totals(invoice: Invoice) -> list[Pair]:
    tax = _("VAT") if invoice.tax_situation == TaxSituation.DOMESTIC else _("VAT (see note)")
    rows = [
        *rows_of_discounts(invoice),
        (_("Total without VAT"), money_text(invoice.net, invoice.currency)),
        (tax, money_text(invoice.tax, invoice.currency)),
    ]
    if invoice.tax and (euro := tax_in_euro(invoice)) is not None:
        rows.append((_("VAT in euro"), money_text(euro, "EUR")))
    return rows


def _payment(invoice: Invoice, seller: Party) -> list[Pair]:
    due = invoice.due_on
    if is_collected(invoice.mentions):
        return [(_("Payment"), _("by direct debit, see below")), (_("Reference"), invoice.number)]
    rows = [(_("Pay by"), document_day_text(due))] if due else []
    if seller["iban"]:
        rows.append((_("IBAN"), grouped_text(seller["iban"])))
    if seller["bic"]:
        rows.append((_("BIC"), seller["bic"]))
    rows.append((_("Reference"), invoice.number or "–"))
    return rows


def _plain(amount: Decimal) -> str:
    return str(format_decimal(amount, format="#,##0.00", locale=reader_locale()))
