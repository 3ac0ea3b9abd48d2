"""Questions without an answer reach the editors, come back as additions, and those who waited are told."""

from __future__ import annotations

import subprocess

from bot.web.emulator import Chat, Message, User
from tests.knowledge.folder import REPORT_NAME

from .conftest import Site

PRESSURE = "what about hydrant pressure?"
HOSES = "how many hoses burst?"


async def ask(kept: Site, chat: Chat, person: User, text: str) -> Message:
    kept.telegram.say(chat, person, text)
    return await chat.next_message()


async def settle(kept: Site, page: Message, label: str) -> str:
    """Tap the button whose label begins so."""
    button = next(each for each in page.buttons if each.text.startswith(label))
    return await kept.tap(page, button.text)


async def test_questions_without_an_answer_are_counted_together_without_who_asked(kept: Site) -> None:
    for name in ("Bob", "Carol"):
        person, chat = kept.stranger(name)
        await ask(kept, chat, person, PRESSURE)
        await ask(kept, chat, person, "what about hydrant pressures")
    page = await kept.command("/gaps")
    assert "Question 1 of 1 without an answer:\nwhat about hydrant pressure?" in page.text
    assert "No answer: 4." in page.text
    assert "Bob" not in page.text


async def test_a_thumb_down_counts_too(kept: Site) -> None:
    bob, chat = kept.stranger()
    press = kept.telegram.press(bob, await ask(kept, chat, bob, HOSES), "👎")
    await press.answered()
    await ask(kept, chat, bob, "thanks")
    page = await kept.command("/gaps")
    assert HOSES in page.text
    assert "Not helpful: 1." in page.text


async def test_who_wants_to_be_told_later_says_so_where_there_is_no_answer(kept: Site) -> None:
    bob, chat = kept.stranger()
    press = kept.telegram.press(bob, await ask(kept, chat, bob, PRESSURE), "Tell me when you know")
    assert (await press.answered()).text == "If there is an answer within 30 days, I will tell you here."
    answer = await ask(kept, chat, bob, HOSES)
    assert "Tell me when you know" not in [button.text for button in answer.buttons]
    page = await kept.command("/gaps")
    assert [button.text for button in page.buttons] == ["The report does not say", "Ignore", "Next"]


async def test_what_the_report_does_not_say_becomes_an_unknown(kept: Site) -> None:
    bob, chat = kept.stranger()
    await ask(kept, chat, bob, PRESSURE)
    page = await kept.command("/gaps")
    assert await settle(kept, page, "The report does not say") == "No question waits for an answer."
    listed = await kept.command("/patch")
    assert "Not in harbour-fire: what about hydrant pressure?" in listed.text
    file, proposal = await kept.office.next_message(), await kept.office.next_message()
    assert file.document is not None
    assert file.document.name == "additions.patch"
    await kept.tap(proposal, "Publish")
    assert (await kept.command("/patch")).text.startswith("No addition waits")
    text = (await kept.command(f"/why {PRESSURE}")).text
    assert "unknown gap-1" in text


async def test_a_wording_of_a_fact_is_added_among_the_editors_own_and_the_patch_fits_the_folder(kept: Site) -> None:
    bob, chat = kept.stranger()
    refused = await ask(kept, chat, bob, "did hoses fail?")
    press = kept.telegram.press(bob, refused, "Tell me when you know")
    await press.answered()
    page = await kept.command("/gaps")
    await settle(kept, page, "It is: Three fire hoses")
    await kept.command("/patch")
    file, proposal = await kept.office.next_message(), await kept.office.next_message()
    assert "“did hoses fail?”: not in the report → hoses-burst" in proposal.text
    await kept.tap(proposal, "Publish")
    told = await chat.next_message()
    assert told.text.startswith("You asked: did hoses fail?\nNow I can answer:\n\nThree fire hoses")
    assert file.document is not None
    command = ["git", "apply", "-"]
    subprocess.run(command, cwd=kept.folder.path.parent, input=file.document.content, check=True)
    assert 'ask: {en: [how many hoses burst, "did hoses fail?"]}' in kept.folder.read(REPORT_NAME)
    assert (await kept.command("/reload")).text.startswith("There is nothing to publish")


async def test_an_addition_can_be_taken_off_the_list_and_a_question_be_ignored(kept: Site) -> None:
    bob, chat = kept.stranger()
    await ask(kept, chat, bob, PRESSURE)
    await settle(kept, await kept.command("/gaps"), "The report does not say")
    assert (await kept.command("/patch drop 1")).text == "Addition 1 is off the list."
    page = await kept.command("/gaps")
    assert await settle(kept, page, "Ignore") == "No question waits for an answer."
    await ask(kept, chat, bob, PRESSURE)
    assert (await kept.command("/gaps")).text == "No question waits for an answer."


async def test_an_addition_that_was_taken_off_the_list_voids_the_proposal_that_has_it(kept: Site) -> None:
    bob, chat = kept.stranger()
    await ask(kept, chat, bob, PRESSURE)
    await settle(kept, await kept.command("/gaps"), "The report does not say")
    await kept.command("/patch")
    await kept.office.next_message()
    proposal = await kept.office.next_message()
    await kept.command("/patch drop 1")
    assert (await kept.tap(proposal, "Publish")).startswith("An addition was dropped meanwhile")


async def test_an_editor_deals_with_gaps_and_does_not_publish(kept: Site) -> None:
    bob, chat = kept.stranger()
    await kept.command(f"/admins add {bob.id} editor")
    await ask(kept, chat, bob, PRESSURE)
    page = await ask(kept, chat, bob, "/gaps")
    kept.telegram.press(bob, page, "The report does not say")
    await kept.telegram.wait_for(lambda: page.text == "No question waits for an answer.")
    await ask(kept, chat, bob, "/patch")
    assert (await chat.next_message()).document is not None
    assert (await ask(kept, chat, bob, "/reload")).text == "This is for the admins of the bot."


async def test_a_stranger_sees_no_gaps(kept: Site) -> None:
    bob, chat = kept.stranger()
    assert (await ask(kept, chat, bob, "/gaps")).text == "This is for the admins of the bot."
    assert (await kept.acts())[0].action == "gaps"


async def test_a_proposal_tells_which_unanswered_questions_it_would_answer(kept: Site) -> None:
    bob, chat = kept.stranger()
    await ask(kept, chat, bob, "what hurt the hoses?")
    kept.folder.edit(REPORT_NAME, "[how many hoses burst]", "[how many hoses burst, what hurt the hoses]")
    proposal = await kept.command("/reload")
    assert "“what hurt the hoses?”: not in the report → hoses-burst" in proposal.text


async def test_however_much_is_asked_meanwhile_who_waits_is_noted(kept: Site) -> None:
    bob, chat = kept.stranger()
    refused = await ask(kept, chat, bob, PRESSURE)
    for number in range(4):
        await ask(kept, chat, bob, f"{HOSES}{'?' * number}")
    press = kept.telegram.press(bob, refused, "Tell me when you know")
    assert (await press.answered()).text.startswith("If there is an answer")


async def test_a_question_that_is_too_long_to_be_noted_promises_nothing(kept: Site) -> None:
    bob, chat = kept.stranger()
    refused = await ask(kept, chat, bob, f"{PRESSURE} {'and the hydrant pressure ' * 20}")
    assert "Tell me when you know" not in [button.text for button in refused.buttons]


async def test_a_follow_up_is_no_question_for_editors(kept: Site) -> None:
    bob, chat = kept.stranger()
    await ask(kept, chat, bob, PRESSURE)
    refused = await ask(kept, chat, bob, "when?")
    assert "Tell me when you know" not in [button.text for button in refused.buttons]
    page = await kept.command("/gaps")
    assert "Question 1 of 1" in page.text
    assert "when?" not in page.text


async def test_who_could_not_be_told_is_told_after_the_next_publication(kept: Site) -> None:
    bob, chat = kept.stranger()
    press = kept.telegram.press(bob, await ask(kept, chat, bob, "what hurt the hoses?"), "Tell me when you know")
    await press.answered()
    kept.telegram.faults.add(error=400, method="sendMessage", chat_id=chat.id, description="CHAT_RESTRICTED")
    await kept.published("[how many hoses burst]", "[how many hoses burst, what hurt the hoses]")
    await kept.telegram.wait_for(lambda: len(kept.telegram.calls("sendMessage", chat.id)) == 2)
    await kept.published("[when was the harbour closed]", "[when was the harbour closed, when did it close]")
    assert (await chat.next_message()).text.startswith("You asked: what hurt the hoses?")


async def test_ten_thumbs_down_under_one_message_count_once(kept: Site) -> None:
    bob, chat = kept.stranger()
    answer = await ask(kept, chat, bob, HOSES)
    for _ in range(10):
        await kept.telegram.press(bob, answer, "👎").answered()
    await ask(kept, chat, bob, "thanks")
    assert "Not helpful: 1." in (await kept.command("/gaps")).text
