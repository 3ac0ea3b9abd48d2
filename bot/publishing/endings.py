"""How an answer ended, in a word or two, for admins and editors: ``hoses-burst: no``, ``unknown fire-cause``."""

from __future__ import annotations

from typing import assert_never

from bot.answering.answers import (
    Answer,
    Answered,
    Clarify,
    Curated,
    NotInReport,
    NotUnderstood,
    Silent,
    SmallTalk,
    Uncomputed,
    Unmentioned,
    Withdrawn,
)

Endings = dict[tuple[str, str | None], str]
"""How questions ended, each with the one that was asked before it."""


def ending(answer: Answer) -> str:
    """Say how an answer ended."""
    match answer:
        case Answered(facts=facts, verdict=verdict):
            names = ", ".join(cited.fact.id for cited in facts)
            return names if verdict is None else f"{names}: {verdict}"
        case Clarify(options=options):
            return f"choice of {', '.join(cited.fact.id for cited in options)}"
        case NotInReport():
            return _reason(answer)
        case Withdrawn(fact=cited):
            return f"withdrawn {cited.fact.id}"
        case SmallTalk(kind=kind):
            return f"small talk, {kind}"
        case NotUnderstood():
            return "not understood"
        case _:
            assert_never(answer)


def _reason(answer: NotInReport) -> str:
    match answer.reason:
        case Curated(unknown=unknown):
            return f"unknown {unknown.id}"
        case Unmentioned(name=name):
            return f"no mention of {name}"
        case Uncomputed():
            return "not computed"
        case Silent():
            return "not in the report"
        case _:
            assert_never(answer.reason)
