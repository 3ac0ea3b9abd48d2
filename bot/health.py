"""Whether a bot is alive: it hears from Telegram, and nobody has waited long for an answer."""

from __future__ import annotations

from datetime import timedelta

from bot.storage.inbox import InboxStore
from bot.storage.pulse import Pulse
from bot.storage.utc import Clock, utc_now

LONGEST_SILENCE = timedelta(minutes=2)
"""A long poll is answered every half a minute, even when nothing happens."""
LONGEST_WAIT = timedelta(minutes=5)


async def ailment(pulse: Pulse, inbox: InboxStore, *, clock: Clock = utc_now) -> str | None:
    """Say in a sentence what is wrong with this machine's bot; None when it is well."""
    now = clock()
    beaten_at = await pulse.last()
    if beaten_at is None:
        return "The bot on this machine has never heard from Telegram."
    if now - beaten_at > LONGEST_SILENCE:
        return f"The bot has not heard from Telegram for {_seconds(now - beaten_at)}."
    oldest = await inbox.oldest()
    if oldest is not None and now - oldest > LONGEST_WAIT:
        return f"A message has waited {_seconds(now - oldest)} for an answer."
    return None


def _seconds(span: timedelta) -> str:
    return f"{span.total_seconds():.0f} seconds"
