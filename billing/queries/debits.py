"""Which of the documents about to be issued are collected by direct debit, and what they say."""

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from django.utils import translation

from billing.mentions import Mention, debit_mention
from billing.queries.papers import Paper
from clients.models import Mandate
from core.bank_days import bank_day_from
from core.display import day_text, money_text


def announcements(papers: Collection[Paper], issued_on: date) -> dict[int, list[Mention]]:
    """Return, by draft, the announcement of its collection; one query for any number."""
    mandates = _mandates({paper.draft.client_id for paper in papers}, issued_on)
    found = {}
    for paper in papers:
        draft = paper.draft
        mandate = mandates.get((draft.client_id, draft.legal_entity_id))
        if mandate and draft.currency == "EUR" and draft.total > 0:
            found[draft.id] = [_announcement(paper, mandate, issued_on)]
    return found


def _mandates(client_ids: Iterable[int], day: date) -> dict[tuple[int, int], Mandate]:
    rows = Mandate.objects.in_force(day).filter(
        client__in=client_ids,
        client__pays_by_direct_debit=True,
        legal_entity__creditor_identifier__gt="",
    )
    return {
        (row.client_id, row.legal_entity_id): row for row in rows.select_related("legal_entity")
    }


def _announcement(paper: Paper, mandate: Mandate, issued_on: date) -> Mention:
    due_on = issued_on + timedelta(days=paper.buyer.payment_days)
    told_on = issued_on + timedelta(days=mandate.notice_days)
    language = paper.draft.language
    with translation.override(language):
        facts = {
            "amount": money_text(paper.draft.total, paper.draft.currency),
            "day": day_text(bank_day_from(max(due_on, told_on))),
            "account": mandate.iban_masked,
            "mandate": mandate.reference,
            "creditor": mandate.legal_entity.creditor_identifier,
        }
    return debit_mention(language, facts)
