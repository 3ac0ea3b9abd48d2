"""A bot's side of the Bot API, for tests: plain HTTP, no library in between."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
from pydantic import JsonValue, TypeAdapter

from bot.web.emulator.errors import JsonObject

_OBJECT = TypeAdapter(JsonObject)
_OBJECTS = TypeAdapter(list[JsonObject])


@dataclass(frozen=True)
class Refusal:
    """How a request was refused."""

    code: int
    description: str
    parameters: JsonValue = None


@dataclass(frozen=True)
class Client:
    """Calls methods with JSON."""

    session: aiohttp.ClientSession
    url: str
    token: str = "123:TEST"

    def route(self, method: str) -> str:
        """Return the address of a method."""
        return f"{self.url}/bot{self.token}/{method}"

    async def post(self, method: str, **parameters: JsonValue) -> tuple[int, JsonObject]:
        """Call a method; return the status and the body."""
        async with self.session.post(self.route(method), json=parameters) as response:
            return response.status, _OBJECT.validate_json(await response.read())

    async def call(self, method: str, **parameters: JsonValue) -> JsonValue:
        """Call a method that must succeed; return its result."""
        status, body = await self.post(method, **parameters)
        assert (status, body["ok"]) == (200, True), body
        return body["result"]

    async def object(self, method: str, **parameters: JsonValue) -> JsonObject:
        """Call a method that must succeed with an object."""
        return _OBJECT.validate_python(await self.call(method, **parameters))

    async def updates(self, **parameters: JsonValue) -> list[JsonObject]:
        """Call getUpdates."""
        return _OBJECTS.validate_python(await self.call("getUpdates", **parameters))

    async def refused(self, method: str, **parameters: JsonValue) -> Refusal:
        """Call a method that must be refused; return how."""
        status, body = await self.post(method, **parameters)
        assert (body["ok"], body["error_code"]) == (False, status), body
        return Refusal(status, str(body["description"]), body.get("parameters"))
