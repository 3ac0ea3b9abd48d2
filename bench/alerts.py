"""``python -m bench.alerts``: an alert to 10,000 subscribers at Telegram's pace; kills; everything going wrong.

The bot is a process of its own; Telegram is the emulator in this one, over HTTP, with Telegram's limits and the real
clock. It takes about ten minutes. ``python -m bench.alerts 1000 600 400`` runs smaller: subscribers of each part.
"""

from __future__ import annotations

import asyncio
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory

from bench import pages
from bench.broadcast import TOLD, Broadcast, broadcast
from bot.alerts.stores import AlertStores
from bot.storage.database import Database
from bot.storage.subscriptions import Active, Spot
from bot.web.emulator import Chat, User

SIZES = (10_000, 2_000, 600)
KILLS = 20
PACE = 30
"""Messages a second that Telegram allows."""
_SHARE = 0.05
_ASKING = 5


@dataclass
class Asking:
    """Readers who ask while the alert goes out, and how long each waited for the answer, in seconds."""

    waits: list[float] = field(default_factory=list)

    async def run(self, town: Broadcast, readers: list[tuple[User, Chat]]) -> None:
        """Ask until cancelled, now one reader and now another."""
        for turn in range(10**9):
            person, chat = readers[turn % len(readers)]
            begun = time.monotonic()
            before = len(chat.from_bot)
            town.telegram.say(chat, person, "how many hoses burst?")
            while len(chat.from_bot) == before:
                await asyncio.sleep(0.002)
            self.waits.append(time.monotonic() - begun)
            await asyncio.sleep(random.uniform(0.2, 0.6))  # noqa: S311 - people do not ask by the clock


async def speed(folder: Path, size: int) -> str:
    """Tell how long an alert to so many takes, beside the time that the limit allows, with readers asking meanwhile."""
    async with broadcast(folder, size) as town:
        # Some who ask are subscribers, whose own chat is busy with the alert at some moment.
        readers = [*town.readers(_ASKING), *town.subscribers[:: max(1, size // _ASKING)][:_ASKING]]
        asking = Asking()
        questions = asyncio.create_task(asking.run(town, readers))
        await town.publish()
        await town.told(size)
        questions.cancel()
        seconds = town.last_at - town.first_at
        messages = town.sent_between(town.first_at, town.last_at)
        allowed = (messages - 1) / PACE
        refused = sum(request.status == 429 for request in town.telegram.requests)
        p50, p99 = (quantiles(asking.waits, n=100)[at] for at in (49, 98))
    head = (
        "subscribers",
        "messages",
        "seconds",
        "at 30 a second",
        "over",
        "429",
        "answers",
        "median",
        "99 %",
        "longest",
    )
    row = (
        f"{size:,}",
        f"{messages:,}",
        f"{seconds:.1f}",
        f"{allowed:.1f}",
        f"{seconds / allowed - 1:+.2%}",
        str(refused),
        str(len(asking.waits)),
        f"{p50 * 1000:.0f} ms",
        f"{p99 * 1000:.0f} ms",
        f"{max(asking.waits) * 1000:.0f} ms",
    )
    return pages.table(head, [row])


async def kills(folder: Path, size: int, times: int = KILLS) -> str:
    """Kill the bot again and again while an alert goes out; tell who has it, and who has it twice."""
    async with broadcast(folder, size) as town:
        await town.publish()
        for number in range(1, times + 1):
            await town.told(size * number // (times + 2))
            await asyncio.sleep(random.uniform(0, 0.1))  # noqa: S311 - any moment will do
            await town.kill()
        await town.told(size)
        await asyncio.sleep(3)  # for what might come twice
        counts = Counter(town.alerts_in(chat) for _, chat in town.subscribers)
        doubtful = await _doubtful(town)
    head = ("subscribers", "kills", "without the alert", "with it once", "twice", "more often", "counted as doubtful")
    more = sum(count for alerts, count in counts.items() if alerts > 2)
    row = (f"{size:,}", str(times), str(counts[0]), str(counts[1]), str(counts[2]), str(more), str(doubtful))
    return pages.table(head, [row])


async def faults(folder: Path, size: int) -> str:
    """Let 5 % each of the first sends end in 429, 403, 5xx and a time-out; tell who is told and who is subscribed."""
    async with broadcast(folder, size) as town:
        fates = _fates(size)
        for (_, chat), fate in zip(town.subscribers, fates, strict=True):
            town.order(chat, fate)
        await town.publish()
        wanted = sum(fate != "403" for fate in fates)
        await town.told(wanted)
        await town.settled()
        subscribed = await _subscribed(town)
        rows = []
        for fate in dict.fromkeys(fates):
            chats = [chat for (_, chat), its in zip(town.subscribers, fates, strict=True) if its == fate]
            counts = Counter(town.alerts_in(chat) for chat in chats)
            kept = sum(chat.id in subscribed for chat in chats)
            rows.append((fate, str(len(chats)), str(counts[0]), str(counts[1]), str(counts[2]), str(kept)))
    head = ("first send", "chats", "without the alert", "with it once", "twice", "still subscribed")
    return pages.table(head, rows)


def _fates(size: int) -> list[str]:
    bad = max(1, int(size * _SHARE))
    timeouts = ["timed out, lost"] * (bad // 2) + ["timed out, arrived"] * (bad - bad // 2)
    fates = ["429"] * bad + ["403"] * bad + ["500"] * bad + timeouts
    fates += ["well"] * (size - len(fates))
    random.Random(7).shuffle(fates)  # noqa: S311 - the same ones each time
    return fates


async def _subscribed(town: Broadcast) -> set[int]:
    database = await Database.open(town.url)
    try:
        stores = AlertStores.of(database)
        found = [await stores.subscriptions.find(Spot(chat.id)) for _, chat in town.subscribers]
        return {each.spot.chat_id for each in found if each is not None and each.state == Active()}
    finally:
        await database.close()


async def _doubtful(town: Broadcast) -> int:
    database = await Database.open(town.url)
    try:
        stores = AlertStores.of(database)
        return sum([(await stores.events.tally(event.id)).ambiguous for event in await stores.events.latest(9)])
    finally:
        await database.close()


async def _all(sizes: tuple[int, int, int], *, write: bool) -> None:
    for section, run, size in zip(("speed", "kills", "faults"), (speed, kills, faults), sizes, strict=True):
        with TemporaryDirectory(prefix="citebot-bench-") as folder:
            table = await run(Path(folder), size)
        print(f"{section} ({TOLD!r})\n\n{table}\n", flush=True)
        if write:
            pages.write("alerts.md", section, table)


def main(*, sizes: tuple[int, int, int] = SIZES, write: bool = True) -> None:
    """Measure, print the tables and write them into the documentation."""
    asyncio.run(_all(sizes, write=write))


if __name__ == "__main__":
    given = tuple(int(each) for each in sys.argv[1:4])
    main(sizes=given if len(given) == 3 else SIZES, write=len(given) != 3)
