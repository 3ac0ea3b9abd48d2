"""/why: how an answer came about, for a question or for one of the bot's answers."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.answering.explaining import explain_lines
from bot.answering.wording import say
from bot.chat.admin.office import Office
from bot.chat.desk import FOLLOW_UP
from bot.chat.nodes import Bold, Text, lines, paragraphs
from bot.publishing.endings import ending


class Why:
    """Explains answers. It explains what would be answered now: an older revision is served no longer."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def why(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/why and a question, or as a reply to an answer."""
        message = update.effective_message
        if message is None or await self._office.admitted(message, "inspect", "why", anywhere=True) is None:
            return
        texts = await self._office.texts(message)
        replied = message.reply_to_message
        question = " ".join(context.args or [])
        if not question and replied is None:
            await self._office.say(message, Text(texts.why_usage))
            return
        previous: str | None = None
        if not question and replied is not None:
            question, previous = await self._question_of(replied)
        if not question:
            await self._office.say(message, Text(texts.why_forgotten))
            return
        answerer = self._office.publisher.current.snapshot().answerer
        chosen = await self._office.desk.conversations.language(message.chat_id)
        explanation = answerer.explain(question, previous, chosen)
        heading = texts.why_question.format(question=question)
        steps = lines(*explain_lines(explanation, answerer))
        ended = f"{ending(explanation.answer)}: {say(explanation.answer)}"
        await self._office.say(message, paragraphs(Bold(Text(heading)), ended, steps))

    async def _question_of(self, replied: Message) -> tuple[str, str | None]:
        """Return the question that a message asks or one of the bot's answers, and the one before it.

        It is empty where that is forgotten.
        """
        desk = self._office.desk
        asked: int | None = replied.message_id
        text = (replied.text or replied.caption or "").strip()
        if replied.from_user is not None and replied.from_user.id == replied.get_bot().id:
            asked = await desk.ledger.question_of(replied.chat_id, replied.message_id)
            text = ""
        if asked is None:
            return "", None
        known = await desk.conversations.asked_in(replied.chat_id, asked)
        return text or known or "", await desk.conversations.before(replied.chat_id, asked, FOLLOW_UP)
