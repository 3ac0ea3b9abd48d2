"""Where the buttons of alerts lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from telegram import CallbackQuery, Message

from bot.chat.alerts.announcing import Announcing
from bot.chat.alerts.choosing import Choosing
from bot.chat.alerts.subscribing import Subscribing
from bot.chat.callbacks import Adjust, Offer, Steer
from bot.chat.tapping import answer_tap
from bot.chat.texts import texts_in


@dataclass(frozen=True, slots=True)
class AlertButtons:
    """Hands each button to whoever does what it says."""

    subscribing: Subscribing
    choosing: Choosing
    announcing: Announcing | None
    """Nobody, where the bot is not kept from the chat."""

    async def tapped(self, query: CallbackQuery, asked: Adjust | Offer | Steer, message: Message) -> None:
        """A button of alerts was tapped."""
        match asked:
            case Adjust(setting="pick"):
                await answer_tap(query)
                await self.choosing.offer_chats(message, asked.lang)
            case Adjust():
                await self.subscribing.adjusted(query, asked, message)
            case Offer():
                await self.choosing.accepted(query, asked, message)
            case Steer() if self.announcing is not None:
                await self.announcing.steered(query, asked, message)
            case Steer():
                await answer_tap(query, texts_in(asked.lang).stale_button)
            case _:
                assert_never(asked)
