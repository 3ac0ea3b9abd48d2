"""``citebot eval``: question sets asked, counted, and their failures shown."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answering.engine import Answerer
from bot.answering.evaluation import Figures, Result, by_kind, evaluate, figures
from bot.answering.wording import say
from bot.knowledge.document import parse
from bot.knowledge.loader import default_folder, load
from bot.knowledge.models import Expectation, Floors, RegressionQuestions
from bot.knowledge.problems import KnowledgeError, Problem

_GOOD = frozenset({"right", "silent"})


def evaluate_sets(folder: Path | None, files: list[Path]) -> int:
    """Evaluate question sets, or the fact base's own. Returns 1 if any set ends below its floors."""
    answerer = Answerer(load(folder or default_folder()))
    sets = [(file.name, read_questions(file)) for file in files] or list(answerer.knowledge.questions.items())
    console = Console(highlight=False)
    if not sets:
        console.print("There are no questions; write some into questions/, or name a file.")
        return 2
    code = 0
    for name, questions in sets:
        results = evaluate(answerer, questions.questions)
        total = figures(results)
        _show(console, name, results, total, questions.floors)
        code = code if total.meets(questions.floors) else 1
    return code


def read_questions(path: Path) -> RegressionQuestions:
    """Read a question set: YAML as in ``questions/``, or JSON lines of expectations."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KnowledgeError([Problem(str(path), 1, 1, "", f"cannot be read: {error.strerror}")]) from None
    if path.suffix != ".jsonl":
        return parse(path.name, content).build(RegressionQuestions)
    rows: list[Expectation] = []
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise KnowledgeError([Problem(str(path), 1, 1, "", "is not UTF-8 text; save it as UTF-8")]) from None
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                rows.append(Expectation.model_validate(json.loads(line)))
            except ValueError as error:
                message = str(error).splitlines()[-1].strip()
                raise KnowledgeError([Problem(path.name, number, 1, "", message)]) from None
    return RegressionQuestions(questions=tuple(rows))


def _show(console: Console, name: str, results: Iterable[Result], total: Figures, floors: Floors) -> None:
    results = list(results)
    table = Table(title=name, title_justify="left")
    table.add_column("kind")
    table.add_column("well", justify="right")
    table.add_column("of", justify="right")
    for kind, (good, count) in by_kind(results).items():
        table.add_row(kind, str(good), str(count))
    console.print(table)
    for result in results:
        if result.outcome not in _GOOD:
            console.print(Text(f"[{result.outcome}] {result.expected.ask} -> {say(result.answer)}"))
    console.print(
        f"right {total.right:.3f} wrong {total.wrong:.3f} declined {total.declined:.3f} (of {total.answerable}) | "
        f"false {total.false:.3f} (of {total.unanswerable}) | floors: right {floors.right} wrong {floors.wrong} "
        f"false {floors.false}: {'met' if total.meets(floors) else 'NOT met'}"
    )
