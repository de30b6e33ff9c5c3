"""Places, weeks and instants that the tests of business time share."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from core.business_hours import BusinessHours, Week, Window

PARIS = ZoneInfo("Europe/Paris")
LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
KOLKATA = ZoneInfo("Asia/Kolkata")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its summer time is half an hour
HOUR = 3600
MINUTE = 60


def at(written: str, zone: ZoneInfo = PARIS, *, fold: int = 0) -> datetime:
    """Return the instant at which the clock on the wall shows what is written."""
    return datetime.fromisoformat(written).replace(tzinfo=zone, fold=fold)


def window(opens: str, closes: str) -> Window:
    return Window(time.fromisoformat(opens), time.fromisoformat(closes))


def weekdays(*windows: Window) -> Week:
    """Return a week with these windows from Monday to Friday."""
    return (windows,) * 5 + ((), ())


def every_day(*windows: Window) -> Week:
    return (windows,) * 7


def office(zone: ZoneInfo = PARIS) -> BusinessHours:
    """Return hours from 9 to 17, Monday to Friday."""
    return BusinessHours(zone, weekdays(window("09:00", "17:00")))


def nights(zone: ZoneInfo) -> BusinessHours:
    """Return a shift from 22 to 6 that begins every day."""
    return BusinessHours(zone, every_day(window("22:00", "06:00")))
