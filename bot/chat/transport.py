"""How requests travel to the Bot API: aiohttp under python-telegram-bot.

The library's own transport (httpx) slows down as more requests run side by side, and logs addresses, which hold the
token. This one keeps as many connections as there are workers, says for each failure whether the request may have
arrived, and never puts an address into a message.
"""

from __future__ import annotations

import json
from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData


class NotSentError(NetworkError):
    """The request never reached the server: sending it again cannot do anything twice."""


class SlowDown(RetryAfter):
    """Telegram asks to wait; ``retry_after`` is always a timedelta.

    The library's own class gives an int or a timedelta as an environment variable says, and warns at every use.
    """

    def __init__(self, retry_after: timedelta) -> None:
        TelegramError.__init__(self, f"Telegram asks to wait {retry_after.total_seconds():g} s")
        self._retry_after = retry_after

    @property
    def retry_after(self) -> timedelta:
        """How long to wait."""
        return self._retry_after


class AiohttpRequest(BaseRequest):
    """Requests over one aiohttp session with at most ``connections`` at a time. Timeouts are in seconds.

    ``read_timeout`` is the longest silence of the server, ``connect_timeout`` the longest wait for a connection.
    ``proxies``: whether the proxy variables of the environment count; no proxy leads back to this machine.
    """

    def __init__(
        self, *, connections: int, proxies: bool = True, read_timeout: float = 15.0, connect_timeout: float = 10.0
    ) -> None:
        self._connections = connections
        self._proxies = proxies
        self._read_timeout = read_timeout
        self._connect_timeout = connect_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """The longest silence of the server that is borne by default, in seconds."""
        return self._read_timeout

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Parse an answer. The library would log one it cannot read, and with it what people wrote."""
        try:
            parsed = json.loads(payload.decode("utf-8", "replace"))
        except ValueError:
            raise TelegramError("the server's answer is not JSON") from None
        if not isinstance(parsed, dict):
            raise TelegramError("the server's answer is not a JSON object")
        return parsed

    async def initialize(self) -> None:
        """Open the session; a second call changes nothing."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=30),
                headers={"User-Agent": self.USER_AGENT},
                trust_env=self._proxies,
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def do_request(  # noqa: PLR0917 - the library calls it so
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request; return the HTTP status and the body.

        Raises NotSentError where it cannot have arrived, TimedOut where it may have, SlowDown on 429.
        ``write_timeout`` is not used: the requests are small, and the silence after them is bounded.
        """
        if self._session is None:
            raise RuntimeError("the transport is not open; call initialize() first")
        timeout = aiohttp.ClientTimeout(
            total=None,
            connect=_seconds(pool_timeout, self._connect_timeout),
            sock_connect=_seconds(connect_timeout, self._connect_timeout),
            sock_read=_seconds(read_timeout, self._read_timeout),
        )
        try:
            async with self._session.request(method, url, data=_form(request_data), timeout=timeout) as response:
                status, body = response.status, await response.read()
        # What is raised below names only the kind of failure: aiohttp's messages may hold the address.
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSentError(f"cannot connect: {type(error).__name__}") from None
        except (TimeoutError, aiohttp.ServerDisconnectedError, aiohttp.ClientPayloadError) as error:
            raise TimedOut(f"no answer: {type(error).__name__}") from None
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise NotSentError("the address of the Bot API server is not valid") from None
        except aiohttp.ClientOSError as error:
            raise TimedOut(f"connection lost: {type(error).__name__}") from None
        except aiohttp.ClientError as error:
            raise NetworkError(f"request failed: {type(error).__name__}") from None
        if status == 429:
            raise SlowDown(_wait_asked_for(body))
        return status, body


def is_local(url: str) -> bool:
    """Say whether an address leads to this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _seconds(given: object, default: float) -> float | None:
    """Return a timeout: the given one, none if None was given, the default if nothing was."""
    if given is None:
        return None
    return float(given) if isinstance(given, int | float) else default


def _form(request_data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if request_data is None:
        return None
    if not request_data.contains_files:
        return request_data.json_parameters
    form = aiohttp.FormData(request_data.json_parameters)
    for name, (filename, content, mime_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form


def _wait_asked_for(body: bytes) -> timedelta:
    """Read how long a 429 asks to wait; one second if it does not say."""
    try:
        return timedelta(seconds=float(json.loads(body)["parameters"]["retry_after"]))
    except (ValueError, TypeError, KeyError):
        return timedelta(seconds=1)
