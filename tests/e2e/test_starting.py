"""How the program starts, ends, and says why it cannot run."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.knowledge.folder import Folder

from .process import COMMAND, BotProcess, environment
from .site import TOKEN, site


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    code: int | None
    out: str
    err: str


async def run(folder: Path, settings: Mapping[str, str], typed: str = "") -> Outcome:
    """Run the program to its end, with something on its standard input."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND,
        cwd=folder,
        env=environment(folder, settings),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate(typed.encode())
    return Outcome(process.returncode, out.decode(), err.decode())


@pytest.fixture
def knowledge(tmp_path: Path) -> str:
    """A small fact base, which is read quickly."""
    return str(Folder.create(tmp_path / "knowledge").path)


async def test_without_a_token_questions_from_a_pipe_are_answered_in_the_terminal(
    tmp_path: Path, knowledge: str
) -> None:
    outcome = await run(tmp_path, {"CITEBOT_KNOWLEDGE": knowledge}, "how many hoses burst?\nthanks\n")
    assert outcome.code == 0
    lines = outcome.out.splitlines()
    assert lines[0] == "> how many hoses burst?"
    assert lines[1].startswith("Three fire hoses burst")
    assert "three hoses burst" in outcome.out
    assert "> thanks" in lines
    assert "@BotFather" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (tmp_path / ".local").exists()


async def test_a_token_that_telegram_does_not_know_ends_it_with_a_sentence(tmp_path: Path, knowledge: str) -> None:
    async with site(tmp_path) as there:
        settings = {**there.settings, "TELEGRAM_TOKEN": "987654:wrong-token", "CITEBOT_KNOWLEDGE": knowledge}
        outcome = await run(tmp_path, settings)
    assert outcome.code == 2
    last = outcome.err.splitlines()[-1]
    assert last.startswith("The Bot API server does not accept TELEGRAM_TOKEN: ")
    assert "wrong-token" not in outcome.err
    assert "Traceback" not in outcome.err


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("TELEGRAM_TOKEN", "hello", "TELEGRAM_TOKEN does not look like a bot's token"),
        ("CITEBOT_DATABASE_URL", "sqlite://", "CITEBOT_DATABASE_URL cannot be used: a database in memory"),
        ("CITEBOT_DATABASE_URL", "sqlite:////proc/none/x", "CITEBOT_DATABASE_URL cannot be used: the folder"),
        ("CITEBOT_PORTT", "1", "CITEBOT_PORTT is not a setting; did you mean CITEBOT_PORT?"),
    ],
)
async def test_a_setting_that_cannot_be_used_ends_it_with_a_sentence(
    name: str, value: str, sentence: str, tmp_path: Path, knowledge: str
) -> None:
    settings = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_URL": "http://127.0.0.1:9", "CITEBOT_KNOWLEDGE": knowledge}
    outcome = await run(tmp_path, {**settings, name: value})
    assert (outcome.code, outcome.out) == (2, "")
    assert sentence in outcome.err
    assert "Traceback" not in outcome.err


async def test_a_fact_base_with_mistakes_ends_it_and_names_them(tmp_path: Path) -> None:
    folder = Folder.create(tmp_path / "knowledge")
    folder.edit("harbour-fire.yaml", "target: old-pier", "target: old-peir")
    outcome = await run(tmp_path, {"CITEBOT_KNOWLEDGE": str(folder.path)}, "how many hoses burst?\n")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines()[-2:] == ["The fact base has mistakes:", f"  {folder.problems()[0]}"]


async def test_it_can_be_told_to_stop_while_it_reads_the_facts(tmp_path: Path, knowledge: str) -> None:
    async with site(tmp_path) as there:
        bot = await BotProcess.start(tmp_path, {**there.settings, "CITEBOT_KNOWLEDGE": knowledge})
        await bot.logged("facts.loading")
        assert await bot.stopped() == 0
        assert "Traceback" not in bot.log
