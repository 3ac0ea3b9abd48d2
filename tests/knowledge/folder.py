"""A small fact base about an invented fire, written to a folder of its own, to be edited by tests."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.document import parse
from bot.knowledge.loader import load
from bot.knowledge.models import Report
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.quotes import LOCK_NAME, Article, QuotesLock, lock_report

ROOT = Path(__file__).parents[2]
REPORT_NAME = "harbour-fire.yaml"
QUESTIONS_NAME = "questions/harbour-fire.yaml"
LEXICON_NAME = "lexicon/words.yaml"

ARTICLE = """Night fire closes the harbour

The harbour was closed on Saturday after a fire at the old pier. Nobody was hurt.

According to the harbour master, three hoses burst while 150 boats lay near. "The night was long." It ended at dawn.

Divers said that a fourth held, and that the water was cold, very cold.
"""

REPORT = """\
report:
  id: harbour-fire
  title: Night fire closes the harbour

entities:
  harbour:
    kind: place
    within: norway
    names: {en: [the harbour]}
  old-pier:
    kind: place
    within: harbour
    names: {en: [the old pier, Pier 2]}
  night-shift:
    kind: group
    names: {en: [the night shift]}

facts:
  - id: hoses-burst
    topics: [damage]
    answer: {en: Three fire hoses burst during the night.}
    cite:
      paragraph: 2
      quote: three hoses burst
    also:
      - {paragraph: 3, quote: a fourth held}
    ask: {en: [how many hoses burst]}
    about: [old-pier]
    actor: night-shift
    target: old-pier
    values: [{is: 3, of: hoses}]
  - id: when-closed
    topics: [closure]
    answer: {en: The harbour was closed on Saturday.}
    cite: {paragraph: 1, quote: closed on Saturday}
    ask: {en: [when was the harbour closed]}

unknowns:
  - id: fire-cause
    ask: {en: [what caused the fire]}
    say: {en: The report does not say what caused the fire.}
    about: [harbour]
    nearest: [hoses-burst]
"""

QUESTIONS = """\
questions:
  - {ask: how many hoses burst?, cites: [hoses-burst]}
  - {ask: what caused the fire?, unknown: fire-cause}
"""

LEXICON = """\
concepts:
  burst: {en: [burst, break]}
entities:
  norway: {kind: place, names: {en: [Norway]}}
"""


def place(content: str, text: str) -> str:
    """Return the line and the column at which a text that stands once in the content begins."""
    assert content.count(text) == 1, f"{text!r} stands {content.count(text)} times"
    before = content[: content.index(text)]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


@dataclass(frozen=True, slots=True)
class Folder:
    """A fact base on disk."""

    path: Path

    @classmethod
    def create(cls, path: Path) -> Folder:
        """Write the fact base and lock its quotes."""
        folder = cls(path)
        for name, content in ((REPORT_NAME, REPORT), (QUESTIONS_NAME, QUESTIONS), (LEXICON_NAME, LEXICON)):
            folder.write(name, content)
        folder.lock()
        return folder

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file of the folder."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        """Return what a file of the folder holds."""
        return (self.path / name).read_text("utf-8")

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace a text that stands once in a file."""
        content = self.read(name)
        assert content.count(old) == 1, f"{old!r} stands {content.count(old)} times in {name}"
        self.write(name, content.replace(old, new))

    def at(self, name: str, text: str) -> str:
        """Return where a text that stands once in a file begins, as problems show it."""
        return f"{self.path.name}/{name}:{place(self.read(name), text)}"

    def lock(self, article: str = ARTICLE) -> None:
        """Lock the quotes as they stand, whether they are good or not."""
        report = parse(REPORT_NAME, (self.path / REPORT_NAME).read_bytes()).build(Report)
        lock = QuotesLock().with_report(report.report.id, lock_report(report, Article.read(article.encode())))
        self.write(LOCK_NAME, lock.dump())

    def load(self) -> KnowledgeBase:
        """Load the folder as the bot does."""
        return load(self.path)

    def problems(self) -> list[str]:
        """Return what stands in the way of loading the folder, as it is shown to editors."""
        try:
            self.load()
        except KnowledgeError as error:
            return str(error).splitlines()
        return []
