from __future__ import annotations

from bot.answering.weights import Rarity, Weights

from .desk import Desk


def test_rare_words_tell_more_than_common_ones(desk: Desk) -> None:
    weight = desk.index.rarity.weight
    assert weight(desk.term("alarm")) > weight(desk.term("fire")) > weight(desk.term("happen"))


def test_words_that_say_little_are_not_telling(desk: Desk) -> None:
    telling = desk.index.rarity.is_telling
    assert telling(desk.term("alarm"))
    assert not telling(desk.term("happen"))
    assert not telling(desk.term("dolphins"))


def test_the_words_of_the_fact_base_are_known(desk: Desk) -> None:
    rarity = desk.index.rarity
    assert rarity.knows("c:break")
    assert not rarity.knows("w:dolphin")


def test_a_name_that_nobody_knows_tells_more_than_a_strange_word(desk: Desk) -> None:
    weight = desk.index.rarity.weight
    assert weight(desk.term("Oslo")) > weight(desk.term("dolphins")) > 0


def test_who_and_how_many_tell_more_than_what(desk: Desk) -> None:
    weight = desk.index.rarity.weight
    specific, loose = (desk.understand(text).matchable[-1] for text in ("how many hoses", "what hoses"))
    assert weight(specific) > weight(loose)


def test_a_borrowed_word_weighs_its_share(desk: Desk) -> None:
    term = desk.term("alarm")
    lent = type(term)(term.text, -1, 1, term.keys, share=0.5)
    assert desk.index.rarity.weight(lent) == desk.index.rarity.weight(term) / 2


def test_without_a_fact_base_no_word_is_known(desk: Desk) -> None:
    rarity = Rarity((), (), Weights())
    assert not rarity.knows("c:break")
    assert rarity.weight(desk.term("dolphins")) == 0
