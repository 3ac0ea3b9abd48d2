"""The menu of commands that Telegram shows: by kind of chat and by language."""

from __future__ import annotations

from collections.abc import Mapping

import structlog
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
)
from telegram.error import TelegramError

from bot.chat.texts import ADMIN_COMMANDS, COMMANDS, AdminCommand, Command, admin_texts_in, texts_in
from bot.knowledge.models import LANGUAGES, Lang
from bot.rights import Right, Role, allows

PRIVATE: tuple[Command, ...] = COMMANDS
GROUP: tuple[Command, ...] = tuple(command for command in COMMANDS if command != "start")

_NEEDED: Mapping[AdminCommand, Right] = {
    "reload": "publish",
    "rollback": "publish",
    "retract": "publish",
    "announce": "publish",
    "broadcasts": "publish",
    "history": "inspect",
    "export": "inspect",
    "status": "inspect",
    "why": "inspect",
    "gaps": "gaps",
    "patch": "gaps",
    "audit": "inspect",
    "admins": "inspect",
}

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


class AdminMenus:
    """The commands that those who keep the bot see in their own chat.

    Telegram takes them only once somebody has written to the bot, so they are set when somebody first does.
    """

    def __init__(self) -> None:
        self._shown: dict[int, Role] = {}

    async def show(self, bot: Bot, user_id: int, role: Role) -> None:
        """Register the commands that a role may use, unless they are."""
        if self._shown.get(user_id) == role:
            return
        scope = BotCommandScopeChat(user_id)
        try:
            for lang in LANGUAGES:
                texts = admin_texts_in(lang)
                own = [BotCommand(name, texts.commands[name]) for name in ADMIN_COMMANDS if allows(role, _NEEDED[name])]
                code = None if lang == "en" else lang
                await bot.set_my_commands([*own, *_commands(PRIVATE, lang)], scope=scope, language_code=code)
        except TelegramError as error:
            _log.info("menu.not_set", admin=True, reason=type(error).__name__)
        else:
            self._shown[user_id] = role

    async def drop(self, bot: Bot, user_id: int) -> None:
        """Take the commands from somebody's chat."""
        self._shown.pop(user_id, None)
        try:
            for lang in LANGUAGES:
                code = None if lang == "en" else lang
                await bot.delete_my_commands(scope=BotCommandScopeChat(user_id), language_code=code)
        except TelegramError as error:
            _log.info("menu.not_set", admin=True, reason=type(error).__name__)


def _commands(names: tuple[Command, ...], lang: Lang) -> list[BotCommand]:
    return [BotCommand(name, texts_in(lang).commands[name]) for name in names]
