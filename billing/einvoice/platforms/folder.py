"""The folder drop: files laid into a folder, for firms that upload them by hand."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

from billing.einvoice.platforms.platform import (
    Listed,
    NoDirectory,
    NotTaken,
    Parcel,
    Receipt,
    Report,
)


class FolderDrop:
    """Lays each document into the folder, whole or not at all, and never over another one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deposit(self, parcel: Parcel) -> Receipt:
        """Lay the file into the folder; nobody has taken it in yet.

        :raises NotTaken: the folder cannot be written, or holds another file of that name
        """
        target = self._folder / Path(parcel.name).name
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                self._lay(parcel.content, target)
            is_same = target.read_bytes() == parcel.content
        except OSError as fault:
            raise NotTaken(str(fault)) from fault
        if not is_same:
            raise NotTaken(f"{target.name} is another file")
        return Receipt(target.name)

    def reports(self) -> Iterable[Report]:
        """Return nothing: a folder does not know what became of its files."""
        return ()

    def look_up(self, siren: str) -> Listed | None:
        """Refuse: a folder has no directory.

        :raises NoDirectory: always
        """
        raise NoDirectory(siren)

    def _lay(self, content: bytes, target: Path) -> None:
        """Write beside the target first, then give it its name, unless another one was quicker."""
        with NamedTemporaryFile(dir=self._folder, prefix=".", delete=False) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half = Path(file.name)
        try:
            os.link(half, target)
        except FileExistsError:
            pass
        finally:
            half.unlink()
