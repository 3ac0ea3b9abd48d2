"""``python -m bench.reload``: how long a reload takes, and what it does to answers meanwhile.

Of 1,000 facts that are made up, and of the shipped fact base, which asks far more questions of itself.

A bot's event loop answers a question every few milliseconds, as if people asked them, while the folder is examined
and published again and again, one fact edited each time. An answer's time counts from when it was due: whatever keeps
the loop busy counts too.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from bench import pages
from bench.synthetic import grow
from bot.answering.engine import Answerer
from bot.knowledge.loader import default_folder, load
from bot.knowledge.models import Report
from bot.knowledge.quotes import LOCK_NAME, Article, QuotesLock, lock_report
from bot.publishing.current import Current
from bot.publishing.pauses import settle
from bot.publishing.proposal import Proposal
from bot.publishing.publisher import Publisher
from bot.storage.database import Database
from bot.storage.revisions import Revisions

_FACTS = 1_000
_PHRASINGS = 5
"""Of each fact."""
_QUESTIONS = 100
"""Regression questions."""
_PAUSE = 0.02  # seconds between two questions
_ROUNDS = 5
_ANSWER = re.compile(r"answer:\s*\{?\s*en: ")
_HEAD = ("answers", "median", "95th percentile", "99th percentile", "longest", "median, as a ratio")


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds that each reload took, and milliseconds that each answer took."""

    examined: tuple[float, ...]
    published: tuple[float, ...]
    idle: tuple[float, ...]
    meanwhile: tuple[float, ...]


def main(*, facts: int = _FACTS, write: bool = True) -> None:
    """Measure, print, and write the figures into the documentation."""
    parts = []
    for title, lay_out in (
        (f"{facts:,} facts with {_PHRASINGS} phrasings each", partial(_lay_out, facts=facts)),
        ("The shipped fact base", _lay_out_shipped),
    ):
        with TemporaryDirectory(prefix="citebot-bench-") as folder:
            measured = asyncio.run(_measure(Path(folder), lay_out))
        parts += [_reloads(measured, title), _answers(measured)]
    text = "\n\n".join(parts)
    print(text)
    if write:
        pages.write("speed.md", "reload", text)


async def _measure(folder: Path, lay_out: Callable[[Path], Sequence[str]]) -> Measured:
    questions = lay_out(folder / "knowledge")
    answerer = Answerer(load(folder / "knowledge"))
    settle()
    database = await Database.open(f"sqlite:///{folder}/bench.sqlite3")
    publisher = Publisher(Current.unpublished(answerer, datetime.now(UTC)), Revisions(database), folder / "knowledge")
    try:
        await _reload(publisher, folder, 0)  # fills caches, as the start of the bot does
        idle = await _asking(publisher, questions, asyncio.sleep(5))
        examined, published = [], []

        async def rounds() -> None:
            for number in range(1, _ROUNDS + 1):
                times = await _reload(publisher, folder, number)
                examined.append(times[0])
                published.append(times[1])

        meanwhile = await _asking(publisher, questions, rounds())
    finally:
        await database.close()
    return Measured(tuple(examined), tuple(published), tuple(idle), tuple(meanwhile))


async def _reload(publisher: Publisher, folder: Path, number: int) -> tuple[float, float]:
    """Edit one fact and publish; return how many seconds the examination took, and the publication."""
    path = min((folder / "knowledge").glob("*.yaml"))
    text = _ANSWER.sub(lambda found: f"{found[0]}Number {number} ", path.read_text("utf-8"), count=1)
    path.write_text(text, "utf-8")
    start = time.perf_counter()
    proposal = await publisher.propose_folder()
    middle = time.perf_counter()
    assert isinstance(proposal, Proposal), proposal.problems[:3]
    await publisher.confirm(proposal, author="file", cause="reload")
    return middle - start, time.perf_counter() - middle


async def _asking(publisher: Publisher, questions: Sequence[str], during: object) -> list[float]:
    """Ask while something goes on, and return how many milliseconds each answer came after it was due."""
    taken: list[float] = []
    going = asyncio.ensure_future(during)  # type: ignore[call-overload]
    for question in cycle(questions):
        if going.done():
            break
        due = time.perf_counter() + _PAUSE
        await asyncio.sleep(_PAUSE)
        publisher.current.snapshot().answer(question)
        taken.append(1000 * (time.perf_counter() - due))
    await going
    return taken


def _lay_out(folder: Path, facts: int) -> tuple[str, ...]:
    """Write a fact base into a folder, and return questions that it answers."""
    grown = grow(load(default_folder()).lexicon, facts * _PHRASINGS, _QUESTIONS, per_fact=_PHRASINGS)
    (folder / "questions").mkdir(parents=True)
    lock = QuotesLock()
    article = Article((), "0" * 64)
    for report in grown.knowledge.reports:
        (folder / f"{report.report.id}.yaml").write_text(_written(report), "utf-8")
        lock = lock.with_report(report.report.id, lock_report(report, article))
    (folder / LOCK_NAME).write_text(lock.dump(), "utf-8")
    asked = {
        "floors": {"right": 0.0, "wrong": 1.0, "false": 1.0},
        "questions": [{"ask": question, "paragraphs": [1]} for question in grown.questions],
    }
    (folder / "questions" / "grown-0.yaml").write_text(yaml.safe_dump(asked, allow_unicode=True), "utf-8")
    return grown.questions


def _lay_out_shipped(folder: Path) -> tuple[str, ...]:
    """Copy the shipped fact base, and return its regression questions."""
    shutil.copytree(default_folder(), folder)
    return tuple(each.ask for asked in load(folder).questions.values() for each in asked.questions)


def _written(report: Report) -> str:
    plain = report.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=120)


def _reloads(measured: Measured, title: str) -> str:
    examined, published = sorted(measured.examined), sorted(measured.published)
    return (
        f"{title}, one fact edited: examined in "
        f"{_at(examined, 0.5):.2f} s (longest {examined[-1]:.2f} s), published in {_at(published, 0.5):.2f} s "
        f"(longest {published[-1]:.2f} s)."
    )


def _answers(measured: Measured) -> str:
    base = _at(sorted(measured.idle), 0.5)
    rows = []
    for name, taken in (("nothing else", measured.idle), ("during reloads", measured.meanwhile)):
        found = sorted(taken)
        cells = [f"{_at(found, share):.1f} ms" for share in (0.5, 0.95, 0.99)]
        rows.append((name, *cells, f"{found[-1]:.1f} ms", f"{_at(found, 0.5) / base:.1f}"))
    return pages.table(_HEAD, rows)


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.reload", description=__doc__)
    parser.add_argument("--facts", type=int, default=_FACTS)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    main(facts=given.facts, write=given.write)
