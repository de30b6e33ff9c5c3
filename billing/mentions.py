"""The legal mentions of an invoice, in the client's language.

The sentences are law, not interface: they are copied into the document when it is issued and must
not depend on which translations happen to be installed that day. So they stand here, one beside
the other, and the French ones are those of the French codes (CGI ann. II art. 242 nonies A;
C. com. L441-9 and L441-10). Each has a code, those of EN 16931 notes where there is one.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from babel.numbers import format_decimal

from billing.models import GOODS, TaxSituation
from clients.models import LegalEntity
from core.display import document_day_text

Mention = dict[str, str]

PENALTY = "PMD"
RECOVERY_FEE = "PMT"
DISCOUNT = "AAB"
TAX = "TAX"
DEBITS = "DEB"
NATURE = "NAT"
REPLACES = "REP"
CANCELS = "CXL"
EXCHANGE = "FX"
# How it is paid, in the words of UNTDID 4451: the announcement of a direct debit.
DEBIT = "PAI"
# What a credit note says again of its invoice: nothing of it has to be paid.
CREDITED = frozenset({TAX, DEBITS, NATURE, EXCHANGE})

_DEBIT = {
    "fr": "Ne pas payer : {amount} sera prélevé sur le compte {account} le {day} ou le premier jour"
    " bancaire suivant. Prélèvement SEPA, mandat (RUM) {mandate}, identifiant créancier (ICS)"
    " {creditor}.",
    "en": "Nothing to pay: {amount} will be collected from account {account} on {day} or the next"
    " bank day. SEPA direct debit, mandate (UMR) {mandate}, creditor identifier (ICS) {creditor}.",
}

_SENTENCES: dict[str, dict[str, str]] = {
    "penalty": {
        "fr": "Pénalités de retard : {terms}.",
        "en": "Late-payment penalty: {terms}.",
    },
    "penalty_legal": {
        "fr": "Pénalités de retard : trois fois le taux d’intérêt légal, exigibles sans rappel"
        " dès le lendemain de l’échéance (art. L441-10 du Code de commerce).",
        "en": "Late-payment penalty: three times the French legal interest rate, due without"
        " reminder from the day after the due date (art. L441-10 of the Code de commerce).",
    },
    "fee": {
        "fr": "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement :"
        " 40 € (art. D441-5 du Code de commerce).",
        "en": "Fixed compensation for recovery costs in case of late payment: €40"
        " (art. D441-5 of the Code de commerce).",
    },
    "discount": {
        "fr": "Escompte pour paiement anticipé : {terms}.",
        "en": "Discount for early payment: {terms}.",
    },
    "no_discount": {
        "fr": "Pas d’escompte pour paiement anticipé.",
        "en": "No discount for early payment.",
    },
    "reverse_charge_fr": {
        "fr": "Autoliquidation : TVA due par le preneur (art. 283-2 du CGI ; art. 44 et 196 de la"
        " directive 2006/112/CE).",
        "en": "Reverse charge (autoliquidation): VAT is due by the customer (art. 283-2 of the CGI;"
        " art. 44 and 196 of Directive 2006/112/EC).",
    },
    "reverse_charge": {
        "fr": "Autoliquidation : TVA due par le preneur (art. 44 et 196 de la directive"
        " 2006/112/CE).",
        "en": "Reverse charge: VAT is due by the customer (art. 44 and 196 of Directive"
        " 2006/112/EC).",
    },
    "outside_eu_fr": {
        "fr": "TVA non applicable : prestation à un preneur établi hors de l’Union européenne"
        " (art. 259-1 du CGI).",
        "en": "No French VAT: service to a customer established outside the European Union"
        " (art. 259-1 of the CGI).",
    },
    "outside_eu": {
        "fr": "TVA non applicable : prestation à un preneur établi hors de l’Union européenne"
        " (art. 44 de la directive 2006/112/CE).",
        "en": "No VAT: service to a customer established outside the European Union (art. 44 of"
        " Directive 2006/112/EC).",
    },
    "small_business_fr": {
        "fr": "TVA non applicable, art. 293 B du CGI.",
        "en": "VAT not applicable, art. 293 B of the CGI (TVA non applicable, art. 293 B du CGI).",
    },
    "small_business": {
        "fr": "TVA non applicable : régime des petites entreprises.",
        "en": "VAT not applicable: exempt small business.",
    },
    "outside_scope_fr": {
        "fr": "Intérêts de retard et indemnité pour frais de recouvrement : hors du champ"
        " d’application de la TVA (art. 256 du CGI).",
        "en": "Late interest and compensation for recovery costs: outside the scope of VAT"
        " (art. 256 of the CGI).",
    },
    "outside_scope": {
        "fr": "Intérêts de retard et indemnité pour frais de recouvrement : hors du champ"
        " d’application de la TVA (art. 2 de la directive 2006/112/CE).",
        "en": "Late interest and compensation for recovery costs: outside the scope of VAT"
        " (art. 2 of Directive 2006/112/EC).",
    },
    "debits": {
        "fr": "Option pour le paiement de la taxe d’après les débits.",
        "en": "VAT is due when invoiced (option pour le paiement de la taxe d’après les débits).",
    },
    "services": {
        "fr": "Nature de l’opération : prestations de services.",
        "en": "Nature of the supply: services.",
    },
    "goods": {
        "fr": "Nature de l’opération : livraisons de biens.",
        "en": "Nature of the supply: goods.",
    },
    "replaces": {
        "fr": "Remplace la facture {number} du {day}, annulée.",
        "en": "Replaces invoice {number} of {day}, which is cancelled.",
    },
    "cancels": {
        "fr": "Annule en totalité la facture {number} du {day}.",
        "en": "Cancels invoice {number} of {day} in whole.",
    },
    "exchange": {
        "fr": "Taux de change du {day} : 1 EUR = {rate} {currency}.",
        "en": "Exchange rate of {day}: 1 EUR = {rate} {currency}.",
    },
    "both": {
        "fr": "Nature de l’opération : livraisons de biens et prestations de services.",
        "en": "Nature of the supply: goods and services.",
    },
}


def mention_of(code: str, *, language: str, number: str, day: date) -> Mention:
    """Return the sentence that ties a document to the cancelled invoice, ``REPLACES`` or so."""
    name = {REPLACES: "replaces", CANCELS: "cancels"}[code]
    sentences = _SENTENCES[name]
    french = language[:2] == "fr"
    text = sentences["fr" if french else "en"]
    written = document_day_text(day, "fr" if french else "en")
    return {"code": code, "text": text.format(number=number, day=written)}


def mention_of_rate(*, language: str, currency: str, rate: Decimal, day: date) -> Mention:
    """Return the sentence by which VAT is stated in euro, with the rate as a number beside it."""
    french = language[:2] == "fr"
    locale = "fr" if french else "en_GB"
    text = _SENTENCES["exchange"]["fr" if french else "en"].format(
        day=document_day_text(day, locale),
        rate=format_decimal(rate, format="0.######", locale=locale),
        currency=currency,
    )
    return {"code": EXCHANGE, "text": text, "rate": f"{rate:f}"}


def mentions_for(
    seller: LegalEntity, *, situation: str, language: str, kinds: Iterable[str]
) -> list[Mention]:
    """Return what the law wants to read on this invoice; ``kinds`` are those of its lines."""
    return [
        {"code": code, "text": _sentence(name, language, terms)}
        for code, name, terms in _needed(seller, situation, frozenset(kinds))
    ]


def debit_mention(language: str, facts: Mapping[str, str]) -> Mention:
    """Return the announcement that the invoice is collected: when, how much, by which mandate.

    Mandate and creditor stand in it once more by themselves, for electronic invoices.
    """
    text = _DEBIT.get(language[:2], _DEBIT["en"]).format(**facts)
    return {
        "code": DEBIT,
        "text": text,
        "mandate": facts["mandate"],
        "creditor": facts["creditor"],
    }


def is_collected(mentions: Iterable[Mention]) -> bool:
    """Whether they say that the document is collected, so that nobody is asked to pay it."""
    return any(mention["code"] == DEBIT for mention in mentions)


def _needed(
    seller: LegalEntity, situation: str, kinds: frozenset[str]
) -> Iterator[tuple[str, str, str]]:
    if situation != TaxSituation.DOMESTIC:
        yield TAX, _by_country(situation, seller), ""
    if seller.pays_vat_on_invoicing and situation == TaxSituation.DOMESTIC:
        yield DEBITS, "debits", ""
    if situation != TaxSituation.OUTSIDE_SCOPE:
        yield NATURE, _nature(kinds), ""
    yield from _terms_of_payment(seller)


def _terms_of_payment(seller: LegalEntity) -> Iterator[tuple[str, str, str]]:
    is_french = seller.country == "FR"
    if seller.penalty_terms:
        yield PENALTY, "penalty", seller.penalty_terms
    elif is_french:
        yield PENALTY, "penalty_legal", ""
    if is_french:
        yield RECOVERY_FEE, "fee", ""
    if seller.discount_terms:
        yield DISCOUNT, "discount", seller.discount_terms
    else:
        yield DISCOUNT, "no_discount", ""


def _by_country(situation: str, seller: LegalEntity) -> str:
    return f"{situation}_fr" if seller.country == "FR" else situation


def _nature(kinds: frozenset[str]) -> str:
    if kinds.isdisjoint(GOODS):
        return "services"
    return "goods" if kinds <= GOODS else "both"


def _sentence(name: str, language: str, terms: str) -> str:
    sentences = _SENTENCES[name]
    text = sentences.get(language[:2], sentences["en"])
    return text.format(terms=terms.rstrip(". "))
