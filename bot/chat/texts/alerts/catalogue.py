"""The form of the catalogue of alerts: a language that misses a text, or has one too many, is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.alerts.news import NewsKind
from bot.knowledge.models import Importance
from bot.storage.alert_tables import EventState
from bot.storage.subscriptions import Cadence


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTexts:
    """The texts of one language. Names in braces are filled in; every language uses the same ones."""

    labels: Mapping[NewsKind, str]
    """What became of a fact: stands above it."""
    removed: str
    """Of a fact that is no longer in the fact base."""
    told_before: str
    """The first line of a reply to a message that carried what has changed."""
    amended: str
    """The first line of a message that was edited because its facts have changed."""
    announcement: str
    """Stands above an admin's words."""

    subscribed: str
    """The first line after /subscribe; below it what was chosen."""
    unsubscribed: str
    not_subscribed: str
    no_topics: str
    """/subscribe with words that are no topics. {wanted}"""
    settings: str
    """The first line of /alerts."""
    suspended: str
    """Under it where the topic or chat cannot be written to."""
    topics: str
    """{topics}"""
    all_topics: str
    cadences: Mapping[Cadence, str]
    cadence: str
    """{cadence}"""
    importances: Mapping[Importance, str]
    importance: str
    """{importance}"""
    quiet: str
    """{start} {end} {zone}"""
    no_quiet: str
    language: str
    """{language}"""
    replies: Mapping[bool, str]
    """Whether corrected messages are replied to."""

    button_topics: str
    button_cadence: str
    button_importance: str
    button_quiet: str
    button_language: str
    button_replies: Mapping[bool, str]
    """What tapping does: from off to on (True), or back."""
    button_stop: str
    button_other_chats: str
    """In a private chat: set up a group or a channel."""
    button_back: str
    choose_topics: str
    choose_cadence: str
    choose_importance: str
    choose_quiet: str
    """Tells too how to write other hours and zones."""
    choose_language: str
    quiet_off: str
    quiet_usage: str
    """/alerts quiet with something that cannot be read."""
    no_zone: str
    """{wanted} {nearest}"""

    came_back: str
    """The bot was blocked or removed, and is back."""
    offer: str
    """Told to whoever made the bot an administrator of a channel. {title}"""
    button_offer: str
    """Under it."""
    pick: str
    """In a private chat: choose another chat to set up."""
    button_pick_group: str
    button_pick_channel: str
    picked: str
    """{title}"""
    not_yours: str
    """The chat is another administrator's to set up. {title}"""
    not_there: str
    """The bot may not write there. {title}"""

    announce_usage: str
    announce_preview: str
    """Stands above the preview. {chats}"""
    announced: str
    """{chats}"""
    announce_cancelled: str
    button_send: str
    button_cancel: str
    expired: str
    """What was to be confirmed is no longer there."""
    broadcasts: str
    no_broadcasts: str
    states: Mapping[EventState, str]
    finished: str
    """The state of a broadcast with nothing left to send."""
    counts: str
    """{sent} {left} {failed} {doubtful}"""
    button_pause: str
    button_resume: str
    button_abort: str

    retract_usage: str
    """{example}"""
    no_fact: str
    """{wanted}"""
