"""``citebot check``, ``verify`` and ``schema``: chores around the fact base."""

from __future__ import annotations

import json
from pathlib import Path

import typer

from bot.answering.engine import Answerer
from bot.answering.evaluation import evaluate, figures
from bot.knowledge.document import parse
from bot.knowledge.loader import default_folder, load
from bot.knowledge.models import Report
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.quotes import LOCK_NAME, Article, QuotesLock, lock_report, wrong_quotes

SCHEMA_NAME = "report.schema.json"


def check(folder: Path | None) -> int:
    """Load the fact base as the bot would, and run its regression questions."""
    knowledge = load(folder or default_folder())
    answerer = Answerer(knowledge)
    code = 0
    for name, questions in knowledge.questions.items():
        results = evaluate(answerer, questions.questions, name)
        if not figures(results).meets(questions.floors):
            typer.echo(f"{name}: the regression questions end below the floors; see `citebot eval`", err=True)
            code = 1
    for report in knowledge.reports:
        typer.echo(
            f"{report.report.id}: {len(report.facts)} facts, {len(report.unknowns)} unknowns, all quotes verified"
        )
    typer.echo(f"revision {knowledge.revision}")
    return code


def verify(folder: Path | None, source: Path, report_id: str | None) -> int:
    """Check the quotes of one report against its article, and lock them if all are good."""
    folder = folder or default_folder()
    knowledge = load(folder, require_lock=False)
    names = [report.report.id for report in knowledge.reports]
    if report_id is None and len(names) > 1:
        typer.echo(f"Say which report it is, with --report: {', '.join(names)}", err=True)
        return 2
    report_id = report_id or names[0]
    path = folder / f"{report_id}.yaml"
    if not path.is_file():
        typer.echo(f"There is no report {report_id}; there is: {', '.join(names)}", err=True)
        return 2
    try:
        article = Article.read(source.read_bytes())
    except (OSError, UnicodeDecodeError) as error:
        typer.echo(f"{source} cannot be read as UTF-8 text: {error}", err=True)
        return 2
    document = parse(f"{folder.name}/{path.name}", path.read_bytes())
    report = document.build(Report)
    problems = [document.problem(place, message) for place, message in wrong_quotes(report, article)]
    if problems:
        raise KnowledgeError(problems)
    lock_path = folder / LOCK_NAME
    lock = QuotesLock.parse(lock_path.read_text("utf-8")) if lock_path.is_file() else None
    locked = (lock or QuotesLock()).with_report(report_id, lock_report(report, article))
    lock_path.write_text(locked.dump(), "utf-8")
    count = sum(len(fact.citations) for fact in report.facts)
    typer.echo(f"{report_id}: {count} quotes stand word for word in {source.name}; {LOCK_NAME} is written")
    return 0


def schema(folder: Path | None) -> int:
    """Write the JSON Schema of report files."""
    path = (folder or default_folder()) / SCHEMA_NAME
    path.write_text(schema_text(), "utf-8")
    typer.echo(f"{path} is written")
    return 0


def schema_text() -> str:
    """Return the JSON Schema of report files, from the models."""
    return json.dumps(Report.model_json_schema(by_alias=True), indent=2, ensure_ascii=False) + "\n"
