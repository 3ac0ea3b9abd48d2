from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.kernel import Kernel


def text(words: str) -> Mapping[str, float]:
    """Give every word the same worth."""
    return dict.fromkeys(words.split(), 1.0)


def weigh(question: str, *phrasings: str) -> list[float]:
    """Return how much each phrasing speaks for its entry."""
    kernel = Kernel(text(phrasing) for phrasing in phrasings)
    return [float(weight) for weight in kernel.likeness(text(question), range(len(phrasings))).weights]


def likeness(question: str, *phrasings: str) -> list[float]:
    """Return how alike each phrasing is to a question."""
    kernel = Kernel(text(phrasing) for phrasing in phrasings)
    return [float(cosine) for cosine in kernel.likeness(text(question), range(len(phrasings))).cosines]


def test_a_phrasing_asked_for_word_for_word_gets_nearly_all_weight() -> None:
    asked, *others = weigh("hoses burst", "hoses burst", "alarm late", "captain from norway", "cars lost")
    assert asked > 0.8
    assert all(abs(weight) < 0.05 for weight in others)


def test_near_copies_share_what_one_of_them_would_get_alone() -> None:
    alone, _ = weigh("hoses burst", "hoses burst", "alarm late")
    *copies, _ = weigh("hoses burst", *["hoses burst"] * 5, "alarm late")
    assert copies == pytest.approx([copies[0]] * 5, abs=1e-4)
    assert all(weight < alone / 4 for weight in copies)
    assert alone < sum(copies) < 1


def test_many_half_alike_phrasings_do_not_outweigh_the_one_that_was_asked() -> None:
    asked, *others = weigh("hoses burst night", "hoses burst night", *["hoses burst day"] * 10)
    assert asked > 2 * abs(sum(others))


def test_an_unlike_phrasing_gets_next_to_nothing() -> None:
    _, unlike = weigh("hoses burst", "hoses burst", "alarm late")
    assert unlike == pytest.approx(0, abs=1e-6)
    assert likeness("hoses burst", "alarm late") == [0.0]


def test_a_phrasing_is_wholly_like_itself_whatever_the_order_of_its_words() -> None:
    assert likeness("burst hoses", "hoses burst", "hoses held")[0] == pytest.approx(1, abs=1e-5)


def test_a_rare_word_in_common_makes_more_alike_than_a_common_one() -> None:
    phrasings = ("fire alarm", "fire crane", "fire hose", "fire ship")
    common, *_ = likeness("fire dog", *phrasings)
    rare, *_ = likeness("alarm dog", *phrasings)
    assert rare > common > 0


def test_a_word_that_no_phrasing_has_makes_less_like_all() -> None:
    known, strange = likeness("hoses burst", "hoses burst")[0], likeness("hoses burst zanzibar", "hoses burst")[0]
    assert 0 < strange < known


def test_what_is_worth_more_makes_more_alike() -> None:
    kernel = Kernel([{"hoses": 1.0}, {"alarm": 1.0}])
    hoses, alarm = kernel.likeness({"hoses": 1.0, "alarm": 0.25}, [0, 1]).cosines
    assert hoses > 2 * alarm > 0


def test_only_the_shortlist_is_compared_and_in_its_order() -> None:
    kernel = Kernel(text(phrasing) for phrasing in ("hoses burst", "alarm late", "hoses held"))
    said = kernel.likeness(text("alarm late"), [2, 1])
    assert len(said.weights) == len(said.cosines) == 2
    assert said.cosines.tolist() == pytest.approx([0, 1], abs=1e-5)
    assert said.weights[1] > 0.8


def test_of_a_long_shortlist_only_the_likest_are_weighed() -> None:
    phrasings = [f"fire w{number} v{number}" for number in range(100)]
    kernel = Kernel(text(phrasing) for phrasing in phrasings)
    said = kernel.likeness(text("fire w99 v99"), range(100))
    assert said.weights[99] > 0.5
    assert np.count_nonzero(said.weights) == 80
    assert np.count_nonzero(said.cosines) == 100


def test_an_empty_shortlist_says_nothing() -> None:
    for kernel in (Kernel([text("hoses burst")]), Kernel([])):
        said = kernel.likeness(text("hoses burst"), [])
        assert (len(said.weights), len(said.cosines)) == (0, 0)


def test_a_question_without_features_is_like_nothing() -> None:
    said = Kernel([text("hoses burst")]).likeness({}, [0])
    assert (said.weights.tolist(), said.cosines.tolist()) == ([0.0], [0.0])


_TEXT = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.05, 3), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(phrasings=st.lists(_TEXT, min_size=1, max_size=25), question=_TEXT | st.just({}))
def test_any_texts_give_finite_weights_and_likenesses_from_0_to_1(
    phrasings: list[dict[str, float]], question: dict[str, float]
) -> None:
    said = Kernel(phrasings).likeness(question, range(len(phrasings)))
    assert len(said.weights) == len(said.cosines) == len(phrasings)
    assert np.all(np.isfinite(said.weights))
    assert np.all(said.cosines >= 0)
    assert np.all(said.cosines <= 1 + 1e-5)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(phrasings=st.lists(_TEXT, min_size=1, max_size=15), data=st.data())
def test_every_known_phrasing_is_the_likest_to_itself(phrasings: list[dict[str, float]], data: st.DataObject) -> None:
    asked = data.draw(st.integers(0, len(phrasings) - 1))
    said = Kernel(phrasings).likeness(phrasings[asked], range(len(phrasings)))
    assert said.cosines[asked] == pytest.approx(1, abs=1e-4)
    assert said.cosines[asked] >= said.cosines.max() - 1e-4
