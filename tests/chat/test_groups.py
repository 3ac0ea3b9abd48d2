"""In a group the bot speaks when it is spoken to."""

from __future__ import annotations

import pytest
from pydantic import JsonValue

from bot.chat.service import ChatService
from bot.storage.lanes import JsonObject
from bot.web.emulator import Chat, Emulator, User

from .harbour import HOSES, Script, update


@pytest.fixture
def telegram() -> Emulator:
    """A Telegram on which the bot reads everything that is said in a group, so that silence means something."""
    return Emulator(token="123:TEST", privacy_mode=False)


@pytest.fixture
def group(telegram: Emulator, alice: User) -> Chat:
    """A group that Alice made."""
    return telegram.supergroup("Harbour watch", [alice])


@pytest.mark.parametrize("text", [f"/ask {HOSES}", f"/check@citebot_bot {HOSES}", f"@citebot_bot, {HOSES}"])
async def test_a_question_to_the_bot_is_answered_as_a_reply(
    text: str, telegram: Emulator, group: Chat, alice: User
) -> None:
    question = telegram.say(group, alice, text)
    assert (await group.reply_to(question)).text.startswith("Three")


async def test_what_is_not_said_to_the_bot_is_not_answered(
    telegram: Emulator, group: Chat, alice: User, script: Script
) -> None:
    for text in (HOSES, "/weather", f"/ask@other_bot {HOSES}", f"@somebody {HOSES}"):
        telegram.say(group, alice, text)
    last = telegram.say(group, alice, f"/ask {HOSES}")
    assert await group.next_message() is await group.reply_to(last)
    assert [question for question, _, _ in script.asked] == [HOSES]


async def test_a_reply_to_the_bot_is_a_question(telegram: Emulator, group: Chat, alice: User) -> None:
    reply = await group.reply_to(telegram.say(group, alice, f"/ask {HOSES}"))
    again = telegram.say(group, alice, HOSES, reply_to=reply)
    assert (await group.reply_to(again)).text.startswith("Three")


async def test_ask_without_a_question_asks_the_message_it_replies_to(
    telegram: Emulator, group: Chat, alice: User
) -> None:
    claim = telegram.say(group, alice, HOSES)
    ask = telegram.say(group, alice, "/ask", reply_to=claim)
    assert (await group.reply_to(ask)).text.startswith("Three")


async def test_a_bare_mention_does_so_too(telegram: Emulator, group: Chat, alice: User) -> None:
    claim = telegram.say(group, alice, HOSES)
    mention = telegram.say(group, alice, "@citebot_bot", reply_to=claim)
    assert (await group.reply_to(mention)).text.startswith("Three")


async def test_ask_without_anything_explains_itself(telegram: Emulator, group: Chat, alice: User) -> None:
    ask = telegram.say(group, alice, "/ask")
    assert (await group.reply_to(ask)).text.startswith("Write the question after the command")


async def test_in_a_forum_the_answer_stays_in_its_topic(telegram: Emulator, alice: User) -> None:
    forum = telegram.supergroup("Forum", [alice], forum=True)
    topic = telegram.topic(forum, "Fire")
    inside = telegram.say(forum, alice, f"/ask {HOSES}", topic=topic)
    assert (await forum.reply_to(inside)).topic is topic
    general = telegram.say(forum, alice, f"/ask {HOSES}")
    assert (await forum.reply_to(general)).topic is forum.general
    assert "message_thread_id" not in telegram.calls("sendMessage")[-1].parameters


async def test_a_thread_of_replies_is_no_topic(telegram: Emulator, group: Chat, alice: User) -> None:
    first = telegram.say(group, alice, "look at this")
    question = telegram.say(group, alice, f"/ask {HOSES}", reply_to=first)
    assert (await group.reply_to(question)).text.startswith("Three")


async def test_each_person_has_their_own_follow_up(
    telegram: Emulator, group: Chat, alice: User, script: Script
) -> None:
    bob = telegram.user("Bob")
    script.knows("and the crane?", "crane-fell")
    await group.reply_to(telegram.say(group, alice, f"/ask {HOSES}"))
    await group.reply_to(telegram.say(group, bob, "/ask and the crane?"))
    await group.reply_to(telegram.say(group, alice, "/ask and the crane?"))
    assert [previous for _, previous, _ in script.asked] == [None, None, HOSES]


async def test_an_edit_is_answered_if_it_is_for_the_bot_or_was_answered_before(
    telegram: Emulator, group: Chat, alice: User, script: Script
) -> None:
    script.knows("what fell?", "crane-fell")
    asked = telegram.say(group, alice, f"/ask {HOSES}")
    reply = await group.reply_to(asked)
    telegram.edit(asked, "/ask what fell?")
    await telegram.wait_for(lambda: reply.text.startswith("A crane"))
    chatter = telegram.say(group, alice, "nice weather")
    telegram.edit(chatter, HOSES)  # not for the bot, before or after
    telegram.edit(chatter, f"@citebot_bot {HOSES}")
    assert (await group.reply_to(chatter)).text.startswith("Three")
    telegram.edit(asked, HOSES)  # no longer a command, but it has an answer
    await telegram.wait_for(lambda: reply.text.startswith("Three"))
    assert len(group.from_bot) == 2


@pytest.mark.parametrize("text", ["/ask what sank?", "@citebot_bot what sank?"])
async def test_a_failure_is_told_to_whoever_spoke_to_the_bot(
    text: str, telegram: Emulator, group: Chat, alice: User, script: Script
) -> None:
    script.failing.add("what sank?")
    telegram.say(group, alice, text)
    assert (await group.next_message()).text.startswith("Something went wrong on my side")


async def test_a_failure_over_a_message_that_is_not_for_the_bot_is_not_told(
    telegram: Emulator, group: Chat, alice: User, script: Script
) -> None:
    asked = telegram.say(group, alice, f"/ask {HOSES}")
    await group.reply_to(asked)
    script.failing.add("never mind")
    telegram.edit(asked, "never mind")
    await group.reply_to(telegram.say(group, alice, f"/ask {HOSES}"))
    assert script.asked[1][0] == "never mind"
    assert len(group.from_bot) == 2


async def test_a_command_that_was_edited_is_not_run_again(telegram: Emulator, group: Chat, alice: User) -> None:
    chatter = telegram.say(group, alice, "hello")
    telegram.edit(chatter, "/privacy")
    await group.reply_to(telegram.say(group, alice, f"/ask {HOSES}"))
    assert len(group.from_bot) == 1


async def test_a_group_that_becomes_a_supergroup_keeps_its_language(
    telegram: Emulator, alice: User, script: Script
) -> None:
    group = telegram.group("Small", [alice])
    reply = await group.reply_to(telegram.say(group, alice, "/language"))
    telegram.press(alice, reply, "Українська")
    await telegram.wait_for(lambda: reply.text == "Відтепер я відповідаю тут українською.")
    supergroup = telegram.migrate(group)
    await supergroup.reply_to(telegram.say(supergroup, alice, "/ask that again"))
    await supergroup.reply_to(telegram.say(supergroup, alice, f"/ask {HOSES}"))
    assert script.asked[-1][2] == "uk"


async def test_only_administrators_decide_for_a_group(telegram: Emulator, group: Chat, alice: User) -> None:
    bob = telegram.user("Bob")
    telegram.join(group, bob)
    for command in ("/language", "/forget"):
        refused = await group.reply_to(telegram.say(group, bob, command))
        assert refused.text == "In a group only its administrators can do this."
    choice = await group.reply_to(telegram.say(group, alice, "/language"))
    press = telegram.press(bob, choice, "English")
    assert (await press.answered()).text == "In a group only its administrators can do this."


async def test_an_anonymous_administrator_is_a_person(
    telegram: Emulator, bot: ChatService, group: Chat, alice: User
) -> None:
    message = telegram.say(group, alice, "/weather").as_json()
    anonymous: JsonObject = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    text = f"@citebot_bot {HOSES}"
    entities: list[JsonValue] = [{"type": "mention", "offset": 0, "length": 12}]
    await bot.inbox.receive(
        [update(900, message, text=text, entities=entities, sender_chat=message["chat"], **{"from": anonymous})]
    )
    assert (await group.next_message()).text.startswith("Three")


async def test_a_post_of_a_channel_is_no_question(
    telegram: Emulator, bot: ChatService, alice: User, group: Chat
) -> None:
    channel = telegram.channel("News", [alice])
    telegram.say(channel, None, f"/ask {HOSES}")
    await group.reply_to(telegram.say(group, alice, f"/ask {HOSES}"))
    assert channel.from_bot == []
