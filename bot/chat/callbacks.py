"""What a button under a message carries: a short, versioned text of at most 64 bytes, as Telegram allows.

Facts are named by a hash, since "report/fact" may be longer than a button can hold. Whatever this version did
not write is no callback at all: an old button is told from a new one, and never taken for another.
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from bot.knowledge.models import LANGUAGES, Lang

LIMIT = 64
"""Bytes that Telegram lets a button carry."""
_VERSION = "1"
MARK = r"[A-Za-z0-9_-]{8}"
"""The form of what stands for a fact or a topic."""
_MARK = re.compile(MARK)
_NUMBER = re.compile(r"[0-9]{1,15}")

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


Setting = Literal[
    "menu", "topics", "cadence", "importance", "quiet", "zone", "language", "replies", "stop", "pick"
]  # fmt: skip
"""What can be changed about alerts; ``menu`` shows them all, ``pick`` offers other chats to choose."""


@dataclass(frozen=True, slots=True)
class Adjust:
    """Change a setting of the alerts of this chat to a value; without one, show what there is to choose."""

    lang: Lang
    setting: Setting
    value: str = ""
    """At most 40 letters, digits, and ``/_+-``."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Send alerts to a channel that the bot has become an administrator of."""

    lang: Lang
    chat_id: int


BroadcastAct = Literal["send", "cancel", "show", "pause", "resume", "abort"]


@dataclass(frozen=True, slots=True)
class Steer:
    """Send a drafted announcement or drop it; or see how a broadcast fares, pause it, go on with it, abort it."""

    lang: Lang
    act: BroadcastAct
    event_id: int


@dataclass(frozen=True, slots=True)
class Await:
    """Tell whoever asked when there is an answer."""

    lang: Lang
    question: int
    """The id of the message that asked."""
    gap: int
    """What it asked, among the questions without an answer."""


Settling = Literal["fact", "unknown", "ignore", "next"]
"""What an editor makes of a question without an answer."""


@dataclass(frozen=True, slots=True)
class Settle:
    """Deal with a gap, or look at the one after it."""

    lang: Lang
    how: Settling
    gap: int
    mark: str = ""
    """The fact that it is."""


Callback = (
    ShowFact | Choose | ShowSource | Rate | TurnPage | ChooseLanguage | Decide | Await | Settle | Adjust | Offer | Steer
)
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
        case Await(lang, question, gap):
            fields = ["a", lang, str(question), str(gap)]
        case Settle(lang, how, gap, of):
            fields = ["g", lang, how, str(gap), of]
        case _:
            fields = _fields_of_alerts(callback)
    return ":".join((_VERSION, *fields))


def _fields_of_alerts(callback: Adjust | Offer | Steer) -> list[str]:
    match callback:
        case Adjust(lang, setting, value):
            return ["t", lang, setting, value]
        case Offer(lang, chat_id):
            return ["n", lang, str(chat_id)]
        case Steer(lang, act, event_id):
            return ["e", lang, act, str(event_id)]


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
        case "a" | "g":
            return _of_gap(lang, args)
        case "b" | "l":
            return _page("brief" if kind == "b" else "facts", lang, args)
        case _:
            return _of_alerts(kind, lang, args)


def _of_facts(kind: str, lang: Lang, marks: list[str]) -> ShowFact | ShowSource | Rate | None:
    if not 1 <= len(marks) <= 4 or not all(_MARK.fullmatch(each) for each in marks):
        return None
    if kind == "f":
        return ShowFact(lang, marks[0]) if len(marks) == 1 else None
    return ShowSource(lang, tuple(marks)) if kind == "s" else Rate(lang, kind == "u", tuple(marks))


def _choice(lang: Lang, args: list[str]) -> Choose | None:
    match args:
        case [of, question] if _NUMBER.fullmatch(question) and (not of or _MARK.fullmatch(of)):
            return Choose(lang, of, int(question))
    return None


def _decision(lang: Lang, args: list[str]) -> Decide | None:
    match args:
        case ["confirm" | "tell" | "cancel" as choice, token] if _MARK.fullmatch(token):
            return Decide(lang, choice, token)
    return None


def _of_alerts(kind: str, lang: Lang, args: list[str]) -> Adjust | Offer | Steer | None:
    match kind, args:
        case "t", [setting, value] if re.fullmatch(r"[A-Za-z0-9/_+-]{0,40}", value):
            known = next((each for each in get_args(Setting) if each == setting), None)
            return Adjust(lang, known, value) if known is not None else None
        case "n", [chat_id] if re.fullmatch(r"-[0-9]{1,15}", chat_id):
            return Offer(lang, int(chat_id))
        case "e", [act, event_id] if _NUMBER.fullmatch(event_id):
            wanted = next((each for each in get_args(BroadcastAct) if each == act), None)
            return Steer(lang, wanted, int(event_id)) if wanted is not None else None
    return None


def _of_gap(lang: Lang, args: list[str]) -> Await | Settle | None:
    match args:
        case [question, gap] if _NUMBER.fullmatch(question) and _NUMBER.fullmatch(gap):
            return Await(lang, int(question), int(gap))
        case ["fact" as how, gap, of] if _NUMBER.fullmatch(gap) and _MARK.fullmatch(of):
            return Settle(lang, how, int(gap), of)
        case ["unknown" | "ignore" | "next" as how, gap, ""] if _NUMBER.fullmatch(gap):
            return Settle(lang, how, int(gap))
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
