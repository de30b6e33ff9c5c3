"""Writing down that a client signed a mandate."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from schwifty import BIC, IBAN
from schwifty.exceptions import SchwiftyException

from clients.models import Client, LegalEntity, Mandate, MandateEnd
from core.secret_box import seal
from payments.operations._mandates import MandateRefused, end

__all__ = ["MandateRefused", "Signed", "sign_mandate"]

# The letters that every bank of SEPA takes in a reference.
REFERENCE = re.compile(r"(?!/)(?!.*//)[A-Za-z0-9/\-?:().,'+ ]{1,35}(?<!/)")
SHOWN_END, SHOWN_START = 4, 4


@dataclass(frozen=True)
class Signed:
    """What stands on the paper that the client signed."""

    legal_entity_id: int
    iban: str
    signed_on: date
    scheme: str
    reference: str = ""
    debtor: str = ""
    bic: str = ""
    is_one_off: bool = False
    notice_days: int = 14
    document: "UploadedFile[Any] | None" = None


@transaction.atomic(durable=True)
def sign_mandate(*, client_id: int, signed: Signed, today: date) -> Mandate:
    """Record a mandate in place of the one before, and let the client pay by direct debit.

    :raises MandateRefused: its account, reference or day cannot be
    """
    client = Client.objects.select_for_update(no_key=True).get(pk=client_id)
    entity = LegalEntity.objects.get(pk=signed.legal_entity_id)
    iban = _iban(signed.iban)
    reference = signed.reference.strip() or _next_reference(client, entity)
    _guard(signed, reference, entity, today)
    for before in Mandate.objects.filter(client=client, legal_entity=entity, ended_on=None):
        lapsed = today >= before.lapses_on
        end(before, MandateEnd.LAPSED if lapsed else MandateEnd.REPLACED, today)
    mandate = Mandate.objects.create(
        client=client,
        legal_entity=entity,
        reference=reference,
        scheme=signed.scheme,
        is_one_off=signed.is_one_off,
        signed_on=signed.signed_on,
        debtor=(signed.debtor.strip() or client.name)[:70],
        iban_sealed=seal(iban.compact),
        iban_masked=f"{iban.compact[:SHOWN_START]} •••• {iban.compact[-SHOWN_END:]}",
        bic=_bic(signed.bic, iban),
        notice_days=signed.notice_days,
        document=signed.document or "",
    )
    client.pays_by_direct_debit = True
    client.save(update_fields=["pays_by_direct_debit"])
    return mandate


def _iban(text: str) -> IBAN:
    try:
        return IBAN(text)
    except SchwiftyException as error:
        fault = _("This is not a valid IBAN; check each group of four digits.")
        raise MandateRefused(fault, "iban") from error


def _bic(text: str, iban: IBAN) -> str:
    if not text.strip():
        return iban.bic.compact if iban.bic else ""
    try:
        return str(BIC(text).compact)
    except SchwiftyException as error:
        raise MandateRefused(_("A BIC has 8 or 11 letters and digits."), "bic") from error


def _guard(signed: Signed, reference: str, entity: LegalEntity, today: date) -> None:
    if not REFERENCE.fullmatch(reference):
        raise MandateRefused(
            _("A mandate reference has at most 35 letters, digits or signs such as - and /."),
            "reference",
        )
    if Mandate.objects.filter(legal_entity=entity, reference=reference).exists():
        raise MandateRefused(_("Another mandate has this reference already."), "reference")
    if signed.signed_on > today:
        raise MandateRefused(_("A mandate cannot be signed on a day to come."), "signed_on")


def _next_reference(client: Client, entity: LegalEntity) -> str:
    """Return the client's code with the first number that is free."""
    stem = re.sub(r"[^A-Za-z0-9-]", "", client.code)[:24]
    taken = set(
        Mandate.objects.filter(legal_entity=entity, reference__startswith=stem).values_list(
            "reference", flat=True
        )
    )
    count = 1
    while f"{stem}-M{count}" in taken:
        count += 1
    return f"{stem}-M{count}"
