"""The file of an import between its steps: on the server, tied to one session, removed after."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.utils import timezone

from clients.importing.sheet import Sheet, read_sheet

FOLDER = "imports"
SESSION_KEY = "party_import"
KEPT_FOR = timedelta(days=1)


@dataclass
class Upload:
    """What is being imported, and how far it has come."""

    kind: str
    name: str
    path: str
    columns: dict[str, int] | None = None

    def sheet(self) -> Sheet:
        """Read the file once more.

        :raises SheetUnreadable: it is gone, or was never a table
        """
        with default_storage.open(self.path) as stored:
            return read_sheet(stored.read(), self.name)


def keep(request: HttpRequest, kind: str, name: str, content: bytes) -> Upload:
    """Put a file away for the next step, in place of any earlier one.

    :raises SheetUnreadable: it is not a table that can be read
    """
    read_sheet(content, name)
    forget(request)
    _sweep()
    path = default_storage.save(f"{FOLDER}/{uuid4().hex}", ContentFile(content))
    upload = Upload(kind, name, path)
    remember(request, upload)
    return upload


def current(request: HttpRequest) -> Upload | None:
    """Return what this session is importing."""
    kept = request.session.get(SESSION_KEY)
    if not kept or not default_storage.exists(kept["path"]):
        return None
    return Upload(**kept)


def remember(request: HttpRequest, upload: Upload) -> None:
    """Note how far the import has come."""
    request.session[SESSION_KEY] = vars(upload)


def forget(request: HttpRequest) -> None:
    """Remove the file and every trace of it."""
    kept = request.session.pop(SESSION_KEY, None)
    if kept:
        default_storage.delete(kept["path"])


def _sweep() -> None:
    """Remove the files of imports that nobody finished."""
    if not default_storage.exists(FOLDER):
        return
    oldest = timezone.now() - KEPT_FOR
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < oldest:
            default_storage.delete(path)
