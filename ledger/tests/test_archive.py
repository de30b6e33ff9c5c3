"""The signed archive, verified by the program that lies in it, run by itself.

The invoice is 424.80 net, 84.96 tax, 509.76 in all, of 31 March 2026; 100.00 net are credited.
"""

import json
import subprocess
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from billing.models import Export, Invoice, InvoiceDocument, JournalEntry
from billing.operations.record_payment import Receipt, record_payment
from billing.operations.refund_credit import Payout, refund_credit
from billing.operations.write_off_invoice import Loss, write_off_invoice
from billing.tests.credited import credit, issued_invoice
from billing.tests.firm import open_firm
from billing.tests.test_check_books import tamper
from ledger.archive import export_archive
from ledger.exporting import ExportRefused
from ledger.models import ArchiveKey
from ledger.queries.vat_sources import Span
from ledger.verifier.verify import is_signed

pytestmark = pytest.mark.django_db
YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
MAY_4 = date(2026, 5, 4)
PDF = b"%PDF-1.7 of the invoice"
Files = dict[str, bytes]


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(datetime(2026, 5, 20, 10, tzinfo=UTC), tick=False):
        open_firm()
        yield


@pytest.fixture
def invoice() -> Invoice:
    """An invoice with its file, a credit note, a payment, a refund and a write-off."""
    found = issued_invoice()
    credit(found, "100.00")
    receipt = Receipt(MAY_4, Decimal("200.00"), reference="VIR « 7 »")
    shares = {found.pk: Decimal("150.00")}
    record_payment(client_id=found.client_id, receipt=receipt, allocations=shares, actor=None)
    payout = Payout(MAY_4, Decimal("50.00"))
    refund_credit(client_id=found.client_id, payout=payout, actor=None)
    write_off_invoice(invoice_id=found.pk, loss=Loss(MAY_4, "Lost"), actor=None)
    document = InvoiceDocument(invoice=found, sha256=sha256(PDF).hexdigest())
    document.file.save(f"{found.number}.pdf", ContentFile(PDF))
    return found


def archived(invoice: Invoice) -> Files:
    taken = export_archive(entity=invoice.legal_entity, span=YEAR, actor=None)
    with taken.content, ZipFile(taken.content) as pack:
        return {name: pack.read(name) for name in pack.namelist()}


def packed(files: Files, folder: Path) -> Path:
    path = folder / "archive.zip"
    with ZipFile(path, "w") as pack:
        for name, content in files.items():
            pack.writestr(name, content)
    return path


def verified(path: Path, *arguments: str) -> tuple[int, str]:
    """Run the program as an auditor does: Python by itself, without any package."""
    script = path.parent / "verify.py"
    with ZipFile(path) as pack:
        script.write_bytes(pack.read("verify.py"))
    command = [sys.executable, "-I", "-S", str(script), str(path), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_archive_verifies_without_the_product(invoice: Invoice, tmp_path: Path) -> None:
    files = archived(invoice)
    key = ArchiveKey.objects.get().public_key

    status, words = verified(packed(files, tmp_path), "--key", key)

    assert (status, words.splitlines()[-1]) == (0, "ok   everything holds")
    assert "links     1 to 5" in words
    assert files[f"pdf/{invoice.number}.pdf"] == PDF
    events = [json.loads(line)["event"] for line in files["chain.jsonl"].splitlines()]
    assert events == ["issue", "credit", "payment", "refund", "write_off"]
    assert json.loads(files["manifest.json"])["without_pdf"] == ["AV-2026-00001"]
    said = json.loads(files["forms.jsonl"].splitlines()[2])
    assert (said["amount"], said["reference"]) == ("200.00", "VIR « 7 »")
    assert verified(tmp_path / "archive.zip", "--key", "00" * 32)[0] == 1


def test_the_archive_itself_is_an_event_of_the_chain(invoice: Invoice, tmp_path: Path) -> None:
    taken = export_archive(entity=invoice.legal_entity, span=YEAR, actor=None)

    export = Export.objects.get()
    with taken.content as file:
        assert export.sha256 == sha256(file.read()).hexdigest()
    assert (export.kind, export.line_count) == ("archive", 5)
    assert JournalEntry.objects.latest("position").export == export
    status, words = verified(packed(archived(invoice), tmp_path))
    assert (status, "links     1 to 6" in words) == (0, True)


def swap(files: Files, name: str, old: bytes, new: bytes) -> Files:
    assert old in files[name]
    return {**files, name: files[name].replace(old, new)}


def resealed(files: Files, changed: Files) -> Files:
    """Return an archive whose manifest lists what was changed, signed by a key of the forger."""
    manifest = json.loads(files["manifest.json"])
    forger = Ed25519PrivateKey.generate()
    manifest["public_key"] = forger.public_key().public_bytes_raw().hex()
    manifest["files"] = [
        [name, len(changed[name]), sha256(changed[name]).hexdigest()]
        for name, *_ in manifest["files"]
    ]
    raw = json.dumps(manifest).encode()
    signed = {"manifest.json": raw, "manifest.sig": forger.sign(raw).hex().encode()}
    return {**changed, **signed}


def test_whatever_is_altered_is_named(invoice: Invoice, tmp_path: Path) -> None:
    files, pdf = archived(invoice), f"pdf/{invoice.number}.pdf"
    cases = {
        f"{pdf}: altered": swap(files, pdf, b"1.7", b"1.6"),
        "forms.jsonl: altered": swap(files, "forms.jsonl", b"509.76", b"509.77"),
        f"{pdf}: missing": {name: one for name, one in files.items() if name != pdf},
        "more.txt: not in the manifest": {**files, "more.txt": b""},
        "manifest.json: the signature does not hold": swap(
            files, "manifest.json", b'"2026-01-01"', b'"2026-01-02"'
        ),
    }

    for words, altered in cases.items():
        status, found = verified(packed(altered, tmp_path))
        assert (status, f"BAD  {words}" in found) == (1, True), found


def test_one_who_signs_anew_is_found_out_by_the_chain(invoice: Invoice, tmp_path: Path) -> None:
    files = archived(invoice)
    lines = files["chain.jsonl"].splitlines(keepends=True)
    without = {**files, "chain.jsonl": b"".join(lines[:-1])}
    cases = {
        f"{invoice.number}: what it says was altered": swap(
            files, "forms.jsonl", b'"total":"509.76"', b'"total":"509.77"'
        ),
        f"{invoice.number}: its sums do not add up": swap(
            files, "forms.jsonl", b'"total":"509.76"', b'"total":"509.77"'
        ),
        "its hash is wrong": swap(files, "chain.jsonl", b'"payment"', b'"refund"'),
        "chain.jsonl: links are missing": without,
        f"{invoice.number}: no copy of its buyer": {**files, "copies.jsonl": b""},
    }

    for words, altered in cases.items():
        status, found = verified(packed(resealed(files, altered), tmp_path))
        assert (status, words in found) == (1, True), found
        assert "signature" not in found


def test_the_verifier_agrees_with_the_library_on_signatures() -> None:
    for at in range(3):
        key = Ed25519PrivateKey.from_private_bytes(bytes([at] * 32))
        public, message = key.public_key().public_bytes_raw(), b"m" * at
        signature = key.sign(message)
        other = bytes([signature[0] ^ 1]) + signature[1:]

        assert is_signed(public, message, signature)
        assert not is_signed(public, message + b"x", signature)
        assert not is_signed(public, message, other)


def test_what_is_not_as_it_was_sealed_is_refused_by_name(invoice: Invoice) -> None:
    tamper("UPDATE billing_payment SET amount = 201")
    with pytest.raises(ExportRefused, match=r"payment .* is not as it was sealed"):
        archived(invoice)
    file = InvoiceDocument.objects.get().file
    name = str(file.name)
    file.storage.delete(name)
    file.storage.save(name, ContentFile(b"forged"))
    with pytest.raises(ExportRefused, match=f"The file of {invoice.number} is not the one"):
        archived(invoice)
    days = Span(date(2020, 1, 1), date(2020, 1, 2))
    with pytest.raises(ExportRefused, match="Nothing happened in these days"):
        export_archive(entity=invoice.legal_entity, span=days, actor=None)
    assert not Export.objects.exists()


def test_a_key_that_cannot_be_read_is_told_and_another_can_be_made(
    invoice: Invoice, settings: Settings, tmp_path: Path
) -> None:
    archived(invoice)
    settings.SECRET_KEY = "another one"  # noqa: S105  (for this test alone)
    with pytest.raises(ExportRefused, match="can no longer be read"):
        archived(invoice)

    out = StringIO()
    days = ("2026-01-01", "2026-12-31")
    call_command("archive_books", *days, "--new-key", f"--folder={tmp_path}", stdout=out)

    latest = ArchiveKey.objects.first()
    assert f"public key  {latest}" in out.getvalue()
    assert verified(tmp_path / "archive-20260101-20261231.zip", "--key", str(latest))[0] == 0
    with pytest.raises(CommandError, match="The last day comes before the first"):
        call_command("archive_books", "2026-02-01", "2026-01-01")


def test_the_page_and_programs_hand_the_archive_out(
    as_accountant: Browser, invoice: Invoice
) -> None:
    days = {"since": "2026-01-01", "until": "2026-12-31"}
    page: Any = as_accountant.post(
        reverse("ledger:archive-export"), {"company": invoice.legal_entity_id, **days}
    )
    asked = {"legal_entity": invoice.legal_entity_id, **days}
    address = "/api/v1/book-exports/archive/"
    told: Any = as_accountant.post(address, asked, content_type="application/json")
    empty = {"company": invoice.legal_entity_id, "since": "2020-01-01", "until": "2020-01-02"}
    refused = as_accountant.post(reverse("ledger:archive-export"), empty)

    for answer in (page, told):
        with ZipFile(BytesIO(b"".join(answer.streaming_content))) as pack:
            assert "verify.py" in pack.namelist()
    assert refused.status_code == 422
    assert "Nothing happened in these days." in refused.content.decode()
    assert ArchiveKey.objects.get().public_key in refused.content.decode()
