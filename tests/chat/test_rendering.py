"""How answers read, and what can be tapped under them."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.answers import (
    Answered,
    CitedFact,
    Clarify,
    Curated,
    NotInReport,
    NotUnderstood,
    Silent,
    SmallTalk,
    Unmentioned,
    Withdrawn,
)
from bot.chat.callbacks import Choose, Rate, ShowFact, ShowSource
from bot.chat.citing import deep_link
from bot.chat.html import chunks, plain
from bot.chat.rendering import render, show_source
from bot.chat.reply import Button, Reply
from bot.chat.shelf import mark_of
from bot.knowledge.base import KnowledgeBase
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.models import Unknown

from .harbour import Script, fact, report_of


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def buttons(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


def test_a_single_fact_shows_every_citation_that_proves_it(script: Script) -> None:
    reply = render(Answered("en", (script.fact("hoses-burst"),), None, (), 1.0), script.knowledge)
    assert plain(reply.body).splitlines() == [
        "Three, says the harbour master.",
        "“three hoses burst” · ¶4, Night fire closes the harbour",
        "“a fourth held” · ¶5, Night fire closes the harbour",
    ]
    assert reply.facts == ("harbour-fire/hoses-burst",)


def test_the_verdict_leads(script: Script) -> None:
    reply = render(Answered("en", (script.fact("hoses-burst"),), "no", (), 1.0), script.knowledge)
    assert plain(reply.body).startswith("No. Three, says the harbour master.\n“three")


def test_of_several_facts_each_is_followed_by_its_proof_and_what_is_missing_comes_last(script: Script) -> None:
    facts = (script.fact("hoses-burst"), script.fact("crane-fell"))
    reply = render(Answered("en", facts, None, ("who paid",), 1.0), script.knowledge)
    assert plain(reply.body).split("\n\n") == [
        "Three, says the harbour master.\n“three hoses burst” · ¶4, Night fire closes the harbour",
        "A crane fell into the water.\n“the crane fell” · ¶4, Night fire closes the harbour",
        "The report does not say: who paid.",
    ]


def test_an_answer_can_be_rated_and_its_source_shown(script: Script) -> None:
    found = script.fact("hoses-burst")
    reply = render(Answered("uk", (found,), None, (), 1.0), script.knowledge)
    marks = (mark_of(found),)
    assert [button.callback for button in buttons(reply)] == [
        Rate("uk", helped=True, marks=marks),
        Rate("uk", helped=False, marks=marks),
        ShowSource("uk", marks),
    ]


def test_the_answer_is_in_the_readers_language_and_the_quote_in_the_reports(script: Script) -> None:
    reply = render(Answered("uk", (script.fact("hoses-burst"),), "no", (), 1.0), script.knowledge)
    assert plain(reply.body).startswith("Ні. Три, каже начальник порту.\n“three hoses burst”")


def test_a_choice_offers_each_fact_as_a_question_and_none_of_these(script: Script) -> None:
    options = (script.fact("hoses-burst"), script.fact("crane-fell"))
    reply = render(Clarify("en", options, 0.5), script.knowledge, question=77)
    assert labels(reply) == ["How many hoses burst?", "Crane fell that night?", "None of these"]
    assert [button.callback for button in buttons(reply)] == [
        Choose("en", mark_of(options[0]), 77),
        Choose("en", mark_of(options[1]), 77),
        Choose("en", "", 77),
    ]
    assert reply.facts == ()


def test_what_is_nearest_is_marked_as_no_answer_and_quotes_nothing(script: Script) -> None:
    answer = NotInReport("en", Unmentioned("Oslo"), (script.fact("hoses-burst"),), 0.4)
    reply = render(answer, script.knowledge)
    text = plain(reply.body)
    assert text.split("\n\n")[0] == "The report does not mention Oslo."
    assert "not the answer" in text
    assert "“" not in text
    assert "¶" not in text
    assert buttons(reply) == [Button("How many hoses burst?", ShowFact("en", mark_of(script.fact("hoses-burst"))))]
    assert reply.facts == ()


def test_a_curated_unknown_is_said_in_the_editors_words(script: Script) -> None:
    unknown = Unknown.model_validate({"id": "cause", "ask": {"en": ["why"]}, "say": {"en": "It gives no cause."}})
    source = script.fact("hoses-burst").source
    reply = render(NotInReport("en", Curated(source, unknown), (), 0.9), script.knowledge)
    assert (plain(reply.body), reply.buttons) == ("It gives no cause.", ())


def test_a_withdrawn_fact_is_told_with_when_and_why() -> None:
    withdrawn = {"on": "2031-02-05", "why": {"en": "The figure was corrected."}}
    report = report_of([fact("hoses-burst", "Three.", "three hoses burst", withdrawn=withdrawn)])
    found = CitedFact(report.report, report.facts[0])
    reply = render(Withdrawn("en", found, 0.9), KnowledgeBase((report,), Lexicon(), {}, "0"))
    assert plain(reply.body) == "This was withdrawn on 2031-02-05. The figure was corrected."


@pytest.mark.parametrize(
    "answer", [SmallTalk("en", "greeting"), SmallTalk("en", "identity"), NotUnderstood("en")], ids=repr
)
def test_whoever_does_not_know_what_to_ask_gets_examples(answer: SmallTalk | NotUnderstood, script: Script) -> None:
    reply = render(answer, script.knowledge)
    assert labels(reply) == ["How many hoses burst?", "Gates shut that night?", "Crew safe that night?"]


def test_thanks_need_no_buttons(script: Script) -> None:
    assert render(SmallTalk("en", "thanks"), script.knowledge).buttons == ()


def test_with_an_address_the_place_is_a_link_to_the_very_words() -> None:
    report = report_of([fact("x", "Yes.", "a quote")], url="https://example.org/harbour?a=1&b=2")
    found = CitedFact(report.report, report.facts[0])
    reply = render(Answered("en", (found,), None, (), 1.0), KnowledgeBase((report,), Lexicon(), {}, "0"))
    assert chunks(reply.body)[0].html.endswith(
        '<a href="https://example.org/harbour?a=1&amp;b=2#:~:text=a%20quote">¶4, Night fire closes the harbour</a>'
    )


def test_what_means_something_in_a_text_fragment_is_encoded() -> None:
    assert deep_link("https://example.org/a", "well-known, R&D “plan” їжак") == (
        "https://example.org/a#:~:text=well%2Dknown%2C%20R%26D%20%E2%80%9Cplan%E2%80%9D%20%D1%97%D0%B6%D0%B0%D0%BA"
    )
    assert deep_link("https://example.org/a#part", "x") == "https://example.org/a#part:~:text=x"


def test_a_quote_of_the_title_says_so() -> None:
    report = report_of([fact("x", "Yes.", "Night fire", cite={"paragraph": 0, "quote": "Night fire"})])
    found = CitedFact(report.report, report.facts[0])
    reply = render(Answered("en", (found,), None, (), 1.0), KnowledgeBase((report,), Lexicon(), {}, "0"))
    assert plain(reply.body) == "Yes.\n“Night fire” · title, Night fire closes the harbour"


def test_the_source_names_every_quote_who_claims_it_and_the_report(script: Script) -> None:
    text = plain(show_source((script.fact("hoses-burst"),), "en"))
    assert text.split("\n\n") == [
        "“three hoses burst” · ¶4\nWho says so: the harbour master",
        "“a fourth held” · ¶5\nThe report says so itself.",
        "Night fire closes the harbour\nThe report gives no calendar date.",
    ]


def test_the_source_has_all_that_is_known_of_the_report() -> None:
    report = report_of(
        [fact("x", "Yes.", "a quote")],
        publisher="The Example Courier",
        author="A. Writer",
        published=date(2031, 2, 3),
        url="https://example.org/harbour",
    )
    text = plain(show_source((CitedFact(report.report, report.facts[0]),), "en"))
    assert text.split("\n\n")[1].splitlines() == [
        "Night fire closes the harbour",
        "Publisher: The Example Courier",
        "Author: A. Writer",
        "Published: 2031-02-03",
        "Read the report",
    ]


def test_facts_of_one_report_name_it_once(script: Script) -> None:
    text = plain(show_source((script.fact("crane-fell"), script.fact("gates-shut")), "en"))
    assert text.count("Night fire closes the harbour") == 1


def test_an_abstention_without_anything_near_is_one_sentence(script: Script) -> None:
    reply = render(NotInReport("ru", Silent(), (), 0.0), script.knowledge)
    assert (plain(reply.body), reply.buttons) == ("В материале об этом не сказано.", ())
