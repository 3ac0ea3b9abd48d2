"""The ``citebot`` command, called as from a terminal."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from bot.cli import main
from bot.knowledge.loader import default_folder
from tests.knowledge.folder import Folder


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a command ended."""

    code: object
    out: str
    err: str


class Citebot(Protocol):
    """Calls ``citebot`` with arguments and something on standard input."""

    def __call__(self, *arguments: str | Path, typed: str = "") -> Outcome:
        """Run to the end."""


@pytest.fixture
def citebot(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Citebot:
    """The command, in this process, with no settings and in a terminal that is wide enough."""
    for name in ("TELEGRAM_TOKEN", "CITEBOT_KNOWLEDGE", "CITEBOT_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str | Path, typed: str = "") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["citebot", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Outcome(ended.value.code or 0, captured.out, captured.err)

    return call


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A small fact base, which is read quickly."""
    folder = Folder.create(tmp_path / "knowledge")
    for name in ("lexicon/function-words.yaml", "lexicon/questions.yaml"):
        folder.write(name, (default_folder() / name).read_bytes())
    return folder.path


def test_the_number_of_drones_is_answered_with_its_source_and_the_words_that_prove_it(citebot: Citebot) -> None:
    outcome = citebot("ask", "how many drones did Russia launch?")
    first, proof = outcome.out.splitlines()
    assert (outcome.code, outcome.err) == (0, "")
    assert "550" in first
    assert "Ukraine" in first
    assert "“550 drones” · ¶2, Ukraine Under Fire" in proof


def test_a_city_that_the_report_does_not_mention_gets_no_figure(citebot: Citebot) -> None:
    outcome = citebot("ask", "how many people died in Lviv?")
    assert outcome.code == 0
    assert outcome.out.splitlines()[0] == "The report does not mention Lviv."


def test_a_follow_up_is_asked_with_the_question_before_it(citebot: Citebot, knowledge: Path) -> None:
    outcome = citebot("ask", "and when?", "--after", "was the harbour closed?", "--knowledge", knowledge)
    assert outcome.out.startswith("The harbour was closed on Saturday.")


def test_explain_shows_how_the_answer_came_about(citebot: Citebot, knowledge: Path) -> None:
    outcome = citebot("ask", "how many hoses burst?", "--explain", "--knowledge", knowledge)
    assert outcome.out.startswith("Three fire hoses burst during the night.\n  “three hoses burst” · ¶2, ")
    assert "best: " in outcome.out
    assert "hoses-burst" in outcome.out
    assert "needed: confidence" in outcome.out
    assert "revision " in outcome.out


def test_questions_as_json_lines_are_answered_in_the_shape_of_the_contract(citebot: Citebot, knowledge: Path) -> None:
    asked = [
        {"id": "1", "text": "how many hoses burst?"},
        {"id": "2", "text": "so five hoses burst, right?", "kind": "of no interest here"},
        {"id": "3", "text": "what caused the fire?"},
        {"id": "4", "text": "and when?", "after": "was the harbour closed?"},
    ]
    outcome = citebot("ask", "--jsonl", "--knowledge", knowledge, typed="\n".join(map(json.dumps, asked)) + "\n\n")
    assert (outcome.code, outcome.err) == (0, "")
    plain, claim, unknown, follow_up = map(json.loads, outcome.out.splitlines())
    score = plain.pop("score")
    assert isinstance(score, float)
    assert plain == {
        "id": "1",
        "status": "answered",
        "verdict": None,
        "lang": "en",
        "text": "Three fire hoses burst during the night.",
        "citations": [
            {"report": "harbour-fire", "fact": "hoses-burst", "paragraph": 2, "quote": "three hoses burst", "by": None},
            {"report": "harbour-fire", "fact": "hoses-burst", "paragraph": 3, "quote": "a fourth held", "by": None},
        ],
        "suggestions": [],
    }
    assert (claim["id"], claim["status"], claim["verdict"]) == ("2", "answered", "no")
    assert (unknown["id"], unknown["status"], unknown["verdict"]) == ("3", "not_in_report", None)
    assert unknown["text"] == "The report does not say what caused the fire."
    assert (unknown["citations"], unknown["suggestions"]) == ([], ["hoses-burst"])
    assert [citation["fact"] for citation in follow_up["citations"]] == ["when-closed"]


def test_a_line_that_cannot_be_read_is_named_and_skipped(citebot: Citebot, knowledge: Path) -> None:
    typed = '{"id": "1"}\nhoses\n{"id": "3", "text": "how many hoses burst?"}\n'
    outcome = citebot("ask", "--jsonl", "--knowledge", knowledge, typed=typed)
    assert outcome.code == 1
    assert [json.loads(line)["id"] for line in outcome.out.splitlines()] == ["3"]
    first, second = outcome.err.splitlines()
    assert first == "line 1: text: Field required; the line is skipped"
    assert second.startswith("line 2: Invalid JSON: ")


def test_ask_without_a_question_says_how_to_ask(citebot: Citebot) -> None:
    outcome = citebot("ask")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith("Write a question: citebot ask ")


@pytest.mark.parametrize("command", [("ask", "how many?"), ("check",), ("run",), ("schema",), ("eval",)])
def test_a_folder_that_does_not_exist_is_named(citebot: Citebot, command: tuple[str, ...]) -> None:
    outcome = citebot(*command, "--knowledge", "nowhere")
    assert (outcome.code, outcome.out) == (2, "")
    assert "'nowhere' does not exist." in outcome.err


def test_a_folder_without_reports_says_what_to_add(citebot: Citebot, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    outcome = citebot("ask", "how many?", "--knowledge", "empty")
    assert (outcome.code, outcome.out) == (2, "")
    assert "there is no report here; add a file like night-fire.yaml" in outcome.err


def test_the_fact_base_can_be_chosen_by_the_environment(
    citebot: Citebot, knowledge: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEBOT_KNOWLEDGE", str(knowledge))
    assert citebot("ask", "how many hoses burst?").out.startswith("Three fire hoses burst")


def test_the_database_can_be_brought_up_to_date(
    citebot: Citebot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CITEBOT_DATABASE_URL", f"sqlite:///{tmp_path}/state/citebot.sqlite3")
    for _ in range(2):
        outcome = citebot("db", "upgrade")
        assert outcome == Outcome(0, "The database has the schema of this version.\n", "")
    assert (tmp_path / "state" / "citebot.sqlite3").is_file()


def test_a_database_that_cannot_be_used_is_said_in_a_sentence(
    citebot: Citebot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("this is a text, and by no means a database", "utf-8")
    monkeypatch.setenv("CITEBOT_DATABASE_URL", f"sqlite:///{tmp_path}/file")
    outcome = citebot("db", "upgrade")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "CITEBOT_DATABASE_URL cannot be used: the database cannot be opened: file is not a database\n"
    )


@pytest.mark.parametrize(
    "command",
    [(), ("ask",), ("check",), ("verify",), ("schema",), ("eval",), ("run",), ("health",), ("db",), ("db", "upgrade")],
)
def test_every_command_explains_itself(citebot: Citebot, command: tuple[str, ...]) -> None:
    outcome = citebot(*command, "--help")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.lstrip().startswith(f"Usage: {' '.join(('citebot', *command))} ")
