"""What an old system's export comes to, worked out a second time with other means.

This reads the files itself and reckons with exact fractions, by the rules of the export's README
alone; it shares nothing with the product, so that an error would have to be made twice.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import floor
from pathlib import Path
from zoneinfo import ZoneInfo

EU = {
    *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
    *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
}
NO_END = date(9999, 12, 1)
Billed = list[tuple[str, str, int]]
Row = dict[str, str]


@dataclass
class Owed:
    """The expected bill of one client: amounts in cents by kind of line, then the totals."""

    lines: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    tax_percent: Fraction = Fraction(0)

    @property
    def net(self) -> int:
        """The sum of the lines in cents."""
        return sum(sum(amounts) for amounts in self.lines.values())

    @property
    def tax(self) -> int:
        """The tax on the sum in cents."""
        return half_up(self.net * self.tax_percent / 100)

    def line_counts(self) -> dict[str, list[int]]:
        """Every kind's amounts in rising order."""
        return {kind: sorted(amounts) for kind, amounts in self.lines.items()}


def expected_bills(folder: Path, as_of: date) -> dict[str, Owed]:
    """Return what each client of the export owes; who owes nothing is absent."""
    export = Export(folder)
    bills: dict[str, Owed] = defaultdict(Owed)
    for client, kind, cents in [
        *export.contract_months(as_of),
        *export.hours(as_of),
        *export.flat_rates(as_of),
        *export.parts(as_of),
    ]:
        bills[client].lines[kind].append(cents)
    for code, bill in bills.items():
        bill.tax_percent = export.tax_percent(export.clients[code])
    return {code: bill for code, bill in bills.items() if bill.net}


class Export:
    """The files of one export, bad rows left out."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.firm = self._rows("societe.csv", "raison_sociale", lambda _: True)[0]
        self.zone = ZoneInfo(self.firm["fuseau"])
        self.clients = self._by_code("clients.csv", "code", self._is_client)
        self.rates = self._by_code("taux.csv", "type", lambda row: number(row["taux_horaire"]) >= 0)
        own = self._rows("taux_clients.csv", "client type", self._is_own_rate)
        self.own_rates = {(row["client"], row["type"]): number(row["taux_horaire"]) for row in own}
        self.jobs = self._by_code("forfaits.csv", "code", lambda row: number(row["prix"]) >= 0)
        self.contracts = self._rows("contrats.csv", "numero", self._is_contract)
        self.tickets = self._by_code("tickets.csv", "numero", self._is_ticket)

    def contract_months(self, as_of: date) -> Billed:
        """Price x quantity x days served / days of the month, for every month that is due."""
        found = []
        for row in self.contracts:
            first, last = day(row["debut"]), last_day(row)
            if row["facture_jusquau"]:
                first = max(first, day(row["facture_jusquau"]) + timedelta(days=1))
            price = number(row["prix_mensuel_ht"]) * number(row["quantite"])
            while first <= last:
                next_month = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
                if (first if row["echeance"] == "avance" else next_month) > as_of:
                    break
                days_of_month = (next_month - first.replace(day=1)).days
                served = (min(last + timedelta(days=1), next_month) - first).days
                cents = half_up(price * 100 * served / days_of_month)
                found.append((row["client"], "recurring", cents))
                first = next_month
        return found

    def hours(self, as_of: date) -> Billed:
        """Real minutes, at least the minimum, up to the step, at their own or the firm's rate."""
        found = []
        for row in self._rows("temps.csv", "id", self._is_time):
            ticket, worked_on = self.tickets[row["ticket"]], day(row["debut"].split()[0])
            is_billed = row["facturable"] == "oui" and row["facture"] == "non"
            if ticket["mode"] != "regie" or not is_billed or worked_on >= as_of:
                continue
            covering = self._covering(ticket["client"], row["type"], worked_on)
            if covering > 1:
                continue  # which of the contracts pays is for a person to decide
            cents = 0
            if not covering:
                minutes = self._minutes(row)
                cents = self._price_of_minutes(ticket["client"], row["type"], minutes)
            found.append((ticket["client"], "time", cents))
        return found

    def flat_rates(self, as_of: date) -> Billed:
        """Once, when the ticket was closed before the day."""
        return [
            (ticket["client"], "flat", half_up(number(self.jobs[ticket["forfait"]]["prix"]) * 100))
            for ticket in self.tickets.values()
            if ticket["mode"] == "forfait" and ticket["facture"] == "non"
            if ticket["clos_le"] and day(ticket["clos_le"].split()[0]) < as_of
        ]

    def parts(self, as_of: date) -> Billed:
        """Quantity x price, except on tickets that are free of charge."""
        found = []
        for row in self._rows("pieces.csv", "id", self._is_part):
            ticket = self.tickets[row["ticket"]]
            if ticket["mode"] != "offert" and row["facture"] == "non" and day(row["date"]) < as_of:
                cents = half_up(number(row["quantite"]) * number(row["prix_unitaire"]) * 100)
                found.append((ticket["client"], "part", cents))
        return found

    def tax_percent(self, client: Row) -> Fraction:
        """The firm's rate at home and for private buyers in the EU, nothing elsewhere.

        For VAT Monaco is French.
        """
        home, country = self.firm["pays"], client["pays"].replace("MC", "FR")
        if country not in EU or (country != home and client["tva_intra"]):
            return Fraction(0)
        return number(self.firm["taux_tva_normal"])

    def _price_of_minutes(self, client: str, work_type: str, minutes: int) -> int:
        rate = self.rates[work_type]
        step = int(rate["pas_min"] or 0) or 1
        steps = -(-max(minutes, int(rate["minimum_min"] or 0)) // step)
        hourly = self.own_rates.get((client, work_type), number(rate["taux_horaire"]))
        return half_up(hourly * 100 * steps * step / 60)

    def _minutes(self, row: Row) -> int:
        passed = moment(row["fin"], self.zone) - moment(row["debut"], self.zone)
        return passed // timedelta(minutes=1)

    def _covering(self, client: str, work_type: str, worked_on: date) -> int:
        return sum(
            row["client"] == client
            and work_type in row["couvre"].split("+")
            and day(row["debut"]) <= worked_on <= last_day(row)
            for row in self.contracts
        )

    def _is_client(self, row: Row) -> bool:
        return bool(row["code"] and row["pays"]) and len(row["devise"]) == len("EUR")

    def _is_own_rate(self, row: Row) -> bool:
        return row["client"] in self.clients and number(row["taux_horaire"]) >= 0

    def _is_contract(self, row: Row) -> bool:
        is_priced = number(row["prix_mensuel_ht"]) >= 0 and number(row["quantite"]) > 0
        return is_priced and row["client"] in self.clients and day(row["debut"]) <= last_day(row)

    def _is_ticket(self, row: Row) -> bool:
        return row["client"] in self.clients and (
            row["mode"] != "forfait" or row["forfait"] in self.jobs
        )

    def _is_time(self, row: Row) -> bool:
        is_known = row["ticket"] in self.tickets and row["type"] in self.rates
        return is_known and moment(row["debut"], self.zone) < moment(row["fin"], self.zone)

    def _is_part(self, row: Row) -> bool:
        is_priced = number(row["quantite"]) > 0 and number(row["prix_unitaire"]) >= 0
        return is_priced and row["ticket"] in self.tickets and day(row["date"]) > date.min

    def _by_code(self, name: str, code: str, is_good: Callable[[Row], bool]) -> dict[str, Row]:
        return {row[code]: row for row in self._rows(name, code, is_good)}

    def _rows(self, name: str, key: str, is_good: Callable[[Row], bool]) -> list[Row]:
        """Return the good rows of a file; of those with the same key the first one."""
        content = (self.folder / name).read_bytes()
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252")
        rows: dict[tuple[str, ...], Row] = {}
        for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=";"):
            cells = {column: (cell or "").strip() for column, cell in row.items() if column}
            try:
                if is_good(cells):
                    rows.setdefault(tuple(cells[column] for column in key.split()), cells)
            except ValueError:
                continue
        return list(rows.values())


def half_up(amount: Fraction) -> int:
    """Round to whole cents."""
    return floor(amount + Fraction(1, 2))


def number(text: str) -> Fraction:
    """Read 1 234,50."""
    return Fraction("".join(text.split()).replace(",", "."))


def day(text: str) -> date:
    """Read 31/03/2026."""
    dd, mm, yyyy = text.split("/")
    return date(int(yyyy), int(mm), int(dd))


def last_day(contract: Row) -> date:
    """Return the last day of a contract, far away where it has none."""
    return day(contract["fin"]) if contract["fin"] else NO_END


def moment(text: str, zone: ZoneInfo) -> datetime:
    """Read 31/03/2026 14:05 as the clocks of the zone show it, for counting real time."""
    on, at = text.split()
    return datetime.combine(day(on), time.fromisoformat(at), tzinfo=zone).astimezone(UTC)
