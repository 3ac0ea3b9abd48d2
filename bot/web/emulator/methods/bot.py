"""Methods about the bot itself and its session."""

from __future__ import annotations

from pydantic import JsonValue

from bot.web.emulator.emulator import Emulator
from bot.web.emulator.methods.call import Nothing, method


def get_me(emulator: Emulator, _: Nothing) -> JsonValue:
    """Return the bot."""
    return {
        **emulator.bot.as_json(),
        "can_join_groups": True,
        "can_read_all_group_messages": not emulator.privacy_mode,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def log_out(emulator: Emulator, _: Nothing) -> JsonValue:
    """End the bot's session: nothing else is answered from now on."""
    emulator.logged_out = True
    emulator.updates.terminate(None)
    return True


def close(emulator: Emulator, _: Nothing) -> JsonValue:
    """Close the bot's instance; here that changes nothing but the poll that waits."""
    emulator.updates.terminate(None)
    return True


METHODS = {
    "getMe": method(Nothing, get_me),
    "logOut": method(Nothing, log_out),
    "close": method(Nothing, close),
}
