"""What the bot is about to say: text, buttons, and the facts that it carries."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.chat.callbacks import Callback, encode
from bot.chat.nodes import Node
from bot.knowledge.models import Lang


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap under a message."""

    label: str
    callback: Callback


Buttons = tuple[tuple[Button, ...], ...]
"""Rows of buttons."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One message, or several if it is long; the buttons are under the last."""

    body: Node
    buttons: Buttons = ()
    facts: tuple[str, ...] = ()
    """The facts it states, each as ``report/fact``: what the ledger keeps of it."""
    language: Lang | None = None
    """The language that the facts are stated in."""


def keyboard(buttons: Buttons) -> InlineKeyboardMarkup | None:
    """Write rows of buttons as Telegram takes them."""
    if not buttons:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(each.label, callback_data=encode(each.callback)) for each in row] for row in buttons]
    )
