"""The emulator over HTTP: Telegram's routes, and an in-process server for them."""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import uvicorn
from pydantic import JsonValue
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot.web.emulator.control import control_routes
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import ApiError, bad_request, migrated
from bot.web.emulator.faults import Fault
from bot.web.emulator.methods import METHODS
from bot.web.emulator.methods.call import Handler
from bot.web.emulator.parameters import Parameters, chat_id, read_parameters
from bot.web.emulator.webhook import Courier
from bot.web.emulator.world import BotRequest

_BY_LOWER_NAME = {name.lower(): name for name in METHODS}
CLOSING_TIME = 5.0
"""Seconds that the last answers may take."""
_UNAUTHORIZED = ApiError(401, "Unauthorized")
_NOT_FOUND = ApiError(404, "Not Found")


def emulator_app(emulator: Emulator) -> Starlette:
    """Return the ASGI application of an emulator."""
    api = _Api(emulator)
    return Starlette(
        routes=[
            Route("/bot{token}/{method}", api.call, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", api.download),
            *control_routes(emulator),
        ]
    )


@asynccontextmanager
async def serve(emulator: Emulator, *, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve an emulator on this machine for as long as the context lasts; give its address.

    The address is what ``TELEGRAM_API_URL`` takes. Port 0 is any free one. After an end the same emulator can
    be served again, as if Telegram had been away.
    """
    if not ipaddress.ip_address(host).is_loopback:
        raise ValueError(f"the emulator serves this machine only, not {host}")
    listener = socket.create_server((host, port))
    # Connections inherit it; without it every answer waits 40 ms for the other side's acknowledgement.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    emulator.closing = asyncio.Event()
    config = uvicorn.Config(
        emulator_app(emulator),
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_keep_alive=75,
    )
    config.load()
    server = _Server(config)
    server.lifespan = config.lifespan_class(config)
    # Not server.serve(): that would take the signals of the process that this runs in.
    await server.startup(sockets=[listener])
    courier = asyncio.create_task(Courier(emulator).run())
    try:
        yield f"http://{host}:{listener.getsockname()[1]}"
    finally:
        emulator.closing.set()
        emulator.updates.terminate(None)
        courier.cancel()
        with suppress(asyncio.CancelledError):
            await courier
        await server.shutdown(sockets=[listener])


class _Server(uvicorn.Server):
    """A server that ends as soon as its connections have; uvicorn's own end takes a tenth of a second more."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more connections and close those there are, once they have their answers."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        async with asyncio.timeout(CLOSING_TIME):
            while self.server_state.connections or self.server_state.tasks:
                await asyncio.sleep(0.005)
        for server in self.servers:
            await server.wait_closed()


class _Api:
    """Answers Telegram's routes."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    async def call(self, request: Request) -> Response:
        """Run one method."""
        try:
            self._authorize(request)
            name, handler = _method(request.path_params["method"])
            parameters = await read_parameters(request)
        except ApiError as error:
            return _refused(error)
        recorded = BotRequest(name, parameters.recorded, self._emulator.clock.now())
        self._emulator.requests.append(recorded)
        self._emulator.changes.notify()
        fault = self._emulator.faults.take(name, self._target(parameters))
        try:
            result = await self._run(handler, parameters, fault)
        except ApiError as error:
            recorded.status = error.code
            self._emulator.changes.notify()
            return _refused(error)
        if fault is not None:
            return _Silence(self._emulator.closing, cut=fault.error == "drop")
        recorded.status = 200
        self._emulator.changes.notify()
        return JSONResponse({"ok": True, "result": result})

    async def download(self, request: Request) -> Response:
        """Send a file."""
        try:
            self._authorize(request)
        except ApiError as error:
            return _refused(error)
        for document in self._emulator.files.values():
            if document.path == request.path_params["path"]:
                return Response(document.content, media_type="application/octet-stream")
        return _refused(_NOT_FOUND)

    async def _run(self, handler: Handler, parameters: Parameters, fault: Fault | None) -> JsonValue:
        """Run a method, or fail as the fault says; with a fault that is no refusal, nobody sees the result."""
        if fault is None or fault.error == "lost":
            return await handler(self._emulator, parameters)
        if isinstance(fault.error, int):
            raise fault.as_error(fault.error)
        if fault.error == "migrate":
            raise self._migrate(parameters)
        return None

    def _migrate(self, parameters: Parameters) -> ApiError:
        target = self._target(parameters)
        group = None if target is None else self._emulator.chats.get(target)
        if group is None:
            return bad_request("chat not found")
        supergroup = group.migrated_to or self._emulator.migrate(group)
        return migrated(supergroup.id)

    def _target(self, parameters: Parameters) -> int | None:
        named = chat_id(parameters.values.get("chat_id"))
        if not isinstance(named, int | str):
            return None
        chat = self._emulator.find_chat(named)
        return chat.id if chat else None

    def _authorize(self, request: Request) -> None:
        if not secrets.compare_digest(request.path_params["token"].encode(), self._emulator.token.encode()):
            raise _UNAUTHORIZED
        if self._emulator.logged_out:
            raise ApiError(400, "Logged out")


class _Silence(Response):
    """No answer: it hangs until the bot gives up, or the connection is cut in the middle."""

    def __init__(self, closing: asyncio.Event, *, cut: bool) -> None:
        super().__init__()
        self._closing = closing
        self._cut = cut

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Keep silent."""
        if not self._cut:
            closing = asyncio.create_task(self._closing.wait())
            gone = asyncio.create_task(_disconnected(receive))
            await asyncio.wait({closing, gone}, return_when=asyncio.FIRST_COMPLETED)
            for task in (closing, gone):
                task.cancel()
            await asyncio.gather(closing, gone, return_exceptions=True)
        headers = [(b"content-type", b"application/json"), (b"content-length", b"1000")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _method(name: str) -> tuple[str, Handler]:
    """Return a method by its name, in capitals or not."""
    if name.lower() not in _BY_LOWER_NAME:
        raise _NOT_FOUND
    known = _BY_LOWER_NAME[name.lower()]
    return known, METHODS[known]


def _refused(error: ApiError) -> Response:
    return JSONResponse(error.as_json(), status_code=error.code)
