"""/reload and /rollback: a proposal, and what becomes of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError
from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from bot.chat.admin.drafts import Drafts
from bot.chat.admin.office import Office
from bot.chat.admin.showing import decision_buttons, problems_text, proposal_text
from bot.chat.callbacks import Decide
from bot.chat.gate import Person, tapper_of
from bot.chat.html import chunks
from bot.chat.nodes import Text
from bot.chat.place import place_of
from bot.chat.reply import Reply
from bot.chat.tapping import answer_tap
from bot.chat.texts import AdminTexts, admin_texts_in
from bot.publishing.pending import Waiting
from bot.publishing.proposal import Proposal, Refused
from bot.publishing.publisher import FilesChangedError, UnknownRevisionError
from bot.storage.audit import noting
from bot.storage.gaps import DroppedError
from bot.storage.revisions import Cause, OvertakenError, Publication, Within

_MOST_MESSAGES = 3
"""Problems that need more messages than this come as a file."""
_REMEMBERED = 100
_SILENT: frozenset[Cause] = frozenset({"rollback"})
"""What tells readers only when the admin says so."""


class Publishing:
    """Everything that ends in a proposal with Publish and Cancel under it."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.drafts = Drafts(office.desk.now)
        """The files that each admin has sent and not decided on."""
        self._ended: dict[str, str] = {}
        """How the last proposals ended, by token: a tap that is handled again after an outage says the same."""

    async def reload(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/reload, with or without a word on why: examine the folder."""
        message = update.effective_message
        if message is None:
            return
        admin = await self._office.admitted(message, "publish", "reload")
        if admin is not None:
            self.drafts.forget(admin.user_id)
            gaps = await self._office.asked_in_vain()
            examined = await self._office.checked(message, self._office.publisher.propose_folder(gaps))
            await self.show(message, admin, examined, "reload", why=" ".join(context.args or []))

    async def rollback(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/rollback: go back to the revision before this one, or to the publication with a number."""
        message = update.effective_message
        if message is None:
            return
        admin = await self._office.admitted(message, "publish", "rollback")
        if admin is None:
            return
        texts = await self._office.texts(message)
        number, *why = context.args or [""]
        if number and not re.fullmatch(r"\d{1,9}", number):
            await self._office.say(message, Text(texts.rollback_usage))
            return
        sequence = int(number) if number else await self._before()
        if sequence is None:
            await self._office.say(message, Text(texts.nothing_before))
            return
        try:
            proposing = self._office.publisher.propose_rollback(sequence, await self._office.asked_in_vain())
            examined = await self._office.checked(message, proposing)
        except UnknownRevisionError:
            await self._office.say(message, Text(texts.no_revision.format(sequence=sequence)))
            return
        await self.show(message, admin, examined, "rollback", why=" ".join(why))

    async def show(
        self,
        message: Message,
        admin: Person,
        examined: Proposal | Refused,
        cause: Cause,
        *,
        why: str = "",
        within: Sequence[Within] = (),
    ) -> None:
        """Show what an examination found: problems, or a proposal to decide on.

        ``within`` writes in the transaction that publishes it.
        """
        lang = await self._office.lang(message.chat_id, message.from_user)
        texts = admin_texts_in(lang)
        served = self._office.publisher.current.snapshot().revision
        if isinstance(examined, Refused):
            await self._office.note(
                admin,
                cause,
                "refused",
                before=served,
                after=examined.revision,
                detail=f"problems: {len(examined.problems)}",
            )
            await self._tell_problems(message, examined, served, texts)
            return
        last = await self._office.publisher.revisions.last()
        if examined.revision == (served if last is None else last.revision):
            await self._office.say(message, Text(texts.nothing_new.format(revision=served)))
            return
        token = self._office.pending.put(admin.user_id, Waiting(examined, cause, why, tuple(within)))
        may_tell = cause in _SILENT and examined.reach.alerts > 0
        buttons = decision_buttons(lang, token, texts, may_tell=may_tell)
        await self._office.say(message, proposal_text(examined, served, lang, texts), buttons)

    async def decided(self, query: CallbackQuery, asked: Decide, message: Message) -> None:
        """Publish or Cancel was tapped."""
        texts = admin_texts_in(asked.lang)
        admin = tapper_of(query)
        if not await self._office.gate.admits(admin, "publish", asked.choice):
            await answer_tap(query, texts.not_allowed)
            return
        await answer_tap(query)
        said = self._ended.get(asked.token) or await self._decide(admin, asked, texts)
        await self._office.desk.put(place_of(message), Reply(Text(said)), message.message_id)

    async def _decide(self, admin: Person, asked: Decide, texts: AdminTexts) -> str:
        """Do what an admin decided, and say how it ended."""
        self.drafts.forget(admin.user_id)
        waiting = self._office.pending.take(admin.user_id, asked.token)
        if waiting is None:
            return texts.expired
        if asked.choice == "cancel":
            after = waiting.proposal.revision
            await self._office.note(admin, waiting.cause, "refused", after=after, detail="cancelled")
            said = texts.cancelled
        else:
            said = await self._publish(admin, waiting, texts, told=asked.choice == "tell")
        self._ended[asked.token] = said
        while len(self._ended) > _REMEMBERED:
            del self._ended[next(iter(self._ended))]
        return said

    async def _publish(self, admin: Person, waiting: Waiting, texts: AdminTexts, *, told: bool) -> str:
        """Publish a proposal, and say how that ended."""
        served = self._office.publisher.current.snapshot().revision
        new = waiting.proposal.revision
        act = await self._office.act(admin, waiting.cause, "done", before=served, after=new, detail=waiting.why)
        try:
            publication = await self._office.publisher.confirm(
                waiting.proposal,
                author=admin.user_id,
                cause=waiting.cause,
                why=waiting.why,
                alerts=told or waiting.cause not in _SILENT,
                within=(noting(act), *waiting.within),
            )
        except OvertakenError as error:
            why, said = f"number {error.current} was published meanwhile", texts.overtaken.format(current=error.current)
        except FilesChangedError:
            why, said = "the files were edited meanwhile", texts.files_changed
        except DroppedError:
            why, said = "an addition was dropped meanwhile", texts.patch_void
        except DBAPIError as error:
            # The statement and its values are not told, only what the database said.
            why, said = str(error.orig), texts.not_stored.format(reason=error.orig, revision=served)
        else:
            return _published(publication, texts)
        await self._note_failure(admin, waiting, served, why)
        return said

    async def _note_failure(self, admin: Person, waiting: Waiting, served: str, why: str) -> None:
        try:
            await self._office.note(
                admin, waiting.cause, "failed", before=served, after=waiting.proposal.revision, detail=why
            )
        except DBAPIError:
            return  # where nothing can be stored, neither can this; the admin is told

    async def _before(self) -> int | None:
        """Return the last publication of another revision than the newest one has."""
        newest, *earlier = await self._office.publisher.revisions.history(limit=100) or (None,)
        return next((each.sequence for each in earlier if newest and each.revision != newest.revision), None)

    async def _tell_problems(self, message: Message, refused: Refused, served: str, texts: AdminTexts) -> None:
        """Tell every problem: in messages, or in a file where that would be many."""
        heading = texts.refused.format(revision=served, count=len(refused.problems))
        body = problems_text(heading, refused.problems)
        if len(chunks(body)) <= _MOST_MESSAGES:
            await self._office.say(message, body)
            return
        content = "\n".join(map(str, refused.problems)).encode()
        await self._office.say(message, Text(heading))
        caption = texts.problems_file.format(count=len(refused.problems))
        await self._office.desk.sender.send_file(place_of(message), "problems.txt", content, caption)


def _published(publication: Publication, texts: AdminTexts) -> str:
    return texts.published_as.format(sequence=publication.sequence, revision=publication.revision)
