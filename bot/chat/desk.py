"""What every handler needs: who answers, what is remembered, who sends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from telegram import User

from bot.answering.answers import NotUnderstood, SmallTalk
from bot.chat.answers import Answers, Source
from bot.chat.place import Place
from bot.chat.rendering import render
from bot.chat.reply import Reply
from bot.chat.sender import Outcome, Sender
from bot.chat.texts import Texts, texts_in
from bot.chat.unanswered import Unanswered, offering_to_tell
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.models import LANGUAGES, Lang
from bot.storage.conversations import Asked, ConversationStore
from bot.storage.ledger import Ledger

FOLLOW_UP = timedelta(minutes=10)
"""How long a question is remembered, so that the next one may refer to it."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers questions in chats."""

    source: Source
    conversations: ConversationStore
    ledger: Ledger
    sender: Sender
    now: Callable[[], datetime]
    unanswered: Unanswered

    @property
    def answers(self) -> Answers:
        """Who answers now: one revision of the fact base. Take it once for all that belongs to one answer."""
        return self.source.snapshot()

    @property
    def knowledge(self) -> KnowledgeBase:
        """The fact base that is answered from now."""
        return self.answers.knowledge

    async def answer(self, place: Place, asker: int, question: str) -> Outcome:
        """Answer a question; where it was answered before (it was edited, or a crash came between), edit that."""
        chosen = await self.conversations.language(place.chat_id)
        now = self.now()
        asked = Asked(place.chat_id, place.topic_id, asker, place.question or 0)
        previous = await self.conversations.previous(asked, since=now - FOLLOW_UP)
        answers = self.answers  # it may be another one after the next await
        answer = answers.answer(question, previous, chosen)
        reply = render(answer, answers.knowledge, place.question or 0)
        gap = await self.unanswered.gap_of(answer, question)
        if gap is not None and previous is not None and answers.answer(question, None, chosen) != answer:
            gap = None  # a follow-up means nothing by itself: neither to an editor, nor when it is asked again
        reply = offering_to_tell(reply, answer.lang, place.question, gap)
        outcome = await self._say(place, reply, answers.knowledge.revision)
        if gap is not None:
            await self.unanswered.note("unanswered", question, answer.lang)
        if not isinstance(answer, SmallTalk | NotUnderstood):  # "thanks" is nothing to follow up on
            await self.conversations.remember(asked, question, now)
        return outcome

    async def say(self, place: Place, reply: Reply) -> Outcome:
        """Send a reply to a message; what replied to it before becomes this one."""
        return await self._say(place, reply, self.knowledge.revision)

    async def put(self, place: Place, reply: Reply, message_id: int, revision: str | None = None) -> Outcome:
        """Put a reply in place of a message of the bot. ``revision``: of what it was made from, if not from now's."""
        return await self.sender.deliver(place, reply, revision or self.knowledge.revision, over=(message_id,))

    async def add(self, place: Place, reply: Reply, revision: str | None = None) -> Outcome:
        """Send a reply as a message of its own, whatever else was replied. ``revision`` as for ``put``."""
        return await self.sender.deliver(replace(place, question=None), reply, revision or self.knowledge.revision)

    async def answered_before(self, place: Place) -> bool:
        """Say whether the message has a reply of the bot that is still known."""
        return place.question is not None and bool(await self.ledger.replies_to(place.chat_id, place.question))

    async def _say(self, place: Place, reply: Reply, revision: str) -> Outcome:
        over = await self.ledger.replies_to(place.chat_id, place.question) if place.question is not None else ()
        return await self.sender.deliver(place, reply, revision, over=over)

    async def language(self, chat_id: int, user: User | None) -> Lang:
        """Return the language for what is no answer: the chat's, else that of the user's Telegram, else English."""
        chosen = await self.conversations.language(chat_id)
        return chosen or language_of(user)

    async def texts(self, chat_id: int, user: User | None) -> Texts:
        """Return the catalogue for what is no answer."""
        return texts_in(await self.language(chat_id, user))


def language_of(user: User | None) -> Lang:
    """Return the language of a user's Telegram, or English where that is none of ours."""
    code = (user.language_code or "") if user is not None else ""
    return next((lang for lang in LANGUAGES if code.lower().partition("-")[0] == lang), "en")
