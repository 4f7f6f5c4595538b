"""Submission times as platforms write them, in many languages, and their conversion to UTC."""

from __future__ import annotations

import datetime
import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale

from course.errors import course_error

# Languages whose month names are recognised; in Chinese, Japanese and Korean a month is a number.
LANGUAGES = (
    *("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "fi", "pl", "cs", "sk", "hu", "ro", "hr", "sl", "tr"),
    *("ru", "uk", "el", "ca", "eu", "gl", "id", "vi", "zh", "ja", "ko"),
)
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?::(\d{2}))?")
_NUMBERED = re.compile(r"(\d{4})\s*[-年년/.]\s*(\d{1,2})\s*[-月월/.]\s*(\d{1,2})")
# After the time in most languages, before it in some.
_AFTERNOON = re.compile(r"\s*p\.?\s?m\b", re.I), re.compile(r"下午|晚上|午後|오후")
_MORNING = re.compile(r"\s*a\.?\s?m\b", re.I), re.compile(r"上午|凌晨|早上|午前|오전")


@cache
def _months() -> dict[str, int]:
    """Return the number of each month by its name, 0 for a name that means two of them."""
    found: dict[str, int] = {}
    for language in LANGUAGES:
        months = Locale.parse(language).months
        for number, name in [n for kind in ("format", "stand-alone") for n in months[kind]["wide"].items()]:
            if not name[0].isdigit():
                found[name.casefold()] = number if found.get(name.casefold(), number) == number else 0
    return found


def time_in(text: str) -> datetime.datetime | None:
    """Parse a date and time such as “Wednesday, 10 June 2026, 2:14 PM”, without a time zone; None if there is none."""
    clock = _CLOCK.search(text)
    if not clock:
        return None
    before, behind = text[: clock.start()], text[clock.end() :]
    rest = f"{before} {behind}"
    if numbered := _NUMBERED.search(rest):
        year, month, day = map(int, numbered.groups())
    else:
        years, days = re.findall(r"(?<!\d)\d{4}(?!\d)", rest), re.findall(r"(?<!\d)\d{1,2}(?!\d)", rest)
        months = [n for word in re.findall(r"[^\W\d_]+", rest) if (n := _months().get(word.casefold(), 0))]
        if len(years) != 1 or len(days) != 1 or len(months) != 1:
            return None
        year, month, day = int(years[0]), months[0], int(days[0])
    hour, minute, second = (int(part or 0) for part in clock.groups())
    if (_AFTERNOON[0].match(behind) or _AFTERNOON[1].search(before)) and hour < 12:
        hour += 12
    elif (_MORNING[0].match(behind) or _MORNING[1].search(before)) and hour == 12:
        hour = 0
    try:
        return datetime.datetime(year, month, day, hour, minute, second)
    except ValueError:
        return None


def in_utc(local: datetime.datetime, zone: str | None) -> datetime.datetime:
    """Return a platform's local time in UTC, as a naive datetime; zone: its time zone, None for this computer's.

    Raises CourseError for an unknown time zone.
    """
    try:
        there = local.replace(tzinfo=ZoneInfo(zone)) if zone else local
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise course_error("There is no time zone “{zone}”: examples are Europe/Berlin and UTC.", zone=zone) from None
    return there.astimezone(datetime.UTC).replace(tzinfo=None)
