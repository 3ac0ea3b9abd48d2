from __future__ import annotations

import pytest

from bot.answering.vocabulary import Vocabulary
from bot.knowledge.lexicon import Lexicon

from .desk import Desk


def keys(desk: Desk, text: str) -> list[set[str]]:
    return [set(term.keys) for term in desk.vocabulary.read(text).terms]


def marks(desk: Desk, text: str) -> set[str]:
    return {mark.key for mark in desk.vocabulary.read(text).marks}


@pytest.mark.parametrize("word", ["hurt", "injured", "injures", "постраждали", "постраждав", "пострадали", "HURT"])
def test_words_that_mean_the_same_have_one_key_in_every_form_and_language(desk: Desk, word: str) -> None:
    assert "c:injure" in desk.term(word).keys


@pytest.mark.parametrize(
    "word", ["the mayor", "Ines Halloran", "halloran", "мерка", "мерку", "Галлоран", "мэр", "мэра"]
)
def test_a_person_has_one_key_by_every_name(desk: Desk, word: str) -> None:
    assert desk.term(word).entities == {"mayor"}


def test_the_names_of_the_report_and_of_the_lexicon_are_both_known(desk: Desk) -> None:
    assert keys(desk, "Kranvik Oslo") == [{"e:kranvik"}, {"e:oslo"}]


def test_the_longest_name_wins_and_keeps_its_parts(desk: Desk) -> None:
    term = desk.term("fire engine")
    assert "c:fire-engine" in term.keys
    assert "c:fire" in term.parts
    assert term.length == 2


@pytest.mark.parametrize(
    ("typed", "key"),
    [("firefigters", "c:firefighter"), ("brust", "c:break"), ("automoblie", "c:car"), ("пожежнеків", "c:firefighter")],
)
def test_a_misspelt_word_is_understood(desk: Desk, typed: str, key: str) -> None:
    assert key in desk.term(typed).keys


@pytest.mark.parametrize(
    ("text", "mark"), [("the alarm bfr the fire", "before"), ("скока рукавів", "count"), ("када начался пожар", "when")]
)
def test_shorthand_stands_for_the_word_that_is_meant(desk: Desk, text: str, mark: str) -> None:
    assert mark in marks(desk, text)


def test_shorthand_is_shown_as_it_was_typed(desk: Desk) -> None:
    assert [token.text for token in desk.vocabulary.read("Abt 150 cars").tokens] == ["Abt", "150", "cars"]


@pytest.mark.parametrize("typed", ["brels harbour", "brel's harbour"])
def test_a_possessive_is_the_name_itself_even_without_its_apostrophe(typed: str) -> None:
    lexicon = Lexicon.model_validate(
        {
            "entities": {
                "brel": {"kind": "place", "names": {"en": ["Brel"]}},
                "brelo": {"kind": "place", "names": {"en": ["Brelo"]}},
            }
        }
    )
    owner, _ = Vocabulary(lexicon, ()).read(typed).terms
    assert owner.entities == {"brel"}


def test_the_last_letter_of_a_real_word_is_no_possessive() -> None:
    lexicon = Lexicon.model_validate({"entities": {"bas": {"kind": "person", "names": {"en": ["Bas"]}}}})
    (term,) = Vocabulary(lexicon, ()).read("bass").terms
    assert term.entities == frozenset()


@pytest.mark.parametrize(
    "text", ["people say that hoses burst", "hoses burst, my podiatrist says", "heard on TikTok that hoses burst"]
)
def test_who_passes_a_rumour_on_leaves_no_terms(desk: Desk, text: str) -> None:
    assert keys(desk, text) == keys(desk, "hoses burst")
    assert marks(desk, text) == {"filler"}


def test_a_name_that_says_something_is_kept(desk: Desk) -> None:
    assert {"e:mayor"} in keys(desk, "the mayor says that hoses burst")


@pytest.mark.parametrize(("real", "known"), [("care", "c:car"), ("bird", "c:break"), ("mayo", "e:mayor")])
def test_a_word_that_a_dictionary_has_is_not_corrected(desk: Desk, real: str, known: str) -> None:
    assert known not in desk.term(real).keys


@pytest.mark.parametrize(
    ("typed", "key"),
    [("pozhezhnyk", "c:firefighter"), ("pozharnyy", "c:firefighter"), ("pozhezha", "c:fire"), ("pozhar", "c:fire")],
)
def test_a_word_in_latin_letters_is_understood_in_cyrillic(desk: Desk, typed: str, key: str) -> None:
    assert key in desk.term(typed).keys


def test_fillers_and_question_words_are_no_terms(desk: Desk) -> None:
    assert keys(desk, "please tell me how many of the") == []
    assert marks(desk, "please tell me how many of the") >= {"count"}


@pytest.mark.parametrize("text", ["hwo many cars", "how mnay cars", "how mny cars"])
def test_misspelt_question_words_are_understood(desk: Desk, text: str) -> None:
    assert "count" in marks(desk, text)


def test_numbers_are_terms_with_their_value(desk: Desk) -> None:
    assert [term.number for term in desk.vocabulary.read("twenty six hoses and 1,087 cars").terms] == [
        26,
        None,
        1087,
        None,
    ]


def test_a_word_that_nobody_knows_stands_for_itself(desk: Desk) -> None:
    assert keys(desk, "dolphins") == [{"w:dolphins", "w:dolphin"}]


def test_a_strange_word_with_a_capital_letter_is_taken_for_a_name(desk: Desk) -> None:
    assert [term.text for term in desk.vocabulary.read("did Zbigniew break hoses").terms if term.unknown_name] == [
        "Zbigniew"
    ]
    assert not any(term.unknown_name for term in desk.vocabulary.read("did zbigniew break hoses").terms)


def test_markers_are_found_with_their_places(desk: Desk) -> None:
    reading = desk.vocabulary.read("were more than three hoses not burst")
    found = {mark.key: list(mark.places) for mark in reading.marks}
    assert found == {"polar": [0], "more": [1, 2], "negation": [5]}


def test_several_meanings_of_a_word_are_kept() -> None:
    lexicon = Lexicon.model_validate({"concepts": {"bank-river": {"en": ["bank"]}, "bank-money": {"en": ["bank"]}}})
    (term,) = Vocabulary(lexicon, ()).read("bank").terms
    assert term.keys == {"c:bank-river", "c:bank-money"}


def test_degrees_of_comparison_are_not_their_plain_word() -> None:
    lexicon = Lexicon.model_validate({"concepts": {"big": {"en": ["big"]}, "biggest": {"en": ["biggest"]}}})
    (term,) = Vocabulary(lexicon, ()).read("biggest").terms
    assert term.keys == {"c:biggest"}


@pytest.mark.parametrize("text", ["", "  ", "?!", "🔥", "…"])
def test_what_has_no_words_has_no_terms(desk: Desk, text: str) -> None:
    reading = desk.vocabulary.read(text)
    assert (reading.tokens, reading.terms, reading.marks) == ((), (), ())


def test_words_of_the_phrasings_are_known_once_learnt() -> None:
    vocabulary = Vocabulary(Lexicon(), ())
    assert not vocabulary.is_known("hoses")
    vocabulary.learn("how many hoses")
    assert vocabulary.is_known("hoses")
