"""Which messages of a group reach the bot: everything, or in privacy mode only what is meant for it."""

from __future__ import annotations

from bot.web.emulator.chats import PRESENT, Message
from bot.web.emulator.objects import User


def reaches(message: Message, bot: User, *, privacy_mode: bool) -> bool:
    """Tell whether the bot is told of a message."""
    chat = message.chat
    if message.sender == bot or chat.bot_status not in PRESENT:
        return False
    if not chat.is_group or not privacy_mode or chat.bot_is_admin or message.service:
        return True
    if message.via_bot == bot or (message.reply_to is not None and message.reply_to.sender == bot):
        return True
    return _is_for(message, bot)


def _is_for(message: Message, bot: User) -> bool:
    """Tell whether the text is a command for this bot or for any, or mentions it."""
    name = f"@{bot.username}".lower()
    if name in (mention.lower() for mention in message.all_of("mention")):
        return True
    commands = [entity for entity in message.entities if entity.type == "bot_command" and entity.offset == 0]
    return any(
        "@" not in (command := message.body.slice(entity).lower()) or command.endswith(name) for entity in commands
    )
