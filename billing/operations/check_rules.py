"""Checking one issued document against the official rules, and keeping what was found."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import translation

from billing.einvoice.cii import cii_of
from billing.einvoice.missing import NotElectronic
from billing.einvoice.reading import electronic
from billing.einvoice.rules import CannotJudge, Judge
from billing.einvoice.ubl import ubl_of
from billing.models import Invoice, RuleCheck
from billing.wording import firm_language


@transaction.atomic(durable=True)
def check_rules(*, check_id: int, judge: Judge, now: datetime) -> None:
    """Apply the rules to the document as CII and as UBL, unless another worker is at it.

    Why it could not be checked is kept like a finding.
    """
    waiting = RuleCheck.objects.waiting().select_for_update(skip_locked=True, of=("self",))
    check = waiting.filter(pk=check_id).first()
    if check is None:
        return
    invoice = Invoice.objects.with_lines().get(pk=check.invoice_id)
    with translation.override(firm_language(invoice.legal_entity)):
        try:
            check.findings = _findings(invoice, judge)
        except (NotElectronic, CannotJudge) as fault:
            check.fault = str(fault)
    check.checked_at = now
    check.save(update_fields=["findings", "fault", "checked_at"])


def _findings(invoice: Invoice, judge: Judge) -> list[dict[str, Any]]:
    """Return what both syntaxes break; a rule that both break is named once."""
    document = electronic(invoice)
    is_french = document.seller.country == "FR"
    found: dict[str, dict[str, Any]] = {}
    for write in (cii_of, ubl_of):
        for finding in judge.findings(write(document), is_french=is_french):
            found.setdefault(finding.rule, asdict(finding))
    return sorted(found.values(), key=lambda one: not one["is_fatal"])
