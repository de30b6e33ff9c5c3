"""Ways to approved platforms: each keeps the contract; the folder drop; what platforms report."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import pytest

from billing.einvoice.platforms.folder import FolderDrop
from billing.einvoice.platforms.platform import Listed, NotTaken, Parcel, Receipt, Report
from billing.platform_reports import keep_reports_of
from billing.tests.credited import MARCH_31, issued_invoice
from billing.tests.platform_contract import CONTRACT, PARCEL, Opened
from clients.models import LegalEntity

APRIL_1 = date(2026, 4, 1)


class Desk:
    """A platform within the test, which takes documents in, reports and knows one company."""

    def __init__(self, *more: Report) -> None:
        self.taken: dict[str, bytes] = {}
        self.more = more

    def deposit(self, parcel: Parcel) -> Receipt:
        name = Path(parcel.name).name
        if self.taken.setdefault(name, parcel.content) != parcel.content:
            raise NotTaken(name)
        return Receipt(name, APRIL_1)

    def reports(self) -> Iterable[Report]:
        for name in self.taken:
            yield Report(Path(name).stem, "deposited", APRIL_1)
        yield from self.more

    def look_up(self, siren: str) -> Listed | None:
        return Listed(siren, f"{siren}_INVOICES")


def folder(place: Path) -> Opened:
    place = place / "drop"

    def received() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in place.iterdir()}

    return Opened(FolderDrop(place), received)


def desk(_place: Path) -> Opened:
    adapter = Desk()
    return Opened(adapter, lambda: adapter.taken)


ADAPTERS = [folder, desk]


@pytest.mark.parametrize("opens", ADAPTERS)
@pytest.mark.parametrize("promise", CONTRACT)
def test_every_way_to_a_platform(
    promise: Callable[[Opened], None], opens: Callable[[Path], Opened], tmp_path: Path
) -> None:
    promise(opens(tmp_path))


def test_a_folder_that_cannot_be_written_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / "drop").write_text("a file stands here")

    with pytest.raises(NotTaken):
        FolderDrop(tmp_path / "drop").deposit(PARCEL)


@pytest.mark.django_db
def test_what_a_platform_reports_is_kept_once_and_a_strange_report_stops_no_other() -> None:
    invoice = issued_invoice()
    reports = (
        Report("F-1999-00001", "deposited", APRIL_1),
        Report(invoice.number, "cashed", date(2026, 3, 1)),
        Report(invoice.number, "deposited", MARCH_31),
        Report(invoice.number, "refused", APRIL_1, "Wrong order"),
    )
    entity = LegalEntity.objects.current()

    for _ in range(2):
        keep_reports_of(Desk(*reports), entity)

    kept = invoice.platform_events.values_list("status", "happened_on", "reason")
    assert list(kept) == [("deposited", MARCH_31, ""), ("refused", APRIL_1, "Wrong order")]
