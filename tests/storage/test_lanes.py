"""Which updates wait for each other."""

from __future__ import annotations

import json

import pytest

from bot.storage.lanes import JsonObject, NotAnUpdateError, lane, received

CHAT: JsonObject = {"id": -100, "type": "supergroup"}
USER: JsonObject = {"id": 5, "is_bot": False}


@pytest.mark.parametrize(
    "kind",
    [
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "my_chat_member",
        "chat_member",
        "chat_join_request",
        "message_reaction",
        "message_reaction_count",
        "a_kind_that_telegram_adds_later",
    ],
)
def test_what_happens_in_a_chat_runs_in_the_lane_of_the_chat(kind: str) -> None:
    assert lane({"update_id": 1, kind: {"chat": CHAT, "from": USER, "user": USER}}) == "chat:-100"


def test_a_button_below_a_message_runs_in_the_lane_of_the_chat() -> None:
    update: JsonObject = {"update_id": 1, "callback_query": {"id": "9", "from": USER, "message": {"chat": CHAT}}}
    assert lane(update) == "chat:-100"


@pytest.mark.parametrize("kind", ["inline_query", "chosen_inline_result", "callback_query"])
def test_what_happens_outside_a_chat_runs_in_the_lane_of_the_user(kind: str) -> None:
    assert lane({"update_id": 1, kind: {"id": "9", "from": USER}}) == "user:5"


def test_an_answer_to_a_poll_runs_in_the_lane_of_the_user() -> None:
    assert lane({"update_id": 1, "poll_answer": {"poll_id": "9", "user": USER}}) == "user:5"


@pytest.mark.parametrize("rest", [{}, {"poll": {"id": "9"}}, {"message": None}, {"message": {"chat": {"id": "x"}}}])
def test_an_update_of_nobody_has_a_lane_of_its_own(rest: JsonObject) -> None:
    assert lane({"update_id": 1, **rest}) == "update:1"


@pytest.mark.parametrize("update_id", [None, "1", True, 1.5])
def test_an_object_without_an_update_id_is_refused(update_id: str | bool | float | None) -> None:
    with pytest.raises(NotAnUpdateError):
        received({"update_id": update_id})


def test_the_payload_holds_the_whole_update_even_half_a_surrogate_pair() -> None:
    update: JsonObject = {"update_id": 1, "message": {"chat": CHAT, "text": "скільки \ud83d\u0000?"}}
    kept = received(update).payload
    assert json.loads(kept) == update
    assert kept.encode("utf-8").isascii()
