from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.answering.features import claim_features, features, letter_runs

from .desk import Desk


def asked(desk: Desk, text: str) -> Mapping[str, float]:
    question = desk.understand(text)
    return features(question.matchable, question.kind, other_time=question.is_of_another_time)


def claimed(desk: Desk, text: str, *, turned: bool = False) -> Mapping[str, float]:
    return claim_features(desk.understand(text), turned=turned)


def alike(found: Mapping[str, float], other: Mapping[str, float]) -> set[str]:
    """Return the features that two texts share, spelling aside."""
    return {name for name in found.keys() & other.keys() if not name.startswith("l:")}


def test_words_of_any_language_have_the_features_of_what_they_mean(desk: Desk) -> None:
    english, ukrainian = asked(desk, "how many firefighters were hurt"), asked(desk, "скільки пожежників постраждало")
    assert alike(english, ukrainian) >= {"k:count", "c:firefighter", "c:injure", "q:count|c:injure"}


def test_what_two_words_mean_together_is_a_feature_whatever_their_order(desk: Desk) -> None:
    pair = "p:c:alarm|c:crane"
    assert pair in asked(desk, "the crane and the alarm")
    assert pair in asked(desk, "the alarm and the crane")
    assert pair not in asked(desk, "the alarm")


def test_words_far_apart_mean_nothing_together(desk: Desk) -> None:
    between = "sailors cars countries fires captains Norway Sweden Oslo"
    assert "p:c:alarm|c:crane" not in asked(desk, f"alarm {between} crane")


def test_which_of_two_names_comes_first_is_a_feature(desk: Desk) -> None:
    forth, back = asked(desk, "the mayor accused Kranvik"), asked(desk, "Kranvik accused the mayor")
    differing = {name for name in forth.keys() ^ back.keys() if not name.startswith("l:")}
    assert differing == {"o:e:mayor>e:kranvik", "o:e:kranvik>e:mayor"}


def test_the_same_words_with_another_question_word_are_asked_otherwise(desk: Desk) -> None:
    differing = asked(desk, "why did the hoses burst").keys() ^ asked(desk, "when did the hoses burst").keys()
    assert differing >= {"k:why", "k:when", "q:why|c:break", "q:when|c:break"}


def test_a_question_about_another_time_has_features_of_its_own(desk: Desk) -> None:
    later = asked(desk, "what will burst").keys() - asked(desk, "what burst").keys()
    assert later >= {"other-time", "other-time:c:break"}


def test_a_word_with_several_meanings_is_worth_less_for_each(desk: Desk) -> None:
    term = desk.term("crane")
    one = features([term], None)["c:crane"]
    several = features([replace(term, keys=frozenset({"c:crane", "c:alarm"}))], None)
    assert several["c:crane"] == several["c:alarm"] < one == 1.0


def test_a_word_taken_over_from_another_message_is_worth_less(desk: Desk) -> None:
    term = desk.term("crane")
    own, borrowed = features([term], "why"), features([replace(term, share=0.35)], "why")
    assert own.keys() == borrowed.keys()
    assert {name for name in own if borrowed[name] >= own[name]} == {"k:why"}


def test_which_number_it_is_tells_claims_apart_but_not_questions(desk: Desk) -> None:
    asking = alike(asked(desk, "did 3 hoses burst"), asked(desk, "did 5 hoses burst"))
    assert "number" in asking
    assert not any(name.startswith("n:") for name in asking)
    differing = claimed(desk, "3 hoses burst").keys() ^ claimed(desk, "5 hoses burst").keys()
    assert differing >= {"n:3", "n:5"}


def test_a_claim_asks_for_no_kind_of_answer(desk: Desk) -> None:
    assert not any(name.startswith("k:") for name in claimed(desk, "hoses burst"))


def test_a_claim_turned_around_is_the_claim_that_denies_it(desk: Desk) -> None:
    said, denied = claimed(desk, "hoses burst"), claimed(desk, "hoses not burst")
    assert said != denied
    assert claimed(desk, "hoses burst", turned=True) == denied
    assert claimed(desk, "hoses not burst", turned=True) == said


def test_what_came_before_what_tells_claims_apart(desk: Desk) -> None:
    before, after = claimed(desk, "the alarm before the fire"), claimed(desk, "the alarm after the fire")
    assert {"earlier:c:alarm", "later:c:fire"} <= before.keys() - after.keys()
    assert {"earlier:c:fire", "later:c:alarm"} <= after.keys() - before.keys()


def test_all_and_only_tell_claims_apart(desk: Desk) -> None:
    assert "m:all" in claimed(desk, "all hoses burst").keys() - claimed(desk, "only hoses burst").keys()


def test_no_words_have_no_features_but_the_kind_of_answer() -> None:
    assert features((), "why") == {"k:why": 1.0}


def test_runs_of_letters_know_the_edges_of_words() -> None:
    assert letter_runs("ox") == {"<ox", "ox>", "<ox>"}
    assert letter_runs("ox ox") == letter_runs("OX")


@pytest.mark.parametrize(
    ("word", "misspelt", "other"), [("zbigniew", "zbignev", "zanzibar"), ("шпарухін", "шпарухіна", "шпаківня")]
)
def test_a_misspelt_word_shares_more_runs_than_another_word(word: str, misspelt: str, other: str) -> None:
    assert len(letter_runs(word) & letter_runs(misspelt)) > 2 * len(letter_runs(word) & letter_runs(other))
