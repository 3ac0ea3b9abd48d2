"""When a fact changes, whoever was told the old one sees the new one: in place, and once in a reply."""

from __future__ import annotations

from bot.web.emulator import Message

from .conftest import FIVE, HOSES, THREE, Town


def struck(message: Message) -> tuple[str, ...]:
    """Return what is struck out in a message."""
    return message.all_of("strikethrough")


async def test_an_answer_is_put_right_in_place_and_replied_to(town: Town) -> None:
    answer = await town.says(HOSES)
    await town.corrects()
    reply = await town.home.reply_to(answer)
    await town.telegram.wait_for(lambda: answer.edited)
    assert struck(answer) == (THREE,)
    assert f"{THREE}\n{FIVE}\n“three hoses burst” · ¶2" in answer.text
    assert answer.text.startswith("Corrected\n")
    assert reply.text.startswith("Something I said here has changed.\n\nCorrected\n")
    assert struck(reply) == (THREE,)


async def test_every_message_is_edited_and_a_chat_replied_to_once(town: Town) -> None:
    answers = [await town.says(HOSES) for _ in range(3)]
    await town.corrects()
    reply = await town.home.reply_to(answers[-1])
    await town.telegram.wait_for(lambda: all(answer.edited for answer in answers))
    assert [message for message in town.home.from_bot if message.reply_to is not None] == [reply]


async def test_without_replies_a_message_is_edited_all_the_same(town: Town) -> None:
    answer = await town.says(HOSES)
    await town.taps(await town.says("/alerts"), "No replies to corrections")
    await town.corrects()
    await town.telegram.wait_for(lambda: answer.edited)
    assert (await town.says("/sources")).reply_to is None
    assert not any(message.text.startswith("Something") for message in town.home.from_bot)


async def test_a_message_that_was_deleted_is_only_replied_to(town: Town) -> None:
    answer = await town.says(HOSES)
    town.telegram.delete(answer)
    await town.corrects()
    reply = await town.home.next_message()
    assert reply.text.startswith("Something I said here has changed.")
    assert not answer.edited


async def test_an_alert_is_put_right_like_an_answer(town: Town) -> None:
    await town.says("/subscribe")
    await town.corrects()
    alert = await town.home.next_message()
    assert struck(alert) == (THREE,)
    await town.site.published("Five fire hoses", "Six fire hoses")
    again = await town.home.reply_to(alert)
    await town.telegram.wait_for(lambda: alert.edited)
    assert struck(alert) == (FIVE,)
    assert struck(again) == (FIVE,)


async def test_what_was_posted_inline_is_put_right_too(town: Town) -> None:
    query = town.telegram.inline(town.alice, HOSES)
    (result,) = (await query.answered()).results
    posted = town.telegram.choose(query, result)
    await town.says("/sources")  # what was posted is handled before this
    await town.corrects()
    await town.telegram.wait_for(lambda: posted.edited, what="the edit of what was posted")
    assert posted.text.startswith("Corrected\n")
    assert FIVE in posted.text


async def test_a_retracted_fact_is_struck_out_everywhere_at_once(town: Town) -> None:
    answer = await town.says(HOSES)
    proposal = await town.site.command("/retract hoses-burst The count was wrong.")
    assert "hoses-burst" in proposal.text
    await town.site.tap(proposal, "Publish")
    await town.home.reply_to(answer)
    await town.telegram.wait_for(lambda: answer.edited)
    assert struck(answer) == (THREE,)
    assert "The count was wrong." in answer.text
    assert "The count was wrong." in (await town.says(HOSES)).text


async def test_a_group_is_replied_to_in_the_topic_that_was_told(town: Town) -> None:
    forum = town.telegram.supergroup("Harbour watch", [town.alice], forum=True)
    topic = town.telegram.topic(forum, "Fire")
    question = town.telegram.say(forum, town.alice, f"/ask {HOSES}", topic=topic)
    answer = await forum.reply_to(question)
    await town.corrects()
    reply = await forum.reply_to(answer)
    assert reply.topic is topic
    await town.telegram.wait_for(lambda: answer.edited)


async def test_the_rollback_of_a_correction_tells_nobody_unless_asked_to(town: Town) -> None:
    answer = await town.says(HOSES)
    await town.corrects()
    await town.home.next_message()
    await town.telegram.wait_for(lambda: answer.edited)
    await town.site.tap(await town.site.command("/rollback"), "Publish")
    assert (await town.says(HOSES)).text.startswith(THREE)
    assert struck(answer) == (THREE,)
