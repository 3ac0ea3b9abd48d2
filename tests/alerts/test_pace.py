"""How fast the bot may send: by a clock that the tests turn."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.pace import ELSEWHERE, Limits, Pace

GROUP = -100


def sent(pace: Pace, chat_id: int, at: float, *, live: bool = False, takes: float = 0.0) -> None:
    """Send a message and have its answer."""
    pace.end(pace.begin(chat_id, at, live=live), at + takes)


def test_thirty_messages_in_a_second_are_the_most() -> None:
    pace = Pace()
    for chat in range(1, 31):
        sent(pace, chat, 10.0, live=True)
    assert pace.wait(99, 10.0, live=True) == 1.0
    assert pace.wait(99, 11.0, live=True) == 0.0


def test_a_place_comes_free_a_second_after_the_answer_and_not_after_the_request() -> None:
    pace = Pace(Limits(overall=1))
    sent(pace, 1, 10.0, live=True, takes=0.5)
    assert pace.wait(2, 11.0, live=True) == 0.5


def test_a_request_without_an_answer_yet_keeps_its_place() -> None:
    pace = Pace(Limits(overall=1))
    permit = pace.begin(1, 10.0, live=True)
    assert pace.wait(2, 99.0, live=True) == math.inf
    pace.end(permit, 99.0)
    assert pace.wait(2, 99.0, live=True) == 1.0


def test_broadcasts_are_spread_evenly_and_catch_up_a_little() -> None:
    pace = Pace()
    begun = []
    now = 0.0
    for chat in range(1, 61):
        now += pace.wait(chat, now, live=False)
        begun.append(now)
        sent(pace, chat, now)
    assert max(sum(moment <= each < moment + 0.5 for each in begun) for moment in begun) <= 15 + 4
    assert 1.8 < begun[-1] < 2.1


def test_after_a_rest_broadcasts_do_not_come_all_at_once() -> None:
    pace = Pace()
    for start in (0.0, 50.0):
        sent(pace, int(start) + 1, start)
        assert pace.overall_wait(start, live=False) > 0.03


def test_a_chat_gets_one_broadcast_a_second() -> None:
    pace = Pace()
    sent(pace, 1, 10.0)
    assert pace.lane_wait(1, 10.25, live=False) == 0.75
    assert pace.lane_wait(2, 10.25, live=False) == 0.0


def test_a_group_gets_twenty_a_minute_and_live_replies_count() -> None:
    pace = Pace()
    for second in range(20):
        sent(pace, GROUP, second * 2.0, live=second % 2 == 0)
    assert pace.lane_wait(GROUP, 40.0, live=False) == 20.0
    assert pace.lane_wait(GROUP, 60.0, live=False) == 0.0
    assert pace.lane_wait(GROUP, 40.0, live=True) == 0.0


def test_a_live_reply_keeps_its_distance_from_a_broadcast_only() -> None:
    pace = Pace()
    sent(pace, 1, 10.0, live=True)
    assert pace.lane_wait(1, 10.1, live=True) == 0.0
    sent(pace, 1, 20.0)
    assert pace.lane_wait(1, 20.5, live=True) == 0.5


def test_messages_posted_inline_have_no_chat_to_be_too_fast_in() -> None:
    pace = Pace()
    sent(pace, ELSEWHERE, 10.0)
    assert pace.lane_wait(ELSEWHERE, 10.0, live=False) == 0.0


def test_a_refusal_holds_the_chat_that_it_concerns() -> None:
    pace = Pace()
    pace.refused(1, 7.0, 10.0)
    assert pace.wait(1, 12.0, live=False) == 5.0
    assert pace.wait(2, 12.0, live=False) == 0.0
    assert pace.wait(1, 17.0, live=False) == 0.0


def test_refusals_of_one_chat_after_the_other_hold_all() -> None:
    pace = Pace()
    for chat in (1, 2):
        pace.refused(chat, 7.0, 10.0)
    pace.refused(2, 7.0, 10.0)
    assert pace.wait(9, 10.0, live=True) == 0.0
    pace.refused(3, 7.0, 10.0)
    assert pace.wait(9, 10.0, live=True) == 7.0


def test_a_message_that_is_taken_ends_the_row_of_refusals() -> None:
    pace = Pace()
    for chat in (1, 2, 3, 4, 5):
        pace.refused(chat, 7.0, 10.0)
        pace.went_well()
    assert pace.wait(9, 10.0, live=True) == 0.0


@given(
    st.lists(
        st.tuples(
            st.integers(min_value=-4, max_value=4).filter(bool), st.booleans(), st.floats(min_value=0, max_value=0.3)
        ),
        max_size=120,
    ),
    st.floats(min_value=0, max_value=1),
)
def test_whatever_the_network_does_no_limit_is_passed(messages: list[tuple[int, bool, float]], share: float) -> None:
    """A message arrives somewhere between its request and its answer; ``share`` says where."""
    pace = Pace(Limits(overall=5, chat=1, group=3))
    now = 0.0
    arrived: list[tuple[int, bool, float]] = []
    for chat, live, takes in messages:
        now += pace.wait(chat, now, live=live)
        permit = pace.begin(chat, now, live=live)
        pace.end(permit, now + takes)
        arrived.append((chat, live, now + share * takes))
        now += takes
    moments = [at for _, _, at in arrived]
    assert all(sum(at - 1.0 + 1e-9 < each <= at for each in moments) <= 5 for at in moments)
    for chat, live, at in arrived:
        if not live:
            here = [each for other, _, each in arrived if other == chat]
            assert sum(at - 1.0 + 1e-9 < each <= at for each in here) == 1
            assert chat > 0 or sum(at - 60.0 + 1e-9 < each <= at for each in here) <= 3
