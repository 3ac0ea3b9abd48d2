"""People, driven over HTTP."""

from pydantic import JsonValue, TypeAdapter

from bot.web.emulator import Emulator
from bot.web.emulator.errors import JsonObject
from tests.web.client import Client

_OBJECT = TypeAdapter(JsonObject)


async def act(bot: Client, kind: str, **more: JsonValue) -> JsonValue:
    async with bot.session.post(f"{bot.url}/emulator/act", json={"act": kind, **more}) as response:
        result: JsonValue = await response.json()
        assert response.status == 200, result
        return result


async def made(bot: Client, kind: str, **more: JsonValue) -> JsonObject:
    return _OBJECT.validate_python(await act(bot, kind, **more))


async def read(bot: Client, path: str) -> JsonValue:
    async with bot.session.get(f"{bot.url}/emulator/{path}") as response:
        result: JsonValue = await response.json()
        return result


async def test_a_whole_conversation_can_be_had(emulator: Emulator, bot: Client) -> None:
    alice = await made(bot, "user", first_name="Alice", language_code="uk")
    here: dict[str, JsonValue] = {"chat_id": alice["id"]}
    said = await made(bot, "say", **here, user_id=alice["id"], text="hello")
    await act(bot, "edit", **here, message_id=said["message_id"], text="hello!")
    markup: JsonValue = {"inline_keyboard": [[{"text": "More", "callback_data": "more"}]]}
    reply: JsonValue = {"message_id": said["message_id"]}
    sent = await bot.object("sendMessage", **here, text="hi", reply_markup=markup, reply_parameters=reply)
    press = await made(bot, "press", **here, message_id=sent["message_id"], user_id=alice["id"], label="More")
    await bot.call("answerCallbackQuery", callback_query_id=press["id"], text="more!")

    assert await read(bot, f"queries/{press['id']}") == {"text": "more!", "show_alert": False}
    assert [update.kind for update in emulator.updates.history] == ["message", "edited_message", "callback_query"]
    (chat,) = emulator.chats.values()
    assert await read(bot, f"chats/{chat.id}/messages") == [message.as_json() for message in chat.messages]
    requests = await read(bot, "requests")
    assert isinstance(requests, list)
    assert len(requests) == 2


async def test_inline_results_can_be_read(bot: Client) -> None:
    alice = await made(bot, "user", first_name="Alice")
    query = await made(bot, "inline", user_id=alice["id"], text="hoses")
    content: JsonValue = {"message_text": "Three"}
    result: JsonValue = {"type": "article", "id": "1", "title": "Hoses", "input_message_content": content}
    await bot.call("answerInlineQuery", inline_query_id=query["id"], results=[result])
    assert await read(bot, f"queries/{query['id']}") == [{"id": "1", "title": "Hoses", "text": "Three"}]


async def test_groups_and_topics_can_be_changed(emulator: Emulator, bot: Client) -> None:
    alice = await made(bot, "user", first_name="Alice")
    group = await made(bot, "chat", type="group", title="Group", members=[alice["id"]])
    await act(bot, "remove_bot", chat_id=group["id"])
    await act(bot, "add_bot", chat_id=group["id"])
    supergroup = await made(bot, "migrate", chat_id=group["id"])
    assert supergroup["type"] == "supergroup"
    forum = await made(bot, "chat", type="forum", title="Forum", members=[alice["id"]])
    topic = await act(bot, "open_topic", chat_id=forum["id"], name="Damage")
    said = await made(bot, "say", chat_id=forum["id"], user_id=alice["id"], text="/ask", topic=topic)
    assert said["message_thread_id"] == topic
    await act(bot, "close_topic", chat_id=forum["id"], topic=topic)
    await act(bot, "reopen_topic", chat_id=forum["id"], topic=topic)
    await act(bot, "block", chat_id=alice["id"])
    await act(bot, "unblock", chat_id=alice["id"])
    channel = await made(bot, "chat", type="channel", title="News")
    await act(bot, "say", chat_id=channel["id"], text="post")
    kinds = [update.kind for update in emulator.updates.history]
    assert kinds.count("my_chat_member") == 4
    assert kinds[-1] == "channel_post"


async def test_what_cannot_be_done_is_said(bot: Client) -> None:
    async def status(**body: JsonValue) -> int:
        async with bot.session.post(f"{bot.url}/emulator/act", json=body) as response:
            return response.status

    assert await status(act="say", chat_id=77, text="x") == 404
    assert await status(act="dance") == 400
    alice = await made(bot, "user", first_name="Alice")
    assert await status(act="edit", chat_id=alice["id"], message_id=5, text="x") == 404
