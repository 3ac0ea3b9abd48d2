"""Lines from a terminal, a pipe or a file, without stopping everything else."""

from __future__ import annotations

import asyncio
import codecs
import os
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress

_CHUNK = 65536


async def read_lines(descriptor: int) -> AsyncIterator[str]:
    """Yield the lines that come from a file descriptor, without their ends, until it is closed.

    The caller may stop at any time: nothing has to be waited for.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def hand_over(line: str | None) -> None:
        loop.call_soon_threadsafe(queue.put_nowait, line)

    # A thread, since neither epoll nor asyncio's pipes take every kind of input; a daemon that reads the
    # descriptor itself, since a blocked read of sys.stdin would hold a lock that the exit of Python needs.
    threading.Thread(target=_pump, args=(descriptor, hand_over), name="stdin", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line


def _pump(descriptor: int, hand_over: Callable[[str | None], None]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    rest = ""
    try:
        for chunk in _chunks(descriptor):
            *lines, rest = (rest + decoder.decode(chunk)).split("\n")
            for line in lines:
                hand_over(line.removesuffix("\r"))
        if rest:
            hand_over(rest)
        hand_over(None)
    except RuntimeError:
        return  # the loop is closed: nobody listens any more


def _chunks(descriptor: int) -> Iterator[bytes]:
    """Yield what can be read; a terminal that hangs up is an end like any other."""
    with suppress(OSError):
        while chunk := os.read(descriptor, _CHUNK):
            yield chunk
