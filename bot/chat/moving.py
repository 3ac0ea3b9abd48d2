"""A group that became a supergroup has another id: what it decided goes along."""

from __future__ import annotations

import structlog

from bot.storage.conversations import ConversationStore

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


async def move_chat(conversations: ConversationStore, old: int, new: int) -> None:
    """Take a chat's language and subscriptions to its new id; its messages stay behind, and so do their ids.

    Telegram tells of a move twice: to the old chat and to the new. The second time there is nothing left to do.
    """
    await conversations.move(old, new)
    _log.info("chat.moved")
