"""/retract: a fact is withdrawn at once, without waiting for a file."""

from __future__ import annotations

from telegram import Update
from telegram.ext import ContextTypes

from bot.chat.admin.office import Office
from bot.chat.admin.publishing import Publishing
from bot.chat.nodes import Text
from bot.chat.shelf import facts_of, key_of
from bot.chat.texts.alerts import alert_texts_in
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.retraction import withdrawing

_NO_REASON = "An editor withdrew this."


class Retracting:
    """Makes a revision in which a fact is withdrawn, and shows it like any other proposal."""

    def __init__(self, office: Office, publishing: Publishing) -> None:
        self._office = office
        self._publishing = publishing

    async def retract(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/retract fact, and why if that is said."""
        message = update.effective_message
        if message is None:
            return
        admin = await self._office.admitted(message, "publish", "retract")
        if admin is None:
            return
        texts = alert_texts_in(await self._office.lang(message.chat_id, message.from_user))
        knowledge = self._office.desk.knowledge
        name, *words = context.args or [""]
        key = find_fact(knowledge, name)
        if key is None:
            example = next((key_of(fact) for fact in facts_of(knowledge)), "report/fact")
            said = texts.no_fact.format(wanted=name) + "\n" if name else ""
            await self._office.say(message, Text(said + texts.retract_usage.format(example=example)))
            return
        why = " ".join(words)
        publisher = self._office.publisher
        bundle = await publisher.served_files()
        today = self._office.desk.now().date()
        examined = await publisher.propose(withdrawing(bundle, key, on=today, why=why or _NO_REASON))
        await self._publishing.show(message, admin, examined, "retract", why=why)


def find_fact(knowledge: KnowledgeBase, name: str) -> str | None:
    """Return the full name of a fact that holds: given in full, or without the report where only one has it."""
    keys = [key_of(fact) for fact in facts_of(knowledge)]
    if name in keys:
        return name
    found = [key for key in keys if key.partition("/")[2] == name]
    return found[0] if len(found) == 1 else None
