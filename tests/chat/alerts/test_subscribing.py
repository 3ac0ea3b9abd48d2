"""Who is told what, chosen from the chat: in private, in groups, in topics, in channels."""

from __future__ import annotations

import asyncio

from bot.storage.subscriptions import Active, Ended, Suspended
from bot.web.emulator import Chat, User

from .conftest import FIVE, THREE, Town


async def test_whoever_subscribes_is_told_of_a_correction_with_its_citation(town: Town) -> None:
    said = await town.says("/subscribe")
    assert said.text.startswith("Alerts are on here: I will tell of new, corrected and withdrawn facts.")
    assert "Topics: all\nWhen: at once\nHow much: everything" in said.text
    await town.corrects()
    alert = await town.home.next_message()
    assert alert.text.startswith(f"Corrected\n{THREE}\n{FIVE}\n“three hoses burst” · ¶2, Night fire closes")


async def test_topics_and_a_language_can_be_named(town: Town) -> None:
    said = await town.says("/subscribe closure українська")
    assert said.text.startswith("Сповіщення тут увімкнено")
    assert "Теми: closure" in said.text
    await town.corrects()
    assert not (await town.says("/sources")).text.startswith("Виправлено")
    found = await town.subscription(town.home)
    assert found is not None
    assert (found.wishes.topics, found.wishes.language, found.wishes.zone) == (frozenset({"closure"}), "uk", "UTC")


async def test_a_word_that_is_no_topic_is_told_with_the_topics_there_are(town: Town) -> None:
    said = await town.says("/subscribe penguins")
    assert said.text.startswith("There is no topic “penguins”.\nTopics: damage, closure.")
    assert await town.subscription(town.home) is None


async def test_whoever_unsubscribes_is_told_no_more(town: Town) -> None:
    await town.says("/subscribe")
    assert (await town.says("/unsubscribe")).text.startswith("Alerts are off here.")
    await town.corrects()
    assert (await town.says("/sources")).text.startswith("I answer from")


async def test_buttons_change_what_is_chosen(town: Town) -> None:
    settings = await town.says("/subscribe")
    await town.taps(settings, "Topics")
    await town.taps(settings, "closure")
    assert settings.button("✓ closure")
    await town.taps(settings, "‹ Back")
    assert "Topics: closure" in settings.text
    await town.taps(settings, "When")
    await town.taps(settings, "once a day, at 9:00")
    assert "When: once a day, at 9:00" in settings.text
    await town.taps(settings, "How much")
    await town.taps(settings, "only important facts")
    await town.taps(settings, "Quiet hours")
    await town.taps(settings, "22:00–07:00")
    await town.taps(settings, "Europe/Kyiv")
    await town.taps(settings, "‹ Back")
    assert "Quiet hours: 22:00–07:00, Europe/Kyiv" in settings.text
    await town.taps(settings, "Language")
    await town.taps(settings, "Українська")
    assert settings.text.startswith("Сповіщення в цьому чаті")
    await town.taps(settings, "Вимкнути сповіщення")
    assert settings.text.startswith("Сповіщення тут вимкнено.")


async def test_hours_and_zones_that_no_button_has_can_be_written(town: Town) -> None:
    await town.says("/subscribe")
    assert "Quiet hours: 22:30–06:15, Asia/Tbilisi" in (await town.says("/alerts quiet 22:30-6:15 asia/tbilisi")).text
    assert "Quiet hours: none (Asia/Tbilisi)" in (await town.says("/alerts quiet off")).text
    assert "Did you mean Europe/Kyiv?" in (await town.says("/alerts zone Kyiv")).text
    assert (await town.says("/alerts quiet soon")).text.startswith("Write it like this")
    found = await town.subscription(town.home)
    assert found is not None
    assert (found.wishes.quiet, found.wishes.zone) == (None, "Asia/Tbilisi")


async def test_what_is_due_at_night_waits_for_the_morning(town: Town) -> None:
    await town.says("/subscribe")
    await town.says("/alerts quiet 0:00-23:59 UTC")
    await town.corrects()
    await town.says("/sources")
    await town.says("/alerts quiet off")
    assert (await town.home.next_message()).text.startswith("Corrected")


def group_of(town: Town, *others: User) -> Chat:
    """Return a group that Alice runs."""
    return town.telegram.supergroup("Harbour watch", [town.alice, *others])


async def test_in_a_group_only_administrators_subscribe(town: Town) -> None:
    bob = town.telegram.user("Bob")
    group = group_of(town, bob)
    assert (await town.says("/subscribe", group, bob)).text == "In a group only its administrators can do this."
    settings = await town.says("/subscribe", group)
    press = town.telegram.press(bob, settings, "Turn alerts off")
    assert (await press.answered()).text == "In a group only its administrators can do this."
    found = await town.subscription(group)
    assert found is not None
    assert found.state == Active()


async def test_an_anonymous_administrator_writes_as_the_group_and_may_subscribe(town: Town) -> None:
    group = group_of(town)
    town.telegram.say(group, None, "/subscribe")
    assert (await group.next_message()).text.startswith("Alerts are on here")


async def test_topics_of_a_forum_subscribe_by_themselves(town: Town) -> None:
    forum = town.telegram.supergroup("Forum", [town.alice], forum=True)
    topic = town.telegram.topic(forum, "Fire")
    town.telegram.say(forum, town.alice, "/subscribe", topic=topic)
    await forum.next_message()
    await town.corrects()
    assert (await forum.next_message()).topic is topic


async def test_a_closed_topic_suspends_and_reopening_it_sends_what_waited(town: Town) -> None:
    forum = town.telegram.supergroup("Forum", [town.alice], forum=True)
    topic = town.telegram.topic(forum, "Fire")
    town.telegram.say(forum, town.alice, "/subscribe", topic=topic)
    await forum.next_message()
    town.telegram.close_topic(topic)
    await town.corrects()
    await town.telegram.wait_for(lambda: any(call.status == 400 for call in town.telegram.calls("sendMessage")))
    async with asyncio.timeout(10):
        while (found := await town.subscription(forum, topic.id)) is None or found.state != Suspended("closed"):
            await asyncio.sleep(0.02)
    town.telegram.reopen_topic(topic)
    assert (await forum.next_message()).text.startswith("Corrected")


async def test_a_channel_is_set_up_by_a_post_in_it(town: Town) -> None:
    channel = town.telegram.channel("Harbour news", [town.alice])
    town.telegram.say(channel, None, "/subscribe damage")
    assert "Topics: damage" in (await channel.next_message()).text
    await town.corrects()
    assert FIVE in (await channel.next_message()).text


async def test_readers_of_a_channel_cannot_change_its_settings(town: Town) -> None:
    channel = town.telegram.channel("Harbour news", [town.alice, bob := town.telegram.user("Bob")])
    town.telegram.say(channel, None, "/subscribe")
    settings = await channel.next_message()
    press = town.telegram.press(bob, settings, "Turn alerts off")
    assert (await press.answered()).text == "In a group only its administrators can do this."
    await town.taps(settings, "Turn alerts off")
    assert settings.text.startswith("Alerts are off here.")


async def test_whoever_adds_the_bot_to_a_channel_is_offered_alerts_there(town: Town) -> None:
    channel = town.telegram.channel("Harbour news", [town.alice], bot="left")
    town.telegram.say(town.home, town.alice, "/sources")
    await town.home.next_message()
    town.telegram.add_bot(channel, town.alice, admin=True)
    offer = await town.home.next_message()
    assert offer.text.startswith("I can post in “Harbour news” now.")
    await town.taps(offer, "Post alerts there")
    assert offer.text.startswith("Alerts are on in “Harbour news”.")
    await town.corrects()
    assert FIVE in (await channel.next_message()).text


async def test_another_chat_is_picked_from_a_private_one(town: Town) -> None:
    settings = await town.says("/subscribe")
    group = group_of(town)
    town.telegram.press(town.alice, settings, "Alerts in a group or channel")
    assert (await town.home.next_message()).text.startswith("Choose a group or channel")
    town.telegram.share_chat(town.home, town.alice, group)
    assert (await town.home.next_message()).text.startswith("Alerts are on in “Harbour watch”.")
    found = await town.subscription(group)
    assert found is not None
    assert found.state == Active()


async def test_a_chat_of_others_or_without_the_bot_cannot_be_picked(town: Town) -> None:
    theirs = town.telegram.supergroup("Theirs", [town.telegram.user("Eve"), town.alice])
    town.telegram.share_chat(town.home, town.alice, theirs)
    assert (await town.home.next_message()).text == "Only administrators of “Theirs” can do this."
    unknown = town.telegram.supergroup("Unknown", [town.alice], bot="left")
    town.telegram.share_chat(town.home, town.alice, unknown)
    assert (await town.home.next_message()).text.startswith("I may not write in")
    assert await town.subscription(theirs) is None


async def test_a_block_ends_and_coming_back_restores(town: Town) -> None:
    await town.says("/subscribe")
    town.telegram.block(town.alice)
    town.telegram.unblock(town.alice)
    assert (await town.home.next_message()).text.startswith("I am back, and alerts are on again here.")
    found = await town.subscription(town.home)
    assert found is not None
    assert found.state == Active()


async def test_what_was_ended_on_purpose_stays_ended(town: Town) -> None:
    await town.says("/subscribe")
    await town.says("/unsubscribe")
    town.telegram.block(town.alice)
    town.telegram.unblock(town.alice)
    await town.says("/sources")
    found = await town.subscription(town.home)
    assert found is not None
    assert found.state == Ended("unsubscribed")


async def test_a_group_that_moves_takes_its_subscription_along(town: Town) -> None:
    group = town.telegram.group("Old", [town.alice])
    await town.says("/subscribe damage", group)
    supergroup = town.telegram.migrate(group)
    await town.corrects()
    assert FIVE in (await supergroup.next_message()).text
    assert await town.subscription(group) is None


async def test_forget_deletes_the_subscription(town: Town) -> None:
    await town.says("/subscribe")
    assert (await town.says("/forget")).text.startswith("Done.")
    await town.says("/sources")
    assert await town.subscription(town.home) is None


async def test_without_a_subscription_alerts_tells_how_to_get_one(town: Town) -> None:
    said = await town.says("/alerts")
    assert said.text.startswith("Alerts are off here. /subscribe turns them on.")
