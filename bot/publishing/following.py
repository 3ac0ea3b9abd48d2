"""Keeps a process at what is to be served: what other replicas publish, and what is edited in the folder."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.knowledge.problems import KnowledgeError, Problem
from bot.publishing.proposal import Proposal, Refused
from bot.publishing.publisher import FilesChangedError, Publisher, UnknownRevisionError
from bot.publishing.restoring import unasked
from bot.storage.audit import Act, noting
from bot.storage.authors import Occasion
from bot.storage.failures import name_of, trail_of
from bot.storage.replicas import Replica, Replicas
from bot.storage.revisions import OvertakenError, Publication
from bot.storage.utc import Clock, utc_now
from bot.storage.waiting import is_set_within

_TRIES = 3
"""How often an edit may come between an examination and its publication."""

_LONGEST_PAUSE = 300.0  # seconds

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Reloaded:
    """The folder was edited, and is served now."""

    publication: Publication
    proposal: Proposal


@dataclass(frozen=True, slots=True)
class Kept:
    """The folder was edited, and cannot be served; what was served still is."""

    problems: tuple[Problem, ...]
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class Behind:
    """A publication of another process cannot be served by this one, which serves what it did."""

    sequence: int


Ended = Reloaded | Kept | Behind
"""What happened to what is served, or could not, without anybody asking for it in the chat here."""

Told = Callable[[Ended], Awaitable[None]]
"""Is told of it."""
Changed = Callable[[], Awaitable[None]]
"""Is told that something else is served now."""
Edits = Callable[[], AsyncIterator[object]]
"""Yields something whenever a file of the folder was changed."""


class Follower:
    """Looks again and again; nothing that goes wrong ends it.

    Args:
        publisher: what it keeps up to date.
        replicas: where it reports what this process serves.
        name: of this process, among all replicas.
        changed: is told when this process serves another publication, and again where that failed.
        told: is told of reloads that were not asked for in a chat.
        looked: is called at every look.
        edits: the changes of files to follow; without it the folder is read only when somebody asks.
        every: seconds between two looks for other replicas' publications.

    """

    def __init__(
        self,
        publisher: Publisher,
        replicas: Replicas,
        *,
        name: str,
        told: Told,
        changed: Changed,
        looked: Callable[[], None] = lambda: None,
        edits: Edits | None = None,
        every: float = 3.0,
        now: Clock = utc_now,
    ) -> None:
        self._publisher = publisher
        self._replicas = replicas
        self._name = name
        self._told = told
        self._changed = changed
        self._looked = looked
        self._behind: int | None = None
        """The publication that it was last told this process cannot serve."""
        self._noticed: int | None = None
        """The last publication that ``changed`` was told of."""
        self._edits = edits
        self._every = every
        self._now = now
        self._started: datetime = now()
        self._stopping = asyncio.Event()
        self._asked = asyncio.Event()
        self._refused: str | None = None
        """The revision of the folder that was refused last: it is told of once."""
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to follow."""
        self._stopping.clear()
        self._started = self._now()
        self._tasks = [asyncio.create_task(self._follow(), name="follow publications")]
        self._tasks.append(asyncio.create_task(self._obey(), name="reload when asked"))
        if self._edits is not None:
            self._tasks.append(asyncio.create_task(self._watch(self._edits), name="watch files"))

    async def stop(self) -> None:
        """End it, and report that this process serves no longer."""
        self._stopping.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._tasks:
            await self._surely(lambda: self._replicas.leave(self._name))
        self._tasks = []

    def ask(self) -> None:
        """Reload the folder soon, as a signal asks for it."""
        self._asked.set()

    async def look(self) -> None:
        """Serve what others have published, and report what this process serves."""
        self._looked()
        try:
            followed = await self._publisher.catch_up()
        except (UnknownRevisionError, KnowledgeError) as error:
            _log.error("publication.unusable", error=name_of(error))
        else:
            if followed is not None:
                _log.info("publication.followed", sequence=followed.sequence, revision=followed.revision)
        serving = self._publisher.current.snapshot()
        replica = Replica(self._name, serving.sequence, serving.revision, self._started, self._now())
        await self._replicas.report(replica)
        unusable = self._publisher.unusable
        if unusable is not None and unusable != self._behind:
            await self._told(Behind(unusable))
            self._behind = unusable
        if serving.sequence != self._noticed:
            await self._changed()
            self._noticed = serving.sequence

    async def reload(self, occasion: Occasion) -> Reloaded | Kept | None:
        """Publish the folder if it was edited and passes every check; return and tell how that ended.

        None where there is nothing to publish, or the same files were refused before.
        """
        for _ in range(_TRIES):
            examined = await self._publisher.propose_folder()
            if isinstance(examined, Proposal):
                examined = await unasked(examined, self._publisher.revisions)
            if isinstance(examined, Refused):
                return await self._keep(examined, occasion)
            if await self._publisher.is_published(examined.bundle):
                self._refused = None
                return None
            try:
                served = self._publisher.current.snapshot().revision
                act = Act(self._now(), occasion, "bot", "reload", "done", before=served, after=examined.revision)
                publication = await self._publisher.confirm(
                    examined, author=occasion, cause="reload", within=(noting(act),)
                )
            except FilesChangedError:
                continue  # examine what is there now
            except OvertakenError:
                await self._publisher.catch_up()
                continue
            self._refused = None
            _log.info("folder.reloaded", sequence=publication.sequence, revision=publication.revision)
            outcome = Reloaded(publication, examined)
            await self._told(outcome)
            return outcome
        return None

    async def _keep(self, refused: Refused, occasion: Occasion) -> Kept | None:
        if refused.revision == self._refused:
            return None
        _log.error("folder.refused", folder=refused.revision, problems=[str(each) for each in refused.problems])
        kept = Kept(refused.problems, occasion)
        await self._told(kept)
        self._refused = refused.revision
        return kept

    async def _follow(self) -> None:
        while True:
            await self._surely(self.look)
            if await is_set_within(self._stopping, self._every):
                return

    async def _obey(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._reload_surely("signal")

    async def _watch(self, edits: Edits) -> None:
        while not self._stopping.is_set():
            await self._surely(lambda: self._reload_at(edits))
            await is_set_within(self._stopping, self._every)

    async def _reload_at(self, edits: Edits) -> None:
        async for _ in edits():
            await self._reload_surely("file")

    async def _reload_surely(self, occasion: Occasion) -> None:
        """Reload, again and again where something went wrong that is not in the files; each time later."""
        pause = self._every
        while not await self._surely(lambda: self.reload(occasion)):
            if await is_set_within(self._stopping, pause):
                return
            pause = min(2 * pause, _LONGEST_PAUSE)

    async def _surely(self, act: Callable[[], Awaitable[object]]) -> bool:
        """Do something, and only note what goes wrong: it will be tried again. Return whether all went well."""
        try:
            await act()
        except Exception as error:  # one failure must not be the last look
            _log.warning("following.trouble", error=name_of(error), trail=trail_of(error))
            return False
        return True
