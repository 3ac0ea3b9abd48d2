from __future__ import annotations

from bot.answering.engine import Answerer
from bot.answering.explaining import explain_lines


def explained(answerer: Answerer, question: str) -> str:
    return "\n".join(explain_lines(answerer.explain(question), answerer))


def test_an_editor_sees_the_words_the_best_fact_and_the_revision(answerer: Answerer) -> None:
    text = explained(answerer, "how many hoses burst?")
    assert "language en" in text
    assert "asks count" in text
    assert "best: " in text
    assert "hoses-burst" in text
    assert f"revision {answerer.knowledge.revision}" in text


def test_an_editor_sees_what_speaks_against_a_fact(answerer: Answerer) -> None:
    assert "against it: kind: where" in explained(answerer, "where did the hoses burst?")
    assert "entity: Oslo" in explained(answerer, "how many hoses burst in Oslo?")


def test_an_editor_sees_how_a_claim_was_judged(answerer: Answerer) -> None:
    assert "claim: no, by number" in explained(answerer, "five hoses burst")


def test_an_editor_sees_each_part_of_a_compound_question(answerer: Answerer) -> None:
    text = explained(answerer, "how many hoses burst and how many firefighters were hurt?")
    assert "part: how many hoses burst" in text
    assert "part: how many firefighters were hurt" in text


def test_a_message_that_says_nothing_is_explained_too(answerer: Answerer) -> None:
    assert "words: none" in explained(answerer, "???")
