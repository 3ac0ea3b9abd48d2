"""Browsing: pages, topics and labels."""

from __future__ import annotations

import pytest

from bot.chat import listing
from bot.chat.callbacks import TurnPage, mark
from bot.chat.html import plain
from bot.chat.shelf import (
    facts_of,
    main_facts,
    mark_of,
    marked,
    page_of,
    question_of,
    topic_named,
    topics_of,
)
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon

from .harbour import Script, fact, report_of

WITHDRAWN = {"on": "2031-02-05", "why": {"en": "It was wrong."}}


def test_a_page_past_the_end_is_the_last_one() -> None:
    page = page_of("abcde", 9, 2)
    assert (page.items, page.number, page.count) == (("e",), 2, 3)


def test_a_list_of_nothing_has_one_empty_page() -> None:
    page = page_of("", 0, 2)
    assert (page.items, page.number, page.count) == ((), 0, 1)


def test_the_main_facts_are_the_first_of_each_topic(knowledge: KnowledgeBase) -> None:
    assert [each.fact.id for each in main_facts(knowledge)] == ["hoses-burst", "gates-shut", "crew-safe", "ship-0"]


def test_a_withdrawn_fact_is_not_offered() -> None:
    facts = [fact("gone", "Gone.", "it is gone", withdrawn=WITHDRAWN), fact("here", "Here.", "it is here")]
    knowledge = KnowledgeBase((report_of(facts),), Lexicon(), {}, "0")
    assert [each.fact.id for each in facts_of(knowledge)] == ["here"]
    assert marked(knowledge, [mark("harbour-fire/gone")]) == ()


def test_a_button_finds_its_fact(script: Script) -> None:
    found = script.fact("crane-fell")
    assert marked(script.knowledge, [mark_of(found)]) == (found,)


@pytest.mark.parametrize("typed", ["damage", "Damage", "damges"])
def test_a_topic_is_found_in_spite_of_a_typo(typed: str, knowledge: KnowledgeBase) -> None:
    assert topic_named(knowledge, typed) == "damage"


def test_a_topic_that_does_not_exist_is_not_guessed(knowledge: KnowledgeBase) -> None:
    assert topic_named(knowledge, "weather") is None
    assert topics_of(knowledge) == ("damage", "closing", "people", "ships")


def test_a_label_is_a_question_in_the_readers_language(script: Script) -> None:
    hoses = script.fact("hoses-burst").fact
    assert question_of(hoses, "en") == "How many hoses burst?"
    assert question_of(hoses, "uk") == "Скільки рукавів луснуло?"
    assert question_of(hoses, "ru") == "Three, says the harbour master."


def test_a_long_label_is_shortened(script: Script) -> None:
    assert question_of(script.fact("hoses-burst").fact, "en", limit=12) == "How many…"


def test_the_first_page_only_leads_on_and_the_last_only_back(knowledge: KnowledgeBase) -> None:
    first, last = listing.facts(knowledge, "en"), listing.facts(knowledge, "en", None, 1)
    assert [button.callback for button in first.buttons[-1]] == [TurnPage("en", "facts", 1)]
    assert [button.callback for button in last.buttons[-1]] == [TurnPage("en", "facts", 0)]
    assert plain(last.body).endswith("Page 2 of 2")


def test_a_topic_keeps_to_itself_from_page_to_page(knowledge: KnowledgeBase) -> None:
    reply = listing.facts(knowledge, "en", "ships")
    assert [button.callback for button in reply.buttons[-1]] == [TurnPage("en", "facts", 1, mark("ships"))]
    assert plain(reply.body).startswith("Facts on: ships")
