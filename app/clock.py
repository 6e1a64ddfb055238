"""The two questions about time; rules that depend on time get the answer passed in."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SWEDEN = ZoneInfo("Europe/Stockholm")


def utc_now() -> datetime:
    return datetime.now(UTC)


def today_in_sweden() -> date:
    """A caseworker's today, which UTC reaches an hour or two late."""
    return day_in_sweden(utc_now())


def day_in_sweden(instant: datetime) -> date:
    return instant.astimezone(SWEDEN).date()
