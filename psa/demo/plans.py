"""The managed plans of the demonstration firm, with their service levels and business hours."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal

from accounts.models import User
from contracts.domain.price import Tier
from contracts.models import (
    BusinessCalendar,
    CalendarWindow,
    CoverageEffect,
    PlanRevision,
    RenewalKind,
    Rollover,
    SLAPolicy,
    SLATarget,
)
from contracts.operations._line_terms import SoldLine
from contracts.operations._plans import CoverageTerm, RevisionTerms
from contracts.operations.change_revision import change_revision
from contracts.operations.create_plan import create_plan
from contracts.operations.publish_revision import publish_revision
from contracts.operations.revise_plan import revise_plan
from contracts.operations.save_plan_allowance import save_plan_allowance
from contracts.operations.save_plan_coverage import save_plan_coverage
from contracts.operations.save_plan_line import save_plan_line
from psa.demo.firm import Shop
from tickets.models import ServiceBoard
from tickets.operations.save_board import save_board

WORKDAYS = range(5)
HOURS = ((time(8, 30), time(12, 30)), (time(13, 30), time(18)))
PROMISES = {
    "Argent": {"1_urgent": (60, 480), "2_high": (120, 960), "3_normal": (240, 1440)},
    "Standard": {
        "1_urgent": (60, 510), "2_high": (120, 1020), "3_normal": (255, 2040), "4_low": (510, 4080),
    },
    "Or": {"1_urgent": (30, 240), "2_high": (60, 480), "3_normal": (120, 960)},
}  # fmt: skip
BACKUP = SoldLine(
    description="Sauvegarde externalisée", quantity=Decimal(1), unit_price=Decimal("59.90")
)
DEVICES = SoldLine(
    description="Infogérance sérénité postes", quantity=Decimal(10), unit="device",
    unit_price=Decimal(29),
)  # fmt: skip
USERS = SoldLine(
    description="Infogérance sérénité utilisateurs", quantity=Decimal(10), unit="user",
    unit_price=Decimal(45),
)  # fmt: skip
PARK = (
    SoldLine(
        description="Infogérance du parc", quantity=Decimal(0), unit="device",
        pricing="graduated", counts="assets",
        tiers=(
            Tier(Decimal(20), Decimal(31)),
            Tier(Decimal(50), Decimal(28)),
            Tier(None, Decimal(25)),
        ),
    ),
    SoldLine(
        description="Revue de sécurité", quantity=Decimal(1), unit_price=Decimal(360),
        rhythm_months=3, timing="arrears",
    ),
    SoldLine(
        description="Licences antivirus", quantity=Decimal(25), unit="piece",
        unit_price=Decimal(18), rhythm_months=12, anchor="anniversary", is_indexed=False,
    ),
    SoldLine(
        description="Mise en service", quantity=Decimal(1), unit_price=Decimal(490),
        rhythm_months=0, is_indexed=False,
    ),
)  # fmt: skip
RENEWS = {
    "renewal_kind": RenewalKind.AUTOMATIC,
    "term_months": 12,
    "notice_days": 90,
    "renewal_uplift": Decimal(2),
}


def offer(shop: Shop, day: date) -> dict[str, PlanRevision]:
    """Make the firm's three plans and publish them; by the unit of their main line."""
    calendar = _calendar()
    silver, gold = _policy("Argent", calendar), _policy("Or", calendar)
    return {
        "device": _plan(
            ("POSTES", "Sérénité postes", "L'assistance à distance illimitée, prix par poste."),
            (DEVICES, BACKUP), ("remote",), RevisionTerms(sla_policy_id=silver.pk),
            shop, day,
        ),
        "user": _plan(
            ("UTILISATEURS", "Sérénité utilisateurs", "À distance et sur site, par personne."),
            (USERS, BACKUP), ("remote", "onsite"),
            RevisionTerms(sla_policy_id=gold.pk), shop, day,
        ),
        "park": _park(shop, silver, day),
    }  # fmt: skip


def promise_to_everybody(lead: User, now: datetime) -> None:
    """Let the board promise something to clients whose contracts say nothing."""
    board = ServiceBoard.objects.get(is_default=True)
    facts = {"lead": lead, "sla_policy": _policy("Standard", _calendar())}
    save_board(facts=facts, now=now, board_id=board.pk)


def raise_price(revision: PlanRevision, day: date) -> PlanRevision:
    """Publish a new revision in which a device costs more; contracts stay as they were signed."""
    new = revise_plan(plan_id=revision.plan_id)
    line = new.lines.earliest("position")
    raised = SoldLine(
        description=DEVICES.description, quantity=DEVICES.quantity, unit=DEVICES.unit,
        unit_price=Decimal(31),
    )  # fmt: skip
    save_plan_line(revision_id=new.pk, line=raised, line_id=line.pk)
    terms = RevisionTerms(note="31,00 € par poste", sla_policy_id=new.sla_policy_id)
    change_revision(revision_id=new.pk, terms=terms)
    return publish_revision(revision_id=new.pk, published_on=day)


def _park(shop: Shop, policy: SLAPolicy, day: date) -> PlanRevision:
    texts = ("PARC", "Sérénité parc", "Tout le parc décompté, quatre heures par mois reportables.")
    plan = create_plan(code=texts[0], name=texts[1], description=texts[2])
    revision = plan.revisions.get()
    work = shop.work
    for term in (
        CoverageTerm(work_type_id=work["remote"].pk),
        CoverageTerm(
            work_type_id=work["onsite"].pk, effect=CoverageEffect.AT_RATE, hourly_rate=Decimal(72)
        ),
        CoverageTerm(
            work_type_id=work["remote"].pk,
            category_id=shop.categories[-1].pk,
            effect=CoverageEffect.EXCLUDED,
        ),
    ):
        save_plan_coverage(revision_id=revision.pk, term=term)
    hours = {
        "name": "Heures d'assistance", "minutes": 240, "overage_rate": Decimal(78),
        "rollover": Rollover.OLDEST_FIRST, "cap_minutes": 480, "age_months": 2,
        "low_balance_minutes": 60,
    }  # fmt: skip
    save_plan_allowance(revision_id=revision.pk, terms=hours)
    terms = RevisionTerms(sla_policy_id=policy.pk, **RENEWS)  # type: ignore[arg-type]  # named as the terms name them
    return _publish(revision, PARK, terms, day)


def _plan(
    texts: tuple[str, str, str],
    lines: Sequence[SoldLine],
    covers: Sequence[str],
    terms: RevisionTerms,
    shop: Shop,
    day: date,
) -> PlanRevision:
    plan = create_plan(code=texts[0], name=texts[1], description=texts[2])
    revision = plan.revisions.get()
    for code in covers:
        term = CoverageTerm(work_type_id=shop.work[code].pk)
        save_plan_coverage(revision_id=revision.pk, term=term)
    return _publish(revision, lines, terms, day)


def _publish(
    revision: PlanRevision, lines: Sequence[SoldLine], terms: RevisionTerms, day: date
) -> PlanRevision:
    for line in lines:
        save_plan_line(revision_id=revision.pk, line=line)
    change_revision(revision_id=revision.pk, terms=terms)
    return publish_revision(revision_id=revision.pk, published_on=day)


def _calendar() -> BusinessCalendar:
    calendar = BusinessCalendar.objects.filter(is_default=True).first()
    if calendar is not None:
        return calendar
    calendar = BusinessCalendar.objects.create(name="Bureau de Lyon", country="FR", is_default=True)
    CalendarWindow.objects.bulk_create(
        CalendarWindow(calendar=calendar, weekday=day, opens_at=opens, closes_at=closes)
        for day in WORKDAYS
        for opens, closes in HOURS
    )
    return calendar


def _policy(name: str, calendar: BusinessCalendar) -> SLAPolicy:
    policy = SLAPolicy.objects.create(name=name, calendar=calendar)
    SLATarget.objects.bulk_create(
        SLATarget(
            policy=policy, priority=priority, response_minutes=answer, resolution_minutes=solved
        )
        for priority, (answer, solved) in PROMISES[name].items()
    )
    return policy
