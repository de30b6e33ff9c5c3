"""What some clients of the demonstration firm agreed beyond their plan, and what it left open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from billing.models import Charge, Invoice, InvoiceStatus
from billing.operations.hold_drafts import hold_drafts
from billing.operations.park_client import park_client
from billing.operations.set_schedule import set_schedule
from billing.operations.warn_of_low_hours import warn_of_low_hours
from clients.models import PurchaseOrder
from contracts.models import (
    BlockUnit,
    Contract,
    IndexationClause,
    IndexationKind,
    IndexTable,
    RenewalKind,
)
from contracts.operations._hours import NewBlock
from contracts.operations._line_rules import NewLine
from contracts.operations.create_contract import create_contract
from contracts.operations.import_index_values import import_index_values
from contracts.operations.sell_block import sell_block
from contracts.operations.set_draw_weights import Weight, set_draw_weights
from contracts.operations.set_renewal_terms import set_renewal_terms
from core.periods import Period, add_months
from psa.demo.companies import GROWING, SHOWN
from psa.demo.desk import Desk
from psa.demo.parties import Account
from psa.demo.stories import Story
from tickets.domain.work import Response, TimeWorked
from tickets.operations.respond import respond
from tickets.operations.take_back_time import take_back_time

ONE_DAY = timedelta(days=1)
# Sold so many months before the last: to whom, under which name, what, for how much, when to warn.
BLOCKS = {
    6: ("Boulangerie Çelik", "Carnet de 5 interventions", BlockUnit.INCIDENTS, "5", "390.00", "1"),
    4: ("Menuiserie Benoît", "Avoir prépayé de 1 500 €", BlockUnit.MONEY, "1500", "1350.00", "400"),
    2: (SHOWN.name, "Carnet de 6 heures sur site", BlockUnit.MINUTES, "360", "520.00", "120"),
    0: ("Brasserie du Confluent", "Carnet de 10 heures", BlockUnit.MINUTES, "600", "790.00", "120"),
}  # fmt: skip
TOPPED_UP, ON_SITE = 6, 2
ORDERS = {
    "École Sainte-Odile": ("BC-2417", "24000"),
    "Mutuelle Solidaire 69": ("ENG-69-0088", "15000"),
}
INDEXED, RAISED = "Étude Lefèvre, notaires", "Pharmacie du Parc"
ENDING, PARKED, ORDER_NEEDED = "Hôtel des Quais", "Plomberie Da Costa", "École Sainte-Odile"
MIGRATED = "Brasserie du Confluent"
MIGRATION = Story(
    "Migration de la caisse vers le nouveau poste",
    "Le nouveau poste est là, pouvez-vous y reprendre la caisse et les données ?",
    "La caisse tourne sur le nouveau poste, l'ancien reste en secours une semaine.",
    "Reprise de la base, essais avec le personnel",
    1,
)
TORN = (
    Story(
        "Alerte de supervision : disque du serveur presque plein",
        "Votre supervision annonce 95 % d'occupation sur le serveur.",
        "Anciens journaux archivés, il reste 40 % d'espace libre.",
        "Analyse de l'occupation, archivage des journaux",
        3,
    ),
    Story(
        "Le poste de l'accueil ne voit plus le serveur",
        "Depuis l'alerte de ce matin, l'accueil n'accède plus aux dossiers.",
        "La carte réseau du serveur avait basculé ; tout est rétabli.",
        "Bascule de la carte réseau, contrôle des accès",
        2,
    ),
)
VISIT = Story(
    "Installation du vidéoprojecteur de la salle 12",
    "Merci de raccorder le nouveau vidéoprojecteur avant la rentrée.",
    "Le vidéoprojecteur est en service et relié au réseau.",
    "Pose, câblage et essais",
    1,
    "onsite",
)
MOVE = Story(
    "Déplacement de deux postes vers l'atelier",
    "Pouvez-vous installer les deux postes de la réserve dans l'atelier ?",
    "Les deux postes sont en service dans l'atelier.",
    "Démontage, câblage et remise en service",
    1,
    "onsite",
)
SYNTEC_FROM, SYNTEC_STEP, SYNTEC_LAG = Decimal("309.4"), Decimal("0.7"), 2


@dataclass(slots=True)
class Extras:
    """Agrees on the extras while the story is told."""

    desk: Desk
    today: date

    def agree(self, months_left: int, month: Period, accounts: Sequence[Account]) -> None:
        """Agree on whatever is agreed so many months before the last, before it is billed."""
        by_name = {account.company.name: account for account in accounts}
        self._order(by_name, month.start)
        if months_left in BLOCKS:
            self._sell_block(by_name, months_left, month.start)
        if months_left == 1 and ORDER_NEEDED in by_name:
            self._work_on(by_name[ORDER_NEEDED], month.start + 8 * ONE_DAY, VISIT, 95)
        if months_left == 0:
            self._agree_last(by_name, month.start)

    def leave_undecided(self, accounts: Sequence[Account]) -> None:
        """Leave what a person has to look at today."""
        by_name = {account.company.name: account for account in accounts}
        actor = self.desk.staff.accountant
        for n, story in enumerate(TORN, start=1):
            self._work_on(by_name[GROWING.name], self._lately(n), story, 35 * n)
        for n in (2, 3):
            self._work_on(by_name[MIGRATED], self._lately(n), MIGRATION, 235)
        self._work_on(by_name[SHOWN.name], self._lately(5), MOVE, 95)
        if PARKED in by_name:
            park_client(
                client_id=by_name[PARKED].client.pk,
                reason="Litige sur la dernière intervention, réponse attendue",
                actor=actor,
            )
        draft = Invoice.objects.drafts().order_by("pk")[1]
        hold_drafts(invoice_ids=[draft.pk], reason="Attendre l'accord sur les heures", actor=actor)
        self._take_back(by_name[SHOWN.name])
        now = self.desk.at(self.today, 12, 0)
        set_schedule(is_on=True, day=1, hour=6, now=now)
        everybody = [account.client.pk for account in accounts]
        warn_of_low_hours(client_ids=everybody, today=self.today)

    def _order(self, by_name: Mapping[str, Account], day: date) -> None:
        """Let the client order once there is a contract to order."""
        for name, (number, limit) in ORDERS.items():
            account = by_name.get(name)
            contract = account.contract if account else None
            if account is None or contract is None or contract.purchase_order_id is not None:
                continue
            contract.purchase_order = PurchaseOrder.objects.create(
                client=account.client, number=number, starts_on=day, limit_amount=Decimal(limit)
            )
            contract.save(update_fields=["purchase_order"])

    def _sell_block(self, by_name: Mapping[str, Account], months_left: int, day: date) -> None:
        client, name, unit, quantity, price, low = BLOCKS[months_left]
        on_site = [self.desk.shop.work["onsite"].pk]
        block = NewBlock(
            name=name,
            unit=unit,
            quantity=Decimal(quantity),
            price=Decimal(price),
            sold_on=day,
            last_day_on=add_months(day, 12) - ONE_DAY,
            low_balance=Decimal(low),
            tops_up=months_left == TOPPED_UP,
            work_type_ids=on_site if months_left == ON_SITE else (),
        )
        sell_block(client_id=by_name[client].client.pk, block=block)

    def _agree_last(self, by_name: Mapping[str, Account], first: date) -> None:
        """Agree on what comes up for a decision now."""
        needy = by_name[ORDER_NEEDED].client
        needy.requires_purchase_order = True
        needy.save(update_fields=["requires_purchase_order"])
        self._supervise(by_name[GROWING.name], first)
        self._index(by_name, first)
        self._renew(by_name, first)
        heavy = Weight(Decimal("1.5"), work_role_id=self.desk.shop.roles["engineer"].pk)
        for account in by_name.values():
            if account.contract and account.company.deal and account.company.deal.unit == "park":
                set_draw_weights(contract_id=account.contract.pk, weights=[heavy])

    def _supervise(self, account: Account, first: date) -> None:
        """Sign a second contract that covers remote work as well as the first one does."""
        line = NewLine(
            description="Supervision et astreinte", quantity=Decimal(1), unit_price=Decimal(290)
        )
        create_contract(
            client_id=account.client.pk,
            number=f"S{account.client.code[1:]}",
            name="Supervision et astreinte",
            starts_on=first,
            lines=[line],
            covered_work_type_ids=[self.desk.shop.work["remote"].pk],
        )

    def _index(self, by_name: Mapping[str, Account], first: date) -> None:
        """Let one price rise by a percentage from this month on, one by an index from the next."""
        table = IndexTable.objects.create(name="Syntec", source="Fédération Syntec")
        last = add_months(first, 1 - SYNTEC_LAG)
        values = {add_months(last, -n): SYNTEC_FROM - n * SYNTEC_STEP for n in range(24)}
        import_index_values(table_id=table.pk, values=values)
        base = add_months(last, -12)
        by_index = {
            "kind": IndexationKind.INDEX, "table": table, "base_month_on": base,
            "base_value": values[base], "lag_months": SYNTEC_LAG, "cap_percent": Decimal(4),
        }  # fmt: skip
        by_percent = {"kind": IndexationKind.PERCENT, "percent": Decimal("2.5")}
        for name, first_on, terms in (
            (INDEXED, add_months(first, 1), by_index),
            (RAISED, first, by_percent),
        ):
            contract = _contract_of(by_name, name)
            if contract is not None:
                IndexationClause.objects.create(contract=contract, first_on=first_on, **terms)

    def _renew(self, by_name: Mapping[str, Account], first: date) -> None:
        """Let one term end soon unless it is renewed, and the notice of another one run out."""
        for name, kind, months, notice in (
            (ENDING, RenewalKind.MANUAL, 2, 30),
            (RAISED, RenewalKind.AUTOMATIC, 3, 60),
        ):
            contract = _contract_of(by_name, name)
            if contract is not None:
                set_renewal_terms(
                    contract_id=contract.pk,
                    renewal_kind=kind,
                    today=first,
                    term_months=12,
                    term_ends_on=add_months(first, months) - ONE_DAY,
                    notice_days=notice,
                    renewal_uplift=Decimal(2),
                )

    def _work_on(self, account: Account, day: date, story: Story, minutes: int) -> None:
        """Log work of a day on a ticket of its own and close it."""
        who = self.desk.staff.technicians[0]
        ticket = self.desk.take_call(account, day, story, assignee_id=who.pk)
        time = TimeWorked(
            work_type_id=self.desk.shop.work[story.work_type].pk,
            minutes=minutes,
            worked_on=day,
            note=story.work,
        )
        closed = self.desk.statuses["closed"].pk
        done = Response(body=story.answer, time=time, status_id=closed)
        respond(ticket_id=ticket.pk, response=done, actor=who, now=self.desk.at(day, 17, 0))

    def _take_back(self, account: Account) -> None:
        """Find that a quarter of an hour was billed twice: the client's, else somebody's."""
        billed = Charge.objects.filter(
            kind="time", treatment="billed", invoice__status=InvoiceStatus.ISSUED
        ).order_by("-starts_on", "-pk")
        charge = billed.filter(client=account.client).first() or billed.first()
        claim = charge.claims.first() if charge else None
        if claim is not None and claim.time_entry_id is not None:
            take_back_time(
                entry_id=claim.time_entry_id,
                minutes=6,
                reason="Temps de redémarrage compté deux fois",
                found_on=self.today,
                actor=self.desk.staff.accountant,
            )

    def _lately(self, days: int) -> date:
        """Return the day so many days ago, within this month."""
        return max(self.today.replace(day=1), self.today - days * ONE_DAY)


def _contract_of(by_name: Mapping[str, Account], name: str) -> Contract | None:
    account = by_name.get(name)
    return account.contract if account else None
