"""Tells when the files of a fact base were edited."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

from bot.knowledge.quotes import LOCK_NAME

_DEBOUNCE = 500
"""Milliseconds of quiet: an editor program writes a file in several steps, and several files one after another."""


async def edits(folder: Path) -> AsyncIterator[None]:
    """Yield whenever a YAML file or the lock was written, moved or removed."""
    async for _ in awatch(folder, watch_filter=_is_ours, debounce=5 * _DEBOUNCE, step=_DEBOUNCE):
        yield


def _is_ours(_change: Change, path: str) -> bool:
    name = Path(path).name
    return name == LOCK_NAME or (name.endswith(".yaml") and not name.startswith("."))
