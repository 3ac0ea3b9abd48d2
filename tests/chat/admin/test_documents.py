"""A file sent by an admin is checked like the folder, and waits for the same word."""

from __future__ import annotations

from bot.chat.admin.documents import MAX_BYTES
from bot.knowledge.document import parse
from bot.knowledge.models import Report
from bot.knowledge.quotes import LOCK_NAME, Article, QuotesLock, lock_report
from bot.web.emulator import Message
from tests.knowledge.folder import ARTICLE, REPORT, REPORT_NAME

from .conftest import Site, bot_at

HOSES = "how many hoses burst?"


async def send(kept: Site, name: str, content: str, caption: str = "") -> Message:
    """Send a file as the owner, and return what the bot says to it."""
    kept.telegram.send_document(kept.office, kept.owner, name, content.encode(), caption=caption)
    return await kept.office.next_message()


async def test_a_report_that_was_sent_is_published_when_confirmed_and_outlives_a_restart(site: Site) -> None:
    async with bot_at(site):
        proposal = await send(site, REPORT_NAME, REPORT.replace("Three fire", "Six fire"), caption="as corrected")
        assert "Facts changed: 1" in proposal.text
        await site.tap(proposal, "Publish")
        assert await site.answer(HOSES) == "Six fire hoses burst during the night."
        history = (await site.command("/history")).text
        assert "upload" in history
        assert "as corrected" in history
    async with bot_at(site):
        assert await site.answer(HOSES) == "Six fire hoses burst during the night."


async def test_a_quote_that_was_edited_needs_its_lock_which_may_be_sent_next(kept: Site) -> None:
    changed = REPORT.replace("quote: three hoses burst", "quote: hoses burst")
    refused = await send(kept, REPORT_NAME, changed)
    assert "was edited after it was checked" in refused.text
    report = parse(REPORT_NAME, changed.encode()).build(Report)
    lock = QuotesLock().with_report("harbour-fire", lock_report(report, Article.read(ARTICLE.encode())))
    proposal = await send(kept, LOCK_NAME, lock.dump())
    assert "Facts changed: 1" in proposal.text


async def test_what_is_wrong_with_a_file_is_told_with_its_place(kept: Site) -> None:
    refused = await send(kept, REPORT_NAME, REPORT.replace("facts:", "facts: *all"))
    assert "knowledge/harbour-fire.yaml:18:8: aliases (*all) are not allowed" in refused.text


async def test_regression_questions_are_taken_too(kept: Site) -> None:
    asked = "questions:\n  - {ask: how many hoses burst?, abstains: true}\n"
    refused = await send(kept, REPORT_NAME, asked)
    assert "knowledge/questions/harbour-fire.yaml:2:5" in refused.text
    assert "must end in “not in the report”" in refused.text


async def test_a_broken_file_does_not_spoil_the_next_one(kept: Site) -> None:
    slip = "questions:\n  - {ask: how many hoses burst?, cites: [hoses-burst]\n"
    assert "knowledge/questions/harbour-fire.yaml:" in (await send(kept, REPORT_NAME, slip)).text
    proposal = await send(kept, REPORT_NAME, REPORT.replace("Three fire", "Six fire"))
    assert "Facts changed: 1" in proposal.text


async def test_what_was_cancelled_is_not_proposed_again_with_the_next_file(kept: Site) -> None:
    proposal = await send(kept, REPORT_NAME, REPORT.replace("Three fire", "Six fire"))
    await kept.tap(proposal, "Cancel")
    asked = "questions:\n  - {ask: how many hoses burst?, cites: [hoses-burst]}\n"
    assert "Facts changed" not in (await send(kept, REPORT_NAME, asked)).text


async def test_a_file_that_is_too_big_is_not_even_fetched(kept: Site) -> None:
    refused = await send(kept, REPORT_NAME, "#" * (MAX_BYTES + 1))
    assert refused.text == "The file is too big. I take up to 1,000,000 bytes."
    assert kept.telegram.calls("getFile") == []


async def test_files_of_other_kinds_are_no_part_of_a_fact_base(kept: Site) -> None:
    assert (await send(kept, "Night Fire.yaml", REPORT)).text.startswith("I take files of the fact base")
    assert (await send(kept, "words.yaml", "concepts: {}\n")).text.startswith("words.yaml is not a report")


async def test_a_strangers_file_is_refused_and_a_caption_under_another_file_is_a_question(kept: Site) -> None:
    bob, chat = kept.stranger()
    kept.telegram.send_document(chat, bob, REPORT_NAME, REPORT.encode())
    assert (await chat.next_message()).text == "This is for the admins of the bot."
    assert kept.telegram.calls("getFile") == []
    assert [act.action for act in await kept.acts()] == ["upload", "start"]
    kept.telegram.send_document(chat, bob, "hoses.pdf", b"%PDF", caption=HOSES)
    assert (await chat.next_message()).text.startswith("Three fire hoses")
