"""Sending: what Telegram may say to a message, and what comes of it. No network is touched."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.alerts.turnstile import Turnstile
from bot.chat.callbacks import ChooseLanguage
from bot.chat.nodes import Bold, Text
from bot.chat.place import Place
from bot.chat.reply import Button, Reply
from bot.chat.sender import Sender, Sent, Undelivered
from bot.chat.transport import NotSentError, SlowDown
from bot.storage.database import Database
from bot.storage.ledger import Delivery, Ledger

NOW = datetime(2031, 2, 3, 12, tzinfo=UTC)
PLACE = Place(7, question=3)
REPLY = Reply(Bold(Text("Three.")), facts=("harbour-fire/hoses-burst",))
PARSE = "Can't parse entities: unsupported start tag"

Trouble = Exception | tuple[int, str, dict[str, int]] | None
"""What a request ends in: an exception, or a status with a description and parameters, or well."""


def method_of(url: str) -> str:
    return url.rpartition("/")[2]


class Wire(BaseRequest):
    """Records requests and answers them from memory."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.troubles: list[Trouble] = []
        self._next = 100

    @property
    def read_timeout(self) -> float:
        """No matter."""
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(  # noqa: PLR0917 - the library calls it so
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = None,
        write_timeout: object = None,
        connect_timeout: object = None,
        pool_timeout: object = None,
    ) -> tuple[int, bytes]:
        """Answer with the next trouble, or with a message."""
        parameters = request_data.json_parameters if request_data else {}
        self.requests.append((method_of(url), parameters))
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, Exception):
            raise trouble
        if trouble is not None:
            status, description, extra = trouble
            body = {"ok": False, "description": f"Bad Request: {description}", "parameters": extra}
            return status, json.dumps(body).encode()
        self._next += method_of(url) == "sendMessage"
        message_id = int(parameters.get("message_id", self._next))
        message = {"message_id": message_id, "date": 0, "chat": {"id": int(parameters["chat_id"]), "type": "private"}}
        return 200, json.dumps({"ok": True, "result": message}).encode()


@dataclass
class Office:
    """A sender, and everything it touches."""

    wire: Wire
    ledger: Ledger
    sender: Sender
    slept: list[float] = field(default_factory=list)
    moves: list[tuple[int, int]] = field(default_factory=list)

    @property
    def methods(self) -> list[str]:
        """The methods that were called."""
        return [method for method, _ in self.wire.requests]


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """A sender whose time stands still."""
    database = await Database.open(f"sqlite:///{tmp_path / 'x.sqlite3'}")
    wire, ledger = Wire(), Ledger(database)
    slept: list[float] = []
    moves: list[tuple[int, int]] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    # Time passes for the pace only where the sender sleeps.
    turnstile = Turnstile(clock=lambda: sum(slept))

    async def moved(old: int, new: int) -> None:
        moves.append((old, new))

    bot = ExtBot("1:SECRET", request=wire, get_updates_request=wire)
    yield Office(
        wire, ledger, Sender(bot, ledger, now=lambda: NOW, moved=moved, sleep=sleep, turnstile=turnstile), slept, moves
    )
    await database.close()


async def test_what_was_sent_is_in_the_ledger(office: Office) -> None:
    assert await office.sender.deliver(PLACE, REPLY, "rev") == Sent(PLACE, (101,))
    (method, sent) = office.wire.requests[0]
    assert (method, sent["text"], sent["parse_mode"]) == ("sendMessage", "<b>Three.</b>", "HTML")
    assert json.loads(sent["link_preview_options"]) == {"is_disabled": True}
    assert await office.ledger.carrying("harbour-fire/hoses-burst") == (
        Delivery(7, 0, 101, ("harbour-fire/hoses-burst",), "rev", NOW, 3),
    )


async def test_in_a_private_chat_a_reply_does_not_point_at_the_question(office: Office) -> None:
    await office.sender.deliver(PLACE, REPLY, "rev")
    assert "reply_parameters" not in office.wire.requests[0][1]


async def test_in_a_topic_of_a_group_it_does(office: Office) -> None:
    await office.sender.deliver(Place(-7, 12, 3, quotes=True), REPLY, "rev")
    sent = office.wire.requests[0][1]
    assert sent["message_thread_id"] == "12"
    assert json.loads(sent["reply_parameters"]) == {"message_id": 3, "allow_sending_without_reply": True}


async def test_refused_markup_is_sent_as_plain_text(office: Office) -> None:
    office.wire.troubles = [(400, PARSE, {})]
    assert isinstance(await office.sender.deliver(PLACE, REPLY, "rev"), Sent)
    second = office.wire.requests[1][1]
    assert second["text"] == "Three."
    assert "parse_mode" not in second


async def test_a_question_that_is_gone_is_answered_without_pointing_at_it(office: Office) -> None:
    office.wire.troubles = [(400, "message to be replied not found", {})]
    await office.sender.deliver(Place(-7, 0, 3, quotes=True), REPLY, "rev")
    assert "reply_parameters" not in office.wire.requests[1][1]


async def test_what_never_arrived_is_sent_again(office: Office) -> None:
    office.wire.troubles = [NotSentError("no route"), (502, "Bad Gateway", {})]
    assert isinstance(await office.sender.deliver(PLACE, REPLY, "rev"), Sent)
    assert office.slept == [1.0, 2.0]


async def test_a_network_that_stays_away_is_for_the_inbox_to_try_again(office: Office) -> None:
    office.wire.troubles = [NotSentError("no route")] * 5
    with pytest.raises(NotSentError):
        await office.sender.deliver(PLACE, REPLY, "rev")
    assert len(office.slept) == 4
    assert await office.ledger.replies_to(7, 3) == ()


async def test_what_may_have_arrived_is_not_sent_again(office: Office) -> None:
    office.wire.troubles = [TimedOut()]
    assert await office.sender.deliver(PLACE, REPLY, "rev") == Undelivered("timed_out")
    assert office.methods == ["sendMessage"]


async def test_an_edit_that_may_have_arrived_is_made_again(office: Office) -> None:
    office.wire.troubles = [TimedOut()]
    assert await office.sender.deliver(PLACE, REPLY, "rev", over=(50,)) == Sent(PLACE, (50,))
    assert office.methods == ["editMessageText", "editMessageText"]


async def test_telegrams_wish_to_wait_is_granted(office: Office) -> None:
    office.wire.troubles = [SlowDown(timedelta(seconds=7))]
    assert isinstance(await office.sender.deliver(PLACE, REPLY, "rev"), Sent)
    assert office.slept == [7.0]


async def test_but_not_for_ever(office: Office) -> None:
    office.wire.troubles = [SlowDown(timedelta(seconds=40)), SlowDown(timedelta(seconds=40))]
    assert await office.sender.deliver(PLACE, REPLY, "rev") == Undelivered("flood")
    assert office.slept == [40.0]


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        ((403, "bot was blocked by the user", {}), Undelivered("forbidden")),
        ((400, "TOPIC_CLOSED", {}), Undelivered("closed")),
        ((400, "message thread not found", {}), Undelivered("closed")),
    ],
)
async def test_a_closed_door_is_left_alone(trouble: Trouble, outcome: Undelivered, office: Office) -> None:
    office.wire.troubles = [trouble]
    assert await office.sender.deliver(PLACE, REPLY, "rev") == outcome
    assert len(office.wire.requests) == 1


async def test_a_refusal_nobody_foresaw_is_our_fault_and_told(office: Office) -> None:
    office.wire.troubles = [(400, "BUTTON_DATA_INVALID", {})]
    with pytest.raises(BadRequest):
        await office.sender.deliver(PLACE, REPLY, "rev")


async def test_a_group_that_moved_gets_the_reply_at_its_new_place(office: Office) -> None:
    office.wire.troubles = [(400, "group chat was upgraded", {"migrate_to_chat_id": -1007})]
    outcome = await office.sender.deliver(Place(-7, 0, 3, quotes=True), REPLY, "rev")
    assert outcome == Sent(Place(-1007), (101,))
    assert office.moves == [(-7, -1007)]
    assert [each.chat_id for each in await office.ledger.carrying("harbour-fire/hoses-burst")] == [-1007]


async def test_a_long_reply_is_several_messages_with_the_buttons_under_the_last(office: Office) -> None:
    reply = Reply(Text("Word. " * 1000), ((Button("English", ChooseLanguage("en")),),))
    assert await office.sender.deliver(PLACE, reply, "rev") == Sent(PLACE, (101, 102))
    assert ["reply_markup" in sent for _, sent in office.wire.requests] == [False, True]
    assert await office.ledger.replies_to(7, 3) == (101, 102)


async def test_a_reply_that_became_shorter_leaves_nothing_of_the_old_one(office: Office) -> None:
    await office.sender.deliver(PLACE, Reply(Text("Word. " * 1000)), "rev")
    await office.sender.deliver(PLACE, REPLY, "rev", over=(101, 102))
    assert office.methods[2:] == ["editMessageText", "deleteMessage"]
    assert await office.ledger.replies_to(7, 3) == (101,)


async def test_a_reply_that_broke_off_is_taken_up_where_it_stopped(office: Office) -> None:
    reply = Reply(Text("Word. " * 1000))
    office.wire.troubles = [None, *[NotSentError("no route")] * 5]
    with pytest.raises(NotSentError):
        await office.sender.deliver(PLACE, reply, "rev")
    office.wire.requests.clear()
    done = await office.ledger.replies_to(7, 3)
    assert await office.sender.deliver(PLACE, reply, "rev", over=done) == Sent(PLACE, (101, 102))
    assert office.methods == ["editMessageText", "sendMessage"]


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("message is not modified", ["editMessageText"]),
        ("message to edit not found", ["editMessageText", "sendMessage"]),
        ("message can't be edited", ["editMessageText", "sendMessage"]),
        (PARSE, ["editMessageText", "editMessageText"]),
    ],
)
async def test_an_edit_that_is_refused_ends_well(said: str, calls: list[str], office: Office) -> None:
    office.wire.troubles = [(400, said, {})]
    assert isinstance(await office.sender.deliver(PLACE, REPLY, "rev", over=(50,)), Sent)
    assert office.methods == calls


async def test_a_message_that_cannot_be_extended_is_left_as_it_is(office: Office) -> None:
    office.wire.troubles = [(400, "message to edit not found", {})]
    await office.sender.edit_html(PLACE, 50, "<b>x</b>", None)
    assert office.methods == ["editMessageText"]


async def test_the_token_is_in_no_error(office: Office) -> None:
    office.wire.troubles = [(500, "Internal Server Error", {})] * 5
    with pytest.raises(TelegramError) as caught:
        await office.sender.deliver(PLACE, REPLY, "rev")
    assert isinstance(caught.value, NetworkError)
    assert "SECRET" not in repr(caught.value)
