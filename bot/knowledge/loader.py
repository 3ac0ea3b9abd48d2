"""Turn the files of a fact base into a KnowledgeBase, or say everything that is wrong with them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from pydantic import BaseModel

from bot.knowledge.base import KnowledgeBase
from bot.knowledge.bundle import LEXICON, QUESTIONS, SHARED_LEXICON, Bundle, read_bundle
from bot.knowledge.document import Document, ModelT, parse
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import RegressionQuestions, Report
from bot.knowledge.problems import KnowledgeError, Path, Problem
from bot.knowledge.quotes import LOCK_NAME, QuotesLock, unlocked
from bot.knowledge.references import dangling, dangling_entities, unknown_expectations


def default_folder() -> FilePath:
    """Return the fact base that comes with Citebot: beside the package, or inside it when installed."""
    package = FilePath(__file__).parent.parent
    installed = package / "default_knowledge"
    return installed if installed.is_dir() else package.parent / "knowledge"


def bundle_of(folder: FilePath) -> Bundle:
    """Read the files of a fact base, with the shared lexicon where it has none of its own."""
    return read_bundle(folder, default_folder() / LEXICON)


def load(folder: FilePath, *, require_lock: bool = True) -> KnowledgeBase:
    """Load and check a fact base. Raises KnowledgeError with every problem of every file.

    A folder without a ``lexicon`` of its own uses the shared one. ``require_lock=False`` is for the commands
    that write the lock; nothing loaded so may be served.
    """
    return build(bundle_of(folder), require_lock=require_lock)


class ParsedFiles:
    """What was read of the files of the last bundle, so that a file which is still the same is not parsed again."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, bytes], tuple[Document, BaseModel]] = {}
        self._next: dict[tuple[str, bytes], tuple[Document, BaseModel]] = {}

    def begin(self) -> None:
        """Begin with another bundle: what this one does not use is forgotten after it."""
        self._last, self._next = self._next or self._last, {}

    def read(self, file: str, content: bytes, model: type[ModelT]) -> tuple[Document, ModelT]:
        """Parse and check a file, or take what is known of it. Raises KnowledgeError."""
        key = (file, content)
        known = self._last.get(key)
        if known is not None and isinstance(known[1], model):
            document, built = known[0], known[1]
        else:
            document = parse(file, content)
            built = document.build(model)
        self._next[key] = document, built
        return document, built


def build(bundle: Bundle, *, require_lock: bool = True, parsed: ParsedFiles | None = None) -> KnowledgeBase:
    """Check the files of a fact base and put them together. Raises KnowledgeError with every problem.

    ``parsed``: what is known of files that were read before.
    """
    parsed = parsed or ParsedFiles()
    parsed.begin()
    reading = _Reading(bundle, parsed)
    reports = reading.reports()
    lexicon, is_whole = reading.lexicon()
    for document, report in reports:
        reading.add(document, dangling(report))
        if is_whole:  # otherwise the names of a file that could not be read would seem not to exist
            reading.add(document, dangling_entities(report, lexicon))
    questions = reading.questions({report.report.id: report for _, report in reports})
    if require_lock:
        reading.check_lock(reports)
    if reading.problems:
        raise KnowledgeError(reading.problems)
    return KnowledgeBase(
        reports=tuple(report for _, report in reports),
        lexicon=lexicon,
        questions=questions,
        revision=bundle.revision,
    )


@dataclass(slots=True)
class _Reading:
    """One pass over the files of a bundle: what is wrong with them so far."""

    bundle: Bundle
    parsed: ParsedFiles
    problems: list[Problem] = field(default_factory=list)

    def add(self, document: Document, found: Iterator[tuple[Path, str]]) -> None:
        self.problems += [document.problem(path, message) for path, message in found]

    def reports(self) -> list[tuple[Document, Report]]:
        names = list(self.bundle.within("."))
        if not names:
            self._complain(self.bundle.name, "there is no report here; add a file like night-fire.yaml")
        found = list(self._each(names, Report))
        for document, report in found:
            if report.report.id != FilePath(document.file).stem:
                wanted = f"the id must be the file's name, {FilePath(document.file).stem}"
                self.problems.append(document.problem(("report", "id"), wanted))
        return found

    def lexicon(self) -> tuple[Lexicon, bool]:
        """Return what could be read of the lexicon, and whether that is all of it."""
        merged = Lexicon()
        names = [*self.bundle.within(LEXICON), *self.bundle.within(SHARED_LEXICON)]
        read = list(self._each(names, Lexicon))
        for document, lexicon in read:
            for key in sorted({*lexicon.concepts} & {*merged.concepts}):
                self.problems.append(document.problem(("concepts", key), "another file has this concept already"))
            for key in sorted({*lexicon.entities} & {*merged.entities}):
                self.problems.append(document.problem(("entities", key), "another file has this entity already"))
            merged = merged.merged(lexicon)
        return merged, len(read) == len(names)

    def questions(self, reports: dict[str, Report]) -> dict[str, RegressionQuestions]:
        result: dict[str, RegressionQuestions] = {}
        there = set(self.bundle.within("."))
        for document, questions in self._each(self.bundle.within(QUESTIONS), RegressionQuestions):
            name = FilePath(document.file).stem
            report = reports.get(name)
            if report is None:
                if f"{name}.yaml" in there:
                    continue  # the report is there and its own mistakes are reported
                self.problems.append(document.problem((), f"there is no report {name}; name the file after a report"))
                continue
            self.add(document, unknown_expectations(questions, report))
            result[name] = questions
        return result

    def check_lock(self, reports: list[tuple[Document, Report]]) -> None:
        """Report every quote that is not in the lock, or the lock itself where it cannot be read."""
        lock: QuotesLock | None = QuotesLock()
        if LOCK_NAME in self.bundle.files or LOCK_NAME in self.bundle.unreadable:
            try:
                lock = QuotesLock.parse(self._bytes(LOCK_NAME).decode("utf-8", "replace"))
            except KnowledgeError as error:
                self.problems += error.problems
                return
        if lock is None:
            shown = self.bundle.shown(LOCK_NAME)
            self._complain(shown, "the lock is damaged; run `citebot verify --source ARTICLE` for each report")
            return
        for document, report in reports:
            self.add(document, unlocked(report, lock.reports.get(report.report.id)))

    def _each(self, names: Iterable[str], model: type[ModelT]) -> Iterator[tuple[Document, ModelT]]:
        for name in names:
            try:
                yield self.parsed.read(self.bundle.shown(name), self._bytes(name), model)
            except KnowledgeError as error:
                self.problems += error.problems

    def _bytes(self, name: str) -> bytes:
        if name in self.bundle.unreadable:
            reason = f"cannot be read: {self.bundle.unreadable[name]}"
            raise KnowledgeError([Problem(self.bundle.shown(name), 1, 1, "", reason)])
        return self.bundle.files[name]

    def _complain(self, shown: str, message: str) -> None:
        self.problems.append(Problem(shown, 1, 1, "", message))
