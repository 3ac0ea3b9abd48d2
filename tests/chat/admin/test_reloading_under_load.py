"""A thousand questions while the facts are reloaded fifty times: none is lost, and no answer mixes two revisions."""

from __future__ import annotations

import os
import re
import signal

from bot.alerts.pace import Limits
from bot.storage.database import Database
from bot.storage.ledger import Ledger
from bot.storage.revisions import Revisions
from bot.web.emulator import Chat
from tests.knowledge.folder import REPORT_NAME

from .conftest import Site, bot_at

PEOPLE = 100
QUESTIONS = 1_000
RELOADS = 50
WORDS = "markers: {and: {en: [and]}}\nquestions: {count: {en: [how many]}, when: {en: [when]}}\n"
BOTH = "how many hoses burst and when was the harbour closed?"


def number_facts(site: Site, number: int) -> None:
    """Let everything that the two facts say carry the number of a revision."""
    text = site.folder.read(REPORT_NAME)
    text = re.sub(r"answer: \{en: [^}]*hoses[^}]*\}", f"answer: {{en: The hoses of revision {number} burst.}}", text)
    text = re.sub(r"answer: \{en: [^}]*harbour[^}]*\}", f"answer: {{en: The harbour of {number} was closed.}}", text)
    text = re.sub(r"title: .*", f"title: Night fire, edition {number}", text)
    site.folder.write(REPORT_NAME, text)


async def reload(site: Site, number: int) -> None:
    """Edit the facts, send the signal, and wait until the admin is told that they are published."""
    number_facts(site, number)
    os.kill(os.getpid(), signal.SIGHUP)
    assert "published them as number" in (await site.office.next_message()).text


async def test_no_answer_is_lost_and_none_mixes_two_revisions(site: Site) -> None:
    site.folder.write("lexicon/more.yaml", WORDS)
    number_facts(site, 0)
    chats: list[Chat] = []
    # No corrections of what was answered before, and no limits: here only the answers count.
    async with bot_at(site, alerts=False, limits=Limits(overall=10_000)):
        people = [site.stranger(f"Person {number}") for number in range(PEOPLE)]
        chats = [chat for _, chat in people]
        for number in range(1, RELOADS + 1):
            for position in range(QUESTIONS // RELOADS):
                person, chat = people[(number * QUESTIONS // RELOADS + position) % PEOPLE]
                site.telegram.say(chat, person, BOTH)
            await reload(site, number)
        await site.telegram.wait_for(lambda: sum(len(chat.from_bot) for chat in chats) == QUESTIONS, timeout=60)
    answered = [message for chat in chats for message in chat.from_bot]
    assert len(answered) == QUESTIONS
    numbers = [re.findall(r"(?:revision|of|edition) (\d+)", message.text) for message in answered]
    assert {len(found) for found in numbers} == {4}
    assert all(len(set(found)) == 1 for found in numbers)
    assert len({found[0] for found in numbers}) > RELOADS // 2
    await assert_ledger_names_the_revision_of_each_answer(site, chats)


async def assert_ledger_names_the_revision_of_each_answer(site: Site, chats: list[Chat]) -> None:
    database = await Database.open(site.url)
    published = await Revisions(database).history(limit=RELOADS + 1)
    revision_of = {each.revision: each.sequence - 1 for each in published}
    delivered = await Ledger(database).carrying("harbour-fire/hoses-burst")
    await database.close()
    texts = {(chat.id, message.message_id): message.text for chat in chats for message in chat.from_bot}
    assert len(delivered) == QUESTIONS
    for each in delivered:
        assert f"revision {revision_of[each.revision]} burst" in texts[each.chat_id, each.message_id]
