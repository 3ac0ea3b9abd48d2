"""The methods of the Bot API that are emulated, by name."""

from __future__ import annotations

from bot.web.emulator.methods import bot, chats, editing, files, messages, profile, queries, updates
from bot.web.emulator.methods.call import Handler

METHODS: dict[str, Handler] = {
    **bot.METHODS,
    **chats.METHODS,
    **editing.METHODS,
    **files.METHODS,
    **messages.METHODS,
    **profile.METHODS,
    **queries.METHODS,
    **updates.METHODS,
}
