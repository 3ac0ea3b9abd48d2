"""The last look at a letter, right before its request: whether it is still wanted, there and now."""

from __future__ import annotations

from bot.alerts.letters import Amendment, Letter
from bot.alerts.planning import zone_of
from bot.alerts.schedule import after_quiet
from bot.storage.carriers import Carriers
from bot.storage.outbox import OutboxStore
from bot.storage.subscriptions import Active, SubscriptionStore, Suspended
from bot.storage.utc import Clock, utc_now


class Admission:
    """Begins letters."""

    def __init__(
        self,
        outbox: OutboxStore,
        subscriptions: SubscriptionStore,
        carriers: Carriers,
        *,
        clock: Clock = utc_now,
    ) -> None:
        self._outbox = outbox
        self._subscriptions = subscriptions
        self._carriers = carriers
        self._clock = clock

    async def begin(self, letter: Letter) -> bool:
        """Note that a letter is about to be sent; return False if it must not be, with its rows put where they belong.

        An edit whose message has changed meanwhile stays pending, to be composed anew.
        """
        if isinstance(letter.content, Amendment):
            wanted = await self._is_as_it_was(letter, letter.content)
        else:
            wanted = await self._is_welcome(letter)
        return wanted and await self._outbox.begin(letter.rows)

    async def _is_as_it_was(self, letter: Letter, content: Amendment) -> bool:
        """Say whether the message still states what the edit was made from."""
        address = (letter.spot.chat_id, content.message)
        carrier = (await self._carriers.find([address])).get(address)
        return carrier is not None and (carrier.facts, carrier.revision) == (content.facts, content.said)

    async def _is_welcome(self, letter: Letter) -> bool:
        found = await self._subscriptions.find(letter.spot)
        match found.state if found else None:
            case Suspended(why):
                await self._outbox.hold(letter.rows, why)
                return False
            case Active() if found:
                now = self._clock()
                until = after_quiet(now, found.wishes.quiet, zone_of(found.wishes))
                if until > now:
                    await self._outbox.wait(letter.rows, until)
                return until <= now
            case _:
                if letter.for_subscribers:
                    await self._outbox.skip(letter.for_subscribers, "unsubscribed", at=letter.spot)
                return not letter.for_subscribers
