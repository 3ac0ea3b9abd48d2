"""Which lane an update runs in. Updates of one lane are handled one after another, in order."""

from __future__ import annotations

import json
from typing import TypeGuard

from pydantic import JsonValue

from bot.storage.inbox import Received

JsonObject = dict[str, JsonValue]
"""A JSON object, as Telegram sends one for each update."""


class NotAnUpdateError(ValueError):
    """The object has no ``update_id``, so it is not one of Telegram's updates."""


def received(update: JsonObject) -> Received:
    """Prepare an update for the inbox.

    Raises:
        NotAnUpdateError: the object has no ``update_id``.

    """
    update_id = update.get("update_id")
    if not _is_id(update_id):
        raise NotAnUpdateError("an update has an integer `update_id`, and this object has none")
    # ASCII only: half of a surrogate pair, which JSON may carry, cannot be stored as UTF-8.
    return Received(update_id, lane(update), json.dumps(update, separators=(",", ":")))


def lane(update: JsonObject) -> str:
    """Name the lane: that of the chat, else that of the user, else one for this update alone.

    The kinds of update are not listed: each is one object that says ``chat``, or carries a ``message`` that does, or
    says ``from`` or ``user``. So a kind that Telegram adds later finds its lane too.
    """
    contents = [part for part in update.values() if isinstance(part, dict)]
    messages = [message for part in contents if isinstance(message := part.get("message"), dict)]
    chats = _ids(contents, "chat") + _ids(messages, "chat")
    if chats:
        return f"chat:{chats[0]}"
    users = _ids(contents, "from") + _ids(contents, "user")
    return f"user:{users[0]}" if users else f"update:{update.get('update_id')}"


def _ids(parts: list[JsonObject], key: str) -> list[int]:
    named = [value for part in parts if isinstance(value := part.get(key), dict)]
    return [number for value in named if _is_id(number := value.get("id"))]


def _is_id(value: JsonValue) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
