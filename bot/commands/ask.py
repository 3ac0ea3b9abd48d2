"""``citebot ask``: one readable answer, or many as JSON lines."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.text import Text

from bot.answering.answers import Answer, Answered, Clarify, NotInReport
from bot.answering.engine import Answerer
from bot.answering.explaining import explain_lines
from bot.answering.wire import AskedLine, to_line
from bot.answering.wording import say
from bot.knowledge.loader import default_folder, load


def answer_one(folder: Path | None, question: str, after: str | None, *, explain: bool) -> None:
    """Print a readable answer."""
    answerer = Answerer(load(folder or default_folder()))
    explanation = answerer.explain(question, after)
    console = Console(highlight=False, soft_wrap=True)
    _show(console, explanation.answer)
    if explain:
        console.print()
        for line in explain_lines(explanation, answerer):
            console.print(Text(line, style="dim"))


def answer_lines(folder: Path | None, lines: TextIO, output: TextIO) -> int:
    """Answer JSON lines. A line that cannot be read is named and skipped; the exit code tells."""
    answerer = Answerer(load(folder or default_folder()))
    code = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = AskedLine.model_validate_json(line)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            where = ".".join(str(step) for step in detail["loc"])
            typer.echo(f"line {number}: {where + ': ' if where else ''}{detail['msg']}; the line is skipped", err=True)
            code = 1
            continue
        answer = answerer.answer(asked.text, asked.after or None)
        output.write(to_line(asked.id, answer).model_dump_json() + "\n")
        output.flush()  # a program that talks to us line by line waits for it
    return code


def _show(console: Console, answer: Answer) -> None:
    console.print(Text(say(answer), style="bold"))
    if isinstance(answer, Answered):
        for cited in answer.facts:
            for citation in cited.citations:
                by = f" · {citation.by.text(answer.lang)}" if citation.by else ""
                place = f"¶{citation.paragraph}" if citation.paragraph else "title"
                console.print(Text(f"  “{citation.quote}” · {place}, {cited.source.title}{by}"))
    elif isinstance(answer, Clarify):
        for cited in answer.options:
            console.print(Text(f"  - {cited.fact.answer.text(answer.lang)}"))
    elif isinstance(answer, NotInReport):
        for cited in answer.nearest:
            console.print(Text(f"  Not an answer, but it does say: {cited.fact.answer.text(answer.lang)}", style="dim"))
