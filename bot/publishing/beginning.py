"""What is served when the bot starts: the folder where it is new and good, else what was published last."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import structlog

from bot.answering.engine import Answerer
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.bundle import Bundle, DamagedBundleError
from bot.knowledge.loader import build, bundle_of
from bot.knowledge.problems import KnowledgeError, Problem
from bot.publishing.audience import Audience
from bot.publishing.current import Current, Serving
from bot.publishing.examination import Examiner, compare
from bot.publishing.proposal import Proposal, Refused
from bot.publishing.restoring import unasked
from bot.storage.audit import Act, noting
from bot.storage.revisions import NOTHING, OvertakenError, Publication, Revisions
from bot.storage.utc import Clock

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A folder as it was read before anything else was done, since that takes seconds."""

    folder: Path
    bundle: Bundle
    answerer: Answerer | None
    """None where the folder cannot be served."""
    examiner: Examiner
    """What it was compiled with: the next reload need not compile all of it again."""
    problems: tuple[Problem, ...] = ()
    """Why not."""

    @classmethod
    def read(cls, folder: Path) -> Prepared:
        """Read a folder."""
        return cls._compiled(folder, bundle_of(folder), Examiner())

    def holding(self, bundle: Bundle) -> Prepared:
        """Return the folder as if it held other files."""
        return self._compiled(self.folder, bundle, self.examiner)

    @classmethod
    def _compiled(cls, folder: Path, bundle: Bundle, examiner: Examiner) -> Prepared:
        try:
            return cls(folder, bundle, examiner.compile(bundle), examiner)
        except KnowledgeError as error:
            return cls(folder, bundle, None, examiner, error.problems)


@dataclass(frozen=True, slots=True)
class Begun:
    """What is served from the start."""

    current: Current
    problems: tuple[Problem, ...] = ()
    """Why that is not what the folder holds."""


async def begin(given: Prepared, revisions: Revisions, audience: Audience, now: Clock) -> Begun:
    """Decide what to serve, and publish it where it is new.

    While the folder is what it was at the last publication, that one is served: so what was sent or gone back to in
    the chat outlives a restart. A folder that was edited since is published under the same checks as by /reload. One
    that does not pass, or brings back what was retracted in the chat, is left aside for the last good publication.
    Raises KnowledgeError where there is none.
    """
    prepared, folder = given, given.bundle.own().revision
    last = await revisions.last()
    if last is not None and last.knows(prepared.bundle):
        prepared = await _as_last(last, prepared, revisions)
    if last is not None and last.revision == prepared.bundle.revision and prepared.answerer is not None:
        return Begun(Current(Serving(prepared.answerer, last.sequence, last.at)))
    examined = await _examined(prepared, last, revisions)
    if isinstance(examined, Refused):
        return await _fall_back(examined, last, prepared, revisions)
    try:
        return Begun(await _published(examined, folder, revisions, audience, now()))
    except OvertakenError:  # another replica starts at this moment
        return await begin(given, revisions, audience, now)


async def _as_last(last: Publication, prepared: Prepared, revisions: Revisions) -> Prepared:
    """Return what was published last, with the lexicon of this version; the folder where that cannot be served."""
    try:
        bundle = await revisions.bundle(last.revision, prepared.folder.name)
    except DamagedBundleError as error:
        _log.error("publication.unusable", sequence=last.sequence, revision=last.revision, error=type(error).__name__)
        return prepared
    if bundle is None or bundle.own().revision == prepared.bundle.own().revision:
        return prepared
    held = await asyncio.to_thread(prepared.holding, bundle.with_words_of(prepared.bundle))
    return prepared if held.answerer is None else held


async def _examined(prepared: Prepared, last: Publication | None, revisions: Revisions) -> Proposal | Refused:
    if prepared.answerer is None:
        return Refused(prepared.bundle.revision, prepared.problems)
    before = None if last is None else await _knowledge(last, prepared, revisions)
    against = NOTHING if last is None else last.sequence
    examined = await asyncio.to_thread(compare, prepared.bundle, prepared.answerer, before, against)
    return examined if isinstance(examined, Refused) else await unasked(examined, revisions)


async def _published(
    proposal: Proposal, folder: str, revisions: Revisions, audience: Audience, at: datetime
) -> Current:
    act = Act(at, "start", "bot", "start", "done", after=proposal.revision)
    publication = await revisions.publish(
        proposal.bundle,
        after=proposal.against,
        author="start",
        cause="start",
        at=at,
        difference=proposal.difference,
        folder=folder,
        alerts=proposal.against != NOTHING,
        within=(audience.enqueue, noting(act)),
    )
    return Current(Serving(proposal.answerer, publication.sequence, at, proposal.endings))


async def _fall_back(refused: Refused, last: Publication | None, prepared: Prepared, revisions: Revisions) -> Begun:
    """Serve what was good the last time. Raises KnowledgeError where there is nothing, or it is good no more."""
    answerer = None if last is None else await _compiled(last, prepared, revisions)
    if last is None or answerer is None:
        raise KnowledgeError(refused.problems)
    problems = [str(problem) for problem in refused.problems]
    _log.error("folder.refused", serving=last.revision, folder=refused.revision, problems=problems)
    return Begun(Current(Serving(answerer, last.sequence, last.at)), refused.problems)


async def _compiled(last: Publication, prepared: Prepared, revisions: Revisions) -> Answerer | None:
    """Return who answers from a publication, or None where its files are damaged or this version refuses them."""
    if last.revision == prepared.bundle.revision and prepared.answerer is not None:
        return prepared.answerer
    knowledge = await _knowledge(last, prepared, revisions)
    return None if knowledge is None else await asyncio.to_thread(Answerer, knowledge)


async def _knowledge(last: Publication, prepared: Prepared, revisions: Revisions) -> KnowledgeBase | None:
    try:
        bundle = await revisions.bundle(last.revision, prepared.folder.name)
        return None if bundle is None else await asyncio.to_thread(build, bundle)
    except (DamagedBundleError, KnowledgeError) as error:
        _log.error("publication.unusable", sequence=last.sequence, revision=last.revision, error=type(error).__name__)
        return None
