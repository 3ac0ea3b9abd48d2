from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.answering.answers import (
    Answer,
    Answered,
    CitedFact,
    Clarify,
    Curated,
    NotInReport,
    NotUnderstood,
    Silent,
    SmallTalk,
    Uncomputed,
    Unmentioned,
    Verdict,
    Withdrawn,
)
from bot.answering.wording import say
from bot.knowledge.models import LANGUAGES, Lang, Report

from .harbour import REPORT, read_report


@pytest.fixture(scope="module")
def report() -> Report:
    """The invented report."""
    return read_report(REPORT)


def cited(report: Report, name: str) -> CitedFact:
    return CitedFact(report.report, next(fact for fact in report.facts if fact.id == name))


@pytest.mark.parametrize(
    ("lang", "verdict", "text"),
    [
        ("en", None, "The fire began on Monday night."),
        ("en", "yes", "Yes. The fire began on Monday night."),
        ("en", "no", "No. The fire began on Monday night."),
        ("uk", "yes", "Так. Пожежа почалася в ніч на понеділок."),
        ("uk", "no", "Ні. Пожежа почалася в ніч на понеділок."),
        ("ru", "yes", "Да. Пожар начался в ночь на понедельник."),
        ("ru", "no", "Нет. Пожар начался в ночь на понедельник."),
    ],
)
def test_an_answer_is_the_verdict_and_the_editors_words(
    report: Report, lang: Lang, verdict: Verdict | None, text: str
) -> None:
    assert say(Answered(lang, (cited(report, "fire-began"),), verdict, (), 1.0)) == text


def test_several_facts_are_said_one_after_the_other(report: Report) -> None:
    facts = (cited(report, "fire-began"), cited(report, "fire-lasted"))
    text = say(Answered("en", facts, None, (), 1.0))
    assert text == "The fire began on Monday night. The fire burned for more than eight hours."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_part_that_is_not_answered_is_said_in_the_readers_words(report: Report, lang: Lang) -> None:
    text = say(Answered(lang, (cited(report, "fire-began"),), None, ("what colour the crane was",), 1.0))
    assert text.startswith(cited(report, "fire-began").fact.answer.text(lang))
    assert "what colour the crane was" in text


def test_english_stands_in_where_an_unknown_is_not_translated(report: Report) -> None:
    unknown = next(unknown for unknown in report.unknowns if unknown.id == "damage-cost")
    answer = NotInReport("uk", Curated(report.report, unknown), (), 0.0)
    assert say(answer) == "The report does not put a price on the fire."


def test_an_unknown_is_said_in_the_editors_words(report: Report) -> None:
    unknown = next(unknown for unknown in report.unknowns if unknown.id == "cause")
    answer = NotInReport("uk", Curated(report.report, unknown), (cited(report, "mayor-accused"),), 0.0)
    assert say(answer) == "У матеріалі не сказано, що спричинило пожежу."


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_nearest_is_never_part_of_the_words_of_a_refusal(report: Report, lang: Lang) -> None:
    nearest = cited(report, "hoses-burst")
    for reason in (Silent(), Uncomputed(), Unmentioned("Oslo")):
        assert nearest.fact.answer.text(lang) not in say(NotInReport(lang, reason, (nearest,), 0.5))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_that_is_not_mentioned_is_said(lang: Lang) -> None:
    assert "Осло" in say(NotInReport(lang, Unmentioned("Осло"), (), 0.0))


@pytest.mark.parametrize("name", ["{name}", "{0}", "{", "100 %", "<b>"])
def test_a_name_is_said_as_typed_whatever_it_holds(report: Report, name: str) -> None:
    assert name in say(NotInReport("en", Unmentioned(name), (), 0.0))
    assert name in say(Answered("en", (cited(report, "fire-began"),), None, (name,), 1.0))


@pytest.mark.parametrize(
    ("lang", "why"),
    [
        ("en", "The fire brigade corrected the figure."),
        ("uk", "Пожежники виправили це число."),
        ("ru", "Пожарные исправили это число."),
    ],
)
def test_a_withdrawn_fact_is_said_with_its_day_and_reason_and_without_itself(
    report: Report, lang: Lang, why: str
) -> None:
    withdrawn = cited(report, "warehouses-burned")
    text = say(Withdrawn(lang, withdrawn, 1.0))
    assert "2031-02-05" in text
    assert why in text
    assert withdrawn.fact.answer.text(lang) not in text


OTHERS: list[Callable[[Lang, CitedFact], Answer]] = [
    lambda lang, fact: Clarify(lang, (fact, fact), 1.0),
    lambda lang, _: NotInReport(lang, Silent(), (), 0.0),
    lambda lang, _: NotInReport(lang, Uncomputed(), (), 0.0),
    lambda lang, _: NotUnderstood(lang),
    lambda lang, _: SmallTalk(lang, "greeting"),
    lambda lang, _: SmallTalk(lang, "thanks"),
    lambda lang, _: SmallTalk(lang, "farewell"),
    lambda lang, _: SmallTalk(lang, "identity"),
    lambda lang, _: SmallTalk(lang, "feelings"),
]


@pytest.mark.parametrize("build", OTHERS)
def test_every_other_answer_is_worded_in_each_language(
    report: Report, build: Callable[[Lang, CitedFact], Answer]
) -> None:
    fact = cited(report, "hoses-burst")
    texts = {say(build(lang, fact)) for lang in LANGUAGES}
    assert len(texts) == len(LANGUAGES)
    assert all(texts)
