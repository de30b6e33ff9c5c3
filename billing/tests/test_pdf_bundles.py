"""PDFs in bulk: each document once, byte for byte, whatever happens to the workers."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.test import Client as Browser
from django.test import TestCase
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import User
from billing import bundle_tasks
from billing.models import (
    BundleContents,
    BundleState,
    Invoice,
    InvoiceDocument,
    ItemState,
    PdfBundle,
)
from billing.operations.ask_bundle import BundleOrder, NothingToBundle, ask_bundle
from billing.operations.expire_bundles import expire_bundles
from billing.operations.make_document import make_document
from billing.operations.pack_file import pack_file
from billing.operations.retry_bundle import BundleNotRetryable, retry_bundle
from billing.queries.bundles import bundles_to_pack, unfinished_bundles, waiting_items
from billing.tests.credited import credit, issued_invoice
from billing.tests.factories import DraftFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 8, 12, tzinfo=UTC)


def asked(*invoices: Invoice, contents: str = BundleContents.EACH) -> PdfBundle:
    return ask_bundle(order=BundleOrder([one.pk for one in invoices], contents), actor=None)


def worked_through(bundle: PdfBundle) -> PdfBundle:
    """Do what the tasks of the queue do, one after the other."""
    for item_id in waiting_items(bundle.pk, 0):
        make_document(item_id=item_id)
    while pack_file(bundle_id=bundle.pk, now=NOW):
        pass
    return PdfBundle.objects.get(pk=bundle.pk)


def states(bundle: PdfBundle) -> list[str]:
    return list(bundle.items.order_by("pk").values_list("state", flat=True))


def zip_of(bundle: PdfBundle) -> dict[str, bytes]:
    with bundle.files.get(position=0).file.open("rb") as file, ZipFile(file) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def kept(invoice: Invoice) -> bytes:
    with InvoiceDocument.objects.get(invoice=invoice).file.open("rb") as file:
        return bytes(file.read())


def break_file(invoice: Invoice) -> Path:
    """Stand in the way of the file, so that it cannot be read."""
    path = Path(InvoiceDocument.objects.get(invoice=invoice).file.path)
    path.unlink()
    return path


def test_the_zip_holds_each_document_as_its_own_download_gives_it(
    client: Browser, accountant: User
) -> None:
    invoice = issued_invoice(client__name="=1+1")
    note = credit(invoice, "50")

    bundle = worked_through(asked(invoice, note))

    files = zip_of(bundle)
    assert sorted(files) == ["AV-2026-00001.pdf", "F-2026-00001.pdf", "index.csv"]
    client.force_login(accountant)
    own = client.get(reverse("billing:invoice-pdf", args=[invoice.pk]))
    assert b"".join(own.streaming_content) == files["F-2026-00001.pdf"]  # type: ignore[attr-defined]
    assert files["AV-2026-00001.pdf"] == kept(note)
    digest = InvoiceDocument.objects.get(invoice=note).sha256
    index = files["index.csv"].decode("utf-8-sig").splitlines()
    assert index[1].startswith("F-2026-00001;2026-03-31;'=1+1;EUR;509.76;F-2026-00001.pdf;")
    assert index[2] == f"AV-2026-00001;2026-04-08;'=1+1;EUR;-60.00;AV-2026-00001.pdf;{digest};"
    assert (bundle.state, states(bundle)) == (BundleState.READY, ["made", "made"])


def test_what_was_mailed_before_is_not_made_again_and_a_task_given_twice_makes_nothing_twice() -> (
    None
):
    mailed, other = issued_invoice(), issued_invoice()
    worked_through(asked(mailed))
    before = kept(mailed)

    bundle = asked(mailed, other)
    for _time in range(2):
        bundle_tasks.make_piece(bundle_id=bundle.pk, piece=0)
        bundle_tasks.pack_bundle(bundle_id=bundle.pk)
    pack_file(bundle_id=bundle.pk, now=NOW)

    assert kept(mailed) == before
    assert InvoiceDocument.objects.count() == 2
    assert bundle.files.count() == 1
    assert len(zip_of(bundle)) == 3


def test_what_a_dead_worker_left_is_found_and_finished() -> None:
    first, second = issued_invoice(), issued_invoice()
    bundle = asked(first, second)
    make_document(item_id=waiting_items(bundle.pk, 0)[0])

    assert unfinished_bundles() == [bundle.pk]
    assert bundles_to_pack() == []
    assert pack_file(bundle_id=bundle.pk, now=NOW) is False
    assert worked_through(bundle).state == BundleState.READY
    assert unfinished_bundles() == []


def test_one_that_cannot_be_made_is_named_and_the_others_go_on(
    client: Browser, accountant: User
) -> None:
    good, bad = issued_invoice(), issued_invoice()
    bundle = asked(good, bad)
    worked_through(bundle)
    path = break_file(bad)

    bundle = worked_through(asked(good, bad))

    assert sorted(zip_of(bundle)) == ["F-2026-00001.pdf", "index.csv"]
    assert (bundle.state, states(bundle)) == (BundleState.READY, ["made", "failed"])
    client.force_login(accountant)
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert "F-2026-00002" in page
    assert path.name in page


def test_what_failed_is_tried_again_and_packed_with_the_others() -> None:
    good, bad = issued_invoice(), issued_invoice()
    bundle = asked(good, bad)
    bundle.items.filter(invoice=bad).update(state=ItemState.FAILED, fault="No space left on device")
    bundle = worked_through(bundle)
    assert sorted(zip_of(bundle)) == ["F-2026-00001.pdf", "index.csv"]
    assert "No space left on device" in zip_of(bundle)["index.csv"].decode()

    retry_bundle(bundle_id=bundle.pk)
    bundle = worked_through(bundle)

    assert sorted(zip_of(bundle)) == ["F-2026-00001.pdf", "F-2026-00002.pdf", "index.csv"]
    with pytest.raises(BundleNotRetryable):
        retry_bundle(bundle_id=bundle.pk)


def test_a_disk_that_cannot_be_written_fails_the_bundle_with_the_reason_and_loses_nothing(
    settings: object, tmp_path: Path
) -> None:
    bundle = asked(issued_invoice())
    make_document(item_id=waiting_items(bundle.pk, 0)[0])
    in_the_way = tmp_path / "media"
    in_the_way.write_text("no folder")
    settings.MEDIA_ROOT = in_the_way  # type: ignore[attr-defined]

    assert pack_file(bundle_id=bundle.pk, now=NOW) is False

    bundle.refresh_from_db()
    assert bundle.state == BundleState.FAILED
    assert "media" in bundle.fault
    assert InvoiceDocument.objects.count() == 1


def test_for_printing_the_pages_of_all_documents_stand_in_one_file() -> None:
    bundle = worked_through(
        asked(issued_invoice(), issued_invoice(), contents=BundleContents.PRINT)
    )

    with bundle.files.get().file.open("rb") as file:
        pages = PdfReader(BytesIO(file.read())).pages
        texts = [page.extract_text() for page in pages]
    assert ["F-2026-00001" in texts[0], "F-2026-00002" in texts[-1]] == [True, True]
    assert bundle.files.get().name == "pdf-de-2-documents-choisis-a-imprimer-1.pdf"


def test_the_same_asked_for_while_it_is_made_is_the_same_and_drafts_are_left_out() -> None:
    invoice, draft = issued_invoice(), DraftFactory.create()

    first, again = asked(invoice), asked(invoice, draft)

    assert first == again
    assert first.document_count == 1
    with pytest.raises(NothingToBundle):
        asked(draft)


def test_files_are_gone_after_a_week_and_the_documents_stay() -> None:
    bundle = worked_through(asked(invoice := issued_invoice()))
    path = Path(bundle.files.get().file.path)

    assert expire_bundles(now=NOW + timedelta(days=6)) == 0
    assert path.exists()
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert expire_bundles(now=NOW + timedelta(days=7)) == 1

    assert not path.exists()
    assert PdfBundle.objects.get().is_expired
    assert kept(invoice).startswith(b"%PDF")


def test_an_accountant_picks_a_month_and_follows_it(client: Browser, accountant: User) -> None:
    issued_invoice()
    client.force_login(accountant)

    create = reverse("billing:pdf-bundle-create")
    none = client.post(create, {"month": "2026-04-01", "contents": "each"})
    answer = client.post(create, {"month": "2026-03-01", "contents": "each"})

    bundle = PdfBundle.objects.get()
    assert none.status_code == 422
    assert answer["Location"] == bundle.get_absolute_url()
    page = client.get(bundle.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "<noscript>" in page
    worked_through(bundle)
    done = client.get(bundle.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "every 1s" not in done
    assert "2026-03.zip" in done


def test_programs_ask_for_one_thing_and_download_it(client: Browser, accountant: User) -> None:
    invoice = issued_invoice()
    client.force_login(accountant)
    url = reverse("api:pdf-bundle-list")

    two = client.post(url, {"month": "2026-03-31", "invoices": [invoice.pk]}, "application/json")
    answer = client.post(url, {"month": "2026-03-31"}, "application/json")

    assert two.status_code == 400
    assert answer.status_code == 202
    bundle = PdfBundle.objects.get()
    assert answer.json()["document_count"] == 1
    worked_through(bundle)
    [file] = client.get(reverse("api:pdf-bundle-detail", args=[bundle.pk])).json()["files"]
    download = client.get(reverse("api:pdf-bundle-file", args=[bundle.pk]), {"file": file["id"]})
    assert b"".join(download.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]
