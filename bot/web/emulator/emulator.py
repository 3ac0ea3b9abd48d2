"""The emulated Telegram: what people do in it."""

from __future__ import annotations

from bot.web.emulator.chats import PRESENT, Chat, Message, Topic
from bot.web.emulator.detection import with_detected
from bot.web.emulator.errors import JsonObject
from bot.web.emulator.markup import Button
from bot.web.emulator.objects import User
from bot.web.emulator.places import Places
from bot.web.emulator.queries import InlineMessage, InlineQuery, InlineResult, Press
from bot.web.emulator.text import FormattedText, trimmed, utf16_length

MAX_TEXT = 4096


class Emulator(Places):
    """A Telegram with one bot in it, and people who talk to the bot.

    Everything a person does is one call; the bot is told by an update, if Telegram would tell it::

        emulator = Emulator()
        alice = emulator.user("Alice", language_code="uk")
        chat = emulator.private_chat(alice)
        emulator.say(chat, alice, "hello")
        reply = await chat.next_message()
    """

    def say(
        self,
        chat: Chat,
        person: User | None,
        text: str,
        *,
        reply_to: Message | None = None,
        topic: Topic | None = None,
    ) -> Message:
        """Send a text as a person, or as a channel itself where there is no person.

        In a private chat that the person had not started, or had blocked, this starts it.
        """
        body = _typed(text)
        if not body.text or utf16_length(body.text) > MAX_TEXT:
            raise ValueError("a message has between 1 and 4096 characters")
        return self._send(self.add_message(self._open(chat), person, body, reply_to=reply_to, topic=topic))

    def send_document(
        self,
        chat: Chat,
        person: User,
        name: str,
        content: bytes,
        *,
        caption: str = "",
        mime_type: str = "application/octet-stream",
        reply_to: Message | None = None,
    ) -> Message:
        """Send a file as a person."""
        document = self.add_file(name, content, mime_type)
        return self._send(
            self.add_message(self._open(chat), person, _typed(caption), document=document, reply_to=reply_to)
        )

    def share_chat(self, private: Chat, person: User, chosen: Chat, *, request_id: int = 1) -> Message:
        """Choose a chat with a button that asks for one."""
        shared: JsonObject = {"chat_shared": {"request_id": request_id, "chat_id": chosen.id}}
        return self._send(self.add_message(private, person, FormattedText(""), service=shared))

    def edit(self, message: Message, text: str) -> Message:
        """Edit a message as the person who wrote it."""
        message.body = _typed(text)
        message.edit_date = self.now
        self.tell(message, edited=True)
        return message

    def delete(self, message: Message) -> None:
        """Delete a message as a person; Telegram does not tell a bot of that."""
        message.deleted = True
        self.changes.notify()

    def press(self, person: User, message: Message | InlineMessage, button: str | Button) -> Press:
        """Press a button, given by its label or itself.

        Raises:
            LookupError: the message has no such button.
            ValueError: the button does not call the bot.
        """
        pressed = message.button(button) if isinstance(button, str) else button
        if pressed.callback_data is None:
            raise ValueError(f"the button {pressed.text!r} does not call the bot")
        press = Press(self._query_id(), person, message, pressed.callback_data, self.clock.now(), self.changes)
        self.presses[press.id] = press
        self.updates.add("callback_query", press.as_json())
        return press

    def inline(self, person: User, text: str, *, offset: str = "", chat_type: str = "private") -> InlineQuery:
        """Type a text after the bot's name in some chat."""
        query = InlineQuery(self._query_id(), person, text, offset, chat_type, self.clock.now(), self.changes)
        self.queries[query.id] = query
        self.updates.add("inline_query", query.as_json())
        return query

    def choose(self, query: InlineQuery, result: InlineResult, chat: Chat | None = None) -> InlineMessage:
        """Send one of the results of an inline query, to a chat of this emulator or to some other.

        Only a result with buttons can be edited later, and only then the bot is told the message's id.
        """
        message = InlineMessage(f"inline-{self._query_id()}", query.user, result.body, result.keyboard)
        chosen: JsonObject = {
            "result_id": result.id,
            "from": query.user.as_json(),
            "query": query.text,
        }
        if result.keyboard is not None:
            self.inline_messages[message.id] = message
            chosen["inline_message_id"] = message.id
        self.updates.add("chosen_inline_result", chosen)
        if chat is not None:
            self._send(self.add_message(chat, query.user, result.body, keyboard=result.keyboard, via_bot=self.bot))
        return message

    def _open(self, chat: Chat) -> Chat:
        """Start a private chat that the bot may not write to yet."""
        if chat.person is not None and chat.bot_status not in PRESENT:
            if chat.bot_status == "kicked":
                self.unblock(chat.person)
            chat.members[self.bot.id] = "member"
        return chat

    def _send(self, message: Message) -> Message:
        self.tell(message)
        return message

    def _query_id(self) -> str:
        return str(next(self.ids.query))


def _typed(text: str) -> FormattedText:
    """Return what a person typed, with the entities Telegram finds in it."""
    return with_detected(trimmed(FormattedText(text)))
