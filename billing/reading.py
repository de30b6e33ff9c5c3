"""Reading a file of a bank in whichever form it is, and saying in words what is wrong with it."""

from hashlib import sha256
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from billing.domain.camt import read_camt
from billing.domain.csv_statement import CsvMapping, read_csv
from billing.domain.ofx import read_ofx
from billing.domain.statement import MOST_LINES, Statement, UnreadableStatement
from billing.models import BankAccount
from billing.operations.import_statement import StatementFile

MOST_BYTES = 5 * 1024 * 1024


def read_upload(upload: "UploadedFile[Any]", account: BankAccount) -> StatementFile:
    """Read a file that somebody sent, unless it is too large to be looked at.

    :raises UnreadableStatement: it cannot be read
    """
    if (upload.size or 0) > MOST_BYTES:
        raise UnreadableStatement("too_big")
    return read_file(upload.name or "", upload.read(), account)


def read_file(name: str, content: bytes, account: BankAccount) -> StatementFile:
    """Read a file by what stands at its beginning.

    :raises UnreadableStatement: it cannot be read
    """
    statement = _read(content, account)
    if len(statement.lines) > MOST_LINES:
        raise UnreadableStatement("too_long", len(statement.lines))
    return StatementFile(name, sha256(content).hexdigest(), statement)


def _read(content: bytes, account: BankAccount) -> Statement:
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").upper()
    if b"OFXHEADER" in head or b"<OFX>" in head:
        return read_ofx(content)
    if head.startswith(b"<"):
        return read_camt(content)
    if not account.csv_mapping:
        raise UnreadableStatement("no_mapping")
    return read_csv(content, CsvMapping(**account.csv_mapping), account.currency)


def words_for(fault: UnreadableStatement) -> str:
    """Return what is wrong with a file, where, and what to do."""
    texts = {
        "too_big": _("The file is larger than 5 MB; ask the bank for a shorter period."),
        "too_long": _("The file has too many lines; ask the bank for a shorter period."),
        "xml": _("This is no sound XML (line %(place)s); get the file from the bank again."),
        "not_camt": _("This XML is no statement (CAMT.053); choose that form at the bank."),
        "not_ofx": _("There is no OFX in this file."),
        "cut_off": _("The file ends within the entry of line %(place)s; get it again."),
        "direction": _("Entry %(place)s says neither that money came nor that it left."),
        "day": _("“%(found)s” at line or entry %(place)s is no day as it was expected."),
        "amount": _("“%(found)s” at line or entry %(place)s is no amount."),
        "column": _("There is no column “%(found)s” (looked for up to line %(place)s)."),
        "csv": _("Line %(place)s cannot be read as CSV."),
        "no_mapping": _("This seems to be CSV: first say on the account which column holds what."),
    }
    return texts[fault.fault] % {"place": fault.place or "?", "found": fault.found[:60]}
