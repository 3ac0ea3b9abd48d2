"""What Telegram may say to a letter, in the dispatcher's terms. No network is touched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.alerts.letters import (
    Alert,
    Amendment,
    Closed,
    Content,
    Delivered,
    Doubtful,
    Gone,
    Impossible,
    Letter,
    Moved,
    NotBegun,
    Outcome,
    Part,
    TooFast,
    Unreachable,
)
from bot.alerts.news import News
from bot.alerts.turnstile import Turnstile
from bot.chat.alerts.postman import Postman
from bot.chat.answers import Always
from bot.chat.requests import Requests
from bot.chat.transport import NotSentError, SlowDown
from bot.knowledge.base import KnowledgeBase
from bot.storage.outbox import NOWHERE, EditInline, EditMessage, NewMessage
from bot.storage.subscriptions import Spot
from tests.alerts.news import CORRECTED, CRANE_KEY, HOSES_KEY, SOURCE, fact
from tests.chat.harbour import Script
from tests.chat.test_sender import Wire

ALICE = Spot(7)
TELLING = Alert((CORRECTED,), NewMessage())
AMENDING = Amendment((CORRECTED,), (HOSES_KEY,), EditMessage(3), "r1")
POSTED = Amendment((CORRECTED,), (HOSES_KEY,), EditInline("i1"), "r1")


def letter(content: Content, spot: Spot = ALICE) -> Letter:
    """Build a letter."""
    return Letter((1,), spot, content, "en", "r2", 0, 0)


class Counter:
    """A counter with a postman behind it, and the wire that leads to Telegram."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.wire = Wire()
        turnstile = Turnstile()
        bot = ExtBot("1:SECRET", request=self.wire, get_updates_request=self.wire)
        self.postman = Postman(Requests(bot, turnstile), turnstile, Always(Script(knowledge)))

    async def hands_in(self, what: Letter, *troubles: Exception, wanted: bool = True) -> Outcome:
        """Have a letter delivered while these troubles happen."""
        self.wire.troubles = list(troubles)

        async def begin() -> bool:
            return wanted

        return await self.postman.deliver(what, begin)

    @property
    def texts(self) -> Sequence[str]:
        """What was written."""
        return [parameters["text"] for _, parameters in self.wire.requests]


@pytest.fixture
def counter(knowledge: KnowledgeBase) -> Counter:
    """A counter."""
    return Counter(knowledge)


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), Gone("blocked")),
        (Forbidden("Forbidden: user is deactivated"), Gone("deactivated")),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), Gone("removed")),
        (Forbidden("Forbidden: not enough rights to send text messages to the chat"), Closed()),
        (BadRequest("TOPIC_CLOSED"), Closed()),
        (BadRequest("chat not found"), Closed()),
        (BadRequest("need administrator rights in the channel chat"), Closed()),
        (BadRequest("something new"), Impossible("refused")),
        (ChatMigrated(-1005), Moved(-1005)),
        (SlowDown(timedelta(seconds=7)), TooFast(7.0)),
        (TimedOut(), Doubtful()),
        (NotSentError("no"), Unreachable()),
        (NetworkError("Bad Gateway"), Unreachable()),
    ],
)
async def test_every_refusal_of_an_alert_has_its_meaning(
    counter: Counter, trouble: TelegramError, outcome: Outcome
) -> None:
    assert await counter.hands_in(letter(TELLING), trouble) == outcome


@pytest.mark.parametrize(
    ("trouble", "outcome"),
    [
        (BadRequest("Message is not modified: exactly the same"), Delivered()),
        (BadRequest("Message to edit not found"), Impossible("not_editable")),
        (BadRequest("Message can't be edited"), Impossible("not_editable")),
        (TimedOut(), Unreachable()),
    ],
)
async def test_an_edit_can_be_made_twice_and_can_be_impossible(
    counter: Counter, trouble: TelegramError, outcome: Outcome
) -> None:
    assert await counter.hands_in(letter(AMENDING), trouble) == outcome


async def test_what_was_posted_inline_says_nothing_of_any_chat(counter: Counter) -> None:
    refused = Forbidden("Forbidden: bot was blocked by the user")
    assert await counter.hands_in(letter(POSTED, NOWHERE), refused) == Impossible("not_editable")
    assert await counter.hands_in(letter(POSTED, NOWHERE), BadRequest("MESSAGE_ID_INVALID")) == Impossible(
        "not_editable"
    )


async def test_a_broken_text_falls_back_to_plain_words(counter: Counter) -> None:
    broken = BadRequest("Can't parse entities: unsupported start tag")
    assert await counter.hands_in(letter(TELLING), broken) == Delivered((Part(101, (HOSES_KEY,)),))
    assert counter.texts[0].startswith("<b>Corrected</b>\n<s>Three hoses burst.</s>")
    assert counter.texts[1].startswith("Corrected\nThree hoses burst.")


async def test_what_is_no_longer_wanted_when_its_turn_comes_is_not_sent(counter: Counter) -> None:
    assert await counter.hands_in(letter(TELLING), wanted=False) == NotBegun()
    assert counter.wire.requests == []


async def test_a_message_with_other_facts_keeps_them(counter: Counter) -> None:
    content = Amendment((CORRECTED,), ("harbour-fire/crane-fell", HOSES_KEY, "harbour-fire/gone"), EditMessage(3), "r1")
    assert content.facts[0] == CRANE_KEY
    await counter.hands_in(letter(content))
    (text,) = counter.texts
    assert "A crane fell into the water.\n<i>“the crane fell”</i>" in text
    assert "<s>Three hoses burst.</s>\nFive hoses burst." in text


LONG_WORD = "x" * 200
LONG = tuple(News(source=SOURCE, new=fact(f"fact-{number}", f"Number {number} " + "x" * 500)) for number in range(8))


async def test_each_message_of_a_long_alert_has_its_own_facts(counter: Counter) -> None:
    what = letter(Alert(LONG, NewMessage()))
    whole = await counter.hands_in(what)
    assert isinstance(whole, Delivered)
    assert len(whole.parts) > 1
    assert {key for part in whole.parts for key in part.facts} == {each.key for each in LONG}
    assert LONG[-1].key not in whole.parts[0].facts
    assert LONG[0].key not in whole.parts[-1].facts


async def test_a_correction_that_is_too_long_keeps_what_has_changed(counter: Counter) -> None:
    news = tuple(
        News(
            source=SOURCE,
            old=fact(f"fact-{number}", "Old" * 130),
            new=fact(f"fact-{number}", f"New {number} {LONG_WORD}"),
        )
        for number in range(6)
    )
    await counter.hands_in(letter(Amendment(news, (CRANE_KEY, *(each.key for each in news)), EditMessage(3), "r1")))
    (text,) = counter.texts
    assert all(f"New {number}" in text for number in range(6))
    assert "A crane fell" not in text
