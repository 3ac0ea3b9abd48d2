"""People, driven over HTTP: what a test in another process needs. Answers this machine only."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

from pydantic import Field, JsonValue, TypeAdapter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.emulator.chats import Chat, Message
from bot.web.emulator.emulator import Emulator
from bot.web.emulator.markup import Strict


class AddUser(Strict):
    """Add a person and a private chat with the bot."""

    act: Literal["user"]
    first_name: str
    language_code: str | None = "en"

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        person = emulator.user(self.first_name, language_code=self.language_code)
        emulator.private_chat(person)
        return person.as_json()


class AddChat(Strict):
    """Make a group, a supergroup, a forum or a channel."""

    act: Literal["chat"]
    type: Literal["group", "supergroup", "forum", "channel"]
    title: str
    members: tuple[int, ...] = ()

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        members = [emulator.users[user_id] for user_id in self.members]
        match self.type:
            case "group":
                chat = emulator.group(self.title, members)
            case "channel":
                chat = emulator.channel(self.title, members)
            case kind:
                chat = emulator.supergroup(self.title, members, forum=kind == "forum")
        return chat.as_json()


class Say(Strict):
    """Send a text."""

    act: Literal["say"]
    chat_id: int
    user_id: int | None = None
    text: str
    reply_to: int | None = None
    topic: int | None = None

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        chat = emulator.chats[self.chat_id]
        message = emulator.say(
            chat,
            None if self.user_id is None else emulator.users[self.user_id],
            self.text,
            reply_to=None if self.reply_to is None else _message(chat, self.reply_to),
            topic=None if self.topic is None else chat.topics[self.topic],
        )
        return message.as_json()


class Edit(Strict):
    """Edit a text."""

    act: Literal["edit"]
    chat_id: int
    message_id: int
    text: str

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        return emulator.edit(_message(emulator.chats[self.chat_id], self.message_id), self.text).as_json()


class Press(Strict):
    """Press the button with a label."""

    act: Literal["press"]
    chat_id: int
    message_id: int
    user_id: int
    label: str

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        message = _message(emulator.chats[self.chat_id], self.message_id)
        return emulator.press(emulator.users[self.user_id], message, self.label).as_json()


class Inline(Strict):
    """Type an inline query."""

    act: Literal["inline"]
    user_id: int
    text: str

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        return emulator.inline(emulator.users[self.user_id], self.text).as_json()


class Change(Strict):
    """Change the bot's place in a chat, or the chat itself."""

    act: Literal["add_bot", "remove_bot", "block", "unblock", "migrate"]
    chat_id: int

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        chat = emulator.chats[self.chat_id]
        match self.act:
            case "add_bot":
                emulator.add_bot(chat)
            case "remove_bot" | "block":
                emulator.remove_bot(chat, chat.person)
            case "unblock":
                emulator.set_bot_status(chat, "member", chat.person)
            case "migrate":
                return emulator.migrate(chat).as_json()
        return True


class ChangeTopic(Strict):
    """Open, close or reopen a topic of a forum."""

    act: Literal["open_topic", "close_topic", "reopen_topic"]
    chat_id: int
    topic: int = 1
    name: str = "Topic"

    def run(self, emulator: Emulator) -> JsonValue:
        """Do it."""
        chat = emulator.chats[self.chat_id]
        match self.act:
            case "open_topic":
                return emulator.topic(chat, self.name).id
            case "close_topic":
                emulator.close_topic(chat.topics[self.topic])
            case "reopen_topic":
                emulator.reopen_topic(chat.topics[self.topic])
        return True


Act = Annotated[AddUser | AddChat | Say | Edit | Press | Inline | Change | ChangeTopic, Field(discriminator="act")]
_ACT: TypeAdapter[Act] = TypeAdapter(Act)


def control_routes(emulator: Emulator) -> list[Route]:
    """Return the routes.

    POST an act to ``/emulator/act``; GET ``/emulator/chats/<id>/messages``, ``/emulator/requests``, and
    ``/emulator/queries/<id>``, which waits for the answer to an inline query or a press.
    """

    async def act(request: Request) -> JsonValue:
        return _ACT.validate_json(await request.body()).run(emulator)

    async def messages(request: Request) -> JsonValue:
        chat = emulator.chats[int(request.path_params["chat_id"])]
        return [message.as_json() for message in chat.messages if not message.deleted]

    async def requests(_: Request) -> JsonValue:
        return [
            {"method": made.method, "parameters": made.parameters, "time": made.time, "status": made.status}
            for made in emulator.requests
        ]

    async def answer(request: Request) -> JsonValue:
        query_id = request.path_params["query_id"]
        if query_id in emulator.presses:
            shown = await emulator.presses[query_id].answered()
            return {"text": shown.text, "show_alert": shown.show_alert}
        found = await emulator.queries[query_id].answered()
        return [{"id": result.id, "title": result.title, "text": result.text} for result in found.results]

    return [
        Route("/emulator/act", _guarded(act), methods=["POST"]),
        Route("/emulator/chats/{chat_id:int}/messages", _guarded(messages)),
        Route("/emulator/queries/{query_id}", _guarded(answer)),
        Route("/emulator/requests", _guarded(requests)),
    ]


def _guarded(run: Callable[[Request], Awaitable[JsonValue]]) -> Callable[[Request], Awaitable[Response]]:
    """Let in who calls from this machine, and tell plainly what was wrong with a request."""

    async def endpoint(request: Request) -> Response:
        if request.client is None or not ipaddress.ip_address(request.client.host).is_loopback:
            return JSONResponse({"error": "for this machine only"}, status_code=403)
        try:
            return JSONResponse(await run(request))
        except LookupError as error:
            return JSONResponse({"error": f"not found: {error}"}, status_code=404)
        except TimeoutError as error:
            return JSONResponse({"error": str(error)}, status_code=504)
        except ValueError as error:
            return JSONResponse({"error": str(error)}, status_code=400)

    return endpoint


def _message(chat: Chat, message_id: int) -> Message:
    message = chat.find(message_id)
    if message is None:
        raise LookupError(f"message {message_id} in {chat.title!r}")
    return message
