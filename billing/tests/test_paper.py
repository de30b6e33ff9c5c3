"""What is printed."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from django.utils import translation
from pdfminer.high_level import extract_text

from billing.mentions import mentions_for
from billing.models import Charge, Invoice, TaxSituation
from billing.operations.issue_invoices import issue_invoices
from billing.paper import description_in_section, paper_of, price_text, quantity_text, render_pdf
from billing.tests.factories import DraftFactory
from clients.tests.factories import LegalEntityFactory
from tickets.models import Ticket

pytestmark = pytest.mark.django_db


def issued(**fields: object) -> Invoice:
    draft = DraftFactory(**fields)
    issue_invoices(invoice_ids=[draft.pk], issued_on=date(2026, 3, 31), actor=None)
    return Invoice.objects.get(pk=draft.pk)


def test_the_pdf_is_an_archive_file_that_keeps_every_letter() -> None:
    invoice = issued(client__name="Établissements Kœnig & Żółkiewski", client__language="en")

    pdf = render_pdf(invoice)

    text = extract_text(BytesIO(pdf))
    assert "Établissements Kœnig & Żółkiewski" in text
    assert "F-2026-00001" in text
    assert "€509.76" in text
    with pikepdf.open(BytesIO(pdf)) as file, file.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "B")
        assert about["dc:title"] == "Invoice F-2026-00001"


def test_an_invoice_prints_what_was_frozen_not_what_the_client_is_called_today() -> None:
    invoice = issued(client__name="Old name")
    invoice.client.name = "New name"
    invoice.client.save()

    assert paper_of(invoice)["buyer"][0] == "Old name"


def test_minutes_are_printed_as_hours_and_priced_by_the_hour() -> None:
    charge = Charge(quantity=Decimal(95), unit="minute", unit_price=Decimal("84.5000"))

    with translation.override("en"):
        assert (quantity_text(charge), price_text(charge)) == ("1:35 h", "84.50 / h")


def test_the_lines_stand_under_their_contract_and_their_ticket() -> None:
    invoice = issued(client__language="en")

    sections = paper_of(invoice)["sections"]

    contract, ticket = sections
    assert contract["title"].startswith("Contract ")
    assert contract["rows"][0]["detail"] == "1 – 31 Mar 2026"
    assert ticket["title"].endswith("· Laptop does not start")
    assert [row["amount"] for row in ticket["rows"]] == ["126.00"]


def test_a_french_firm_prints_every_mention_the_law_asks_for() -> None:
    firm = LegalEntityFactory.build(pays_vat_on_invoicing=True)

    mentions = mentions_for(firm, situation="domestic", language="fr", kinds=["recurring", "part"])

    assert [(mention["code"], mention["text"]) for mention in mentions] == [
        ("DEB", "Option pour le paiement de la taxe d’après les débits."),
        ("NAT", "Nature de l’opération : livraisons de biens et prestations de services."),
        (
            "PMD",
            (
                "Pénalités de retard : trois fois le taux d’intérêt légal, exigibles sans rappel"
                " dès le lendemain de l’échéance (art. L441-10 du Code de commerce)."
            ),
        ),
        (
            "PMT",
            (
                "Indemnité forfaitaire pour frais de recouvrement en cas de retard de paiement :"
                " 40 € (art. D441-5 du Code de commerce)."
            ),
        ),
        ("AAB", "Pas d’escompte pour paiement anticipé."),
    ]


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        (TaxSituation.REVERSE_CHARGE, "Autoliquidation : TVA due par le preneur (art. 283-2 du"),
        (TaxSituation.OUTSIDE_EU, "TVA non applicable : prestation à un preneur établi hors"),
        (TaxSituation.SMALL_BUSINESS, "TVA non applicable, art. 293 B du CGI."),
    ],
)
def test_a_sale_without_vat_says_why(situation: str, words: str) -> None:
    mentions = mentions_for(
        LegalEntityFactory.build(), situation=situation, language="fr", kinds=["time"]
    )

    assert mentions[0]["text"].startswith(words)


def test_the_firms_own_terms_replace_the_legal_minimum() -> None:
    firm = LegalEntityFactory.build(penalty_terms="12 % l’an.", discount_terms="2 % à 8 jours")

    texts = [
        mention["text"]
        for mention in mentions_for(firm, situation="domestic", language="fr", kinds=["time"])
    ]

    assert "Pénalités de retard : 12 % l’an." in texts
    assert "Escompte pour paiement anticipé : 2 % à 8 jours." in texts


@pytest.mark.parametrize("colon", [": ", " : ", "\u202f: "])
def test_a_line_does_not_repeat_the_ticket_that_its_section_names(colon: str) -> None:
    ticket = Ticket(number="T7", subject="Printer: offline")
    charge = Charge(ticket=ticket, description=f"T7 Printer: offline{colon}Remote work")

    assert description_in_section(charge) == "Remote work"
