"""The menu of commands that Telegram shows: by kind of chat and by language."""

from __future__ import annotations

import structlog
from telegram import Bot, BotCommand, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats
from telegram.error import TelegramError

from bot.chat.texts import COMMANDS, Command, texts_in
from bot.knowledge.models import LANGUAGES, Lang

PRIVATE: tuple[Command, ...] = COMMANDS
GROUP: tuple[Command, ...] = tuple(command for command in COMMANDS if command != "start")

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


async def set_menu(bot: Bot) -> None:
    """Register the commands. The bot works without a menu, so a failure is only noted."""
    try:
        for lang in LANGUAGES:
            # English is for everybody whose language has no menu of its own.
            code = None if lang == "en" else lang
            await bot.set_my_commands(
                _commands(PRIVATE, lang), scope=BotCommandScopeAllPrivateChats(), language_code=code
            )
            await bot.set_my_commands(_commands(GROUP, lang), scope=BotCommandScopeAllGroupChats(), language_code=code)
    except TelegramError as error:
        _log.warning("menu.not_set", reason=type(error).__name__)


def _commands(names: tuple[Command, ...], lang: Lang) -> list[BotCommand]:
    return [BotCommand(name, texts_in(lang).commands[name]) for name in names]
