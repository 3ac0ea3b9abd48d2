"""Methods by which the bot tells of itself: commands and descriptions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from pydantic import JsonValue

from bot.web.emulator.access import known_chat
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import bad_request
from bot.web.emulator.markup import Strict
from bot.web.emulator.methods.call import Handler, method
from bot.web.emulator.parameters import ChatId
from bot.web.emulator.profile import Command, Profile, Scope
from bot.web.emulator.text import utf16_length

MAX_COMMANDS = 100
_NAME = re.compile(r"[a-z0-9_]{1,32}")
_LANGUAGE = re.compile(r"|[a-z]{2}")


class SentScope(Strict):
    """Where commands are shown, as a bot says it."""

    type: Literal[
        "default",
        "all_private_chats",
        "all_group_chats",
        "all_chat_administrators",
        "chat",
        "chat_administrators",
        "chat_member",
    ] = "default"
    chat_id: ChatId | None = None
    user_id: int | None = None


class SentCommand(Strict):
    """One command, as a bot says it."""

    command: str
    description: str


class CommandsOf(Strict):
    """Parameters of getMyCommands and deleteMyCommands."""

    scope: SentScope = SentScope()
    language_code: str = ""


class SetMyCommands(CommandsOf):
    """Parameters of setMyCommands."""

    commands: tuple[SentCommand, ...]


class InLanguage(Strict):
    """Parameters of the methods that return a text about the bot."""

    language_code: str = ""


class SetMyName(InLanguage):
    """Parameters of setMyName."""

    name: str = ""


class SetMyDescription(InLanguage):
    """Parameters of setMyDescription."""

    description: str = ""


class SetMyShortDescription(InLanguage):
    """Parameters of setMyShortDescription."""

    short_description: str = ""


def set_my_commands(emulator: Emulator, wanted: SetMyCommands) -> JsonValue:
    """Show a list of commands."""
    key = _key(emulator, wanted)
    if len(wanted.commands) > MAX_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    commands = []
    for sent in wanted.commands:
        name = sent.command.removeprefix("/")
        if not _NAME.fullmatch(name):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= utf16_length(sent.description) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        commands.append(Command(name, sent.description))
    emulator.profile.commands[key] = tuple(commands)
    return True


def get_my_commands(emulator: Emulator, wanted: CommandsOf) -> JsonValue:
    """Return the list of just this scope and language."""
    commands = emulator.profile.commands.get(_key(emulator, wanted), ())
    return [{"command": command.command, "description": command.description} for command in commands]


def delete_my_commands(emulator: Emulator, wanted: CommandsOf) -> JsonValue:
    """Show the next wider list instead."""
    emulator.profile.commands.pop(_key(emulator, wanted), None)
    return True


def set_my_name(emulator: Emulator, wanted: SetMyName) -> JsonValue:
    """Say what the bot is called."""
    return _set(emulator.profile.names, wanted, wanted.name, 64)


def set_my_description(emulator: Emulator, wanted: SetMyDescription) -> JsonValue:
    """Say what an empty chat with the bot shows."""
    return _set(emulator.profile.descriptions, wanted, wanted.description, 512)


def set_my_short_description(emulator: Emulator, wanted: SetMyShortDescription) -> JsonValue:
    """Say what the bot's page shows."""
    return _set(emulator.profile.short_descriptions, wanted, wanted.short_description, 120)


def _set(texts: dict[str, str], wanted: InLanguage, text: str, limit: int) -> bool:
    if not _LANGUAGE.fullmatch(wanted.language_code):
        raise bad_request("invalid language code specified")
    if utf16_length(text) > limit:
        raise bad_request("text is too long")
    texts[wanted.language_code] = text
    return True


def _reader(field: str, texts: Callable[[Profile], dict[str, str]]) -> Handler:
    """Return the method that reads back what was set, the text for everybody where a language has none."""

    def read(emulator: Emulator, wanted: InLanguage) -> JsonValue:
        known = texts(emulator.profile)
        return {field: known.get(wanted.language_code) or known.get("", "")}

    return method(InLanguage, read)


def _key(emulator: Emulator, wanted: CommandsOf) -> tuple[Scope, str]:
    if not _LANGUAGE.fullmatch(wanted.language_code):
        raise bad_request("invalid language code specified")
    scope = wanted.scope
    if scope.type in ("chat", "chat_administrators", "chat_member"):
        if scope.chat_id is None:
            raise bad_request("can't parse BotCommandScope: chat_id is empty")
        known_chat(emulator, scope.chat_id)
    return Scope(scope.type, scope.chat_id, scope.user_id), wanted.language_code


METHODS = {
    "setMyCommands": method(SetMyCommands, set_my_commands),
    "getMyCommands": method(CommandsOf, get_my_commands),
    "deleteMyCommands": method(CommandsOf, delete_my_commands),
    "setMyName": method(SetMyName, set_my_name),
    "getMyName": _reader("name", lambda profile: profile.names),
    "setMyDescription": method(SetMyDescription, set_my_description),
    "getMyDescription": _reader("description", lambda profile: profile.descriptions),
    "setMyShortDescription": method(SetMyShortDescription, set_my_short_description),
    "getMyShortDescription": _reader("short_description", lambda profile: profile.short_descriptions),
}
