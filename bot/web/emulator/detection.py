"""Entities that Telegram finds by itself: commands, mentions, hashtags, addresses."""

from __future__ import annotations

import re

from bot.web.emulator.text import Entity, FormattedText, in_order, utf16_length

_PATTERNS = (
    ("url", re.compile(r"(?<![\w@])(?:https?://|www\.)[^\s<>\"«»“”]+[^\s<>\"«»“”.,:;!?')\]]", re.IGNORECASE)),
    ("email", re.compile(r"(?<![\w.+\-])[\w.+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}", re.IGNORECASE)),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@])")),
    ("mention", re.compile(r"(?<![\w@/.])@[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d])\w{1,256}")),
)
_OPAQUE = ("code", "pre", "text_link", "text_mention")


def with_detected(body: FormattedText) -> FormattedText:
    """Add the entities that Telegram finds, leaving out what lies in code or in a link."""
    entities = list(body.entities)
    taken = [entity for entity in entities if entity.type in _OPAQUE]
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(body.text):
            offset = utf16_length(body.text[: match.start()])
            found = Entity(kind, offset, utf16_length(match.group()))
            if not any(found.overlaps(other) for other in taken):
                entities.append(found)
                taken.append(found)
    return FormattedText(body.text, in_order(entities))
