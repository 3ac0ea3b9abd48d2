"""What Telegram means when it refuses a request: it says so in words, and only in words."""

from __future__ import annotations

from typing import Literal

from telegram.error import BadRequest

Refusal = Literal["markup", "unchanged", "not_editable", "no_question", "closed", "too_late", "other"]
"""Why a request was refused, as far as it matters to what is done next."""

_WORDS: tuple[tuple[Refusal, tuple[str, ...]], ...] = (
    ("unchanged", ("message is not modified",)),
    ("no_question", ("message to be replied not found", "message to reply not found", "replied message not found")),
    ("markup", ("can't parse entities", "can't find end", "unsupported start tag", "entity_")),
    ("not_editable", ("message to edit not found", "message can't be edited", "message_id_invalid")),
    ("too_late", ("query is too old", "query id is invalid")),
    (
        "closed",
        (
            "topic_closed",
            "topic_deleted",
            "message thread not found",
            "chat not found",
            "not enough rights",
            "have no rights",
            "chat_write_forbidden",
            "chat_restricted",
            "need administrator rights",
            "peer_id_invalid",
        ),
    ),
)


def refusal(error: BadRequest) -> Refusal:
    """Return what a refusal means."""
    said = error.message.lower()
    return next((meaning for meaning, words in _WORDS if any(word in said for word in words)), "other")
