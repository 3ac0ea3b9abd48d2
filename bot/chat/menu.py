"""The menu of commands that Telegram shows: by kind of chat and by language."""

from __future__ import annotations

from collections.abc import Iterable

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.chat.texts import ADMIN_COMMANDS, COMMANDS, Command, admin_texts_in, texts_in
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


async def set_admin_menu(bot: Bot, admins: Iterable[int]) -> None:
    """Register the commands that each admin sees in their own chat. One who never wrote to the bot has none yet."""
    for admin in admins:
        try:
            for lang in LANGUAGES:
                texts = admin_texts_in(lang)
                own = [BotCommand(name, texts.commands[name]) for name in ADMIN_COMMANDS]
                code = None if lang == "en" else lang
                scope = BotCommandScopeChat(admin)
                await bot.set_my_commands([*own, *_commands(PRIVATE, lang)], scope=scope, language_code=code)
        except TelegramError as error:
            _log.info("menu.not_set", admin=True, reason=type(error).__name__)


async def drop_admin_menu(bot: Bot, user_id: int) -> None:
    """Take the commands for admins from somebody's chat."""
    try:
        for lang in LANGUAGES:
            code = None if lang == "en" else lang
            await bot.delete_my_commands(scope=BotCommandScopeChat(user_id), language_code=code)
    except TelegramError as error:
        _log.info("menu.not_set", admin=True, reason=type(error).__name__)


def _commands(names: tuple[Command, ...], lang: Lang) -> list[BotCommand]:
    return [BotCommand(name, texts_in(lang).commands[name]) for name in names]
