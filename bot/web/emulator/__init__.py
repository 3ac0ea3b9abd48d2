"""An emulator of Telegram's Bot API: real HTTP on this machine, and people to talk to the bot.

It refuses what Telegram refuses, in Telegram's words, and as a strict double also what Telegram overlooks: a
parameter it does not know. Of the markups it reads HTML, of the inline results articles.
"""

from __future__ import annotations

from bot.web.emulator.chats import Chat, Message, Topic
from bot.web.emulator.clock import Clock, ManualClock, SystemClock
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.limits import Limits
from bot.web.emulator.objects import User
from bot.web.emulator.queries import InlineMessage, InlineQuery, Press
from bot.web.emulator.server import emulator_app, serve
from bot.web.emulator.world import BotRequest

__all__ = [
    "BotRequest",
    "Chat",
    "Clock",
    "Emulator",
    "InlineMessage",
    "InlineQuery",
    "Limits",
    "ManualClock",
    "Message",
    "Press",
    "SystemClock",
    "Topic",
    "User",
    "emulator_app",
    "serve",
]
