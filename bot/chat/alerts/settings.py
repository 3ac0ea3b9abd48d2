"""How the settings of alerts read, and the buttons that change them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.callbacks import Adjust, Setting, mark
from bot.chat.nodes import Bold, Text, lines, paragraphs
from bot.chat.reply import Button, Buttons, Reply
from bot.chat.shelf import topics_of
from bot.chat.texts.alerts import AlertTexts, alert_texts_in
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import IMPORTANCES, Lang
from bot.storage.subscriptions import CADENCES, QuietHours, Subscription, Suspended, Wishes

OWN_NAMES: tuple[tuple[Lang, str], ...] = (("en", "English"), ("uk", "Українська"), ("ru", "Русский"))
ZONES = ("Europe/Kyiv", "UTC", "Europe/London", "Europe/Berlin", "America/New_York")
"""Zones to tap; any other can be written."""
NIGHTS = (QuietHours(22 * 60, 7 * 60), QuietHours(23 * 60, 8 * 60), QuietHours(0, 9 * 60))
"""Quiet hours to tap; any other can be written too."""
_MOST_TOPICS = 40
_A_ROW = 2


def summary(subscription: Subscription, lang: Lang, *, heading: str, replies: bool) -> Reply:
    """Return what a chat has chosen, and a button for each of it."""
    texts = alert_texts_in(lang)
    wishes = subscription.wishes
    first = [Bold(Text(heading))]
    if isinstance(subscription.state, Suspended):
        first.append(Bold(Text(texts.suspended)))
    return Reply(
        paragraphs(
            lines(*first),
            lines(
                texts.topics.format(topics=", ".join(map(spoken, sorted(wishes.topics))) or texts.all_topics),
                texts.cadence.format(cadence=texts.cadences[wishes.cadence]),
                texts.importance.format(importance=texts.importances[wishes.importance]),
                quiet_line(wishes, texts),
                texts.language.format(language=dict(OWN_NAMES)[wishes.language]),
                texts.replies[replies],
            ),
        ),
        _menu(subscription, texts, lang, replies=replies),
    )


def off(lang: Lang, *, replies: bool, said: str) -> Reply:
    """Return what is said where alerts are off; replies to corrections can be chosen all the same."""
    texts = alert_texts_in(lang)
    return Reply(lines(said, texts.replies[replies]), ((_replies(texts, lang, replies=replies),),))


def choices(setting: Setting, wishes: Wishes, knowledge: KnowledgeBase, lang: Lang) -> Reply:
    """Return what there is to choose for a setting; what is chosen has a tick."""
    texts = alert_texts_in(lang)
    back = (Button(texts.button_back, Adjust(lang, "menu")),)
    match setting:
        case "topics":
            offered = [
                _option(lang, setting, mark(topic), spoken(topic), chosen=topic in wishes.topics)
                for topic in topics_of(knowledge)[:_MOST_TOPICS]
            ]
            return Reply(Text(texts.choose_topics), (*_rows(offered), back))
        case "cadence":
            options = [
                _option(lang, setting, each, texts.cadences[each], chosen=each == wishes.cadence) for each in CADENCES
            ]
            return Reply(Text(texts.choose_cadence), (*((each,) for each in options), back))
        case "importance":
            options = [
                _option(lang, setting, each, texts.importances[each], chosen=each == wishes.importance)
                for each in IMPORTANCES
            ]
            return Reply(Text(texts.choose_importance), (*((each,) for each in options), back))
        case "language":
            options = [_option(lang, setting, each, name, chosen=each == wishes.language) for each, name in OWN_NAMES]
            return Reply(Text(texts.choose_language), (*((each,) for each in options), back))
        case _:
            return _quiet(wishes, texts, lang, back)


def quiet_line(wishes: Wishes, texts: AlertTexts) -> str:
    """Return a sentence on quiet hours and the time zone."""
    if wishes.quiet is None:
        return texts.no_quiet.format(zone=wishes.zone)
    start, end = clock_time(wishes.quiet.start), clock_time(wishes.quiet.end)
    return texts.quiet.format(start=start, end=end, zone=wishes.zone)


def quiet_value(quiet: QuietHours) -> str:
    """Write quiet hours as a button carries them: ``2230-0700``."""
    return f"{clock_time(quiet.start)}-{clock_time(quiet.end)}".replace(":", "")


def clock_time(minute: int) -> str:
    """Write minutes after midnight as a time."""
    return f"{minute // 60:02}:{minute % 60:02}"


def spoken(topic: str) -> str:
    """Return a topic as it is read."""
    return topic.replace("-", " ")


def _quiet(wishes: Wishes, texts: AlertTexts, lang: Lang, back: tuple[Button, ...]) -> Reply:
    nights = [
        _option(
            lang,
            "quiet",
            quiet_value(each),
            f"{clock_time(each.start)}–{clock_time(each.end)}",
            chosen=each == wishes.quiet,
        )
        for each in NIGHTS
    ]
    none = _option(lang, "quiet", "off", texts.quiet_off, chosen=wishes.quiet is None)
    zones = [_option(lang, "zone", each, each, chosen=each == wishes.zone) for each in ZONES]
    body = paragraphs(texts.choose_quiet, quiet_line(wishes, texts))
    return Reply(body, (tuple(nights), (none,), *_rows(zones), back))


def _menu(subscription: Subscription, texts: AlertTexts, lang: Lang, *, replies: bool) -> Buttons:
    def button(label: str, setting: Setting) -> Button:
        return Button(label, Adjust(lang, setting))

    rows: list[tuple[Button, ...]] = [
        (button(texts.button_topics, "topics"), button(texts.button_cadence, "cadence")),
        (button(texts.button_importance, "importance"), button(texts.button_quiet, "quiet")),
        (button(texts.button_language, "language"), button(texts.button_stop, "stop")),
        (_replies(texts, lang, replies=replies),),
    ]
    if subscription.spot.is_private:
        rows.append((button(texts.button_other_chats, "pick"),))
    return tuple(rows)


def _replies(texts: AlertTexts, lang: Lang, *, replies: bool) -> Button:
    return Button(texts.button_replies[not replies], Adjust(lang, "replies", "off" if replies else "on"))


def _option(lang: Lang, setting: Setting, value: str, label: str, *, chosen: bool) -> Button:
    return Button(f"✓ {label}" if chosen else label, Adjust(lang, setting, value))


def _rows(buttons: Sequence[Button]) -> Buttons:
    return tuple(tuple(buttons[start : start + _A_ROW]) for start in range(0, len(buttons), _A_ROW))
