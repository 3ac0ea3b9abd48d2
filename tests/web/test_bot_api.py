"""The independent check of what a bot sends."""

from bot.web.emulator import BotRequest
from bot.web.emulator.errors import JsonObject
from tests.web.bot_api import violations


def request(method: str, parameters: JsonObject) -> BotRequest:
    return BotRequest(method, parameters, time=0.0)


def test_requests_as_the_bot_api_wants_them_are_no_violations() -> None:
    keyboard: JsonObject = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
    sound = [
        request("getUpdates", {"offset": "5", "timeout": "10", "allowed_updates": ["message"]}),
        request(
            "sendMessage",
            {
                "chat_id": "1001",
                "text": "hello",
                "reply_markup": keyboard,
                "reply_parameters": {"message_id": 3, "allow_sending_without_reply": True},
                "link_preview_options": {"is_disabled": True},
            },
        ),
        request("sendDocument", {"chat_id": 1, "document": "attach://document"}),
        request("setMyCommands", {"commands": [{"command": "ask", "description": "Ask"}]}),
    ]
    assert violations(sound) == []


def test_an_unknown_method_is_a_violation() -> None:
    assert violations([request("sendNonsense", {})]) == ["sendNonsense: no such method"]


def test_an_unknown_parameter_is_a_violation() -> None:
    found = violations([request("sendMessage", {"chat_id": 1, "text": "x", "loudness": 11})])
    assert found == ["sendMessage: loudness: unknown parameter"]


def test_an_unknown_key_deep_inside_is_a_violation() -> None:
    keyboard: JsonObject = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y", "shape": "round"}]]}
    found = violations([request("sendMessage", {"chat_id": 1, "text": "x", "reply_markup": keyboard})])
    assert found == ["sendMessage: reply_markup.inline_keyboard.0.0.shape: unknown parameter"]


def test_a_missing_and_a_wrong_parameter_are_violations() -> None:
    found = violations([request("sendMessage", {"chat_id": 1, "message_thread_id": "first"})])
    assert len(found) == 2
    assert any(line.startswith("sendMessage: text:") for line in found)
    assert any(line.startswith("sendMessage: message_thread_id:") for line in found)


def test_a_deprecated_parameter_is_a_violation() -> None:
    found = violations([request("sendMessage", {"chat_id": 1, "text": "x", "reply_to_message_id": 3})])
    assert found == ["sendMessage: reply_to_message_id: deprecated"]
