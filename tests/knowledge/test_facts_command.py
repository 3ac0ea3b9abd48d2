"""``citebot verify``, ``check`` and ``schema``, called as from a terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from bot.cli import main
from bot.commands.facts import SCHEMA_NAME, schema_text
from bot.knowledge.quotes import LOCK_NAME

from .folder import ARTICLE, QUESTIONS_NAME, REPORT, REPORT_NAME, Folder


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: object
    out: str
    err: str


class Citebot(Protocol):
    """Calls ``citebot`` with arguments."""

    def __call__(self, *arguments: str | Path) -> Outcome:
        """Run to the end."""


@pytest.fixture
def citebot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Citebot:
    """The command, in this process."""

    def call(*arguments: str | Path) -> Outcome:
        monkeypatch.setattr(sys, "argv", ["citebot", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Outcome(ended.value.code or 0, captured.out, captured.err)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """The article of the fact base, in a file."""
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_verify_locks_quotes_that_the_article_has(folder: Folder, article: Path, citebot: Citebot) -> None:
    (folder.path / LOCK_NAME).unlink()
    outcome = citebot("verify", "--knowledge", folder.path, "--source", article)
    assert outcome == Outcome(
        0, "harbour-fire: 3 quotes stand word for word in article.txt; quotes.lock is written\n", ""
    )
    assert folder.problems() == []


def test_verify_names_the_place_of_every_wrong_quote_and_locks_nothing(
    folder: Folder, article: Path, citebot: Citebot
) -> None:
    folder.edit(REPORT_NAME, "quote: three hoses burst", "quote: two hoses burst")
    folder.edit(REPORT_NAME, "quote: closed on Saturday", "quote: a fourth held")
    before = folder.read(LOCK_NAME)
    outcome = citebot("verify", "--knowledge", folder.path, "--source", article)
    assert (outcome.code, outcome.out) == (2, "")
    title, first, second = outcome.err.splitlines()
    assert title == "The fact base has mistakes:"
    assert first.startswith(f"  {folder.at(REPORT_NAME, 'two hoses burst')}: facts[0].cite.quote: paragraph 2 does not")
    place = folder.at(REPORT_NAME, "a fourth held}\n    ask: {en: [when")
    assert second == f"  {place}: facts[1].cite.quote: these words stand in paragraph 3, not in 1"
    assert folder.read(LOCK_NAME) == before


def test_verify_of_one_report_leaves_the_lock_of_the_other(folder: Folder, article: Path, citebot: Citebot) -> None:
    folder.write("day-fire.yaml", REPORT.replace("id: harbour-fire", "id: day-fire"))
    which = citebot("verify", "--knowledge", folder.path, "--source", article)
    assert (which.code, which.err) == (2, "Say which report it is, with --report: day-fire, harbour-fire\n")
    assert citebot("verify", "--knowledge", folder.path, "--source", article, "--report", "day-fire").code == 0
    assert folder.problems() == []


def test_verify_of_a_report_that_is_not_there_says_which_are(folder: Folder, article: Path, citebot: Citebot) -> None:
    outcome = citebot("verify", "--knowledge", folder.path, "--source", article, "--report", "flood")
    assert (outcome.code, outcome.err) == (2, "There is no report flood; there is: harbour-fire\n")


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_verify_needs_an_article_it_can_read(
    folder: Folder, tmp_path: Path, citebot: Citebot, content: bytes | None
) -> None:
    source = tmp_path / "source.txt"
    if content is not None:
        source.write_bytes(content)
    outcome = citebot("verify", "--knowledge", folder.path, "--source", source)
    assert outcome.code == 2
    assert "source.txt cannot be read as UTF-8 text" in outcome.err


def test_verify_replaces_a_damaged_lock(folder: Folder, article: Path, citebot: Citebot) -> None:
    folder.write(LOCK_NAME, "<<<<<<< HEAD")
    assert citebot("verify", "--knowledge", folder.path, "--source", article).code == 0
    assert folder.problems() == []


def test_check_names_what_it_checked(folder: Folder, citebot: Citebot) -> None:
    folder.write(QUESTIONS_NAME, "questions: []\n")
    outcome = citebot("check", "--knowledge", folder.path)
    revision = folder.load().revision
    assert outcome == Outcome(0, f"harbour-fire: 2 facts, 1 unknowns, all quotes verified\nrevision {revision}\n", "")


def test_check_of_a_bad_fact_base_names_every_mistake(folder: Folder, citebot: Citebot) -> None:
    folder.edit(REPORT_NAME, "target: old-pier", "target: old-peir")
    folder.edit(QUESTIONS_NAME, "[hoses-burst]", "[hose-burst]")
    outcome = citebot("check", "--knowledge", folder.path)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines() == ["The fact base has mistakes:", *(f"  {line}" for line in folder.problems())]
    assert len(folder.problems()) == 2


def test_check_fails_below_the_floors_of_the_regression_questions(folder: Folder, citebot: Citebot) -> None:
    folder.write(QUESTIONS_NAME, "questions:\n  - {ask: zebra quagga okapi, cites: [hoses-burst]}\n")
    outcome = citebot("check", "--knowledge", folder.path)
    assert outcome.code == 1
    assert "harbour-fire: the regression questions end below the floors" in outcome.err


def test_schema_is_written_beside_the_reports(folder: Folder, citebot: Citebot) -> None:
    assert citebot("schema", "--knowledge", folder.path).code == 0
    assert folder.read(SCHEMA_NAME) == schema_text()
