"""What a button under a message carries: a short, versioned text of at most 64 bytes, as Telegram allows.

Facts are named by a hash, since "report/fact" may be longer than a button can hold. Whatever this version did
not write is no callback at all: an old button is told from a new one, and never taken for another.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Literal, TypeGuard

from bot.knowledge.models import LANGUAGES, Lang

LIMIT = 64
"""Bytes that Telegram lets a button carry."""
_VERSION = "1"
_MARK = re.compile(r"[A-Za-z0-9_-]{8}")

View = Literal["brief", "facts"]
"""A list with pages."""


@dataclass(frozen=True, slots=True)
class ShowFact:
    """Show a fact in a message of its own."""

    lang: Lang
    mark: str


@dataclass(frozen=True, slots=True)
class Choose:
    """Show the fact that was meant in place of the choice; without a mark none of them was meant."""

    lang: Lang
    mark: str
    question: int
    """The id of the message that asked, 0 if it is not known."""


@dataclass(frozen=True, slots=True)
class ShowSource:
    """Show where the facts of an answer come from."""

    lang: Lang
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """Say whether an answer helped."""

    lang: Lang
    helped: bool
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TurnPage:
    """Go to a page of a list, counted from 0; of one topic where there is a mark."""

    lang: Lang
    view: View
    page: int
    topic: str = ""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Answer in this language from now on; in the language of the question where it is None."""

    lang: Lang | None


Choice = Literal["confirm", "tell", "cancel"]
"""What an admin makes of a proposal; ``tell``: publish it and send alerts, where it would not by itself."""


@dataclass(frozen=True, slots=True)
class Decide:
    """Publish what was proposed, or leave it."""

    lang: Lang
    choice: Choice
    token: str
    """Of the proposal."""


Callback = ShowFact | Choose | ShowSource | Rate | TurnPage | ChooseLanguage | Decide
"""Everything a button can ask for."""


def mark(name: str) -> str:
    """Return the eight characters that stand for a fact ("report/fact") or a topic in a button."""
    return base64.urlsafe_b64encode(hashlib.blake2s(name.encode(), digest_size=6).digest()).decode()


def encode(callback: Callback) -> str:
    """Write a callback as a button carries it."""
    match callback:
        case ShowFact(lang, of):
            fields = ["f", lang, of]
        case Choose(lang, of, question):
            fields = ["o", lang, of, str(question)]
        case ShowSource(lang, marks):
            fields = ["s", lang, *marks]
        case Rate(lang, helped, marks):
            fields = ["u" if helped else "d", lang, *marks]
        case TurnPage(lang, view, page, topic):
            fields = ["b" if view == "brief" else "l", lang, str(page), topic]
        case ChooseLanguage(lang):
            fields = ["c", lang or "auto"]
        case Decide(lang, choice, token):
            fields = ["p", lang, choice, token]
    return ":".join((_VERSION, *fields))


def decode(data: str) -> Callback | None:
    """Read what a button carried, or None if this version did not write it."""
    version, _, rest = data.partition(":")
    kind, *fields = rest.split(":")
    if version != _VERSION or not fields:
        return None
    lang, *args = fields
    if kind == "c" and not args:
        return _language(lang)
    return _decode(kind, lang, args) if _is_lang(lang) else None


def _decode(kind: str, lang: Lang, args: list[str]) -> Callback | None:
    """Read the callbacks that have a language and arguments."""
    match kind:
        case "f" | "s" | "u" | "d":
            return _of_facts(kind, lang, args)
        case "o":
            return _choice(lang, args)
        case "p":
            return _decision(lang, args)
        case "b" | "l":
            return _page("brief" if kind == "b" else "facts", lang, args)
    return None


def _of_facts(kind: str, lang: Lang, marks: list[str]) -> ShowFact | ShowSource | Rate | None:
    if not 1 <= len(marks) <= 4 or not all(_MARK.fullmatch(each) for each in marks):
        return None
    if kind == "f":
        return ShowFact(lang, marks[0]) if len(marks) == 1 else None
    return ShowSource(lang, tuple(marks)) if kind == "s" else Rate(lang, kind == "u", tuple(marks))


def _choice(lang: Lang, args: list[str]) -> Choose | None:
    match args:
        case [of, question] if re.fullmatch(r"[0-9]{1,15}", question) and (not of or _MARK.fullmatch(of)):
            return Choose(lang, of, int(question))
    return None


def _decision(lang: Lang, args: list[str]) -> Decide | None:
    match args:
        case ["confirm" | "tell" | "cancel" as choice, token] if _MARK.fullmatch(token):
            return Decide(lang, choice, token)
    return None


def _page(view: View, lang: Lang, args: list[str]) -> TurnPage | None:
    match args:
        case [page, topic] if re.fullmatch(r"[0-9]{1,4}", page) and (not topic or _MARK.fullmatch(topic)):
            return TurnPage(lang, view, int(page), topic)
    return None


def _language(choice: str) -> ChooseLanguage | None:
    if choice == "auto":
        return ChooseLanguage(None)
    return ChooseLanguage(choice) if _is_lang(choice) else None


def _is_lang(text: str) -> TypeGuard[Lang]:
    return text in LANGUAGES
