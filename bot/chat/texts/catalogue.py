"""The form of a catalogue: a language that misses a text, or has one too many, is not a catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

Command = Literal[
    "ask", "check", "brief", "facts", "sources", "subscribe", "alerts", "unsubscribe", "language", "help", "privacy",
    "forget", "start",
]  # fmt: skip
COMMANDS: tuple[Command, ...] = get_args(Command)
"""Every command, in the order in which Telegram's menu shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The texts of one language. Names in braces are filled in; every language uses the same ones."""

    commands: Mapping[Command, str]
    """What each command does, as the menu shows it: at most 256 characters."""

    start: str
    """The first message; below it the reports, then questions to tap."""
    examples: str
    """Stands above questions to tap."""
    help: str
    """How to ask; below it the commands."""
    help_group: str
    """How to ask in a group. {bot}"""
    usage: str
    """/ask without a question."""
    text_only: str
    """A picture, a voice message or the like."""
    unknown_command: str

    nearest: str
    """Stands above facts that are not the answer, where the report does not answer."""
    none_of_these: str
    """A button under facts to choose from."""
    none_chosen: str
    """After that button."""

    title: str
    """Where a quote stands that is in the title and in no paragraph."""
    show_source: str
    """A button under an answer."""
    claimed_by: str
    """Whose claim a quote is. {by}"""
    no_claimant: str
    """For a quote that is nobody's claim."""
    publisher: str
    """{publisher}"""
    author: str
    """{author}"""
    published: str
    """{date}"""
    no_date: str
    original: str
    """A link to the report."""

    rated_good: str
    rated_bad: str
    stale_button: str
    """A button of an older version."""
    fact_gone: str
    """A button for a fact that is no longer in the fact base."""

    brief: str
    """The heading of the main facts."""
    facts: str
    """The heading of all facts."""
    facts_on: str
    """The heading of the facts of a topic. {topic}"""
    topics: str
    """Stands before the topics. {topics}"""
    no_topic: str
    """{wanted}"""
    page: str
    """{number} {count}"""
    sources: str
    """The heading of the reports."""

    language: str
    """Stands above the languages to choose from."""
    language_auto: str
    """The button for the language of the question."""
    language_chosen: str
    language_auto_chosen: str
    admins_only: str
    """What only administrators of a group may do."""

    privacy: str
    forgotten: str
    failed: str
    """Something went wrong on our side. {id}"""

    tell_me: str
    """A button under an answer that is not in the report."""
    will_tell: str
    """After that button: at most 200 characters."""
    told: str
    """Stands above an answer that somebody waited for. {question}"""
    too_many: str
    """Said once to somebody who asks too fast."""

    inline_example: str
    """Stands under a fact offered before anything was typed."""
    inline_silent: str
    """The title of an inline result that says the report does not answer."""
