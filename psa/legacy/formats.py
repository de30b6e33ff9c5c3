"""The ten files of an export, in the order in which one rests on another."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from psa.legacy import parties, prices, work
from psa.legacy.cells import Cells, Refused
from psa.legacy.report import NOTE, REFUSED, Remark
from psa.legacy.rows import Content, Row, content_of
from psa.legacy.sheets import Record, Sheet, read_sheet
from psa.legacy.world import CLIENT, FLAT_RATE, TICKET, WORK_TYPE, World


@dataclass(frozen=True, slots=True)
class FileFormat:
    """One file: the columns it needs, those that name a row, and how a row is read."""

    name: str
    columns: str
    key: str
    read: Callable[[Cells, World], Row]
    defines: str = ""

    @property
    def needed(self) -> frozenset[str]:
        """The columns without which the file is refused."""
        return frozenset(self.columns.split())

    def shown_key(self, record: Record) -> str:
        """Return what names a row, as it is written."""
        cells = (record.cells.get(name, "").strip() for name in self.key.split())
        return " ".join(cell for cell in cells if cell)


FIRM = FileFormat(
    "societe.csv",
    "raison_sociale forme_juridique capital_eur siren rcs tva_intra rue code_postal ville pays "
    "devise fuseau iban taux_tva_normal prefixe_factures",
    "raison_sociale",
    parties.read_firm,
)
CLIENTS = FileFormat(
    "clients.csv",
    "code raison_sociale tva_intra siren rue code_postal ville pays devise delai_paiement_jours",
    "code",
    parties.read_client,
    CLIENT,
)
CONTACTS = FileFormat(
    "contacts.csv", "client prenom nom courriel portail", "client courriel", parties.read_contact
)
RATES = FileFormat(
    "taux.csv", "type libelle taux_horaire minimum_min pas_min", "type", prices.read_rate, WORK_TYPE
)
CLIENT_RATES = FileFormat(
    "taux_clients.csv", "client type taux_horaire", "client type", prices.read_client_rate
)
FLAT_RATES = FileFormat(
    "forfaits.csv", "code libelle prix", "code", prices.read_flat_rate, FLAT_RATE
)
CONTRACTS = FileFormat(
    "contrats.csv",
    "numero client intitule mode quantite prix_mensuel_ht echeance debut fin facture_jusquau "
    "couvre",
    "numero",
    prices.read_contract,
)
TICKETS = FileFormat(
    "tickets.csv",
    "numero client objet ouvert_le clos_le mode forfait facture",
    "numero",
    work.read_ticket,
    TICKET,
)
TIMES = FileFormat(
    "temps.csv",
    "id ticket technicien debut fin type facturable facture",
    "id",
    work.read_time,
)
PARTS = FileFormat(
    "pieces.csv",
    "id ticket reference libelle quantite prix_unitaire date facture",
    "id",
    work.read_part,
)
FORMATS = (
    FIRM,
    CLIENTS,
    CONTACTS,
    RATES,
    CLIENT_RATES,
    FLAT_RATES,
    CONTRACTS,
    TICKETS,
    TIMES,
    PARTS,
)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that was understood and contradicts nothing before it."""

    line: int
    row: Row
    content: Content

    @property
    def key(self) -> str:
        """What names the row within its file."""
        return self.row.key


def read_export(folder: Path) -> dict[str, Sheet]:
    """Return the ten files of the folder by name."""
    return {form.name: read_sheet(folder, form.name, form.needed) for form in FORMATS}


def accept_rows(
    form: FileFormat, sheet: Sheet, world: World
) -> tuple[dict[str, Accepted], list[Remark]]:
    """Return the good rows of a file by key, and remarks on the others; the first row wins."""
    accepted: dict[str, Accepted] = {}
    remarks: list[Remark] = []
    for record in sheet.records:
        cells = Cells(record.cells)
        try:
            good = _accept(form, record, cells, world, accepted)
        except Refused as reason:
            remarks.append(_remark(form, record, REFUSED, str(reason)))
            continue
        accepted[good.key] = good
        remarks.extend(_remark(form, record, NOTE, note) for note in cells.notes)
    _tell_world(form, accepted, remarks, world)
    return accepted, remarks


def _accept(
    form: FileFormat, record: Record, cells: Cells, world: World, before: dict[str, Accepted]
) -> Accepted:
    if record.problem:
        raise Refused(record.problem)
    row = form.read(cells, world)
    good = Accepted(record.line, row, content_of(row))
    twin = before.get(good.key)
    if twin is None:
        return good
    if twin.content == good.content:
        raise Refused(f"same as line {twin.line}")
    raise Refused(f"contradicts line {twin.line}")


def _remark(form: FileFormat, record: Record, outcome: str, text: str) -> Remark:
    return Remark(form.name, record.line, form.shown_key(record), outcome, text)


def _tell_world(
    form: FileFormat, accepted: dict[str, Accepted], remarks: list[Remark], world: World
) -> None:
    """Let the files that follow know which codes there are now, and which were refused."""
    if not form.defines:
        return
    world.known[form.defines].update(accepted)
    for remark in remarks:
        if remark.outcome == REFUSED and remark.key:
            world.refused.setdefault((form.defines, remark.key), f"{form.name}:{remark.line}")
