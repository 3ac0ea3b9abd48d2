"""Proposals that wait for a word of the admin who asked for them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.publishing.proposal import Proposal
from bot.storage.revisions import Cause, Within
from bot.storage.utc import Clock, utc_now

PATIENCE = timedelta(minutes=10)
"""How long a proposal waits: what it would change may be another thing later."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A proposal, and what it is for."""

    proposal: Proposal
    cause: Cause
    why: str = ""
    within: tuple[Within, ...] = ()
    """What else is written in the transaction that publishes it."""


@dataclass(frozen=True, slots=True)
class _Kept:
    token: str
    waiting: Waiting
    until: datetime


class Pending:
    """One proposal for each admin: a new one takes the place of the one before. A restart forgets all."""

    def __init__(self, now: Clock = utc_now) -> None:
        self._now = now
        self._by_admin: dict[int, _Kept] = {}

    def put(self, admin: int, waiting: Waiting) -> str:
        """Keep a proposal, and return the token that its buttons carry."""
        self.prune()
        token = secrets.token_urlsafe(6)
        self._by_admin[admin] = _Kept(token, waiting, self._now() + PATIENCE)
        return token

    def prune(self) -> None:
        """Let go of what nobody decided on in time."""
        now = self._now()
        self._by_admin = {admin: kept for admin, kept in self._by_admin.items() if now < kept.until}

    def take(self, admin: int, token: str) -> Waiting | None:
        """Return the proposal of an admin's button and forget it; None where it is too old or was replaced."""
        kept = self._by_admin.get(admin)
        if kept is None or kept.token != token:
            return None
        del self._by_admin[admin]
        return kept.waiting if self._now() < kept.until else None
