"""The lists of business hours, surcharges and service levels."""

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from clients.choices import country_name
from contracts.models import BusinessCalendar, SLAPolicy, Surcharge
from core.listing import Column, Empty, Listing

CALENDARS = Listing[BusinessCalendar](
    name="calendars",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("time_zone", _("Time zone"), sort="time_zone", phone="hidden"),
        Column(
            "country",
            _("Holidays of"),
            lambda calendar: country_name(calendar.country) if calendar.country else "",
        ),
        Column("is_default", _("The firm's own"), kind="flag", phone="side"),
    ],
    order="name",
    empty=Empty(
        _("No business hours yet"),
        _("They say when surcharges count and in which hours promised times run."),
        "calendar",
        "contracts:calendar-create",
        _("New calendar"),
        "contracts.add_businesscalendar",
    ),
)

SURCHARGES = Listing[Surcharge](
    name="surcharges",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column("applies", _("Applies"), lambda one: one.get_applies_display(), sort="applies"),
        Column("multiplier", _("Multiplier"), kind="number", sort="multiplier", phone="side"),
        Column(
            "calendar",
            _("Business hours"),
            lambda one: str(one.calendar) if one.calendar else __("any"),
            phone="hidden",
        ),
        Column("starts_on", _("From"), kind="day", sort="starts_on", phone="hidden"),
        Column("last_day_on", _("Through"), kind="day", sort="last_day_on", phone="hidden"),
    ],
    order="name",
    empty=Empty(
        _("No surcharges yet"),
        _("A surcharge multiplies the rate of hours at night, at weekends or on holidays."),
        "moon",
        "contracts:surcharge-create",
        _("New surcharge"),
        "contracts.add_surcharge",
    ),
)

POLICIES = Listing[SLAPolicy](
    name="policies",
    columns=[
        Column("name", _("Name"), link=True, sort="name"),
        Column(
            "calendar",
            _("Business hours"),
            lambda one: str(one.calendar) if one.calendar else __("around the clock"),
        ),
        Column("used", _("Contracts"), kind="number", sort="used", phone="side"),
        Column(
            "state",
            _("State"),
            lambda one: __("in use") if one.is_active else __("no longer used"),
            sort="is_active",
            cell="catalog/cells.html#product_state",
        ),
    ],
    order="name",
    empty=Empty(
        _("No service levels yet"),
        _("A service level promises, by priority, how soon you answer and solve."),
        "target",
        "contracts:policy-create",
        _("New service level"),
        "contracts.add_slapolicy",
    ),
)


def policies_with_use() -> QuerySet[SLAPolicy]:
    """Return the policies with how many contracts name each."""
    return SLAPolicy.objects.select_related("calendar").annotate(used=Count("contracts"))
