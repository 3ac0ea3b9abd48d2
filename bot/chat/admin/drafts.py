"""What each admin has sent so far and not decided on: a report and its lock come one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.knowledge.bundle import Bundle
from bot.publishing.pending import PATIENCE
from bot.storage.utc import Clock


@dataclass(frozen=True, slots=True)
class _Draft:
    bundle: Bundle
    on: str
    """The revision that it changes."""
    until: datetime


class Drafts:
    """One for each admin, for as long as a proposal waits and what it changes is served."""

    def __init__(self, now: Clock) -> None:
        self._now = now
        self._by_admin: dict[int, _Draft] = {}

    def keep(self, admin: int, bundle: Bundle, on: str) -> None:
        """Keep what an admin has sent, to add the next file to it."""
        self._by_admin[admin] = _Draft(bundle, on, self._now() + PATIENCE)

    def get(self, admin: int, served: str) -> Bundle | None:
        """Return what an admin has sent on what is served, or None."""
        draft = self._by_admin.get(admin)
        return draft.bundle if draft is not None and draft.on == served and self._now() < draft.until else None

    def forget(self, admin: int) -> None:
        """Forget it: the admin has decided."""
        self._by_admin.pop(admin, None)
