"""How the Bot API describes somebody's place in a chat."""

from __future__ import annotations

from bot.web.emulator.chats import Chat, Status
from bot.web.emulator.errors import JsonObject
from bot.web.emulator.objects import User

_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)


def member_json(chat: Chat, user: User, status: Status) -> JsonObject:
    """Return the ChatMember of the Bot API."""
    member: JsonObject = {"user": user.as_json(), "status": status}
    if status == "creator":
        member["is_anonymous"] = False
    elif status == "administrator":
        member |= {"can_be_edited": False, "is_anonymous": False}
        member |= dict.fromkeys(_RIGHTS, True)
        member |= {"can_post_messages": True, "can_edit_messages": True} if chat.type == "channel" else {}
        member |= {"can_pin_messages": True, "can_manage_topics": chat.is_forum} if chat.is_group else {}
    elif status == "kicked":
        member["until_date"] = 0
    return member


def change_json(chat: Chat, who: User, *, by: User, date: int, old: Status, new: Status) -> JsonObject:
    """Return the ChatMemberUpdated of the Bot API."""
    return {
        "chat": chat.as_json(),
        "from": by.as_json(),
        "date": date,
        "old_chat_member": member_json(chat, who, old),
        "new_chat_member": member_json(chat, who, new),
    }
