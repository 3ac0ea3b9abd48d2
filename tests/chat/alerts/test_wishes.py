"""What people write after /subscribe and /alerts."""

from __future__ import annotations

import pytest

from bot.chat.alerts.posting import Posted, read_result_id, result_id
from bot.chat.alerts.wishes import Asked, Hours, NoZone, Unreadable, read_hours, read_subscription
from bot.knowledge.base import KnowledgeBase
from bot.storage.subscriptions import QuietHours


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", Asked(frozenset(), None, ())),
        ("damage, Ships", Asked(frozenset({"damage", "ships"}), None, ())),
        ("uk damge", Asked(frozenset({"damage"}), "uk", ())),
        ("русский", Asked(frozenset(), "ru", ())),
        ("penguins ships", Asked(frozenset({"ships"}), None, ("penguins",))),
    ],
)
def test_topics_and_a_language_come_in_any_order(knowledge: KnowledgeBase, written: str, read: Asked) -> None:
    assert read_subscription(written.split(), knowledge) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("22-7", Hours(QuietHours(1320, 420), None)),
        ("22:30 – 7:15 europe/kyiv", Hours(QuietHours(1350, 435), "Europe/Kyiv")),
        ("21.30-24", Hours(QuietHours(1290, 0), None)),
        ("off America/New York", Hours(None, "America/New_York")),
        ("выкл", Hours(None, None)),
        ("22-7 Kyiv", NoZone("Kyiv", "Europe/Kyiv")),
        ("22-22", Unreadable()),
        ("25-7", Unreadable()),
        ("at night", Unreadable()),
        ("", Unreadable()),
    ],
)
def test_quiet_hours_are_read_with_patience(written: str, read: object) -> None:
    assert read_hours(written.split()) == read


def test_the_id_of_an_inline_result_says_what_it_states() -> None:
    posted = Posted("uk", "0123456789ab", ("AAAAAAAA", "b_-45678", "cccccccc", "dddddddd"))
    assert len(result_id(posted).encode()) <= 64
    assert read_result_id(result_id(posted)) == posted


@pytest.mark.parametrize("written", ["silent", "answer", "de:0123:AAAAAAAA", "en:0123:", "en:0123:AAAAAAAA.short"])
def test_any_other_id_states_nothing(written: str) -> None:
    assert read_result_id(written) is None
