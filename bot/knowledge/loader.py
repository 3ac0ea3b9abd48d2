"""Load a folder of YAML into a KnowledgeBase, or say everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from bot.knowledge.base import KnowledgeBase
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


def load(folder: FilePath, *, require_lock: bool = True) -> KnowledgeBase:
    """Load and check a fact base. Raises KnowledgeError with every problem of every file.

    A folder without a ``lexicon`` of its own uses the shared one. ``require_lock=False`` is for the commands
    that write the lock; nothing loaded so may be served.
    """
    reading = _Reading(folder)
    reports = reading.reports()
    lexicon, is_whole = reading.lexicon(
        folder / "lexicon" if (folder / "lexicon").is_dir() else default_folder() / "lexicon"
    )
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
        revision=reading.digest.hexdigest()[:12],
    )


@dataclass(slots=True)
class _Reading:
    """One pass over the files of a folder: what was read so far, and what is wrong with it."""

    folder: FilePath
    problems: list[Problem] = field(default_factory=list)
    digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def add(self, document: Document, found: Iterator[tuple[Path, str]]) -> None:
        self.problems += [document.problem(path, message) for path, message in found]

    def reports(self) -> list[tuple[Document, Report]]:
        files = _yaml_files(self.folder)
        if not files:
            self._complain(self.folder, "there is no report here; add a file like night-fire.yaml")
        found = list(self._each(files, Report))
        for document, report in found:
            if report.report.id != FilePath(document.file).stem:
                wanted = f"the id must be the file's name, {FilePath(document.file).stem}"
                self.problems.append(document.problem(("report", "id"), wanted))
        return found

    def lexicon(self, folder: FilePath) -> tuple[Lexicon, bool]:
        """Return what could be read of the lexicon, and whether that is all of it."""
        merged = Lexicon()
        files = _yaml_files(folder)
        read = list(self._each(files, Lexicon))
        for document, lexicon in read:
            for key in sorted({*lexicon.concepts} & {*merged.concepts}):
                self.problems.append(document.problem(("concepts", key), "another file has this concept already"))
            for key in sorted({*lexicon.entities} & {*merged.entities}):
                self.problems.append(document.problem(("entities", key), "another file has this entity already"))
            merged = merged.merged(lexicon)
        return merged, len(read) == len(files)

    def questions(self, reports: dict[str, Report]) -> dict[str, RegressionQuestions]:
        result: dict[str, RegressionQuestions] = {}
        for document, questions in self._each(_yaml_files(self.folder / "questions"), RegressionQuestions):
            name = FilePath(document.file).stem
            report = reports.get(name)
            if report is None:
                if (self.folder / f"{name}.yaml").exists():
                    continue  # the report is there and its own mistakes are reported
                self.problems.append(document.problem((), f"there is no report {name}; name the file after a report"))
                continue
            self.add(document, unknown_expectations(questions, report))
            result[name] = questions
        return result

    def check_lock(self, reports: list[tuple[Document, Report]]) -> None:
        """Report every quote that is not in the lock, or the lock itself where it cannot be read."""
        path = self.folder / LOCK_NAME
        lock: QuotesLock | None = QuotesLock()
        if path.exists():
            try:
                lock = QuotesLock.parse(self._bytes(path).decode("utf-8", "replace"))
            except KnowledgeError as error:
                self.problems += error.problems
                return
        if lock is None:
            self._complain(path, "the lock is damaged; run `citebot verify --source ARTICLE` for each report")
            return
        for document, report in reports:
            self.add(document, unlocked(report, lock.reports.get(report.report.id)))

    def _each(self, files: list[FilePath], model: type[ModelT]) -> Iterator[tuple[Document, ModelT]]:
        for path in files:
            try:
                document = parse(self._shown(path), self._bytes(path))
                yield document, document.build(model)
            except KnowledgeError as error:
                self.problems += error.problems

    def _bytes(self, path: FilePath) -> bytes:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise KnowledgeError([Problem(self._shown(path), 1, 1, "", f"cannot be read: {error.strerror}")]) from None
        self.digest.update(f"{path.name}\0{len(content)}\0".encode())
        self.digest.update(content)
        return content

    def _complain(self, path: FilePath, message: str) -> None:
        self.problems.append(Problem(self._shown(path), 1, 1, "", message))

    def _shown(self, path: FilePath) -> str:
        """Name a file as seen from the folder's parent: ``knowledge/night-fire.yaml``."""
        try:
            return str(path.relative_to(self.folder.parent))
        except ValueError:
            return str(path)


def _yaml_files(folder: FilePath) -> list[FilePath]:
    """List the YAML files of a folder; hidden ones are what editors leave beside an open file."""
    return sorted(path for path in folder.glob("*.yaml") if not path.name.startswith("."))
