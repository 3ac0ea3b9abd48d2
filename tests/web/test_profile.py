"""What the bot tells of itself."""

import pytest
from pydantic import JsonValue

from bot.web.emulator import Emulator
from bot.web.emulator.profile import Command, Scope
from tests.web.client import Client, Refusal

ASK: JsonValue = {"command": "ask", "description": "Ask"}


async def test_commands_are_kept_by_scope_and_language(emulator: Emulator, bot: Client) -> None:
    alice = emulator.private_chat(emulator.user("Alice"))
    scope: JsonValue = {"type": "chat", "chat_id": alice.id}
    await bot.call("setMyCommands", commands=[ASK])
    await bot.call("setMyCommands", commands=[ASK], scope=scope, language_code="uk")
    assert emulator.profile.commands == {
        (Scope(), ""): (Command("ask", "Ask"),),
        (Scope("chat", alice.id), "uk"): (Command("ask", "Ask"),),
    }
    assert await bot.call("getMyCommands", scope=scope, language_code="uk") == [ASK]
    assert await bot.call("getMyCommands", scope=scope) == []
    await bot.call("deleteMyCommands", scope=scope, language_code="uk")
    assert await bot.call("getMyCommands", scope=scope, language_code="uk") == []


@pytest.mark.parametrize(
    ("parameters", "description"),
    [
        ({"commands": [{"command": "Ask", "description": "Ask"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "ask", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [ASK] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [ASK], "language_code": "eng"}, "invalid language code specified"),
        ({"commands": [ASK], "scope": {"type": "chat", "chat_id": 77}}, "chat not found"),
        ({"commands": [ASK], "scope": {"type": "chat"}}, "can't parse BotCommandScope: chat_id is empty"),
    ],
)
async def test_bad_commands_are_refused(bot: Client, parameters: dict[str, JsonValue], description: str) -> None:
    assert await bot.refused("setMyCommands", **parameters) == Refusal(400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    ("name", "field", "limit"),
    [("Name", "name", 64), ("Description", "description", 512), ("ShortDescription", "short_description", 120)],
)
async def test_texts_about_the_bot_are_kept_by_language(bot: Client, name: str, field: str, limit: int) -> None:
    await bot.call(f"setMy{name}", **{field: "Citebot"})
    await bot.call(f"setMy{name}", **{field: "Цитобот", "language_code": "uk"})
    assert await bot.call(f"getMy{name}", language_code="uk") == {field: "Цитобот"}
    assert await bot.call(f"getMy{name}", language_code="ru") == {field: "Citebot"}
    assert (await bot.refused(f"setMy{name}", **{field: "x" * (limit + 1)})).code == 400
