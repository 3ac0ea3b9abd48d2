"""Methods about chats and who is in them."""

from __future__ import annotations

from pydantic import JsonValue

from bot.web.emulator.access import known_chat
from bot.web.emulator.chats import PRESENT
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import JsonObject, bad_request
from bot.web.emulator.markup import Strict
from bot.web.emulator.members import member_json
from bot.web.emulator.methods.call import method
from bot.web.emulator.parameters import ChatId


class ChatOnly(Strict):
    """Parameters of the methods that take a chat and nothing else."""

    chat_id: ChatId


class GetChatMember(ChatOnly):
    """Parameters of getChatMember."""

    user_id: int


def get_chat(emulator: Emulator, wanted: ChatOnly) -> JsonValue:
    """Return what is known of a chat."""
    chat = known_chat(emulator, wanted.chat_id)
    gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    accepted: JsonObject = dict.fromkeys(gifts, False)
    return {
        **chat.as_json(),
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": accepted,
    }


def get_chat_member(emulator: Emulator, wanted: GetChatMember) -> JsonValue:
    """Return somebody's place in a chat."""
    chat = known_chat(emulator, wanted.chat_id)
    user = emulator.users.get(wanted.user_id)
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return member_json(chat, user, chat.members.get(user.id, "left"))


def get_chat_administrators(emulator: Emulator, wanted: ChatOnly) -> JsonValue:
    """Return who runs a chat, other bots left out."""
    chat = known_chat(emulator, wanted.chat_id)
    if chat.type == "private":
        raise bad_request("there are no administrators in the private chat")
    return [
        member_json(chat, emulator.users[user_id], status)
        for user_id, status in chat.members.items()
        if status in ("creator", "administrator")
    ]


def get_chat_member_count(emulator: Emulator, wanted: ChatOnly) -> JsonValue:
    """Return how many are in a chat."""
    chat = known_chat(emulator, wanted.chat_id)
    return sum(status in PRESENT for status in chat.members.values())


def leave_chat(emulator: Emulator, wanted: ChatOnly) -> JsonValue:
    """Take the bot out of a group or a channel."""
    chat = known_chat(emulator, wanted.chat_id)
    if chat.type == "private":
        raise bad_request("chat member status can't be changed in private chats")
    emulator.set_bot_status(chat, "left", emulator.bot)
    return True


METHODS = {
    "getChat": method(ChatOnly, get_chat),
    "getChatMember": method(GetChatMember, get_chat_member),
    "getChatAdministrators": method(ChatOnly, get_chat_administrators),
    "getChatMemberCount": method(ChatOnly, get_chat_member_count),
    "leaveChat": method(ChatOnly, leave_chat),
}
