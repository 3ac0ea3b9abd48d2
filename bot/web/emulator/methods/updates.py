"""Methods by which a bot gets its updates."""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, JsonValue

from bot.web.emulator.emulator import Emulator
from bot.web.emulator.errors import JsonObject, bad_request, conflict
from bot.web.emulator.markup import Strict
from bot.web.emulator.methods.call import Nothing, method
from bot.web.emulator.parameters import Parameters, checked
from bot.web.emulator.updates import MAX_BATCH
from bot.web.emulator.webhook import Webhook

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


class GetUpdates(Strict):
    """Parameters of getUpdates. ``timeout`` is in seconds."""

    offset: int = 0
    limit: int = MAX_BATCH
    timeout: Annotated[int, Field(le=600)] = 0
    allowed_updates: tuple[str, ...] | None = None


class SetWebhook(Strict):
    """Parameters of setWebhook."""

    url: str = ""
    ip_address: str | None = None
    max_connections: Annotated[int, Field(ge=1, le=100)] = 40
    allowed_updates: tuple[str, ...] | None = None
    drop_pending_updates: bool = False
    secret_token: str | None = None


class DeleteWebhook(Strict):
    """Parameters of deleteWebhook."""

    drop_pending_updates: bool = False


async def get_updates(emulator: Emulator, parameters: Parameters) -> JsonValue:
    """Return what is new, waiting for it."""
    wanted = checked(GetUpdates, parameters)
    if emulator.webhook is not None:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    emulator.updates.allow(wanted.allowed_updates)
    limit = wanted.limit if 1 <= wanted.limit <= MAX_BATCH else MAX_BATCH
    timeout = 0 if emulator.closing.is_set() else wanted.timeout
    return [*await emulator.updates.poll(wanted.offset, limit, timeout)]


def set_webhook(emulator: Emulator, wanted: SetWebhook) -> JsonValue:
    """Have updates delivered to an address on this machine."""
    if not wanted.url:
        return delete_webhook(emulator, DeleteWebhook(drop_pending_updates=wanted.drop_pending_updates))
    if not _is_loopback(wanted.url):
        raise bad_request("bad webhook: the emulator delivers to an http address on this machine only")
    if wanted.secret_token is not None and not _SECRET.fullmatch(wanted.secret_token):
        raise bad_request("secret token contains unallowed characters")
    emulator.updates.terminate(conflict("terminated by setWebhook request"))
    emulator.updates.allow(wanted.allowed_updates)
    if wanted.drop_pending_updates:
        emulator.updates.drop()
    emulator.webhook = Webhook(wanted.url, wanted.secret_token, wanted.max_connections, wanted.ip_address)
    return True


def delete_webhook(emulator: Emulator, wanted: DeleteWebhook) -> JsonValue:
    """Go back to getUpdates."""
    if wanted.drop_pending_updates:
        emulator.updates.drop()
    emulator.webhook = None
    return True


def webhook_info(emulator: Emulator, _: Nothing) -> JsonValue:
    """Return where updates go and how that went last time."""
    webhook = emulator.webhook
    info: JsonObject = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(emulator.updates.pending),
    }
    if emulator.updates.allowed:
        info["allowed_updates"] = [*emulator.updates.allowed]
    if webhook is not None:
        info["max_connections"] = webhook.max_connections
        info["ip_address"] = webhook.ip_address or "127.0.0.1"
        if webhook.last_error_date is not None:
            info["last_error_date"] = webhook.last_error_date
            info["last_error_message"] = webhook.last_error_message
    return info


def _is_loopback(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https"):
        return False
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": method(SetWebhook, set_webhook),
    "deleteWebhook": method(DeleteWebhook, delete_webhook),
    "getWebhookInfo": method(Nothing, webhook_info),
}
