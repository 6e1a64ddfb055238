"""The moment now and the day today; rules that depend on time get them as arguments."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def utc_now() -> datetime:
    return datetime.now(UTC)


def today_in_sweden() -> date:
    """The day in Sweden, which begins an hour or two before the day in UTC."""
    return day_in_sweden(utc_now())


def day_in_sweden(instant: datetime) -> date:
    return instant.astimezone(SWEDEN).date()
