"""What happens between one person and the bot."""

from __future__ import annotations

import structlog

from bot.answering.answers import Clarify, SmallTalk
from bot.chat.service import ChatService
from bot.storage.lanes import JsonObject
from bot.web.emulator import Chat, Emulator, User
from bot.web.emulator.markup import Button

from .harbour import HOSES, REVISION, Script, update


async def test_a_question_gets_its_answer(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, HOSES)
    reply = await private.next_message()
    assert reply.text.startswith("Three, says the harbour master.\n“three hoses burst” · ¶4")
    assert reply.all_of("italic") == ("“three hoses burst”", "“a fourth held”")


async def test_an_edited_question_edits_its_answer(
    telegram: Emulator, private: Chat, alice: User, script: Script
) -> None:
    script.knows("what fell?", "crane-fell")
    question = telegram.say(private, alice, HOSES)
    reply = await private.next_message()
    telegram.edit(question, "what fell?")
    await telegram.wait_for(lambda: reply.text.startswith("A crane fell into the water."))
    assert private.from_bot == [reply]


async def test_a_follow_up_is_answered_with_the_question_before_it(
    telegram: Emulator, private: Chat, alice: User, script: Script
) -> None:
    script.knows("and the crane?", "crane-fell")
    for text in (HOSES, "and the crane?"):
        telegram.say(private, alice, text)
        await private.next_message()
    assert script.asked[-1] == ("and the crane?", HOSES, None)


async def test_a_follow_up_that_is_edited_keeps_the_question_before_it(
    telegram: Emulator, private: Chat, alice: User, script: Script
) -> None:
    telegram.say(private, alice, HOSES)
    await private.next_message()
    script.knows("and the gates?", "gates-shut")
    follow_up = telegram.say(private, alice, "and the crane?")
    reply = await private.next_message()
    telegram.edit(follow_up, "and the gates?")
    await telegram.wait_for(lambda: reply.text.startswith("The gates were shut"))
    assert script.asked[-1] == ("and the gates?", HOSES, None)


async def test_thanks_are_no_question_to_follow_up(
    telegram: Emulator, private: Chat, alice: User, script: Script
) -> None:
    script.answers["thanks"] = SmallTalk("en", "thanks")
    script.knows("and the crane?", "crane-fell")
    for text in (HOSES, "thanks", "and the crane?"):
        telegram.say(private, alice, text)
        await private.next_message()
    assert script.asked[-1] == ("and the crane?", HOSES, None)


async def test_a_caption_is_a_question_and_a_bare_file_is_not(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.send_document(private, alice, "a.txt", b"", caption=HOSES)
    assert (await private.next_message()).text.startswith("Three")
    telegram.send_document(private, alice, "a.txt", b"")
    assert (await private.next_message()).text == "I can only read text. Please write your question."


async def test_a_choice_becomes_the_answer(telegram: Emulator, private: Chat, alice: User, script: Script) -> None:
    script.answers["what broke?"] = Clarify("en", (script.fact("hoses-burst"), script.fact("crane-fell")), 0.5)
    question = telegram.say(private, alice, "what broke?")
    reply = await private.next_message()
    assert reply.text == "Which of these do you mean?"
    telegram.press(alice, reply, "Crane fell that night?")
    await telegram.wait_for(lambda: reply.text.startswith("A crane fell into the water."))
    assert [button.text for button in reply.buttons] == ["👍", "👎", "Show source"]
    telegram.edit(question, HOSES)
    await telegram.wait_for(lambda: reply.text.startswith("Three"))


async def test_none_of_these_ends_the_choice(telegram: Emulator, private: Chat, alice: User, script: Script) -> None:
    script.answers["what broke?"] = Clarify("en", (script.fact("hoses-burst"), script.fact("crane-fell")), 0.5)
    telegram.say(private, alice, "what broke?")
    reply = await private.next_message()
    telegram.press(alice, reply, "None of these")
    await telegram.wait_for(lambda: reply.text.startswith("Then I have no answer from the report."))
    assert reply.buttons == ()


async def test_show_source_adds_to_the_answer_who_claims_it(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, HOSES)
    reply = await private.next_message()
    before = reply.text
    telegram.press(alice, reply, "Show source")
    await telegram.wait_for(lambda: reply.edited)
    assert reply.text.startswith(before)
    assert "Who says so: the harbour master" in reply.text
    assert "The report gives no calendar date." in reply.text
    assert reply.all_of("italic")[:2] == ("“three hoses burst”", "“a fourth held”")
    assert [button.text for button in reply.buttons] == ["👍", "👎"]


async def test_a_rating_is_thanked_for_and_noted_without_the_person(
    telegram: Emulator, private: Chat, alice: User
) -> None:
    telegram.say(private, alice, HOSES)
    reply = await private.next_message()
    with structlog.testing.capture_logs() as logs:
        press = telegram.press(alice, reply, "👎")
        assert (await press.answered()).text == "Thank you, noted."
    (noted,) = [line for line in logs if line["event"] == "answer.rated"]
    assert (noted["helped"], noted["facts"], noted["revision"]) == (False, ["harbour-fire/hoses-burst"], REVISION)
    assert str(alice.id) not in str(noted)


async def test_a_button_of_an_older_version_is_answered_politely(
    telegram: Emulator, private: Chat, alice: User
) -> None:
    telegram.say(private, alice, HOSES)
    reply = await private.next_message()
    old = Button(text="Like", callback_data="like_7")
    assert (await telegram.press(alice, reply, old).answered()).text.startswith("This button is too old.")


async def test_a_failure_of_ours_is_one_sentence_and_no_word_of_the_question_is_logged(
    telegram: Emulator, private: Chat, alice: User, script: Script
) -> None:
    script.failing.add("my secret question")
    with structlog.testing.capture_logs() as logs:
        telegram.say(private, alice, "my secret question")
        reply = await private.next_message()
    (line,) = [line for line in logs if line["event"] == "update.failed"]
    assert reply.text.startswith("Something went wrong on my side")
    assert line["id"] in reply.text
    assert line["error"] == "ValueError"
    assert "secret" not in str(logs)


async def test_a_gateway_that_fails_does_not_cost_the_answer(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.faults.add(error=429, method="sendMessage", retry_after=0)
    telegram.say(private, alice, HOSES)
    assert (await private.next_message()).text.startswith("Three")


async def test_an_answer_lost_on_its_way_back_is_not_told_twice(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.faults.add(error="drop", method="sendMessage")
    telegram.say(private, alice, "lost")
    telegram.say(private, alice, HOSES)
    assert (await private.next_message()).text.startswith("Three")
    assert len(telegram.calls("sendMessage")) == 2


async def test_somebody_who_blocked_the_bot_is_left_alone(
    telegram: Emulator, bot: ChatService, private: Chat, alice: User
) -> None:
    question = telegram.say(private, alice, HOSES)
    await private.next_message()
    telegram.block(alice)
    await bot.inbox.receive([update(900, question.as_json(), message_id=99)])
    await telegram.wait_for_call("sendMessage", times=2)
    assert telegram.calls("sendMessage")[1].status == 403
    assert len(private.from_bot) == 1


async def test_an_update_that_comes_twice_is_answered_once(
    telegram: Emulator, bot: ChatService, private: Chat, alice: User
) -> None:
    question = telegram.say(private, alice, HOSES)
    reply = await private.next_message()
    # The second one has another update id, as after a crash between the answer and its note: it edits.
    await bot.inbox.receive([update(900, question.as_json())])
    await telegram.wait_for_call("editMessageText")
    assert private.from_bot == [reply]


async def test_messages_that_no_person_wrote_are_not_answered(
    telegram: Emulator, bot: ChatService, private: Chat, alice: User
) -> None:
    message = telegram.say(private, alice, HOSES).as_json()
    await private.next_message()
    robot: JsonObject = {"id": 5, "is_bot": True, "first_name": "Robot"}
    await bot.inbox.receive(
        [
            update(901, message, message_id=91, **{"from": robot}),
            update(902, message, message_id=92, via_bot=robot),
            update(903, message, message_id=93, is_automatic_forward=True),
            update(904, message, message_id=94, text=None, pinned_message=message),
        ]
    )
    telegram.say(private, alice, "/privacy")
    assert (await private.next_message()).text.startswith("What is stored")
    assert len(private.from_bot) == 2
