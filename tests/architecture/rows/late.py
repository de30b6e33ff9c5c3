"""Late interest and recovery costs."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from billing.models import HandLine
from collecting.models import LateCharge, LateTerms
from tests.architecture.access_ladder import Row
from tests.architecture.access_rows import action, deed, form, noun, page
from tests.architecture.access_world import World

Kwargs = Mapping[str, Any]
WRITES = ("GET", "POST")
SEE = "collecting.view_latecharge"
DAY = date(2026, 5, 31)


def _client(world: World) -> Kwargs:
    return {"client_pk": world.company.pk}


def _terms(world: World) -> Kwargs:
    facts = {"basis": "fixed", "number": 12}
    terms, _made = LateTerms.objects.get_or_create(
        client=world.company, starts_on=DAY, defaults=facts
    )
    return {"pk": terms.pk}


def _charge(world: World) -> Kwargs:
    known = LateCharge.objects.filter(invoice=world.invoice).first()
    if known is not None:
        return {"pk": known.pk}
    line = HandLine.objects.create(
        client=world.company, description="Interest", starts_on=DAY, last_day_on=DAY, quantity=1,
        unit_price=1, tax_code="interest", reason="Law",
    )  # fmt: skip
    charge = LateCharge.objects.create(
        line=line, invoice=world.invoice, kind="interest", amount=1, through_on=DAY,
        claimed_at=datetime(2026, 5, 31, 12, tzinfo=UTC),
    )  # fmt: skip
    return {"pk": charge.pk}


ROWS: dict[str, Row] = {
    "collecting:late": page(SEE),
    "collecting:late-of-client": page(SEE, _client),
    "collecting:late-claim": action("collecting.add_latecharge", _client),
    "collecting:late-terms": page("collecting.view_lateterms"),
    "collecting:late-terms-create": form("collecting.add_lateterms"),
    "collecting:late-terms-remove": action("collecting.change_lateterms", _terms),
    "collecting:late-rate-create": form("collecting.add_laterate"),
    "api:late-charge-list": noun("collecting.latecharge", methods=WRITES),
    "api:late-charge-detail": noun("collecting.latecharge", _charge),
    "api:late-charge-preview": noun("collecting.latecharge"),
    "api:late-rate-list": noun("collecting.laterate", methods=WRITES),
    "api:late-terms-list": noun("collecting.lateterms", methods=WRITES),
    "api:late-terms-detail": noun("collecting.lateterms", _terms),
    "api:late-terms-remove": deed("collecting.change_lateterms", _terms),
}
