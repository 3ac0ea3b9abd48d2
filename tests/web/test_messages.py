"""Sending, editing and deleting messages, and what is refused."""

import pytest
from pydantic import JsonValue

from bot.web.emulator import Chat, Emulator, ManualClock
from tests.web.client import Client, Refusal

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


def keyboard(**button: JsonValue) -> JsonValue:
    return {"inline_keyboard": [[{"text": "More", **button}]]}


@pytest.fixture
def chat(emulator: Emulator) -> Chat:
    return emulator.private_chat(emulator.user("Alice"))


async def test_a_sent_message_can_be_read_as_people_see_it(emulator: Emulator, bot: Client, chat: Chat) -> None:
    question = emulator.say(chat, chat.person, "how many hoses?")
    sent = await bot.object(
        "sendMessage",
        chat_id=chat.id,
        text="<b>Three</b>\n<blockquote>three hoses</blockquote> \n",
        parse_mode="HTML",
        reply_parameters={"message_id": question.message_id},
        reply_markup=keyboard(callback_data="more"),
    )

    message = await chat.next_message()
    assert message is await chat.reply_to(question)
    assert message.text == "Three\nthree hoses"
    assert message.all_of("blockquote") == ("three hoses",)
    assert [button.text for button in message.buttons] == ["More"]
    assert message.from_bot
    assert not message.edited
    assert sent == message.as_json()


async def test_messages_are_returned_one_after_the_other(bot: Client, chat: Chat) -> None:
    for text in ("one", "two"):
        await bot.call("sendMessage", chat_id=chat.id, text=text)
    assert [(await chat.next_message()).text for _ in range(2)] == ["one", "two"]
    with pytest.raises(TimeoutError, match="no message of the bot in 'Alice' within 0"):
        await chat.next_message(timeout=0)


async def test_a_text_may_have_4096_utf16_units_after_parsing(bot: Client, chat: Chat) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text=f"<b>{'😀' * 2048}</b>", parse_mode="HTML")
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="😀" * 2048 + "x")
    assert refusal == Refusal(400, "Bad Request: message is too long")


@pytest.mark.parametrize("text", ["", "  \n ", "<b></b>"])
async def test_an_empty_text_is_refused(bot: Client, chat: Chat, text: str) -> None:
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text=text, parse_mode="HTML")
    assert refusal == Refusal(400, "Bad Request: message text is empty")


async def test_bad_html_is_refused_and_nothing_is_sent(bot: Client, chat: Chat) -> None:
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="a <b", parse_mode="HTML")
    assert refusal == Refusal(400, "Bad Request: can't parse entities: Unclosed start tag at byte offset 2")
    assert chat.messages == []


async def test_a_markup_that_is_not_emulated_is_refused(bot: Client, chat: Chat) -> None:
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="*x*", parse_mode="MarkdownV2")
    assert refusal == Refusal(400, "Bad Request: unsupported parse_mode")


async def test_given_entities_and_found_ones_are_in_order(bot: Client, chat: Chat) -> None:
    await bot.call(
        "sendMessage",
        chat_id=chat.id,
        text=" ask /help or @citebot_bot",
        entities=[{"type": "bold", "offset": 0, "length": 4}],
    )
    (message,) = chat.messages
    found = [(entity.type, message.body.slice(entity)) for entity in message.entities]
    assert found == [("bold", "ask"), ("bot_command", "/help"), ("mention", "@citebot_bot")]


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"callback_data": "й" * 33}, "BUTTON_DATA_INVALID"),
        ({"callback_data": ""}, "BUTTON_DATA_INVALID"),
        ({}, "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
        ({"text": " ", "url": "https://x.org"}, "can't parse inline keyboard button: Text must be non-empty"),
        ({"url": "nowhere"}, "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL"),
        ({"callback_data": "x", "shape": "round"}, "unknown parameter"),
    ],
)
async def test_a_bad_button_is_refused(bot: Client, chat: Chat, button: dict[str, JsonValue], description: str) -> None:
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="x", reply_markup=keyboard(**button))
    assert refusal.code == 400
    assert refusal.description.startswith(f"Bad Request: {description}")


async def test_callback_data_may_have_64_bytes(bot: Client, chat: Chat) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="x", reply_markup=keyboard(callback_data="й" * 32))


async def test_a_reply_to_what_is_gone_is_refused_unless_that_is_allowed(
    emulator: Emulator, bot: Client, chat: Chat
) -> None:
    question = emulator.say(chat, chat.person, "hello")
    emulator.delete(question)
    reply: dict[str, JsonValue] = {"message_id": question.message_id}
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="x", reply_parameters=reply)
    assert refusal == Refusal(400, "Bad Request: message to be replied not found")

    reply["allow_sending_without_reply"] = True
    sent = await bot.object("sendMessage", chat_id=chat.id, text="x", reply_parameters=reply)
    assert "reply_to_message" not in sent


async def test_a_quote_that_is_not_in_the_message_is_refused(emulator: Emulator, bot: Client, chat: Chat) -> None:
    question = emulator.say(chat, chat.person, "hello")
    reply: JsonValue = {"message_id": question.message_id, "quote": "goodbye"}
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="x", reply_parameters=reply)
    assert refusal == Refusal(400, "Bad Request: QUOTE_TEXT_INVALID")


async def test_an_edit_changes_the_text_and_takes_the_buttons_away(bot: Client, chat: Chat, clock: ManualClock) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="old", reply_markup=keyboard(callback_data="x"))
    message = await chat.next_message()
    clock.advance(60)
    await bot.call("editMessageText", chat_id=chat.id, message_id=message.message_id, text="new")
    assert (message.text, message.buttons, message.edited) == ("new", (), True)
    assert message.edit_date == message.date + 60


async def test_an_edit_that_changes_nothing_is_refused(bot: Client, chat: Chat) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="same")
    target = {"chat_id": chat.id, "message_id": chat.messages[0].message_id}
    assert await bot.refused("editMessageText", **target, text=" same ") == Refusal(400, NOT_MODIFIED)
    assert await bot.refused("editMessageReplyMarkup", **target) == Refusal(400, NOT_MODIFIED)

    await bot.call("editMessageReplyMarkup", **target, reply_markup=keyboard(callback_data="x"))
    assert not chat.messages[0].edited
    await bot.call("editMessageText", **target, text="same")
    assert chat.messages[0].buttons == ()


async def test_only_the_bots_own_messages_that_exist_can_be_edited(emulator: Emulator, bot: Client, chat: Chat) -> None:
    question = emulator.say(chat, chat.person, "hello")
    refusal = await bot.refused("editMessageText", chat_id=chat.id, message_id=question.message_id, text="x")
    assert refusal == Refusal(400, "Bad Request: message can't be edited")
    refusal = await bot.refused("editMessageText", chat_id=chat.id, message_id=99, text="x")
    assert refusal == Refusal(400, "Bad Request: message to edit not found")
    refusal = await bot.refused("editMessageText", inline_message_id="nothing", text="x")
    assert refusal == Refusal(400, "Bad Request: MESSAGE_ID_INVALID")
    refusal = await bot.refused("editMessageText", text="x")
    assert refusal == Refusal(400, "Bad Request: chat_id is empty")


async def test_an_edit_may_not_be_too_long(bot: Client, chat: Chat) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="x")
    refusal = await bot.refused("editMessageText", chat_id=chat.id, message_id=1, text="x" * 4097)
    assert refusal == Refusal(400, "Bad Request: MESSAGE_TOO_LONG")


async def test_a_deleted_message_is_gone(bot: Client, chat: Chat) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="x")
    assert await bot.call("deleteMessage", chat_id=chat.id, message_id=1) is True
    assert chat.from_bot == []
    refusal = await bot.refused("deleteMessage", chat_id=chat.id, message_id=1)
    assert refusal == Refusal(400, "Bad Request: message to delete not found")


async def test_in_a_group_only_an_administrator_deletes_what_others_wrote(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    group = emulator.supergroup("Group", [alice])
    message = emulator.say(group, alice, "hello")
    target: dict[str, JsonValue] = {"chat_id": group.id, "message_id": message.message_id}
    assert await bot.refused("deleteMessage", **target) == Refusal(400, "Bad Request: message can't be deleted")
    emulator.add_bot(group, admin=True)
    await bot.call("deleteMessage", **target)
    assert message.deleted


async def test_a_reaction_is_seen_on_the_message(emulator: Emulator, bot: Client, chat: Chat) -> None:
    message = emulator.say(chat, chat.person, "hello")
    target: dict[str, JsonValue] = {"chat_id": chat.id, "message_id": message.message_id}
    await bot.call("setMessageReaction", **target, reaction=[{"type": "emoji", "emoji": "👀"}])
    assert list(message.reactions) == ["👀"]
    await bot.call("setMessageReaction", **target, reaction=[])
    assert list(message.reactions) == []


async def test_the_typing_sign_is_seen(bot: Client, chat: Chat) -> None:
    await bot.call("sendChatAction", chat_id=chat.id, action="typing")
    assert chat.actions == ["typing"]
    refusal = await bot.refused("sendChatAction", chat_id=chat.id, action="juggling")
    assert refusal == Refusal(400, "Bad Request: wrong parameter action in request")


async def test_an_edit_by_a_person_is_an_update(emulator: Emulator, bot: Client, chat: Chat) -> None:
    message = emulator.say(chat, chat.person, "how meny")
    emulator.edit(message, "how many")
    _, edited = await bot.updates()
    assert isinstance(edited["edited_message"], dict)
    assert edited["edited_message"]["text"] == "how many"
    assert "edit_date" in edited["edited_message"]
