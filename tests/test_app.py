"""The whole program in one process: it starts, works off what is left, and ends in good order."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from bot.answering.answers import Answer, NotInReport, Silent
from bot.app import at_hangup, run_on_telegram, running
from bot.chat.polling import UnusableTokenError
from bot.commands.faults import explained
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import Lang, Report
from bot.settings import Settings, load_settings
from bot.storage.database import Database
from bot.storage.inbox import InboxStore
from bot.storage.lanes import received
from bot.web.emulator import Emulator, serve

FACT = {
    "id": "x",
    "topics": ["t"],
    "answer": {"en": "Yes."},
    "cite": {"paragraph": 1, "quote": "a quote"},
    "ask": {"en": ["is it so"]},
}


class Silence:
    """Knows nothing."""

    knowledge = KnowledgeBase(
        (Report.model_validate({"report": {"id": "r", "title": "T"}, "facts": [FACT]}),), Lexicon(), {}, "0" * 12
    )

    def answer(self, question: str, previous: str | None = None, lang: Lang | None = None) -> Answer:
        """Say that the report does not say."""
        return NotInReport("en", Silent(), (), 0.0)


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The URL of an empty database."""
    return f"sqlite:///{tmp_path / 'citebot.sqlite3'}"


@pytest.fixture
def settings_for(database_url: str) -> Callable[[str, str], Settings]:
    """Return settings for a token and a server."""

    def settings(token: str, api_url: str) -> Settings:
        return load_settings(
            {"TELEGRAM_TOKEN": token, "TELEGRAM_API_URL": api_url, "CITEBOT_DATABASE_URL": database_url}
        )

    return settings


async def test_what_was_stored_before_a_crash_is_answered_after_it(database_url: str) -> None:
    telegram = Emulator()
    person = telegram.user("Alice")
    chat = telegram.private_chat(person)
    question = telegram.say(chat, person, "how many?").as_json()
    database = await Database.open(database_url)
    store = InboxStore(database)
    await store.add([received({"update_id": 1, "message": question})])
    await store.claim("a worker that died")
    await database.close()
    stop = asyncio.Event()
    async with serve(telegram) as api_url, running(telegram.token, api_url, Silence(), database_url, stop):
        assert (await chat.next_message()).text == "The report does not say that."


async def test_it_polls_until_it_is_told_to_stop(settings_for: Callable[[str, str], Settings]) -> None:
    telegram = Emulator()
    person = telegram.user("Alice")
    chat = telegram.private_chat(person)
    stop = asyncio.Event()
    async with serve(telegram) as api_url:
        program = run_on_telegram(settings_for(telegram.token, api_url), telegram.token, Silence(), stop)
        running_program = asyncio.create_task(program)
        telegram.say(chat, person, "how many?")
        await chat.next_message()
        stop.set()
        await running_program
    assert len(telegram.calls("sendMessage")) == 1


async def test_a_token_that_is_refused_ends_it_with_a_clear_error(
    settings_for: Callable[[str, str], Settings],
) -> None:
    async with serve(Emulator(token="1:RIGHT")) as api_url:
        with pytest.raises(UnusableTokenError, match="TELEGRAM_TOKEN") as caught:
            await run_on_telegram(settings_for("1:WRONG", api_url), "1:WRONG", Silence(), asyncio.Event())
    assert "WRONG" not in str(caught.value)


async def test_another_bot_is_refused_by_the_database_of_the_first(
    settings_for: Callable[[str, str], Settings], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = Emulator(token="1:FIRST"), Emulator(token="2:SECOND")
    stop = asyncio.Event()
    async with serve(first) as api_url:
        database_url = settings_for(first.token, api_url).database_url
        async with running(first.token, api_url, Silence(), database_url, stop) as service:
            assert service.username == "citebot_bot"
    async with serve(second) as api_url:
        with pytest.raises(typer.Exit) as caught, explained():
            await run_on_telegram(settings_for(second.token, api_url), second.token, Silence(), stop)
    assert caught.value.exit_code == 2
    assert "this database belongs to bot 1, and TELEGRAM_TOKEN is that of bot 2" in capsys.readouterr().err
    assert second.calls("getUpdates") == []


async def test_it_can_be_stopped_while_telegram_is_away(settings_for: Callable[[str, str], Settings]) -> None:
    async with serve(Emulator()) as api_url:
        pass
    stop = asyncio.Event()
    program = asyncio.create_task(run_on_telegram(settings_for("1:X", api_url), "1:X", Silence(), stop))
    await asyncio.sleep(0)
    stop.set()
    await program


async def test_a_hangup_reloads_unless_the_terminal_is_gone() -> None:
    told: list[str] = []
    at_hangup(None, lambda: told.append("reload"), lambda: told.append("stop"))()
    ours, theirs = os.openpty()
    with open(theirs) as terminal:  # noqa: PTH123 - a file descriptor
        hung_up = at_hangup(terminal, lambda: told.append("reload"), lambda: told.append("stop"))
        hung_up()
        os.close(ours)
        hung_up()
    assert told == ["reload", "reload", "stop"]


async def test_a_hangup_while_nothing_follows_the_folder_ends_nothing() -> None:
    program = (
        "import asyncio, os, signal\n"
        "from bot.app import _interrupted_by_sigterm, _stopping_on_signals\n"
        "def hang_up(): os.kill(os.getpid(), signal.SIGHUP)\n"
        "async def run():\n"
        "    with _stopping_on_signals(asyncio.Event()):\n"
        "        hang_up()\n"
        "        await asyncio.sleep(0)\n"
        "    hang_up()\n"
        "with _interrupted_by_sigterm():\n"
        "    hang_up()\n"
        "hang_up()\n"
        "asyncio.run(run())\n"
        "print('alive')\n"
    )
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )
    out, _ = await process.communicate()
    assert (process.returncode, out) == (0, b"alive\n")
