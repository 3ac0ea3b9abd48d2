"""How a request is read, and when it is refused before any method runs."""

import asyncio
import json

import aiohttp
import pytest

from bot.web.emulator import Emulator
from tests.web.client import Client, Refusal


async def test_a_wrong_token_is_unauthorized(bot: Client) -> None:
    stranger = Client(bot.session, bot.url, token="123:OTHER")
    assert await stranger.refused("getMe") == Refusal(401, "Unauthorized")


async def test_an_unknown_method_is_not_found(bot: Client) -> None:
    assert await bot.refused("sendNonsense") == Refusal(404, "Not Found")


async def test_a_method_is_known_by_any_case(bot: Client) -> None:
    assert (await bot.object("GETME"))["username"] == "citebot_bot"


@pytest.mark.parametrize("way", ["query", "form", "json", "multipart"])
async def test_parameters_are_taken_in_each_of_four_ways(emulator: Emulator, bot: Client, way: str) -> None:
    chat = emulator.private_chat(emulator.user("Alice"))
    keyboard = {"inline_keyboard": [[{"text": "Так", "callback_data": "yes"}]]}
    plain = {"chat_id": str(chat.id), "text": "Привіт", "reply_markup": json.dumps(keyboard)}
    address = bot.route("sendMessage")
    match way:
        case "query":
            request = bot.session.get(address, params=plain)
        case "form":
            request = bot.session.post(address, data=plain)
        case "json":
            request = bot.session.post(address, json={**plain, "chat_id": chat.id, "reply_markup": keyboard})
        case _:
            form = aiohttp.FormData(plain, default_to_multipart=True)
            request = bot.session.post(address, data=form)
    async with request as response:
        assert response.status == 200

    (message,) = chat.messages
    assert message.text == "Привіт"
    assert message.button("Так").callback_data == "yes"
    (recorded,) = emulator.calls("sendMessage", chat.id)
    assert recorded.parameters["reply_markup"] == keyboard
    assert recorded.status == 200


async def test_an_unknown_parameter_is_refused_by_name(emulator: Emulator, bot: Client) -> None:
    chat = emulator.private_chat(emulator.user("Alice"))
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="hello", loudness=11)
    assert refusal == Refusal(400, "Bad Request: unknown parameter 'loudness'")
    (recorded,) = emulator.requests
    assert recorded.status == 400


async def test_an_unknown_key_deep_inside_is_refused_too(emulator: Emulator, bot: Client) -> None:
    chat = emulator.private_chat(emulator.user("Alice"))
    refusal = await bot.refused(
        "sendMessage", chat_id=chat.id, text="hello", reply_parameters={"message_id": 1, "chat": 3}
    )
    assert refusal == Refusal(400, "Bad Request: unknown parameter 'reply_parameters.chat'")


async def test_missing_parameters_are_refused_in_telegrams_words(bot: Client) -> None:
    assert await bot.refused("sendMessage", text="hello") == Refusal(400, "Bad Request: chat_id is empty")
    assert await bot.refused("sendMessage", chat_id=1) == Refusal(400, "Bad Request: message text is empty")


async def test_a_body_that_is_no_json_is_refused(bot: Client) -> None:
    headers = {"content-type": "application/json"}
    async with bot.session.post(bot.route("getMe"), data=b"{", headers=headers) as response:
        assert response.status == 400


async def test_half_a_character_is_refused(emulator: Emulator, bot: Client) -> None:
    chat = emulator.private_chat(emulator.user("Alice"))
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="\ud83d")
    assert refusal == Refusal(400, "Bad Request: strings must be encoded in UTF-8")


async def test_a_test_can_wait_for_calls(emulator: Emulator, bot: Client) -> None:
    calling = asyncio.gather(bot.call("getMe"), bot.call("getMe"))
    assert [request.status for request in await emulator.wait_for_call("getMe", times=2)] == [200, 200]
    await calling
    with pytest.raises(TimeoutError, match="no 1 answered calls of getFile within 0 seconds"):
        await emulator.wait_for_call("getFile", timeout=0)


async def test_a_bot_that_logged_out_is_refused(bot: Client) -> None:
    assert await bot.call("close") is True
    assert await bot.call("logOut") is True
    assert await bot.refused("getMe") == Refusal(400, "Logged out")
