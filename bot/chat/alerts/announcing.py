"""/announce and /broadcasts: an admin's words to every subscriber, and how far everything that is told has come."""

from __future__ import annotations

import secrets

from telegram import CallbackQuery, Message, Update
from telegram.ext import ContextTypes

from bot.alerts.news import read
from bot.alerts.stores import AlertStores
from bot.chat.admin.office import Office
from bot.chat.alerts.telling import announcement
from bot.chat.callbacks import Steer
from bot.chat.desk import language_of
from bot.chat.gate import Person, tapper_of
from bot.chat.nodes import Bold, Node, Text, lines, paragraphs
from bot.chat.place import Place, place_of
from bot.chat.reply import Button, Buttons, Reply
from bot.chat.tapping import answer_tap
from bot.chat.texts import admin_texts_in
from bot.chat.texts.alerts import AlertTexts, alert_texts_in
from bot.knowledge.models import Lang
from bot.storage.alert_tables import EventState, RowState
from bot.storage.events import Event, Tally

_SHOWN = 5
_BAR = 10
_SHORT = 60


class Announcing:
    """What admins say to subscribers, and what they do about what is being said."""

    def __init__(self, office: Office, stores: AlertStores) -> None:
        self._office = office
        self._stores = stores

    async def announce(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/announce and a text: show what would be sent, and to how many."""
        message = update.effective_message
        if message is None:
            return
        admin = await self._office.admitted(message, "publish", "announce")
        if admin is None:
            return
        lang = await self._office.lang(message.chat_id, message.from_user)
        texts = alert_texts_in(lang)
        words = (message.text or "").split(maxsplit=1)
        if len(words) < 2:
            await self._office.say(message, Text(texts.announce_usage))
            return
        revision = self._office.desk.knowledge.revision
        event_id = await self._stores.events.draft(f"announcement:{secrets.token_hex(8)}", revision, words[1])
        chats = len(await self._stores.subscriptions.kept())
        body = paragraphs(texts.announce_preview.format(chats=chats), announcement(words[1], lang).body)
        buttons = (
            (
                Button(texts.button_send, Steer(lang, "send", event_id)),
                Button(texts.button_cancel, Steer(lang, "cancel", event_id)),
            ),
        )
        await self._office.say(message, body, buttons)

    async def broadcasts(self, update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
        """/broadcasts: what is being told, and how far it has come."""
        message = update.effective_message
        if message is None or await self._office.admitted(message, "publish", "broadcasts") is None:
            return
        lang = await self._office.lang(message.chat_id, message.from_user)
        reply = await self._overview(lang)
        await self._office.say(message, reply.body, reply.buttons)

    async def steered(self, query: CallbackQuery, asked: Steer, message: Message) -> None:
        """A button under an announcement or a broadcast was tapped."""
        admin = tapper_of(query)
        if not await self._office.gate.admits(admin, "publish", f"broadcast {asked.act}"):
            await answer_tap(query, admin_texts_in(language_of(query.from_user)).not_allowed)
            return
        await answer_tap(query)
        reply = await self._steer(admin, asked)
        place = place_of(message)
        await self._office.desk.put(Place(place.chat_id, place.topic_id), reply, message.message_id)

    async def _steer(self, admin: Person, asked: Steer) -> Reply:
        texts = alert_texts_in(asked.lang)
        match asked.act:
            case "send":
                chats = await self._stores.births.announce(asked.event_id)
                if chats is None:
                    return Reply(Text(texts.expired))
                await self._note(admin, asked)
                return Reply(Text(texts.announced.format(chats=chats)))
            case "cancel":
                dropped = await self._stores.events.change(asked.event_id, EventState.DRAFT, EventState.ABORTED)
                return Reply(Text(texts.announce_cancelled if dropped else texts.expired))
            case "show":
                return await self._overview(asked.lang)
            case "pause":
                done = await self._stores.events.change(asked.event_id, EventState.RUNNING, EventState.PAUSED)
            case "resume":
                done = await self._stores.events.change(asked.event_id, EventState.PAUSED, EventState.RUNNING)
            case "abort":
                done = await self._abort(asked.event_id)
        if done:
            await self._note(admin, asked)
        return await self._overview(asked.lang)

    async def _abort(self, event_id: int) -> bool:
        for was in (EventState.RUNNING, EventState.PAUSED):
            if await self._stores.events.change(event_id, was, EventState.ABORTED):
                return True
        return False

    async def _note(self, admin: Person, asked: Steer) -> None:
        await self._office.note(admin, f"broadcast {asked.act}", "done", after=str(asked.event_id))

    async def _overview(self, lang: Lang) -> Reply:
        """Return the newest broadcasts that had anybody to tell."""
        texts = alert_texts_in(lang)
        found: list[tuple[Event, Tally]] = []
        for event in await self._stores.events.latest(_SHOWN):
            tally = await self._stores.events.tally(event.id)
            if tally.total:
                found.append((event, tally))
        if not found:
            return Reply(Text(texts.no_broadcasts))
        parts = [_progress(event, tally, texts, lang) for event, tally in found]
        refresh = (Button("⟳", Steer(lang, "show", 0)),)
        buttons: Buttons = tuple(row for event, tally in found if (row := _controls(event, tally, texts, lang)))
        return Reply(paragraphs(Bold(Text(texts.broadcasts)), *parts), (*buttons, refresh))


def _progress(event: Event, tally: Tally, texts: AlertTexts, lang: Lang) -> Node:
    """Return a broadcast in three lines: what, how far with a bar, and the counts."""
    done = tally.total - tally.open
    state = texts.states[event.state] if tally.open or event.state is not EventState.RUNNING else texts.finished
    full = _BAR * done // tally.total
    bar = "█" * full + "░" * (_BAR - full)
    counts = texts.counts.format(
        sent=tally.of(RowState.SENT),
        left=tally.open,
        failed=tally.of(RowState.FAILED, RowState.SKIPPED),
        doubtful=tally.ambiguous,
    )
    return lines(
        f"#{event.id} · {_subject(event, lang)} · {event.created_at:%Y-%m-%d %H:%M} UTC",
        f"{bar} {100 * done // tally.total} % · {state}",
        counts,
    )


def _subject(event: Event, lang: Lang) -> str:
    """Return what a broadcast is about, in a few words."""
    if event.kind == "announcement":
        subject = event.body
    else:
        told = read(event.body) or ()
        subject = ", ".join(each.fact.answer.text(lang) for each in told)
    subject = " ".join(subject.split())
    return subject if len(subject) <= _SHORT else f"{subject[: _SHORT - 1].rstrip()}…"


def _controls(event: Event, tally: Tally, texts: AlertTexts, lang: Lang) -> tuple[Button, ...]:
    if not tally.open or event.state not in {EventState.RUNNING, EventState.PAUSED}:
        return ()
    paused = event.state is EventState.PAUSED
    first = (
        Button(f"{texts.button_resume} #{event.id}", Steer(lang, "resume", event.id))
        if paused
        else Button(f"{texts.button_pause} #{event.id}", Steer(lang, "pause", event.id))
    )
    return (first, Button(f"{texts.button_abort} #{event.id}", Steer(lang, "abort", event.id)))
