"""/reload: the files are checked, shown, and published at a word of the admin; anything wrong leaves what was."""

from __future__ import annotations

import pytest

from bot.chat.admin import office
from bot.chat.service import ChatService
from bot.storage.lanes import JsonObject
from tests.chat.harbour import update
from tests.knowledge.folder import REPORT_NAME

from .conftest import Site

HOSES = "how many hoses burst?"
THREE = "Three fire hoses burst during the night."
FOUR = "Four fire hoses burst during the night."


async def test_an_edited_fact_is_shown_and_published_when_confirmed(kept: Site) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await kept.command("/reload the harbour master corrected it")
    assert "Facts changed: 1" in proposal.text
    assert "harbour-fire/hoses-burst: Three fire hoses" in proposal.text
    assert "2 of 2 regression questions end well" in proposal.text
    assert await kept.answer(HOSES) == THREE
    assert (await kept.tap(proposal, "Publish")).startswith("Published as number 2: revision ")
    assert await kept.answer(HOSES) == FOUR
    (done,) = [act for act in await kept.acts() if act.action == "reload"]
    assert (done.actor, done.role, done.outcome, done.detail) == (
        kept.owner.id,
        "owner",
        "done",
        "the harbour master corrected it",
    )
    assert done.before != done.after


async def test_cancel_changes_nothing(kept: Site) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await kept.command("/reload")
    assert await kept.tap(proposal, "Cancel") == "Cancelled. Nothing has changed."
    assert proposal.buttons == ()
    assert await kept.answer(HOSES) == THREE


async def test_the_same_files_are_nothing_to_publish(kept: Site) -> None:
    assert (await kept.command("/reload")).text.startswith("There is nothing to publish")


async def test_all_problems_come_with_their_places_and_the_old_revision_stays(kept: Site) -> None:
    kept.folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
    kept.folder.edit(REPORT_NAME, "quote: a fourth held", "quote: a fourth")
    refused = await kept.command("/reload")
    assert "Problems: 2" in refused.text
    assert kept.folder.at(REPORT_NAME, "old-peir") in refused.text
    assert kept.folder.at(REPORT_NAME, "a fourth}") in refused.text
    assert refused.buttons == ()
    assert await kept.answer(HOSES) == THREE


async def test_very_many_problems_come_as_a_file(kept: Site) -> None:
    lines = "".join(f"  - {{id: fact-{n}, topics: [t], answer: {{}}, cite: {{}}, ask: {{}}}}\n" for n in range(200))
    kept.folder.edit(REPORT_NAME, "\nunknowns:\n", f"{lines}\nunknowns:\n")
    assert "Problems: 6" in (await kept.command("/reload")).text
    sent = await kept.office.next_message()
    assert sent.document is not None
    assert sent.document.name == "problems.txt"
    assert sent.document.content.decode().count("this key is missing; add it") == 600


async def test_a_proposal_is_void_when_the_files_were_edited_since(kept: Site) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await kept.command("/reload")
    kept.folder.edit(REPORT_NAME, "Four fire hoses", "Five fire hoses")
    assert (await kept.tap(proposal, "Publish")).startswith("The files were edited meanwhile")
    assert await kept.answer(HOSES) == THREE


async def test_a_new_proposal_voids_the_one_before(kept: Site) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    first, second = await kept.command("/reload"), await kept.command("/reload")
    assert (await kept.tap(first, "Publish")).startswith("This proposal has expired")
    assert (await kept.tap(second, "Publish")).startswith("Published as number 2")


async def test_a_stranger_is_refused_briefly_and_that_is_written_down(kept: Site) -> None:
    bob, chat = kept.stranger()
    kept.telegram.say(chat, bob, "/reload")
    assert (await chat.next_message()).text == "This is for the admins of the bot."
    act, _ = await kept.acts()
    assert (act.actor, act.role, act.action, act.outcome) == (bob.id, "user", "reload", "refused")


async def test_a_stranger_who_tries_again_and_again_is_written_down_once(kept: Site) -> None:
    bob, chat = kept.stranger()
    for command in ("/reload", "/reload", "/audit", "/reload"):
        kept.telegram.say(chat, bob, command)
        await chat.next_message()
    assert [act.action for act in await kept.acts()] == ["audit", "reload", "start"]


async def test_a_strangers_tap_on_an_admins_button_does_nothing(kept: Site) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await kept.command("/reload")
    bob, _ = kept.stranger()
    press = kept.telegram.press(bob, proposal, "Publish")
    await kept.telegram.wait_for(lambda: press.answer is not None)
    assert press.answer is not None
    assert press.answer.text == "This is for the admins of the bot."
    assert await kept.answer(HOSES) == THREE
    assert (await kept.acts())[0].outcome == "refused"


async def test_in_a_group_an_admin_is_asked_to_write_in_private(kept: Site) -> None:
    group = kept.telegram.supergroup("Harbour watch", [kept.owner])
    said = await group.reply_to(kept.telegram.say(group, kept.owner, "/reload"))
    assert said.text == "Please write this to me in our private chat."


async def test_who_writes_as_the_group_is_nobody_the_bot_knows(kept: Site, bot: ChatService) -> None:
    group = kept.telegram.supergroup("Harbour watch", [kept.owner])
    message = kept.telegram.say(group, kept.owner, "/reload").as_json()
    await group.next_message()
    anonymous: JsonObject = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    written = update(900, message, message_id=900, text="/reload", sender_chat=message["chat"], **{"from": anonymous})
    await bot.inbox.receive([written])
    assert (await group.next_message()).text == "This is for the admins of the bot."
    assert (await kept.acts())[0].actor == group.id


async def test_a_tap_that_is_handled_again_after_an_outage_tells_how_it_ended(kept: Site, bot: ChatService) -> None:
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    proposal = await kept.command("/reload")
    published = await kept.tap(proposal, "Publish")
    again = {**kept.telegram.updates.history[-1].payload}
    await bot.inbox.receive([{"update_id": 900, "callback_query": again}])
    assert await kept.answer(HOSES) == FOUR
    assert proposal.text == published


async def test_an_examination_that_takes_a_while_is_told_of_at_once(
    kept: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "_SOON", 0.0)
    kept.folder.edit(REPORT_NAME, "Three fire hoses", "Four fire hoses")
    message = await kept.command("/reload")
    await kept.telegram.wait_for(lambda: message.text.startswith("Ready to publish"), what="the proposal")
    said = [request.parameters["text"] for request in kept.telegram.calls("sendMessage")]
    assert str(said[-1]).startswith("Checking.")
