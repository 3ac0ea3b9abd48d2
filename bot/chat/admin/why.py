"""/why: how an answer came about, for a question or for one of the bot's answers."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.answering.explaining import explain_lines
from bot.answering.wording import say
from bot.chat.admin.office import Office
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
        if not question and replied is not None:
            question = await self._question_of(replied)
        if not question:
            await self._office.say(message, Text(texts.why_forgotten))
            return
        answerer = self._office.publisher.current.snapshot().answerer
        explanation = answerer.explain(question)
        heading = texts.why_question.format(question=question)
        steps = lines(*explain_lines(explanation, answerer))
        ended = f"{ending(explanation.answer)}: {say(explanation.answer)}"
        await self._office.say(message, paragraphs(Bold(Text(heading)), ended, steps))

    async def _question_of(self, replied: Message) -> str:
        """Return the question that a message asks, or that one of the bot's messages answers; empty if forgotten."""
        if replied.from_user is None or replied.from_user.id != replied.get_bot().id:
            return (replied.text or replied.caption or "").strip()
        asked = await self._office.desk.ledger.question_of(replied.chat_id, replied.message_id)
        if asked is None:
            return ""
        return await self._office.desk.conversations.asked_in(replied.chat_id, asked) or ""
