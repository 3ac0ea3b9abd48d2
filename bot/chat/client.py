"""The bot as Telegram's server sees it, and what comes from there as it was sent."""

from __future__ import annotations

from collections.abc import Sequence

from telegram.ext import ExtBot

from bot.chat.transport import AiohttpRequest, is_local
from bot.storage.lanes import JsonObject


class Client(ExtBot[None]):
    """The library's bot, which can also fetch updates without parsing them: they are stored word for word."""

    async def fetch_updates(
        self, offset: int | None, *, wait: int, allowed: Sequence[str], limit: int = 100
    ) -> list[JsonObject]:
        """Return updates from ``offset`` on, waiting up to ``wait`` seconds for the first one.

        Asking from an offset on acknowledges every update before it. Raises TelegramError.
        """
        asked = {"offset": offset, "timeout": wait, "limit": limit, "allowed_updates": list(allowed)}
        found: list[JsonObject] = await self._post("getUpdates", asked, read_timeout=wait + 10.0)
        return found


def connect(token: str, api_url: str, *, connections: int) -> Client:
    """Return a bot that talks to the Bot API server at ``api_url`` over so many connections at once."""
    proxies = not is_local(api_url)
    return Client(
        token,
        base_url=f"{api_url}/bot",
        base_file_url=f"{api_url}/file/bot",
        request=AiohttpRequest(connections=connections, proxies=proxies),
        get_updates_request=AiohttpRequest(connections=1, proxies=proxies),
    )
