"""Groups, channels, topics: who is told of what, and where the bot may write."""

import pytest
from pydantic import JsonValue

from bot.web.emulator import Chat, Emulator, ManualClock
from tests.web.client import Client, Refusal


def heard(emulator: Emulator) -> list[JsonValue]:
    """Return the texts of the messages that the bot was told of."""
    return [
        update.payload["text"]
        for update in emulator.updates.history
        if update.kind in ("message", "edited_message") and "text" in update.payload
    ]


def test_in_privacy_mode_the_bot_hears_only_what_is_meant_for_it(emulator: Emulator) -> None:
    alice = emulator.user("Alice")
    group = emulator.supergroup("Group", [alice])
    own = emulator.add_message(group, emulator.bot, emulator.say(group, alice, "/ask one").body)
    meant = ["/ask@citebot_bot two", "so @Citebot_Bot, three?"]
    for text in ("hello all", "/ask@other_bot x", "@citebot_bottle x", "see x/ask", *meant):
        emulator.say(group, alice, text)
    emulator.say(group, alice, "and missiles?", reply_to=own)
    assert heard(emulator) == ["/ask one", *meant, "and missiles?"]


def test_without_privacy_mode_or_as_an_administrator_the_bot_hears_everything(clock: ManualClock) -> None:
    open_bot = Emulator(privacy_mode=False, clock=clock)
    open_bot.say(open_bot.group("Group"), open_bot.user("Alice"), "hello all")
    assert heard(open_bot) == ["hello all"]

    private_bot = Emulator(clock=clock)
    group = private_bot.supergroup("Group", bot="administrator")
    private_bot.say(group, private_bot.user("Alice"), "hello all")
    assert heard(private_bot) == ["hello all"]


def test_an_edit_reaches_the_bot_by_the_same_rule(emulator: Emulator) -> None:
    alice = emulator.user("Alice")
    message = emulator.say(emulator.group("Group", [alice]), alice, "hello")
    emulator.edit(message, "hello again")
    emulator.edit(message, "/ask hello")
    assert heard(emulator) == ["/ask hello"]


async def test_the_bot_can_tell_its_privacy_mode(bot: Client) -> None:
    assert (await bot.object("getMe"))["can_read_all_group_messages"] is False


async def test_being_added_and_removed_are_updates(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    group = emulator.group("Group", [alice], bot="left")
    emulator.add_bot(group, alice)
    emulator.remove_bot(group, alice)

    added, joined, removed = await bot.updates()
    assert isinstance(added["my_chat_member"], dict)
    assert isinstance(added["my_chat_member"]["new_chat_member"], dict)
    assert added["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert isinstance(joined["message"], dict)
    assert joined["message"]["new_chat_members"] == [emulator.bot.as_json()]
    assert isinstance(removed["my_chat_member"], dict)
    refusal = await bot.refused("sendMessage", chat_id=group.id, text="x")
    assert refusal == Refusal(403, "Forbidden: bot was kicked from the group chat")


async def test_a_person_who_blocked_the_bot_is_not_written_to(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    chat = emulator.private_chat(alice)
    emulator.block(alice)
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="x")
    assert refusal == Refusal(403, "Forbidden: bot was blocked by the user")

    emulator.say(chat, alice, "/start")
    await bot.call("sendMessage", chat_id=chat.id, text="x")
    kinds = [update.kind for update in emulator.updates.history]
    assert kinds == ["my_chat_member", "my_chat_member", "message"]


async def test_other_closed_doors_are_named(emulator: Emulator, bot: Client) -> None:
    alice, bob = emulator.user("Alice"), emulator.user("Bob")
    stranger = emulator.private_chat(alice, started=False)
    emulator.deactivate(bob)
    left = emulator.supergroup("Group", bot="left")
    channel = emulator.channel("News", bot="member")
    expected = {
        stranger.id: Refusal(403, "Forbidden: bot can't initiate conversation with a user"),
        bob.id: Refusal(403, "Forbidden: user is deactivated"),
        left.id: Refusal(403, "Forbidden: bot is not a member of the supergroup chat"),
        channel.id: Refusal(400, "Bad Request: need administrator rights in the channel chat"),
        77: Refusal(400, "Bad Request: chat not found"),
    }
    for chat_id, refusal in expected.items():
        assert await bot.refused("sendMessage", chat_id=chat_id, text="x") == refusal


async def test_a_channel_is_written_to_by_its_name_and_its_posts_are_updates(emulator: Emulator, bot: Client) -> None:
    channel = emulator.channel("News", username="harbour_news")
    await bot.call("sendMessage", chat_id="@Harbour_News", text="x")
    assert channel.messages[0].text == "x"
    emulator.edit(emulator.say(channel, None, "post"), "better post")
    assert [update.kind for update in emulator.updates.history] == ["channel_post", "edited_channel_post"]


async def test_a_group_that_became_a_supergroup_names_its_new_id(emulator: Emulator, bot: Client) -> None:
    alice = emulator.user("Alice")
    group = emulator.group("Group", [alice])
    supergroup = emulator.migrate(group)

    refusal = await bot.refused("sendMessage", chat_id=group.id, text="x")
    assert refusal == Refusal(
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": supergroup.id},
    )
    await bot.call("sendMessage", chat_id=supergroup.id, text="x")
    old, new = (update.payload for update in emulator.updates.history)
    assert old["migrate_to_chat_id"] == supergroup.id
    assert new["migrate_from_chat_id"] == group.id
    with pytest.raises(ValueError, match="no group that could be upgraded"):
        emulator.migrate(group)


@pytest.fixture
def forum(emulator: Emulator) -> Chat:
    return emulator.supergroup("Forum", [emulator.user("Alice")], forum=True)


async def test_a_message_in_a_topic_carries_it_and_looks_like_a_reply(emulator: Emulator, forum: Chat) -> None:
    topic = emulator.topic(forum, "Damage")
    payload = emulator.say(forum, emulator.user("Bob"), "/ask x", topic=topic).as_json()
    assert payload["message_thread_id"] == topic.id
    assert payload["is_topic_message"] is True
    assert isinstance(payload["reply_to_message"], dict)
    assert "forum_topic_created" in payload["reply_to_message"]


async def test_the_bot_writes_to_a_topic_by_its_id_or_by_a_reply(emulator: Emulator, bot: Client, forum: Chat) -> None:
    topic = emulator.topic(forum, "Damage")
    question = emulator.say(forum, emulator.user("Bob"), "/ask x", topic=topic)
    await bot.call("sendMessage", chat_id=forum.id, text="by id", message_thread_id=topic.id)
    reply: JsonValue = {"message_id": question.message_id}
    await bot.call("sendMessage", chat_id=forum.id, text="by reply", reply_parameters=reply)
    await bot.call("sendMessage", chat_id=forum.id, text="general")
    assert [message.topic for message in forum.from_bot] == [topic, topic, forum.general]
    assert forum.from_bot[-1].thread_id is None


async def test_a_thread_that_is_no_topic_is_not_found(emulator: Emulator, bot: Client, forum: Chat) -> None:
    alice = emulator.user("Alice")
    group = emulator.supergroup("No forum", [alice])
    first = emulator.say(group, alice, "/ask")
    thread = emulator.say(group, alice, "/ask", reply_to=first).thread_id
    assert thread == first.message_id
    for chat_id, thread_id in ((group.id, thread), (forum.id, 1), (forum.id, 99)):
        refusal = await bot.refused("sendMessage", chat_id=chat_id, text="x", message_thread_id=thread_id)
        assert refusal == Refusal(400, "Bad Request: message thread not found")


async def test_a_closed_topic_is_refused_until_it_is_open_again(emulator: Emulator, bot: Client, forum: Chat) -> None:
    topic = emulator.topic(forum, "Damage")
    emulator.close_topic(topic)
    target: dict[str, JsonValue] = {"chat_id": forum.id, "text": "x", "message_thread_id": topic.id}
    assert await bot.refused("sendMessage", **target) == Refusal(400, "Bad Request: TOPIC_CLOSED")
    await bot.call("sendMessage", chat_id=forum.id, text="the general topic is open")
    emulator.reopen_topic(topic)
    await bot.call("sendMessage", **target)
    emulator.close_topic(topic)
    emulator.add_bot(forum, admin=True)
    await bot.call("sendMessage", **target)


async def test_only_a_forum_has_topics(emulator: Emulator) -> None:
    with pytest.raises(ValueError, match="has no topics"):
        emulator.topic(emulator.supergroup("Group"), "Damage")


async def test_who_is_in_a_chat_can_be_asked(emulator: Emulator, bot: Client) -> None:
    alice, bob = emulator.user("Alice"), emulator.user("Bob")
    group = emulator.supergroup("Group", [alice, bob], username="harbour")
    assert (await bot.object("getChat", chat_id="@harbour"))["id"] == group.id
    member = await bot.object("getChatMember", chat_id=group.id, user_id=bob.id)
    assert (member["user"], member["status"]) == (bob.as_json(), "member")
    administrators = await bot.call("getChatAdministrators", chat_id=group.id)
    assert administrators == [{"user": alice.as_json(), "status": "creator", "is_anonymous": False}]
    assert await bot.call("getChatMemberCount", chat_id=group.id) == 3
    refusal = await bot.refused("getChatMember", chat_id=group.id, user_id=1)
    assert refusal == Refusal(400, "Bad Request: PARTICIPANT_ID_INVALID")
    private = emulator.private_chat(alice)
    refusal = await bot.refused("getChatAdministrators", chat_id=private.id)
    assert refusal == Refusal(400, "Bad Request: there are no administrators in the private chat")


async def test_the_bot_can_leave_a_group(emulator: Emulator, bot: Client) -> None:
    group = emulator.supergroup("Group")
    await bot.call("leaveChat", chat_id=group.id)
    refusal = await bot.refused("sendMessage", chat_id=group.id, text="x")
    assert refusal == Refusal(403, "Forbidden: bot is not a member of the supergroup chat")
    assert [update.kind for update in emulator.updates.history] == ["my_chat_member"]
