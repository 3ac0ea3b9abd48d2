"""/status and /why: how the bot fares, and how an answer came about."""

from __future__ import annotations

from .conftest import Site, bot_at

HOSES = "how many hoses burst?"


async def test_status_names_what_is_served_and_what_waits(kept: Site) -> None:
    await kept.published("Three fire hoses", "Four fire hoses")
    kept.folder.edit("harbour-fire.yaml", "Four fire hoses", "Five fire hoses")
    text = (await kept.command("/status")).text
    assert "publication 2, since " in text
    assert "Facts: 2. Reports: 1." in text
    assert "Messages that wait: 0." in text
    assert "Processes: 1" in text
    assert "The folder holds other files" in text
    assert "Privacy mode is on" in text


async def test_status_tells_what_keeps_the_bot_from_speaking_in_a_group(kept: Site) -> None:
    group = kept.telegram.supergroup("Harbour watch", [kept.owner])
    await group.reply_to(kept.telegram.say(group, kept.owner, f"/ask {HOSES}"))
    assert "In “Harbour watch”:\nI can read commands and write here." in (await kept.command("/status")).text
    here = await group.reply_to(kept.telegram.say(group, kept.owner, "/status"))
    assert "I can read commands and write here." in here.text
    kept.telegram.remove_bot(group)
    assert "I am not a member of this group any more." in (await kept.command("/status")).text


async def test_status_tells_of_a_closed_topic(kept: Site) -> None:
    forum = kept.telegram.supergroup("Harbour watch", [kept.owner], forum=True)
    topic = kept.telegram.topic(forum, "Fire")
    await forum.reply_to(kept.telegram.say(forum, kept.owner, f"/ask {HOSES}", topic=topic))
    kept.telegram.close_topic(topic)
    kept.telegram.say(forum, kept.owner, f"/ask {HOSES}", topic=topic)
    await kept.telegram.wait_for(lambda: any(call.status == 400 for call in kept.telegram.calls("sendMessage")))
    text = (await kept.command("/status")).text
    assert "Replies that could not be delivered since the start: 1" in text
    assert "I could not write into a topic here" in text


async def test_why_explains_a_question_and_an_answer(kept: Site) -> None:
    text = (await kept.command(f"/why {HOSES}")).text
    assert f"Question: {HOSES}" in text
    assert "hoses-burst: Three fire hoses burst during the night." in text
    assert "best: " in text
    answer = await kept.command(HOSES)
    kept.telegram.say(kept.office, kept.owner, "/why", reply_to=answer)
    assert (await kept.office.next_message()).text == text


async def test_why_says_when_a_question_is_not_remembered(kept: Site) -> None:
    listing = await kept.command("/brief")
    kept.telegram.say(kept.office, kept.owner, "/why", reply_to=listing)
    assert (await kept.office.next_message()).text.startswith("I keep questions for ten minutes only")
    assert (await kept.command("/why")).text.startswith("Write a question after the command")


async def test_a_bad_folder_at_the_start_is_told_to_admins_and_the_last_good_revision_serves(site: Site) -> None:
    async with bot_at(site):
        await site.answer(HOSES)
    site.folder.edit("harbour-fire.yaml", "target: old-pier", "target: old-peir")
    async with bot_at(site):
        notice = await site.office.next_message()
        assert "cannot be published" in notice.text
        assert "old-peir" in notice.text
        assert (await site.answer(HOSES)).startswith("Three")


async def test_why_explains_a_follow_up_with_the_question_before_it(kept: Site) -> None:
    await kept.command(HOSES)
    answer = await kept.command("Norway?")
    kept.telegram.say(kept.office, kept.owner, "/why", reply_to=answer)
    text = (await kept.office.next_message()).text
    assert "burst" in next(line for line in text.splitlines() if "words:" in line)
