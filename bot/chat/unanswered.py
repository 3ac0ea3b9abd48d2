"""What readers could not be told: counted for the editors, and told later to those who want to know."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import structlog
from telegram.error import BadRequest, NetworkError

from bot.answering.answers import Answer, Answered, NotInReport, Silent, Unmentioned
from bot.answering.forms import normal_form
from bot.chat.answers import Source
from bot.chat.callbacks import Await
from bot.chat.nodes import paragraphs
from bot.chat.place import Place
from bot.chat.rendering import render
from bot.chat.reply import Button, Reply
from bot.chat.sender import Sender, Undelivered
from bot.chat.texts import texts_in
from bot.knowledge.models import Lang
from bot.storage.conversations import ConversationStore
from bot.storage.gaps import Asker, GapStore, Sign

_LONGEST = 300
"""Characters of a question that are kept: longer messages are no single question."""

_log: structlog.stdlib.BoundLogger = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Questions without an answer, as the chat deals with them."""

    gaps: GapStore
    conversations: ConversationStore
    source: Source
    sender: Sender
    now: Callable[[], datetime]

    async def note(self, sign: Sign, question: str, lang: Lang) -> None:
        """Count a question for the editors, without who asked it."""
        form = normal_form(question)
        if form and len(question) <= _LONGEST:
            await self.gaps.note(sign, form, question, lang, self.now())

    async def gap_of(self, answer: Answer, question: str) -> int | None:
        """Return the number of a question that this is no answer to; None where nobody could answer it later."""
        form = normal_form(question)
        if not is_gap(answer) or not form or len(question) > _LONGEST:
            return None
        return await self.gaps.find(form, question, answer.lang, self.now())

    async def wait(self, place: Place, question: int, gap_id: int) -> bool:
        """Remember to tell a message's author; False where what it asked is forgotten by now."""
        gap = await self.gaps.get(gap_id)
        if gap is None:
            return False
        await self.gaps.wait(Asker(gap.id, place.chat_id, place.topic_id, question, gap.question, self.now()))
        return True

    async def tell(self) -> None:
        """Tell those whose question has an answer by now. Raises NetworkError; who was not told waits on."""
        for asker in await self.gaps.waiting():
            answers = self.source.snapshot()
            chosen = await self.conversations.language(asker.chat_id)
            answer = answers.answer(asker.question, None, chosen)
            if isinstance(answer, Answered) and await self.gaps.take(asker):
                heading = texts_in(answer.lang).told.format(question=asker.question)
                reply = render(answer, answers.knowledge, asker.message_id)
                await self._send(
                    asker, replace(reply, body=paragraphs(heading, reply.body)), answers.knowledge.revision
                )

    async def _send(self, asker: Asker, reply: Reply, revision: str) -> None:
        place = Place(asker.chat_id, asker.topic_id, asker.message_id, quotes=True)
        try:
            outcome = await self.sender.deliver(place, reply, revision)
        except BadRequest as error:  # it will be refused the next time too
            _log.warning("asker.not_told", reason=error.message)
        except NetworkError:
            await self.gaps.wait(asker)
            raise
        else:
            if isinstance(outcome, Undelivered) and outcome.why != "forbidden":
                await self.gaps.wait(asker)


def is_gap(answer: Answer) -> bool:
    """Say whether an answer leaves the question open, rather than saying what an editor foresaw."""
    return isinstance(answer, NotInReport) and isinstance(answer.reason, Silent | Unmentioned)


def offering_to_tell(reply: Reply, lang: Lang, question: int | None, gap: int | None) -> Reply:
    """Add the button with which somebody asks to be told later, where the question is open."""
    if question is None or gap is None:
        return reply
    button = Button(texts_in(lang).tell_me, Await(lang, question, gap))
    return replace(reply, buttons=(*reply.buttons, (button,)))
