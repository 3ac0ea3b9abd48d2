"""What people write after /subscribe and /alerts, read with patience."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from zoneinfo import available_timezones

from rapidfuzz import fuzz, process

from bot.chat.shelf import topic_named
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import Lang
from bot.storage.subscriptions import QuietHours

_LANGUAGES: dict[str, Lang] = {
    **dict.fromkeys(("en", "english", "англійська", "английский"), "en"),
    **dict.fromkeys(("uk", "ua", "ukrainian", "українська", "украинский"), "uk"),
    **dict.fromkeys(("ru", "russian", "русский", "російська"), "ru"),
}
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*[-–—]\s*(\d{1,2})(?:[:.](\d{2}))?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for by /subscribe."""

    topics: frozenset[str]
    language: Lang | None
    unknown: tuple[str, ...]
    """Words that are neither a topic nor a language."""


def read_subscription(words: Sequence[str], knowledge: KnowledgeBase) -> Asked:
    """Read topics and a language, in any order, with commas or without."""
    topics: set[str] = set()
    language: Lang | None = None
    unknown: list[str] = []
    for word in re.split(r"[,;\s]+", " ".join(words).strip()):
        spoken = _LANGUAGES.get(word.lower())
        topic = topic_named(knowledge, word) if word and spoken is None else None
        if spoken is not None:
            language = spoken
        elif topic is not None:
            topics.add(topic)
        elif word:
            unknown.append(word)
    return Asked(frozenset(topics), language, tuple(unknown))


@dataclass(frozen=True, slots=True)
class Hours:
    """Quiet hours as somebody wrote them; without a zone the one they had stays."""

    quiet: QuietHours | None
    zone: str | None


@dataclass(frozen=True, slots=True)
class NoZone:
    """A time zone that there is none of, and one that is written much like it."""

    wanted: str
    nearest: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Neither hours nor a zone."""


def read_hours(words: Sequence[str]) -> Hours | NoZone | Unreadable:
    """Read ``22:30-7 Europe/Kyiv``, ``22-7``, ``off``, or ``off Europe/Kyiv``."""
    text = " ".join(words).strip()
    found = _HOURS.match(text)
    off = re.match(r"(off|none|no|ні|нет|вимк|выкл)\b", text, re.IGNORECASE)
    match = found or off
    if match is None:
        return Unreadable()
    rest = text[match.end() :].strip()
    zone = find_zone(rest) if rest else None
    if isinstance(zone, NoZone):
        return zone
    if found is None:
        return Hours(None, zone)
    start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
    if start is None or end is None or start == end:
        return Unreadable()
    return Hours(QuietHours(start, end), zone)


def find_zone(wanted: str) -> str | NoZone:
    """Return the name of a zone, its capitals forgiven, or the nearest one there is."""
    written = re.sub(r"\s+", "_", wanted.strip())
    known = _zones()
    if written.lower() in known:
        return known[written.lower()]
    cities = {name: name.rpartition("/")[2] for name in known}
    nearest = process.extractOne(written.lower(), cities, scorer=fuzz.WRatio)
    return NoZone(wanted, known[nearest[2]] if nearest else "Europe/Kyiv")


def _minute(hour: str, minute: str | None) -> int | None:
    """Return minutes after midnight; 24:00 is midnight."""
    hours, minutes = int(hour), int(minute or 0)
    if hours > 24 or minutes > 59 or (hours == 24 and minutes):
        return None
    return (hours * 60 + minutes) % (24 * 60)


@cache
def _zones() -> dict[str, str]:
    """Return every zone by its name in small letters; names without a place are left to machines."""
    return {name.lower(): name for name in available_timezones() if "/" in name or name == "UTC"}
