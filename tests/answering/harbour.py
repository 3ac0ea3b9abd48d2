"""The invented report of a fire in a harbour, and how its answers are told apart in a word or two."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from bot.answering.answers import (
    Answer,
    Answered,
    Clarify,
    Curated,
    NotInReport,
    NotUnderstood,
    SmallTalk,
    Uncomputed,
    Unmentioned,
    Withdrawn,
)
from bot.knowledge.document import parse
from bot.knowledge.models import Report
from bot.knowledge.quotes import LOCK_NAME, Article, QuotesLock, lock_report

FOLDER = Path(__file__).parent
REPORT = FOLDER / "ship-fire.yaml"
ARTICLE = FOLDER / "ship-fire-article.txt"


class Ask(Protocol):
    """Takes a question and, for a follow-up, the one before it; returns how the answer ended."""

    def __call__(self, question: str, previous: str | None = None) -> str:
        """Ask."""
        ...


def read_report(path: Path) -> Report:
    """Read one report file."""
    return parse(path.name, path.read_bytes()).build(Report)


def read_article() -> Article:
    """Read the article that the report is derived from."""
    return Article.read(ARTICLE.read_bytes())


def lay_out(report: Path, article: Path, folder: Path) -> Path:
    """Make a folder that can be served, with one report, its lock and the shared lexicon. Returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / report.name).write_bytes(report.read_bytes())
    read = read_report(report)
    lock = QuotesLock().with_report(read.report.id, lock_report(read, Article.read(article.read_bytes())))
    (folder / LOCK_NAME).write_text(lock.dump(), "utf-8")
    return folder


def ending(answer: Answer) -> str:
    """Tell how an answer ended, for comparing: ``hoses-burst: no``, ``unknown cause``, ``no mention of Oslo``."""
    match answer:
        case Answered():
            names = ", ".join(cited.fact.id for cited in answer.facts)
            return names if answer.verdict is None else f"{names}: {answer.verdict}"
        case Clarify():
            return "which: " + ", ".join(cited.fact.id for cited in answer.options)
        case NotInReport():
            return _reason(answer)
        case Withdrawn():
            return f"withdrawn {answer.fact.fact.id}"
        case SmallTalk():
            return answer.kind
        case NotUnderstood():
            return "not understood"


def _reason(answer: NotInReport) -> str:
    match answer.reason:
        case Curated(unknown=unknown):
            return f"unknown {unknown.id}"
        case Unmentioned(name=name):
            return f"no mention of {name}"
        case Uncomputed():
            return "not computed"
        case _:
            return "silent"
