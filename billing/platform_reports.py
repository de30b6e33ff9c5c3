"""Keeping what a platform reports of the firm's documents."""

import logging

from billing.einvoice.platforms import platform_of
from billing.einvoice.platforms.platform import Platform
from billing.models import Invoice
from billing.operations.record_platform_status import StatusRefused, record_platform_status
from clients.models import LegalEntity

log = logging.getLogger(__name__)


def keep_reports(entity: LegalEntity) -> None:
    """Record each status that the firm's platform tells."""
    platform = platform_of(entity)
    if platform is not None:
        keep_reports_of(platform, entity)


def keep_reports_of(platform: Platform, entity: LegalEntity) -> None:
    """Record each status; one that cannot be is logged and stops no other."""
    for report in platform.reports():
        invoice = Invoice.objects.issued().filter(legal_entity=entity, number=report.number).first()
        if invoice is None:
            log.warning("The platform reports on %s, which is not known", report.number)
            continue
        try:
            record_platform_status(
                invoice_id=invoice.pk,
                status=report.status,
                happened_on=report.happened_on,
                reason=report.reason,
                actor=None,
            )
        except StatusRefused as refusal:
            log.warning("%s cannot be %s: %s", report.number, report.status, refusal)
