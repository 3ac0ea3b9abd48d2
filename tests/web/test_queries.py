"""Button presses and inline queries."""

import pytest
from pydantic import JsonValue

from bot.web.emulator import Chat, Emulator, InlineMessage, InlineQuery, ManualClock
from bot.web.emulator.queries import LIFETIME
from tests.web.client import Client, Refusal

BUTTONS: JsonValue = {
    "inline_keyboard": [[{"text": "More", "callback_data": "more"}, {"text": "Site", "url": "https://x.org"}]]
}
TOO_OLD = Refusal(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")


@pytest.fixture
def chat(emulator: Emulator) -> Chat:
    return emulator.private_chat(emulator.user("Alice"))


def article(result_id: str, **more: JsonValue) -> dict[str, JsonValue]:
    content: JsonValue = {"message_text": "<b>Three</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": result_id, "title": "Hoses", "input_message_content": content, **more}


async def test_a_press_reaches_the_bot_and_its_answer_the_presser(emulator: Emulator, bot: Client, chat: Chat) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="x", reply_markup=BUTTONS)
    message = await chat.next_message()
    press = emulator.press(chat.person or emulator.bot, message, "More")

    (update,) = await bot.updates()
    query = update["callback_query"]
    assert isinstance(query, dict)
    assert (query["id"], query["data"], query["message"]) == (press.id, "more", message.as_json())

    await bot.call("answerCallbackQuery", callback_query_id=press.id, text="Here you are")
    assert (await press.answered()).text == "Here you are"
    assert await bot.refused("answerCallbackQuery", callback_query_id=press.id) == TOO_OLD


async def test_a_button_that_is_not_there_or_calls_nobody_cannot_be_pressed(
    emulator: Emulator, bot: Client, chat: Chat
) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="x", reply_markup=BUTTONS)
    message = await chat.next_message()
    with pytest.raises(LookupError, match="no button 'Less' below the message, only \\['More', 'Site'\\]"):
        emulator.press(emulator.user("Bob"), message, "Less")
    with pytest.raises(ValueError, match="does not call the bot"):
        emulator.press(emulator.user("Bob"), message, "Site")


async def test_an_answer_that_comes_too_late_is_refused(
    emulator: Emulator, bot: Client, chat: Chat, clock: ManualClock
) -> None:
    await bot.call("sendMessage", chat_id=chat.id, text="x", reply_markup=BUTTONS)
    alice = emulator.user("Alice")
    press = emulator.press(alice, await chat.next_message(), "More")
    query = emulator.inline(alice, "hoses")
    clock.advance(LIFETIME + 1)
    assert await bot.refused("answerCallbackQuery", callback_query_id=press.id) == TOO_OLD
    assert await bot.refused("answerInlineQuery", inline_query_id=query.id, results=[]) == TOO_OLD
    assert await bot.refused("answerCallbackQuery", callback_query_id="99") == TOO_OLD


@pytest.fixture
def query(emulator: Emulator) -> InlineQuery:
    return emulator.inline(emulator.user("Alice"), "hoses")


async def test_an_inline_query_is_answered_with_results(emulator: Emulator, bot: Client, query: InlineQuery) -> None:
    (update,) = await bot.updates()
    assert update["inline_query"] == query.as_json()
    await bot.call(
        "answerInlineQuery",
        inline_query_id=query.id,
        results=[article("1", description="how many")],
        cache_time=0,
        is_personal=True,
        button={"text": "Ask", "start_parameter": "ask"},
    )
    answer = await query.answered()
    (result,) = answer.results
    assert (result.id, result.title, result.description, result.text) == ("1", "Hoses", "how many", "Three")
    assert result.body.all_of("bold") == ("Three",)
    assert (answer.cache_time, answer.is_personal) == (0, True)


@pytest.mark.parametrize(
    ("results", "description"),
    [
        ([article(str(number)) for number in range(51)], "too many inline query results specified"),
        ([article("1"), article("1")], "RESULT_ID_DUPLICATE"),
        ([article("x" * 65)], "RESULT_ID_INVALID"),
        ([article("1", title="")], "ARTICLE_TITLE_EMPTY"),
        ([article("1", input_message_content={"message_text": " "})], "message text is empty"),
        ([article("1", input_message_content={"message_text": "x" * 4097})], "message is too long"),
        ([article("1", colour="red")], "unknown parameter 'results.0.colour'"),
    ],
)
async def test_bad_results_are_refused(
    bot: Client, query: InlineQuery, results: list[JsonValue], description: str
) -> None:
    refusal = await bot.refused("answerInlineQuery", inline_query_id=query.id, results=results)
    assert refusal == Refusal(400, f"Bad Request: {description}")


async def test_fifty_results_are_allowed(bot: Client, query: InlineQuery) -> None:
    results: list[JsonValue] = [article(str(number)) for number in range(50)]
    await bot.call("answerInlineQuery", inline_query_id=query.id, results=results)


async def chosen(emulator: Emulator, bot: Client, query: InlineQuery, result: JsonValue) -> InlineMessage:
    await bot.call("answerInlineQuery", inline_query_id=query.id, results=[result])
    answer = await query.answered()
    return emulator.choose(query, answer.results[0])


async def test_a_chosen_result_with_buttons_can_be_pressed_and_edited(
    emulator: Emulator, bot: Client, query: InlineQuery
) -> None:
    message = await chosen(emulator, bot, query, article("1", reply_markup=BUTTONS))
    emulator.press(emulator.user("Bob"), message, "More")

    _, choice, press = (update.payload for update in emulator.updates.history)
    assert choice["inline_message_id"] == press["inline_message_id"] == message.id
    assert "message" not in press
    await bot.call("editMessageText", inline_message_id=message.id, text="Four")
    assert (message.text, message.edited, message.buttons) == ("Four", True, ())


async def test_a_chosen_result_without_buttons_has_no_id_for_the_bot(
    emulator: Emulator, bot: Client, query: InlineQuery
) -> None:
    await chosen(emulator, bot, query, article("1"))
    assert "inline_message_id" not in emulator.updates.history[-1].payload


async def test_a_result_sent_to_a_group_names_the_bot_it_came_by(
    emulator: Emulator, bot: Client, query: InlineQuery
) -> None:
    await bot.call("answerInlineQuery", inline_query_id=query.id, results=[article("1")])
    group = emulator.group("Group", [query.user])
    emulator.choose(query, (await query.answered()).results[0], group)
    assert emulator.updates.history[-1].payload["via_bot"] == emulator.bot.as_json()
