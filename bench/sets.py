"""The fact bases and question sets that benchmarks run on.

``shipped`` is the fact base that comes with Citebot, with its regression questions, with the readers' questions in
``bench/questions``, and with a development set where that lies beside the repository. ``orla-flood`` and
``nordvela-breach`` are invented reports whose questions were written without the matcher.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.commands.evaluate import read_questions
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.loader import default_folder, load
from bot.knowledge.models import Expectation

ROOT = Path(__file__).parent.parent
_INVENTED = ROOT / "tests" / "reports"
_READERS = ROOT / "bench" / "questions"
_DEVELOPMENT = ROOT.parent / "shared" / "questions"


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions with known outcomes."""

    name: str
    questions: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Bench:
    """A fact base and the question sets about it."""

    name: str
    knowledge: KnowledgeBase
    sets: tuple[QuestionSet, ...]


def shipped() -> Bench:
    """Return the fact base that comes with Citebot."""
    knowledge = load(default_folder())
    sets = [QuestionSet(f"questions/{name}", found.questions) for name, found in knowledge.questions.items()]
    sets += [QuestionSet(file.stem, read_questions(file).questions) for file in sorted(_READERS.glob("*.yaml"))]
    if (_DEVELOPMENT / "dev.jsonl").exists():
        sets.append(QuestionSet("development", tuple(_development())))
    return Bench("shipped", knowledge, tuple(sets))


def invented(name: str) -> Bench:
    """Return an invented report of the tests."""
    home = _INVENTED / name
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(home / f"{name}.yaml", folder)
        knowledge = load(Path(folder), require_lock=False)
    questions = read_questions(home / "questions.yaml").questions
    return Bench(name, knowledge, (QuestionSet(name, questions),))


def orla_flood() -> Bench:
    """Return the second report: developed on."""
    return invented("orla-flood")


def nordvela_breach() -> Bench:
    """Return the third report: nothing was fitted or mended on it."""
    return invented("nordvela-breach")


class _Row(BaseModel):
    """A line of the development set. Gold passages are sentences; a table beside it gives their paragraphs."""

    model_config = ConfigDict(extra="ignore")

    text: str
    after: str = ""
    answerable: bool
    gold_any: tuple[str, ...] = ()
    gold_all: tuple[tuple[str, ...], ...] = ()
    must_say: tuple[str, ...] = ()
    polar: Literal["yes", "no", ""] = ""
    kind: str


_CLAIMS: dict[str, Literal["yes", "no"]] = {"claim_true": "yes", "claim_false": "no"}


def _development() -> Iterator[Expectation]:
    paragraphs = dict(_paragraphs())
    for line in (_DEVELOPMENT / "dev.jsonl").read_text("utf-8").splitlines():
        row = _Row.model_validate(json.loads(line))
        parts = tuple(tuple(sorted({paragraphs[name] for name in names})) for names in row.gold_all)
        gold = {paragraphs[name] for name in row.gold_any} | {number for part in parts for number in part}
        yield Expectation(
            ask=row.text,
            after=row.after or None,
            paragraphs=tuple(sorted(gold)) if row.answerable else (),
            all_of=parts,
            says=row.must_say,
            verdict=(row.polar or _CLAIMS.get(row.kind)) if row.answerable else None,
            abstains=not row.answerable,
            kind=row.kind.replace("_", "-"),
        )


def _paragraphs() -> Iterator[tuple[str, int]]:
    for line in (_DEVELOPMENT / "sentences.tsv").read_text("utf-8").splitlines():
        sentence, paragraph, _ = line.split("\t")
        yield sentence, int(paragraph.removeprefix("P"))
