"""What Telegram takes for an address, and what it makes of it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from bot.web.emulator.text import Entity

_SCHEMES = ("http", "https", "ftp", "tg", "ton", "mailto", "tel")


def linked(entity: Entity, target: str) -> Entity | None:
    """Return the entity with its target, or nothing when the target is no address: the text stays plain."""
    parts = urlsplit(target if "//" in target or ":" in target else f"http://{target}")
    if parts.scheme == "tg" and parts.netloc == "user":
        user_id = parse_qs(parts.query).get("id", [""])[0]
        return replace(entity, type="text_mention", user_id=int(user_id)) if user_id.isdigit() else None
    web = parts.scheme in ("http", "https", "ftp")
    if parts.scheme not in _SCHEMES or (web and "." not in parts.netloc and parts.hostname != "localhost"):
        return None
    return replace(entity, url=(parts._replace(path="/") if web and not parts.path else parts).geturl())
