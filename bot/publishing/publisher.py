"""Proposes, publishes and follows: the only way in which what is served changes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from bot.answering.engine import Answerer
from bot.knowledge.bundle import Bundle, DamagedBundleError
from bot.knowledge.loader import bundle_of
from bot.knowledge.problems import KnowledgeError
from bot.publishing.audience import Audience, Nobody
from bot.publishing.current import Current, Serving
from bot.publishing.endings import Endings
from bot.publishing.examination import Examiner
from bot.publishing.pauses import undisturbed
from bot.publishing.proposal import Proposal, Refused
from bot.storage.authors import Author
from bot.storage.revisions import NOTHING, Cause, Publication, Revisions, Within
from bot.storage.utc import Clock, utc_now


class FilesChangedError(Exception):
    """The folder is no longer what was examined."""


class UnknownRevisionError(Exception):
    """There is no such publication, or its files are not kept any more."""


class Publisher:
    """Changes what is served: first a proposal, then, confirmed, a publication."""

    def __init__(
        self,
        current: Current,
        revisions: Revisions,
        folder: Path,
        *,
        examiner: Examiner | None = None,
        audience: Audience | None = None,
        now: Clock = utc_now,
    ) -> None:
        self.current = current
        self.revisions = revisions
        self.folder = folder
        self._examiner = examiner or Examiner()
        self._audience: Audience = audience or Nobody()
        self._now = now
        # An examination takes all a core has; two at once would only make both late.
        self._examining = asyncio.Lock()
        self._unusable = NOTHING
        """The last publication that this process could not serve: it is not tried again."""

    async def propose_folder(self, gaps: Sequence[str] = ()) -> Proposal | Refused:
        """Read the folder and examine what is in it."""
        return await self.propose(await asyncio.to_thread(bundle_of, self.folder), gaps)

    async def propose(self, bundle: Bundle, gaps: Sequence[str] = ()) -> Proposal | Refused:
        """Examine a fact base against the one that is served, beside the answering of questions.

        It is to follow the last publication, even one that this process cannot serve: so a better one can be published.
        """
        with suppress(UnknownRevisionError, KnowledgeError):  # whoever follows tells of it
            await self.catch_up()
        async with self._examining:
            served = self.current.snapshot()
            against = max(served.sequence, self._unusable)
            with undisturbed():
                found = await asyncio.to_thread(self._examiner.examine, bundle, served, against, gaps)
        if isinstance(found, Refused):
            return found
        return found.reaching(await self._audience.reach(found.difference))

    async def is_published(self, folder: Bundle) -> bool:
        """Say whether the last publication is of the folder as it is, or knew it so: it was not edited since."""
        last = await self.revisions.last()
        return last is not None and last.knows(folder)

    async def edited(self) -> str | None:
        """Return the revision of the folder where it was edited since the last publication, or None."""
        folder = await asyncio.to_thread(bundle_of, self.folder)
        return None if await self.is_published(folder) else folder.revision

    async def propose_rollback(self, sequence: int, gaps: Sequence[str] = ()) -> Proposal | Refused:
        """Examine the files of an earlier publication again. Raises UnknownRevisionError."""
        return await self.propose(await self._files_of(sequence), gaps)

    async def confirm(
        self,
        proposal: Proposal,
        *,
        author: Author,
        cause: Cause,
        why: str = "",
        alerts: bool = True,
        within: Sequence[Within] = (),
    ) -> Publication:
        """Publish and serve a proposal.

        ``within`` writes in the same transaction. Raises OvertakenError where another publication came between, and
        FilesChangedError where the proposal is of the folder and that was edited meanwhile; then nothing has changed.
        """
        folder = (await asyncio.to_thread(bundle_of, self.folder)).own().revision
        if cause == "reload" and folder != proposal.bundle.own().revision:
            raise FilesChangedError
        if cause != "reload" and (last := await self.revisions.last()) is not None:
            folder = last.folder or folder  # what the folder holds by now was not published
        publication = await self.revisions.publish(
            proposal.bundle,
            after=proposal.against,
            author=author,
            cause=cause,
            at=self._now(),
            difference=proposal.difference,
            why=why,
            folder=folder,
            alerts=alerts,
            within=(*within, self._audience.enqueue),
        )
        self._serve(proposal.answerer, publication, proposal.endings)
        return publication

    async def catch_up(self) -> Publication | None:
        """Serve what another replica has published, and return it; None where this one is up to date.

        Raises UnknownRevisionError where its files are damaged, and KnowledgeError where this version of Citebot
        refuses them: once, since trying again would end the same.
        """
        last = await self.revisions.last()
        if last is None or last.sequence <= max(self.current.snapshot().sequence, self._unusable):
            return None
        try:
            bundle = await self._files_of(last.sequence)
            async with self._examining:
                with undisturbed():
                    answerer = await asyncio.to_thread(self._examiner.compile, bundle)
        except (UnknownRevisionError, KnowledgeError):
            self._unusable = last.sequence
            raise
        self._serve(answerer, last)
        return last

    def _serve(self, answerer: Answerer, publication: Publication, endings: Endings | None = None) -> None:
        """Swap what is served, unless something newer is by now."""
        if publication.sequence > self.current.snapshot().sequence:
            self.current.swap(Serving(answerer, publication.sequence, publication.at, endings or {}))

    @property
    def unusable(self) -> int | None:
        """The last publication, where this process cannot serve it."""
        return self._unusable if self._unusable > self.current.snapshot().sequence else None

    async def served_files(self) -> Bundle:
        """Return the files of what is served now. Raises UnknownRevisionError where they are lost or damaged."""
        return await self._files_of(self.current.snapshot().sequence)

    async def _files_of(self, sequence: int) -> Bundle:
        publication = await self.revisions.publication(sequence)
        if publication is None:
            raise UnknownRevisionError
        try:
            bundle = await self.revisions.bundle(publication.revision, self.folder.name)
        except DamagedBundleError as error:
            raise UnknownRevisionError from error
        if bundle is None:
            raise UnknownRevisionError
        return bundle
