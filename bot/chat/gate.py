"""The one place that says who may do what: for messages, buttons and documents alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot, CallbackQuery, Chat, Message
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from bot.chat.recent import Recent
from bot.rights import Right, Role, allows
from bot.storage.admins import AdminStore
from bot.storage.audit import Act, AuditLog
from bot.storage.utc import Clock

_ONCE_IN = timedelta(hours=1)
_RULERS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom Telegram names."""

    user_id: int

    @property
    def id(self) -> int:
        """The id to write down."""
        return self.user_id


@dataclass(frozen=True, slots=True)
class Mask:
    """Somebody who writes in the name of a chat: an anonymous administrator of that chat, or a channel."""

    chat_id: int

    @property
    def id(self) -> int:
        """The id to write down."""
        return self.chat_id


Actor = Person | Mask


def author_of(message: Message) -> Actor:
    """Return who wrote a message."""
    if message.sender_chat is not None:
        return Mask(message.sender_chat.id)
    return Person(message.from_user.id) if message.from_user is not None else Mask(message.chat_id)


def tapper_of(query: CallbackQuery) -> Person:
    """Return who tapped a button: Telegram names anonymous administrators here too."""
    return Person(query.from_user.id)


class Gate:
    """Knows everybody's role. What it refuses it writes down."""

    def __init__(self, owners: frozenset[int], admins: AdminStore, audit: AuditLog, now: Clock) -> None:
        self._owners = owners
        self._admins = admins
        self._audit = audit
        self._now = now
        self._refused = Recent[tuple[int, str]](_ONCE_IN)

    @property
    def owners(self) -> tuple[int, ...]:
        """The users whom the settings name."""
        return tuple(sorted(self._owners))

    async def role(self, actor: Actor) -> Role:
        """Return somebody's role. Who wears a mask has none: nobody can tell who that is."""
        match actor:
            case Person(user_id):
                return "owner" if user_id in self._owners else await self._admins.role_of(user_id) or "user"
            case Mask():
                return "user"

    async def admits(self, actor: Actor, right: Right, action: str) -> bool:
        """Say whether somebody may do something; a refusal is written down, once an hour for each action."""
        role = await self.role(actor)
        if allows(role, right):
            return True
        now = self._now()
        if self._refused.is_new((actor.id, action), now):
            await self._audit.note(Act(now, actor.id, role, action, "refused"))
        return False

    async def holders(self, right: Right) -> tuple[int, ...]:
        """Return the users who have a right, to be told of what concerns them."""
        given = [admin.user_id for admin in await self._admins.all() if allows(admin.role, right)]
        return tuple(dict.fromkeys([*sorted(self._owners), *given]))


async def may_rule(bot: Bot, chat: Chat, actor: Actor) -> bool:
    """Say whether somebody decides for a chat: each for their own, and a group's administrators for the group."""
    match actor:
        case Mask(chat_id):
            return chat_id == chat.id  # an anonymous administrator writes as the group
        case Person(user_id):
            if chat.type == ChatType.PRIVATE:
                return True
            try:
                member = await bot.get_chat_member(chat.id, user_id)
            except TelegramError:
                return False  # whoever cannot be recognised decides nothing
            return member.status in _RULERS
