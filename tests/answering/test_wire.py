from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from bot.answering.answers import (
    Answer,
    Answered,
    CitedFact,
    Clarify,
    NotInReport,
    NotUnderstood,
    Silent,
    SmallTalk,
    Withdrawn,
)
from bot.answering.engine import Answerer
from bot.answering.wire import AskedLine, to_line
from bot.answering.wording import say
from bot.knowledge.models import Report

from .harbour import REPORT, read_report

LINE_KEYS = ["id", "status", "verdict", "lang", "text", "citations", "suggestions", "score"]
CITATION_KEYS = ["report", "fact", "paragraph", "quote", "by"]


@pytest.fixture(scope="module")
def report() -> Report:
    """The invented report."""
    return read_report(REPORT)


def cited(report: Report, *names: str) -> tuple[CitedFact, ...]:
    return tuple(CitedFact(report.report, fact) for name in names for fact in report.facts if fact.id == name)


def test_a_line_has_exactly_the_keys_of_the_contract(answerer: Answerer) -> None:
    line = json.loads(to_line("q1", answerer.answer("how many hoses burst?")).model_dump_json())
    assert list(line) == LINE_KEYS
    assert [list(citation) for citation in line["citations"]] == [CITATION_KEYS, CITATION_KEYS]


def test_an_answered_question_is_written_in_full(report: Report) -> None:
    answer = Answered("uk", cited(report, "hoses-burst"), "no", (), 0.91234)
    assert to_line("q1", answer).model_dump() == {
        "id": "q1",
        "status": "answered",
        "verdict": "no",
        "lang": "uk",
        "text": "Ні. За словами начальника порту, за ніч луснули три пожежні рукави.",
        "citations": [
            {
                "report": "ship-fire",
                "fact": "hoses-burst",
                "paragraph": 3,
                "quote": "three hoses burst",
                "by": "начальник порту",
            },
            {"report": "ship-fire", "fact": "hoses-burst", "paragraph": 3, "quote": "a fourth held", "by": None},
        ],
        "suggestions": [],
        "score": 0.912,
    }


def test_each_answer_has_its_status(report: Report) -> None:
    answers: dict[str, Answer] = {
        "answered": Answered("en", cited(report, "fire-began"), None, (), 0.9),
        "clarify": Clarify("en", cited(report, "fire-began", "fire-lasted"), 0.9),
        "not_in_report": NotInReport("en", Silent(), (), 0.2),
        "withdrawn": Withdrawn("en", cited(report, "warehouses-burned")[0], 0.9),
        "smalltalk": SmallTalk("en", "greeting"),
        "not_understood": NotUnderstood("en"),
    }
    for status, answer in answers.items():
        line = to_line("q1", answer)
        assert line.status == status
        assert line.text == say(answer)
        assert list(json.loads(line.model_dump_json())) == LINE_KEYS


def test_what_is_no_answer_has_neither_verdict_nor_citations(report: Report) -> None:
    nearest = cited(report, "hoses-burst")
    for answer in (
        NotInReport("en", Silent(), nearest, 0.5),
        Clarify("en", cited(report, "fire-began", "fire-lasted"), 0.9),
        Withdrawn("en", cited(report, "warehouses-burned")[0], 0.9),
        SmallTalk("en", "thanks"),
        NotUnderstood("en"),
    ):
        line = to_line("q1", answer)
        assert (line.verdict, line.citations) == (None, [])


def test_suggestions_are_what_can_be_chosen_or_what_is_nearest(report: Report) -> None:
    assert to_line("1", Clarify("en", cited(report, "fire-began", "fire-lasted"), 0.9)).suggestions == [
        "fire-began",
        "fire-lasted",
    ]
    assert to_line("2", NotInReport("en", Silent(), cited(report, "hoses-burst"), 0.5)).suggestions == ["hoses-burst"]
    assert to_line("3", Answered("en", cited(report, "fire-began"), None, (), 0.9)).suggestions == []


def test_at_most_four_citations_are_written_the_main_one_of_each_fact_first(report: Report) -> None:
    facts = cited(report, "hoses-burst", "fire-began", "fire-lasted", "cars-lost")
    line = to_line("q1", Answered("en", facts, None, (), 0.9))
    assert [citation.fact for citation in line.citations] == ["hoses-burst", "fire-began", "fire-lasted", "cars-lost"]
    pair = to_line("q2", Answered("en", facts[:2], None, (), 0.9))
    assert [citation.quote for citation in pair.citations] == [
        "three hoses burst",
        "began on Monday night",
        "a fourth held",
    ]


def test_a_score_is_rounded_and_nothing_where_there_is_none(report: Report) -> None:
    assert to_line("1", Answered("en", cited(report, "fire-began"), None, (), 0.87654)).score == 0.877
    assert to_line("2", SmallTalk("en", "greeting")).score == 0.0
    assert to_line("3", NotUnderstood("en")).score == 0.0


def test_a_line_may_carry_keys_of_its_own() -> None:
    line = AskedLine.model_validate_json('{"id": "7", "text": "hoses?", "after": "cars?", "expected": 3}')
    assert (line.id, line.text, line.after) == ("7", "hoses?", "cars?")
    assert AskedLine.model_validate_json('{"id": "7", "text": "hoses?"}').after is None


@pytest.mark.parametrize(
    "line", ["{}", '{"id": "7"}', '{"text": "hoses?"}', "[]", "hoses?", '{"id": "7", "text": null}']
)
def test_a_line_without_a_question_is_refused(line: str) -> None:
    with pytest.raises(ValidationError):
        AskedLine.model_validate_json(line)
