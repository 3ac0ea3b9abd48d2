"""The commands, and the menu that lists them."""

from __future__ import annotations

import pytest

from bot.chat.texts import COMMANDS
from bot.web.emulator import Chat, Emulator, User

from .harbour import HOSES, Script


async def test_start_says_what_this_is_and_what_can_be_asked(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, "/start payload")
    welcome = await private.next_message()
    assert "Night fire closes the harbour" in welcome.text
    telegram.press(alice, welcome, "How many hoses burst?")
    assert (await private.next_message()).text.startswith("Three")


async def test_the_bot_greets_in_the_language_of_the_persons_telegram(telegram: Emulator, private: Chat) -> None:
    olena = telegram.user("Olena", language_code="uk")
    chat = telegram.private_chat(olena)
    telegram.say(chat, olena, "/privacy")
    assert (await chat.next_message()).text.startswith("Що зберігається")


async def test_help_names_every_command(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, "/help")
    text = (await private.next_message()).text
    assert all(f"/{command}: " in text for command in COMMANDS)
    assert "@citebot_bot" in text


async def test_an_unknown_command_gets_a_hint(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, "/weather")
    assert "/help" in (await private.next_message()).text


async def test_brief_gives_the_main_facts_with_their_proof(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, "/brief")
    text = (await private.next_message()).text
    assert "Three, says the harbour master.\n“three hoses burst” · ¶4" in text
    assert "Ship 0 left." in text
    assert "Ship 1 left." not in text


async def test_facts_can_be_paged_and_tapped(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, "/facts")
    listing = await private.next_message()
    assert "Topics: damage, closing, people, ships." in listing.text
    telegram.press(alice, listing, "›")
    await telegram.wait_for(lambda: "Page 2 of 2" in listing.text)
    telegram.press(alice, listing, "Ship 7 that night?")
    assert (await private.next_message()).text.startswith("Ship 7 left.")


@pytest.mark.parametrize(
    ("typed", "said"), [("ships", "Facts on: ships"), ("shps", "Facts on: ships"), ("weather", "There is no topic")]
)
async def test_facts_of_a_topic(typed: str, said: str, telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, f"/facts {typed}")
    assert (await private.next_message()).text.startswith(said)


async def test_sources_say_that_there_is_no_date(telegram: Emulator, private: Chat, alice: User) -> None:
    telegram.say(private, alice, "/sources")
    text = (await private.next_message()).text
    assert text == "I answer from:\n\nNight fire closes the harbour\nThe report gives no calendar date."


async def test_a_chosen_language_holds_until_it_is_given_up(
    telegram: Emulator, private: Chat, alice: User, script: Script
) -> None:
    for label, language in (("Українська", "uk"), ("Мовою запитання", None)):
        telegram.say(private, alice, "/language")
        choice = await private.next_message()
        telegram.press(alice, choice, label)
        await telegram.wait_for_call("editMessageText", times=1 if language else 2)
        telegram.say(private, alice, HOSES)
        await private.next_message()
        assert script.asked[-1][2] == language


async def test_forget_leaves_nothing_behind(telegram: Emulator, private: Chat, alice: User, script: Script) -> None:
    question = telegram.say(private, alice, HOSES)
    await private.next_message()
    telegram.say(private, alice, "/forget")
    assert (await private.next_message()).text == "Done. Nothing about this chat is stored any more."
    telegram.edit(question, "and now?")
    await private.next_message()  # not an edit: nobody remembers the answer
    assert script.asked[-1] == ("and now?", None, None)


async def test_the_menu_is_set_for_each_kind_of_chat_and_language(telegram: Emulator, private: Chat) -> None:
    menus = {
        (scope.type, code): [command.command for command in commands]
        for (scope, code), commands in telegram.profile.commands.items()
    }
    scopes = ("all_private_chats", "all_group_chats")
    assert set(menus) == {(scope, code) for scope in scopes for code in ("", "uk", "ru")}
    assert menus["all_private_chats", ""] == list(COMMANDS)
    assert "start" not in menus["all_group_chats", "uk"]
