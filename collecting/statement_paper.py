"""The printed statement of account, in the client's language."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

import typst
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from billing.models import Letterhead
from billing.paper import legal_identity
from billing.parties import seller_as_issued
from clients.models import Client, LegalEntity
from collecting.domain.statement import Line
from collecting.queries.statements import CurrencyStatement, move_text, statements_of
from core.display import day_text, days_text, grouped_text, labelled_text, money_text

TEMPLATE = Path(__file__).parent / "typst" / "statement.typ"
FONTS = settings.BASE_DIR / "static" / "vendor" / "paper"


def statement_pdf(
    client: Client, entity: LegalEntity, first_on: date, last_on: date, language: str
) -> bytes:
    """Return the statement as a PDF, one part for each currency."""
    said = statement_said(client, entity, first_on, last_on, language)
    look = Letterhead.objects.of(entity.pk).printed
    paper = json.dumps(said | look, ensure_ascii=False)
    pdf = _compiler().compile(format="pdf", sys_inputs={"paper": paper})
    return cast("bytes", pdf)


def statement_said(
    client: Client, entity: LegalEntity, first_on: date, last_on: date, language: str
) -> dict[str, Any]:
    """Return all that the paper says.

    The account is read in the paper's language too, since it says how money came and went.
    """
    with translation.override(language):
        found = statements_of(client, first_on, last_on, entity.zone)
        return _paper(client, entity, found, language)


@lru_cache(maxsize=1)
def _compiler() -> typst.Compiler:
    fonts = [str(FONTS)] if FONTS.is_dir() else []
    return typst.Compiler(str(TEMPLATE), font_paths=fonts, ignore_system_fonts=True)


def _paper(
    client: Client, entity: LegalEntity, found: Sequence[CurrencyStatement], language: str
) -> dict[str, Any]:
    days = found[0].statement
    return {
        "language": language[:2],
        "title": _("Statement of account"),
        "days": days_text(days.first_on, days.last_on),
        "seller": {
            "name": entity.name,
            "address": [entity.street, f"{entity.postcode} {entity.city}", entity.email],
        },
        "buyer": [
            client.name,
            *client.street.splitlines(),
            f"{client.postcode} {client.city}".strip(),
        ],
        "code": (_("Client no."), client.code),
        "labels": {
            "day": _("Date"),
            "what": _("Document"),
            "due": _("Due"),
            "amount": _("Amount"),
            "balance": _("Balance"),
            "page": _("Page"),
        },
        "parts": [_part(one) for one in found],
        "nothing": _("Nothing moved in these days."),
        "pay": _how_to_pay(entity) if any(one.statement.closing > 0 for one in found) else [],
        "legal": " · ".join(legal_identity(seller_as_issued(entity))),
    }


def _how_to_pay(entity: LegalEntity) -> list[tuple[str, str]]:
    """Return to which account what is owed goes, where the firm has named one."""
    if not entity.iban:
        return []
    bank = [(_("IBAN"), grouped_text(entity.iban)), ("BIC", entity.bic)]
    return [(_("Pay by transfer to"), entity.name), *(row for row in bank if row[1])]


def _part(one: CurrencyStatement) -> dict[str, Any]:
    statement, currency = one.statement, one.currency
    return {
        "currency": currency,
        "opening": (_("Opening balance"), money_text(statement.opening, currency)),
        "rows": [_row(line, currency) for line in statement.lines],
        "closing": (_("Closing balance"), money_text(statement.closing, currency)),
        "ages": [
            (name, money_text(amount, currency))
            for name, amount in zip(age_names(), statement.parts, strict=True)
        ],
        "credit": (
            labelled_text(_("Your credit"), money_text(statement.credit, currency))
            if statement.credit
            else None
        ),
    }


def _row(line: Line, currency: str) -> dict[str, str]:
    move = line.move
    return {
        "day": day_text(move.day),
        "what": move_text(move),
        "detail": move.detail,
        "due": day_text(move.due_on) if move.due_on else "",
        "amount": money_text(move.amount, currency),
        "balance": money_text(line.balance, currency),
    }


def age_names() -> list[str]:
    """Return how late the parts of what is open are, in the reader's language."""
    return [
        _("not due"),
        _("1–30 days"),
        _("31–60 days"),
        _("61–90 days"),
        _("over 90 days"),
    ]
