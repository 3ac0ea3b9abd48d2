"""The text of a message as a bot gives it: with markup, with entities, or plain."""

from __future__ import annotations

from collections.abc import Sequence

from bot.web.emulator.detection import with_detected
from bot.web.emulator.errors import bad_request
from bot.web.emulator.html import parse_html
from bot.web.emulator.markup import SentEntity
from bot.web.emulator.text import Entity, FormattedText, in_order, trimmed

MAX_TEXT = 4096
MAX_CAPTION = 1024


def formatted(text: str, parse_mode: str | None = None, entities: Sequence[SentEntity] | None = None) -> FormattedText:
    """Return the text and its entities, the ones Telegram finds by itself among them.

    Raises:
        ApiError: 400 for markup that cannot be parsed. Of the markups only HTML is emulated.
    """
    if parse_mode and parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")
    if parse_mode:
        body = parse_html(text)
    else:
        body = FormattedText(text, in_order(_given(entity) for entity in entities or ()))
    return with_detected(trimmed(body))


def message_text(
    text: str,
    parse_mode: str | None,
    entities: Sequence[SentEntity] | None,
    *,
    too_long: str = "message is too long",
) -> FormattedText:
    """Return the text of a message.

    Raises:
        ApiError: 400 when it is empty, too long once parsed, or cannot be parsed.
    """
    body = formatted(text, parse_mode, entities)
    if not body.text:
        raise bad_request("message text is empty")
    if body.length > MAX_TEXT:
        raise bad_request(too_long)
    return body


def caption(text: str, parse_mode: str | None, entities: Sequence[SentEntity] | None) -> FormattedText:
    """Return the caption of a file; it may be empty.

    Raises:
        ApiError: 400 when it is too long or cannot be parsed.
    """
    body = formatted(text, parse_mode, entities)
    if body.length > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return body


def _given(entity: SentEntity) -> Entity:
    return Entity(entity.type, entity.offset, entity.length, entity.url, entity.language, entity.custom_emoji_id)
