"""Answering a tap, so that no button keeps spinning."""

from __future__ import annotations

from telegram import CallbackQuery
from telegram.error import BadRequest

from bot.chat.refusals import refusal


async def answer_tap(query: CallbackQuery, text: str | None = None, *, alert: bool = False) -> None:
    """Answer a tap. Telegram forgets taps within a minute, for instance while the bot was down."""
    try:
        await query.answer(text, show_alert=alert)
    except BadRequest as error:
        if refusal(error) != "too_late":
            raise
