"""Requests over real HTTP: each failure says whether the request may have arrived."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError, TimedOut

from bot.chat.client import connect
from bot.chat.transport import AiohttpRequest, NotSentError, SlowDown, is_local

Handle = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def server(handle: Handle) -> AsyncIterator[str]:
    """Serve one handler on this machine."""
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


async def ask(url: str, **timeouts: float) -> object:
    async with AiohttpRequest(connections=2, proxies=False, **timeouts) as request:
        return await request.post(f"{url}/bot1:SECRET/getMe")


def answering(status: int, body: object) -> Handle:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(status=status, text=json.dumps(body))

    return handle


async def test_the_result_is_handed_back() -> None:
    async with server(answering(200, {"ok": True, "result": {"id": 1}})) as url:
        assert await ask(url) == {"id": 1}


async def test_a_message_travels_there_and_back() -> None:
    async def handle(request: web.Request) -> web.Response:
        form = await request.post()
        me = {"id": 1, "is_bot": True, "first_name": "Citebot", "username": "citebot_bot"}
        sent = {"message_id": 5, "date": 0, "chat": {"id": int(str(form.get("chat_id", 0))), "type": "private"}}
        result = me if request.path.endswith("getMe") else {**sent, "text": form["text"]}
        return web.json_response({"ok": True, "result": result})

    async with server(handle) as url, connect("1:SECRET", url, connections=1) as client:
        message = await client.send_message(7, "три & 3")
    assert (message.chat_id, message.text) == (7, "три & 3")


async def test_a_server_that_is_not_there_was_not_reached() -> None:
    async with server(answering(200, {})) as url:
        pass
    with pytest.raises(NotSentError) as caught:
        await ask(url)
    assert "SECRET" not in str(caught.value)


async def test_silence_may_have_arrived() -> None:
    gone = asyncio.Event()

    async def handle(_: web.Request) -> web.Response:
        await gone.wait()
        return web.Response()

    async with server(handle) as url:
        with pytest.raises(TimedOut):
            await ask(url, read_timeout=0.05)
        gone.set()


async def test_a_connection_that_breaks_off_may_have_arrived() -> None:
    async def handle(request: web.Request) -> web.Response:
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    async with server(handle) as url:
        with pytest.raises(TimedOut):
            await ask(url)


async def test_telegrams_wish_to_wait_is_a_timedelta() -> None:
    async with server(answering(429, {"ok": False, "parameters": {"retry_after": 7}})) as url:
        with pytest.raises(SlowDown) as caught:
            await ask(url)
    assert caught.value.retry_after == timedelta(seconds=7)


async def test_a_wish_without_a_number_is_one_second() -> None:
    async with server(answering(429, {"ok": False})) as url:
        with pytest.raises(SlowDown) as caught:
            await ask(url)
    assert caught.value.retry_after == timedelta(seconds=1)


@pytest.mark.parametrize(("status", "kind"), [(400, BadRequest), (403, Forbidden), (502, NetworkError)])
async def test_refusals_are_the_librarys_own(status: int, kind: type[TelegramError]) -> None:
    async with server(answering(status, {"ok": False, "description": "no"})) as url:
        with pytest.raises(kind, match="no"):
            await ask(url)


async def test_an_answer_that_is_no_json_is_an_error_and_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    async def handle(_: web.Request) -> web.Response:
        return web.Response(text="somebody's message")

    async with server(handle) as url:
        with pytest.raises(TelegramError, match="not JSON"):
            await ask(url)
    assert "somebody" not in caplog.text


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:80", True),
        ("http://[::1]:80", True),
        ("http://localhost", True),
        ("https://api.telegram.org", False),
    ],
)
def test_no_proxy_leads_back_to_this_machine(url: str, local: bool) -> None:
    assert is_local(url) is local
