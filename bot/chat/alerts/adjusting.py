"""What a tapped button makes of somebody's wishes."""

from __future__ import annotations

from dataclasses import replace

from bot.chat.alerts.settings import NIGHTS, quiet_value
from bot.chat.alerts.wishes import find_zone
from bot.chat.callbacks import Adjust, mark
from bot.chat.shelf import topics_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import IMPORTANCES, LANGUAGES
from bot.storage.subscriptions import CADENCES, Wishes


def changed(wishes: Wishes, asked: Adjust, knowledge: KnowledgeBase) -> Wishes:
    """Return wishes with one of them changed; a value that means nothing any more changes nothing."""
    value, new = asked.value, wishes
    match asked.setting:
        case "topics":
            topic = next((each for each in topics_of(knowledge) if mark(each) == value), None)
            new = replace(wishes, topics=wishes.topics ^ {topic}) if topic else wishes
        case "cadence":
            new = replace(wishes, cadence=next((each for each in CADENCES if each == value), wishes.cadence))
        case "importance":
            new = replace(wishes, importance=next((each for each in IMPORTANCES if each == value), wishes.importance))
        case "language":
            new = replace(wishes, language=next((each for each in LANGUAGES if each == value), wishes.language))
        case "quiet":
            night = next((each for each in NIGHTS if quiet_value(each) == value), wishes.quiet)
            new = replace(wishes, quiet=None if value == "off" else night)
        case "zone":
            zone = find_zone(value)
            new = replace(wishes, zone=zone) if isinstance(zone, str) else wishes
        case "menu" | "replies" | "stop" | "pick":
            pass
    return new
