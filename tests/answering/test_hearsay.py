from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answering.hearsay import HearsayReader
from bot.answering.phrasebook import Word
from bot.answering.text import tokenize
from bot.knowledge.lexicon import Hearsay

from .words import few_words

READER = HearsayReader(few_words().hearsay, {"president"}.__contains__)


def read(text: str) -> list[Word]:
    return [Word(token.form, frozenset({token.form})) for token in tokenize(text)]


def left(text: str, reader: HearsayReader = READER) -> str:
    """Return what is left of a text without its hearsay."""
    words = read(text)
    gone = {place for span in reader.spans(words) for place in span}
    return " ".join(word.typed for place, word in enumerate(words) if place not in gone)


@pytest.mark.parametrize(
    "text",
    [
        "people say hoses burst",
        "people say that hoses burst",
        "people told me it in the chat that hoses burst",
        "on TikTok people say that hoses burst",
        "a friend of mine reckons hoses burst",
    ],
)
def test_who_passes_a_rumour_on_is_left_aside(text: str) -> None:
    assert left(text) == "hoses burst"


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("моя сусідка каже, що луснули рукави", "луснули рукави"),
        ("чула таке у чаті, що луснули рукави", "луснули рукави"),
        ("мой сосед говорит, что лопнули рукава", "лопнули рукава"),
        ("слышал в чате, что лопнули рукава", "лопнули рукава"),
    ],
)
def test_rumours_are_passed_on_in_other_languages_too(text: str, rest: str) -> None:
    assert left(text) == rest


def test_forms_that_are_not_listed_are_not_guessed() -> None:
    assert left("люди говорить, що луснули рукави") == "люди говорить що луснули рукави"


def test_somebody_of_ones_own_is_a_teller_whatever_the_word_for_them() -> None:
    assert left("my podiatrist says hoses burst") == "hoses burst"
    assert left("podiatrist says hoses burst") == "podiatrist says hoses burst"


@pytest.mark.parametrize("text", ["hoses burst, my neighbour says", "hoses, people say, burst"])
def test_a_rumour_may_be_credited_late(text: str) -> None:
    assert left(text) == "hoses burst"


def test_a_rumour_of_a_rumour_is_left_aside_too() -> None:
    assert left("people say that my neighbour says that hoses burst") == "hoses burst"


@pytest.mark.parametrize(("text", "rest"), [("heard that hoses burst", "hoses burst"), ("heard it", "")])
def test_what_was_heard_needs_no_teller_where_it_opens_the_message(text: str, rest: str) -> None:
    assert left(text) == rest


@pytest.mark.parametrize(
    "text",
    [
        "hoses burst",
        "the mayor says that hoses burst",  # whose claim it is is part of what is asked
        "who says that hoses burst",
        "did the captain say hoses burst",
        "the captain heard that hoses burst",
        "the captain heard on tiktok that hoses burst",
        "says hoses burst",
        "people on the pier burst hoses",
        "on tiktok hoses burst",
        "my neighbour burst hoses",
        "our president said",
        "that",
        "",
    ],
)
def test_what_is_no_rumour_stays(text: str) -> None:
    assert left(text) == " ".join(word.typed for word in read(text))


def test_without_words_for_it_nothing_is_hearsay() -> None:
    assert (
        left("people say that hoses burst", HearsayReader(Hearsay(), set[str]().__contains__))
        == "people say that hoses burst"
    )


_WORDS = st.sampled_from(
    (
        *("people", "my", "friend", "say", "says", "heard", "told", "me", "it", "that", "on", "tiktok", "in", "the"),
        *("chat", "hoses", "burst"),
    )
)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.lists(_WORDS, max_size=14).map(" ".join))
@example("on tiktok people say that hoses burst")
def test_chains_lie_within_the_message_one_after_another(text: str) -> None:
    words = read(text)
    end = 0
    for span in READER.spans(words):
        assert end <= span.start < span.stop <= len(words)
        end = span.stop


@settings(max_examples=100, deadline=None, derandomize=True)
@given(text=st.lists(_WORDS, max_size=14).map(" ".join))
def test_no_word_of_the_matter_is_taken_for_hearsay_but_after_a_possessive(text: str) -> None:
    words = read(text)
    for span in READER.spans(words):
        for place in span:
            if words[place].typed in {"hoses", "burst"}:
                assert words[place - 1].typed == "my"
