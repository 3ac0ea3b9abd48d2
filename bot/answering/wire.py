"""Answers as JSON lines: the shape that ``citebot ask --jsonl`` reads and writes. It is a contract."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.answering.answers import (
    Answer,
    Answered,
    CitedFact,
    Clarify,
    NotInReport,
    NotUnderstood,
    SmallTalk,
    Verdict,
    Withdrawn,
)
from bot.answering.wording import say
from bot.knowledge.models import Lang

Status = Literal["answered", "clarify", "not_in_report", "withdrawn", "smalltalk", "not_understood"]


class AskedLine(BaseModel):
    """One question. Keys it does not know are ignored, so that question sets can carry their own."""

    model_config = ConfigDict(extra="ignore")

    id: str
    text: str
    after: str | None = None


class CitationLine(BaseModel):
    """One citation of an answer."""

    report: str
    fact: str
    paragraph: int
    quote: str
    by: str | None


class AnsweredLine(BaseModel):
    """One answer."""

    id: str
    status: Status
    verdict: Verdict | None
    lang: Lang
    text: str
    citations: list[CitationLine]
    suggestions: list[str]
    score: float


def to_line(question_id: str, answer: Answer) -> AnsweredLine:
    """Write an answer in the shape of the contract."""
    return AnsweredLine(
        id=question_id,
        status=_STATUSES[type(answer)],
        verdict=answer.verdict if isinstance(answer, Answered) else None,
        lang=answer.lang,
        text=say(answer),
        citations=_citations(answer),
        suggestions=[cited.fact.id for cited in _suggested(answer)],
        score=0.0 if isinstance(answer, SmallTalk | NotUnderstood) else round(answer.score, 3),
    )


_STATUSES: dict[type[Answer], Status] = {
    Answered: "answered",
    Clarify: "clarify",
    NotInReport: "not_in_report",
    Withdrawn: "withdrawn",
    SmallTalk: "smalltalk",
    NotUnderstood: "not_understood",
}


def _suggested(answer: Answer) -> tuple[CitedFact, ...]:
    if isinstance(answer, Clarify):
        return answer.options
    return answer.nearest if isinstance(answer, NotInReport) else ()


def _citations(answer: Answer) -> list[CitationLine]:
    """The first citation of every fact, then the further ones, four in all: more than that nobody reads."""
    if not isinstance(answer, Answered):
        return []
    first = [(cited, cited.fact.cite) for cited in answer.facts]
    further = [(cited, citation) for cited in answer.facts for citation in cited.fact.also]
    return [
        CitationLine(
            report=cited.source.id,
            fact=cited.fact.id,
            paragraph=citation.paragraph,
            quote=citation.quote,
            by=citation.by.text(answer.lang) if citation.by else None,
        )
        for cited, citation in (*first, *further)[:4]
    ]
