"""How a method is called: its parameters are checked, then it runs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from pydantic import JsonValue

from bot.web.emulator.emulator import Emulator
from bot.web.emulator.markup import Strict
from bot.web.emulator.parameters import ModelT, Parameters, checked

Handler = Callable[[Emulator, Parameters], Awaitable[JsonValue]]
"""Runs one method and returns its result; a refusal is an ApiError."""


class Nothing(Strict):
    """The parameters of a method that takes none."""


def method(model: type[ModelT], run: Callable[[Emulator, ModelT], JsonValue]) -> Handler:
    """Return the handler of a method that answers at once."""

    async def call(emulator: Emulator, parameters: Parameters) -> JsonValue:
        result = run(emulator, checked(model, parameters))
        emulator.changes.notify()
        return result

    return call
