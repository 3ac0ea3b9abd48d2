"""/status: how the bot fares, and what usually goes wrong in groups."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import timedelta

from telegram import Bot, ChatMember, ChatMemberRestricted, Update
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.chat.admin.office import Office
from bot.chat.admin.records import published, when
from bot.chat.nodes import Bold, Node, Text, lines, paragraphs
from bot.chat.texts import AdminTexts
from bot.storage.replicas import Replica

_GROUPS = 10
"""Groups that are looked at: those where the bot spoke last."""
_AWAY = timedelta(seconds=30)
"""A process that has been silent for so long counts as behind."""
_ERRORS = 5
_CHANGES = 3


class Status:
    """Reports, in the chat, what would otherwise need a look at the machine."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def status(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/status: in private everything, in a group what concerns that group."""
        message = update.effective_message
        if message is None or await self._office.admitted(message, "inspect", "status", anywhere=True) is None:
            return
        texts = await self._office.texts(message)
        if message.chat.type != ChatType.PRIVATE:
            found = [each async for each in self._group(context.bot, message.chat_id, texts)]
            await self._office.say(message, lines(*found, *self._setup(context.bot, texts)))
            return
        parts: list[Node] = [
            lines(*[each async for each in self._serving(texts)]),
            lines(*[each async for each in self._work(texts)]),
            lines(*[each async for each in self._replicas(texts)]),
            lines(*[each async for each in self._telegram(context.bot, texts)]),
        ]
        groups = await self._office.desk.ledger.groups(_GROUPS)
        parts += [lines(*[each async for each in self._group(context.bot, group, texts)]) for group in groups]
        await self._office.say(message, paragraphs(*parts))

    async def _serving(self, texts: AdminTexts) -> AsyncIterator[Node]:
        serving = self._office.publisher.current.snapshot()
        said = texts.status_serving.format(revision=serving.revision, sequence=serving.sequence, at=when(serving.since))
        yield Bold(Text(said))
        reports = serving.knowledge.reports
        yield Text(texts.status_facts.format(facts=sum(len(each.facts) for each in reports), reports=len(reports)))
        yield Text(texts.status_uptime.format(uptime=_span(self._office.desk.now() - self._office.started)))
        for publication in await self._office.publisher.revisions.history(limit=_CHANGES):
            yield Text(f"• {published(publication, texts)}")
        edited = await self._office.publisher.edited()
        if edited is not None:
            yield Text(texts.status_folder.format(revision=edited))

    async def _work(self, texts: AdminTexts) -> AsyncIterator[Node]:
        oldest = await self._office.queue.oldest()
        now = self._office.desk.now()
        waits = _span(now - oldest) if oldest is not None else _span(timedelta())
        yield Text(texts.status_waiting.format(count=await self._office.queue.pending(), oldest=waits))
        failures = await self._office.queue.failures()
        yield Text(texts.status_errors.format(count=len(failures)))
        for error in failures[:_ERRORS]:
            yield Text(f"• {error}")
        missed = tuple(self._office.desk.sender.missed)
        if missed:
            yield Text(texts.status_missed.format(count=len(missed)))
        for miss in missed[-_ERRORS:]:
            yield Text(f"• {when(miss.at)} · {miss.place.chat_id} · {miss.why}")

    async def _replicas(self, texts: AdminTexts) -> AsyncIterator[Node]:
        replicas = await self._office.replicas.all()
        yield Text(texts.status_replicas.format(count=len(replicas)))
        last = await self._office.publisher.revisions.last()
        newest = 0 if last is None else last.sequence
        for each in replicas:
            yield Text(self._replica(each, newest, texts))

    def _replica(self, replica: Replica, newest: int, texts: AdminTexts) -> str:
        silent = self._office.desk.now() - replica.seen_at
        line = texts.status_replica.format(
            name=replica.name, revision=replica.revision, sequence=replica.sequence, seen=_span(silent)
        )
        late = replica.sequence < newest or silent > _AWAY
        return f"• {line} ({texts.status_behind})" if late else f"• {line}"

    async def _telegram(self, bot: Bot, texts: AdminTexts) -> AsyncIterator[Node]:
        for each in self._setup(bot, texts):
            yield each
        if not bot.bot.supports_inline_queries:
            yield Text(texts.status_inline_off)
        try:
            webhook = await bot.get_webhook_info()
        except TelegramError:
            return  # polling notes in the log what is wrong with Telegram
        if webhook.url:
            yield Text(texts.status_webhook.format(url=webhook.url))
            if webhook.last_error_message:
                yield Text(texts.status_webhook_error.format(error=webhook.last_error_message))

    def _setup(self, bot: Bot, texts: AdminTexts) -> Iterator[Node]:
        yield Text(texts.status_mentions if bot.bot.can_read_all_group_messages else texts.status_privacy)

    async def _group(self, bot: Bot, chat_id: int, texts: AdminTexts) -> AsyncIterator[Node]:
        """Say what keeps the bot from speaking in a group."""
        try:
            chat = await bot.get_chat(chat_id)
            member = await bot.get_chat_member(chat_id, bot.id)
        except TelegramError:
            yield Bold(Text(texts.status_group.format(title=chat_id)))
            yield Text(texts.status_no_member)
            return
        yield Bold(Text(texts.status_group.format(title=chat.title or chat_id)))
        allowed = chat.permissions is None or chat.permissions.can_send_messages is not False
        yield Text(_standing(member, texts, everybody_writes=allowed))
        if any(miss.why == "closed" and miss.place.chat_id == chat_id for miss in self._office.desk.sender.missed):
            yield Text(texts.status_closed_topic)


def _standing(member: ChatMember, texts: AdminTexts, *, everybody_writes: bool) -> str:
    """Say whether a member may write."""
    if member.status in (ChatMemberStatus.LEFT, ChatMemberStatus.BANNED):
        return texts.status_no_member
    if isinstance(member, ChatMemberRestricted):
        return texts.status_well if member.can_send_messages else texts.status_no_rights
    if member.status == ChatMemberStatus.MEMBER and not everybody_writes:
        return texts.status_no_rights
    return texts.status_well


def _span(span: timedelta) -> str:
    """Write a span of time: ``2 d 3:04:05``."""
    whole = timedelta(seconds=int(span.total_seconds()))
    rest = whole - timedelta(days=whole.days)
    return f"{whole.days} d {rest}" if whole.days else str(rest)
