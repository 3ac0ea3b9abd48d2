"""The models refuse what no answer could be made from."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.knowledge.models import Citation, Expectation, Localized, Phrasings, Report, Value

TWELVE = "one two three four five six seven eight nine ten eleven twelve"


def reasons(model: type[Citation | Expectation | Value], data: dict[str, object]) -> list[str]:
    """Return why a model refuses data; nothing if it does not."""
    try:
        model.model_validate(data)
    except ValidationError as error:
        return [detail["msg"].removeprefix("Value error, ") for detail in error.errors()]
    return []


@pytest.mark.parametrize(
    "quote",
    [
        TWELVE,
        TWELVE.replace("twelve", "twelve’s"),
        TWELVE.replace("twelve", "1,550.5"),
        TWELVE.replace(" ", ", "),
        " ".join(["причал"] * 12),
    ],
)
def test_a_quote_of_twelve_words_is_short_enough(quote: str) -> None:
    assert reasons(Citation, {"paragraph": 1, "quote": quote}) == []


@pytest.mark.parametrize("quote", [f"{TWELVE} thirteen", TWELVE.replace("two", "two-three"), f"{TWELVE}/13"])
def test_a_quote_of_thirteen_words_is_too_long(quote: str) -> None:
    assert reasons(Citation, {"paragraph": 1, "quote": quote}) == [
        "a quote has at most 12 words, this one has 13; keep what proves it"
    ]


def test_the_title_is_paragraph_0_and_nothing_stands_before_it() -> None:
    assert reasons(Citation, {"paragraph": 0, "quote": "fire"}) == []
    assert len(reasons(Citation, {"paragraph": -1, "quote": "fire"})) == 1


@pytest.mark.parametrize("paragraph", [True, "2", 2.5, None])
def test_a_paragraph_is_a_number_and_nothing_that_looks_like_one(paragraph: object) -> None:
    assert len(reasons(Citation, {"paragraph": paragraph, "quote": "fire"})) == 1


def test_whose_claim_it_is_may_be_written_as_one_text() -> None:
    plain = Citation.model_validate({"paragraph": 1, "quote": "fire", "by": "the harbour master"})
    assert plain.by == Localized(en="the harbour master")


@pytest.mark.parametrize("checked", [550, 7.4, "saturday"])
def test_a_claim_is_checked_against_a_number_or_a_word(checked: object) -> None:
    value = Value.model_validate({"is": checked, "of": "drones"})
    assert (value.is_, type(value.is_)) == (checked, type(checked))


@pytest.mark.parametrize("checked", [True, None, [], [3], {"a": 1}, ""])
def test_a_claim_is_checked_against_nothing_else_and_that_is_said_once(checked: object) -> None:
    assert len(reasons(Value, {"is": checked, "of": "drones"})) == 1


def test_english_stands_in_for_a_translation_that_is_missing() -> None:
    text = Localized(en="the pier", uk="причал")
    assert [text.text("en"), text.text("uk"), text.text("ru")] == ["the pier", "причал", "the pier"]


def test_phrasings_come_with_their_language() -> None:
    assert list(Phrasings(en=("hoses",), ru=("рукава", "шланги"))) == [
        ("en", "hoses"),
        ("ru", "рукава"),
        ("ru", "шланги"),
    ]


@pytest.mark.parametrize(
    "outcome",
    [{"cites": ["a"]}, {"paragraphs": [3]}, {"cites": ["a"], "paragraphs": [3]}, {"unknown": "b"}, {"abstains": True}],
)
def test_a_regression_question_names_one_outcome(outcome: dict[str, object]) -> None:
    assert reasons(Expectation, {"ask": "what burst?", **outcome}) == []


@pytest.mark.parametrize("outcome", [{}, {"cites": ["a"], "abstains": True}, {"unknown": "b", "paragraphs": [3]}])
def test_a_regression_question_without_one_outcome_is_refused(outcome: dict[str, object]) -> None:
    assert reasons(Expectation, {"ask": "what burst?", **outcome}) == [
        "give one of `cites` or `paragraphs`, `unknown`, `abstains: true`"
    ]


def test_a_report_cannot_be_changed_once_it_is_read() -> None:
    citation = Citation(paragraph=1, quote="fire")
    with pytest.raises(ValidationError):
        citation.quote = "flood"  # type: ignore[misc]  # what is tested is that this fails


def test_a_report_without_facts_is_refused() -> None:
    with pytest.raises(ValidationError):
        Report.model_validate({"report": {"id": "night", "title": "Night"}, "facts": []})
