"""The three steps of an import in the browser."""

from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pytest_django import Settings

from clients.models import Client
from clients.tests.factories import ClientFactory, LegalEntityFactory

pytestmark = pytest.mark.django_db(transaction=True)
CONTENT = "code;raison sociale;pays\nC001;Café Noël;France\nC002;Nulle part;Atlantis\n"


@pytest.fixture(autouse=True)
def _own_storage(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    LegalEntityFactory()


def upload(browser: Browser, content: bytes = CONTENT.encode("cp1252")) -> int:
    sent = SimpleUploadedFile("clients.csv", content)
    return browser.post("/clients/import/", {"kind": "clients", "file": sent}).status_code


def kept_files() -> int:
    return len(default_storage.listdir("imports")[1]) if default_storage.exists("imports") else 0


def test_nothing_is_written_before_it_is_confirmed(as_dispatcher: Browser) -> None:
    assert upload(as_dispatcher) == 302
    columns = {"code": "0", "name": "1", "country": "2"}
    as_dispatcher.post("/clients/import/columns/", columns)

    preview = as_dispatcher.get("/clients/import/preview/").content.decode()

    assert "Café Noël" in preview
    assert "“Atlantis” is not a country" in preview
    assert "Import 1 row" in preview
    assert (Client.objects.count(), kept_files()) == (0, 1)


def test_confirming_writes_and_removes_the_file(as_dispatcher: Browser) -> None:
    upload(as_dispatcher)
    as_dispatcher.post("/clients/import/columns/", {"code": "0", "name": "1", "country": "2"})

    done = as_dispatcher.post("/clients/import/confirm/", follow=True).content.decode()

    assert "1 added, 0 changed, 0 unchanged, 1 refused." in done
    assert (Client.objects.get().name, kept_files()) == ("Café Noël", 0)


def test_the_guessed_columns_are_chosen_already(as_dispatcher: Browser) -> None:
    upload(as_dispatcher)

    page = as_dispatcher.get("/clients/import/columns/").content.decode()

    assert '<option value="1" selected>raison sociale (Café Noël)</option>' in page


def test_wrong_columns_are_asked_again_and_keep_the_file(as_dispatcher: Browser) -> None:
    upload(as_dispatcher)

    answer = as_dispatcher.post("/clients/import/columns/", {"code": "0", "name": "0"})

    assert answer.status_code == 422
    assert "This column already fills “Code”." in answer.content.decode()
    assert kept_files() == 1


def test_a_file_that_is_no_table_is_refused_with_the_reason(as_dispatcher: Browser) -> None:
    assert upload(as_dispatcher, b"only a head\n") == 422
    assert kept_files() == 0


def test_another_session_sees_nothing_of_an_import(
    as_dispatcher: Browser, as_manager: Browser
) -> None:
    upload(as_dispatcher)

    answer = as_manager.get("/clients/import/preview/")

    assert (answer.status_code, answer["Location"]) == (302, "/clients/import/")


def test_an_import_can_be_given_up(as_dispatcher: Browser) -> None:
    upload(as_dispatcher)

    as_dispatcher.post("/clients/import/cancel/")

    assert (kept_files(), Client.objects.count()) == (0, 0)


def test_a_new_upload_takes_the_place_of_the_old_one(as_dispatcher: Browser) -> None:
    upload(as_dispatcher)
    upload(as_dispatcher)

    assert kept_files() == 1


def test_a_technician_imports_nothing(as_technician: Browser) -> None:
    ClientFactory()

    assert upload(as_technician) == 403
    assert as_technician.post("/clients/import/confirm/").status_code == 403
