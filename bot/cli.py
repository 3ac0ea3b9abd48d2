"""The ``citebot`` command: one sub-command a chore. Only what a chore needs is imported."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.knowledge.problems import KnowledgeError

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, rich_markup_mode=None,
    help="Answers questions about a report, only from checked facts, with the words that prove each answer.",
)  # fmt: skip

Knowledge = Annotated[
    Path | None,
    typer.Option(
        "--knowledge",
        envvar="CITEBOT_KNOWLEDGE",
        help="The folder with the fact base.",
        show_default=False,
        exists=True,
        file_okay=False,
    ),
]


def main() -> None:
    """Run a command. A fault a person can mend ends in a clear sentence and exit code 2."""
    # The matrices of an answer are small: more threads than one cost more than they save. numpy reads this when it is
    # first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except KnowledgeError as error:
        typer.echo("The fact base has mistakes:", err=True)
        for problem in error.problems:
            typer.echo(f"  {problem}", err=True)
        raise SystemExit(2) from None


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question; leave it out with --jsonl.")] = None,
    after: Annotated[str | None, typer.Option(help="The question before it, for a follow-up.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show how the answer came about.")] = False,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read questions and write answers as JSON lines.")] = False,
    knowledge: Knowledge = None,
) -> None:
    """Answer one question, or many as JSON lines from standard input."""
    from bot.commands import ask as command

    if jsonl:
        raise typer.Exit(command.answer_lines(knowledge, sys.stdin, sys.stdout))
    if question is None:
        typer.echo('Write a question: citebot ask "how many people were hurt?"', err=True)
        raise typer.Exit(2)
    command.answer_one(knowledge, question, after, explain=explain)


@app.command()
def check(knowledge: Knowledge = None) -> None:
    """Check the fact base: YAML, references, quotes, regression questions."""
    from bot.commands import facts as command

    raise typer.Exit(command.check(knowledge))


@app.command()
def verify(
    source: Annotated[Path, typer.Option("--source", help="The article, as text.")],
    report: Annotated[str | None, typer.Option(help="Which report; not needed if there is one.")] = None,
    knowledge: Knowledge = None,
) -> None:
    """Check every quote of a report against the article and lock them."""
    from bot.commands import facts as command

    raise typer.Exit(command.verify(knowledge, source, report))


@app.command()
def schema(knowledge: Knowledge = None) -> None:
    """Write the JSON Schema of report files beside them."""
    from bot.commands import facts as command

    raise typer.Exit(command.schema(knowledge))


@app.command("eval")
def evaluate(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Question sets, YAML or JSONL; the fact base's own if none.")
    ] = None,
    knowledge: Knowledge = None,
) -> None:
    """Ask question sets and print how the answers ended; exit code 1 below the fact base's floors."""
    from bot.commands import evaluate as command

    raise typer.Exit(command.evaluate_sets(knowledge, files or []))


@app.command()
def run(knowledge: Knowledge = None) -> None:
    """Run the bot: on Telegram with TELEGRAM_TOKEN, in this terminal without it."""
    from bot.commands import serve as command

    raise typer.Exit(command.run(knowledge))


@app.command()
def health() -> None:
    """Tell whether the bot on this machine is alive; exit code 1 if not."""
    from bot.commands import health as command

    raise typer.Exit(command.health())


database = typer.Typer(no_args_is_help=True, help="The database.")
app.add_typer(database, name="db")


@database.command()
def upgrade() -> None:
    """Bring the database to the current schema."""
    from bot.commands import serve as command

    raise typer.Exit(command.upgrade_database())
