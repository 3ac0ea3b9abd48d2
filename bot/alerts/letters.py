"""What is to be sent or edited, and what can come of it: all that the dispatcher and the sender say to each other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.alerts.news import News
from bot.knowledge.models import Lang
from bot.storage.outbox import EditInline, EditMessage, NewMessage
from bot.storage.subscriptions import Spot


@dataclass(frozen=True, slots=True)
class Alert:
    """Facts that are new, corrected or withdrawn; a reply where it points at a message that carried them."""

    news: tuple[News, ...]
    target: NewMessage


@dataclass(frozen=True, slots=True)
class Announcement:
    """Words of an admin."""

    text: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """A message whose facts have changed, to be edited in place."""

    news: tuple[News, ...]
    facts: tuple[str, ...]
    """All that the message states, each as ``report/fact``, in order."""
    message: EditMessage | EditInline
    said: str
    """The revision of the knowledge that it agrees with before it is edited."""


Content = Alert | Announcement | Amendment


@dataclass(frozen=True, slots=True)
class Letter:
    """One message to one place, made of one or more rows of the outbox."""

    rows: tuple[int, ...]
    spot: Spot
    content: Content
    language: Lang
    revision: str
    """Of the knowledge that it tells of."""
    attempts: int
    ambiguous: int
    for_subscribers: tuple[int, ...] = ()
    """The rows that only a subscriber is sent; a correction is owed to anybody who was told."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the messages of a letter, in the chat."""

    message_id: int
    facts: tuple[str, ...]
    """Those that this message tells of, each as ``report/fact``."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is in the chat, or the message is edited."""

    parts: tuple[Part, ...] = ()
    """The messages that were sent."""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """No answer came: it may have arrived."""


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Telegram could not be reached, or failed: it has not arrived."""


@dataclass(frozen=True, slots=True)
class TooFast:
    """Telegram asks to wait so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Gone:
    """The chat does not want the bot, or is no more."""

    why: Literal["blocked", "deactivated", "removed"]


@dataclass(frozen=True, slots=True)
class Closed:
    """The chat or topic cannot be written to at present."""


@dataclass(frozen=True, slots=True)
class Moved:
    """The group has become a supergroup with another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Impossible:
    """It cannot be done, now or later: a message to edit is gone or too old, or Telegram has some other reason."""

    why: Literal["not_editable", "refused"]


@dataclass(frozen=True, slots=True)
class NotBegun:
    """Nothing was sent: it was no longer wanted when its turn came."""


Failure = Doubtful | Unreachable | TooFast | Gone | Closed | Moved | Impossible
"""Why a request did not do what it should, as far as we know."""


@dataclass(frozen=True, slots=True)
class BrokeOff:
    """Of a letter that needs several messages some are in the chat, and the next is not."""

    parts: tuple[Part, ...]
    why: Failure


Outcome = Delivered | Failure | BrokeOff | NotBegun
"""What came of a letter."""

Begin = Callable[[], Awaitable[bool]]
"""Notes that a request is about to be made; False: it must not be."""


class Post(Protocol):
    """Whoever sends."""

    async def deliver(self, letter: Letter, begin: Begin) -> Outcome:
        """Wait for the letter's turn, ``begin``, and make the request. Raises nothing that Telegram says."""
